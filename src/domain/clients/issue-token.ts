import { grantToken } from '../../sql/clients/token-grant.js';
import { tokenRefusal } from '../../sql/clients/token-refusal.js';
import { type TooManyAttempts, tooManyAttempts } from '../auth/auth-failure.js';
import type { AuthCtx } from '../auth/identity.js';
import { parseGlobalId } from '../ids.js';
import { type Scope, scopesAmong } from '../scopes.js';
import { clientSecretHash } from './client-secret.js';

export interface ClientToken {
  readonly accessToken: string;
  readonly expiresInSeconds: number;
  readonly scopes: readonly Scope[];
  /** Bare ids of whose it is and for which secret. */
  readonly clientId: string;
  readonly secretId: string;
}

/** RFC 6749, 5.2. */
export interface TokenRefused {
  readonly kind: 'invalid_client' | 'invalid_scope';
}

interface Shown {
  readonly clientId: string;
  readonly secret: string;
}

/**
 * Tells the audit, and counts the attempt by client and address. Nobody guesses 256 bits, so what is right is neither
 * counted nor kept waiting: no stranger locks a client out, from whatever address.
 */
async function refuse(ctx: AuthCtx, { clientId, secret }: Shown): Promise<TokenRefused | TooManyAttempts> {
  const { security, guesses } = ctx.identity;
  const named = parseGlobalId(clientId);
  const id = named?.kind === 'ApiClient' ? named.id : null;
  const reason = id ? await tokenRefusal(ctx.db, id, clientSecretHash(secret)) : 'UNKNOWN_CLIENT';
  const isKnown = id !== null && reason !== 'UNKNOWN_CLIENT';
  security.note(ctx, { action: 'security.clientRefused', reason, ...(isKnown && { userId: id }) });
  const wait = await guesses.attempt({ account: `client ${id}`, address: ctx.address });
  return wait === null ? { kind: 'invalid_client' } : tooManyAttempts(wait);
}

/**
 * An access token for a program that knows one of its secrets: with all of its scopes, or only those that it asks for.
 * Unknown, revoked, expired and suspended look the same, and wait longer and longer. A token leaves no audit: what it is
 * used for does.
 * @param scope names with spaces between them (RFC 6749, 3.3); null for all
 * @throws Unavailable when the database is away
 */
export async function issueClientToken(
  ctx: AuthCtx,
  given: Shown & { readonly scope: string | null },
): Promise<ClientToken | TokenRefused | TooManyAttempts> {
  const named = parseGlobalId(given.clientId);
  const hash = clientSecretHash(given.secret);
  const isOne = named?.kind === 'ApiClient' && hash !== null;
  const grant = isOne && (await grantToken(ctx.db, ctx.clock.fixed(), hash, named.id));
  if (!grant) return refuse(ctx, given);
  const all = scopesAmong(grant.scopes);
  const asked = given.scope?.split(' ') ?? all;
  if (!asked.every((scope) => (all as string[]).includes(scope))) return { kind: 'invalid_scope' };
  const scopes = scopesAmong(asked);
  const { persistedOnly, perMinute, perDay, ...facts } = grant;
  const client = { scopes, persistedOnly, perMinute, perDay };
  const { accessToken, accessTokenExpiresAt } = await ctx.identity.tokens.issue({ ...facts, client });
  return {
    accessToken,
    expiresInSeconds: Math.max(0, Math.floor((accessTokenExpiresAt.getTime() - grant.issuedAtMs) / 1000)),
    scopes,
    clientId: grant.id,
    secretId: grant.sessionId,
  };
}
