import type { Window } from '../time/window.js';

/** What a token stands for. */
export interface Chosen {
  readonly ownerId: string;
  readonly window: Window;
  readonly resources: readonly { readonly resourceId: string; readonly quantity: number }[];
}

const VERSION = 1;
/** A token of 50 resources has some 3,400 characters. */
const MOST_CHARACTERS = 4_096;
const INT = 2_147_483_647;
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/**
 * The alternative as opaque text. It carries no rights and needs no seal: whoever sends one is judged as for any
 * reservation of their own.
 */
export function alternativeToken({ ownerId, window, resources }: Chosen): string {
  const { startsAt, endsAt } = window;
  const pairs = resources.map(({ resourceId, quantity }) => [resourceId, quantity]);
  const parts = [VERSION, ownerId, startsAt.getTime(), endsAt.getTime(), pairs];
  return Buffer.from(JSON.stringify(parts)).toString('base64url');
}

const isId = (value: unknown): value is string => typeof value === 'string' && UUID.test(value);
const isInstant = (value: unknown): value is number =>
  Number.isSafeInteger(value) && Math.abs(value as number) <= 8.64e15;
const isCount = (value: unknown): boolean => Number.isInteger(value) && Math.abs(value as number) <= INT;
const isPair = (value: unknown): value is [string, number] =>
  Array.isArray(value) && value.length === 2 && isId(value[0]) && isCount(value[1]);

function parsed(token: string): unknown {
  try {
    return JSON.parse(Buffer.from(token, 'base64url').toString('utf8'));
  } catch {
    return null;
  }
}

/** What the token says, or null for what is no token of this version. The request that it makes is still to be checked. */
export function readAlternativeToken(token: string): Chosen | null {
  const parts = token.length <= MOST_CHARACTERS ? parsed(token) : null;
  if (!Array.isArray(parts) || parts.length !== 5) return null;
  const [version, ownerId, from, to, pairs] = parts as unknown[];
  if (version !== VERSION || !isId(ownerId) || !isInstant(from) || !isInstant(to)) return null;
  if (!Array.isArray(pairs) || !pairs.every(isPair)) return null;
  return {
    ownerId,
    window: { startsAt: new Date(from), endsAt: new Date(to) },
    resources: pairs.map(([resourceId, quantity]) => ({ resourceId, quantity })),
  };
}
