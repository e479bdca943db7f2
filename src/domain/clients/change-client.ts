import type { ClientRow, SecretRow } from '../../sql/clients/client-row.js';
import { lockClient, secretsByIds } from '../../sql/clients/read-clients.js';
import { type ClientFields, updateClient as update } from '../../sql/clients/write-client.js';
import { addSecret } from '../../sql/clients/write-secret.js';
import { endSession, outdateTokensOf } from '../../sql/sessions/session-end.js';
import type { Queryable } from '../../sql/statement.js';
import type { ViewerCtx } from '../act.js';
import { recordAudit } from '../audit/record.js';
import type { ProofRequired } from '../auth/factors/factor-failure.js';
import { requireProof } from '../auth/factors/require-proof.js';
import { type InvalidInput, type NotFound, notFound, type VersionConflict } from '../failure.js';
import { newId } from '../ids.js';
import { difference } from '../resources/difference.js';
import { stale } from '../resources/stale.js';
import { checkClient, clientsSeenBy, settleClient } from './client-policy.js';
import { clientSecretHash, newClientSecret } from './client-secret.js';
import type { ClientWithSecret } from './create-client.js';

/** How long the secret before the new one still counts. */
const OVERLAP_MS = 86_400_000;

export interface ExistingClient {
  readonly id: string;
  readonly expectedVersion?: number | null | undefined;
}

/** What is left out stays. */
export type UpdateClient = ExistingClient & Partial<ClientFields>;

const fieldsOf = (row: ClientRow): ClientFields => ({
  name: row.name,
  role: row.role,
  isActive: row.isActive,
  ownerId: row.ownerId,
  scopes: row.scopes,
  persistedOnly: row.persistedOnly,
  perMinute: row.perMinute,
  perDay: row.perDay,
  expiresAt: row.expiresAt && new Date(row.expiresAt).toISOString(),
});

/** Runs the change on a client that the viewer looks after, at the version that the caller expects. */
const changing = <Result>(
  ctx: ViewerCtx,
  { id, expectedVersion }: ExistingClient,
  change: (tx: Queryable, before: ClientRow) => Promise<Result>,
): Promise<Result | NotFound | VersionConflict> =>
  ctx.db.transaction(async (tx) => {
    const before = await lockClient(tx, id, clientsSeenBy(ctx.viewer));
    if (!before) return notFound(['id'], 'API client');
    return stale('ApiClient', before, expectedVersion) ?? change(tx, before);
  });

/** What its tokens say, or what they end by. */
const BY_TOKENS: readonly (keyof ClientFields)[] = [
  'role',
  'isActive',
  'scopes',
  'persistedOnly',
  'perMinute',
  'perDay',
  'expiresAt',
];

/** Whether the program may more by it, with the secrets that it has. */
const isMore = (before: ClientFields, after: ClientFields): boolean =>
  (after.role !== before.role && after.role === 'ADMINISTRATOR') ||
  after.scopes.some((scope) => !before.scopes.includes(scope));

/**
 * Describes a client anew; for administrators, who prove first who sits there where it may more by that. Where its tokens
 * say otherwise by now they end within 5 s on every instance, sockets included; while it is not active it gets no new ones.
 */
export async function updateClient(
  ctx: ViewerCtx,
  input: UpdateClient,
): Promise<ClientRow | InvalidInput | NotFound | VersionConflict | ProofRequired> {
  const { id, expectedVersion: _expected, ...wanted } = input;
  let endsTokens = false;
  const result = await changing(ctx, input, async (tx, row) => {
    const before = fieldsOf(row);
    const after = settleClient({ ...before, ...wanted });
    const refusal = await checkClient(tx, after, ctx.clock.now().getTime(), before);
    if (refusal) return refusal;
    const unproved = isMore(before, after) ? await requireProof(tx, ctx) : null;
    if (unproved) return unproved;
    const changed = difference(before, after);
    if (!changed) return row;
    endsTokens = BY_TOKENS.some((field) => field in changed.after);
    if (endsTokens) await outdateTokensOf(tx, ctx.clock.fixed(), id);
    await recordAudit(tx, ctx, { action: 'client.update', subjectId: id, ...changed });
    return update(tx, id, after);
  });
  if (endsTokens) ctx.bus.wake({ kind: 'sessions' });
  return result;
}

/**
 * Gives a client another secret, shown this once. The present one counts for a day more, an older one no longer. For
 * its owner and for administrators, who prove first who sits there.
 */
export async function rotateSecret(
  ctx: ViewerCtx,
  input: ExistingClient,
): Promise<ClientWithSecret | NotFound | VersionConflict | ProofRequired> {
  const result = await changing(ctx, input, async (tx, client) => {
    const unproved = await requireProof(tx, ctx);
    if (unproved) return unproved;
    const secret = newClientSecret();
    const hash = clientSecretHash(secret) as Buffer;
    const id = newId();
    await addSecret(tx, ctx.clock.fixed(), { id, clientId: client.id, hash }, OVERLAP_MS);
    await recordAudit(tx, ctx, {
      action: 'client.rotateSecret',
      subjectId: client.id,
      after: { secretId: id },
    });
    return { client, secret };
  });
  if ('secret' in result) ctx.bus.wake({ kind: 'sessions' });
  return result;
}

/**
 * Ends a secret, and within 5 s all tokens that it was given, on every instance and over sockets too. One that has
 * ended stays as it is. For the client's owner and for administrators.
 */
export async function revokeSecret(
  ctx: ViewerCtx,
  { id }: { readonly id: string },
): Promise<SecretRow | NotFound> {
  const of = clientsSeenBy(ctx.viewer);
  const result = await ctx.db.transaction(async (tx) => {
    const secret = (await secretsByIds(tx, [id], of)).get(id);
    if (!secret) return notFound(['id'], 'secret');
    if (!(await endSession(tx, ctx.clock.fixed(), id))) return secret;
    await recordAudit(tx, ctx, {
      action: 'client.revokeSecret',
      subjectId: secret.clientId,
      after: { secretId: id },
    });
    return (await secretsByIds(tx, [id], of)).get(id) ?? secret;
  });
  ctx.bus.wake({ kind: 'sessions' });
  return result;
}
