import type { ClientRow } from '../../sql/clients/client-row.js';
import { type ClientFields, insertClient } from '../../sql/clients/write-client.js';
import { addSecret } from '../../sql/clients/write-secret.js';
import type { ViewerCtx } from '../act.js';
import { recordAudit } from '../audit/record.js';
import type { ProofRequired } from '../auth/factors/factor-failure.js';
import { requireProof } from '../auth/factors/require-proof.js';
import type { InvalidInput } from '../failure.js';
import { newId } from '../ids.js';
import { checkClient, settleClient } from './client-policy.js';
import { clientSecretHash, newClientSecret } from './client-secret.js';

/** A client with the secret that it has from now on: shown this once. */
export interface ClientWithSecret {
  readonly client: ClientRow;
  readonly secret: string;
}

export const DEFAULT_PER_MINUTE = 600;

/**
 * Adds a program with an account of its own, by which it owns, is permitted and is audited. For administrators. Only a
 * hash of its secret is kept: whoever has it signs in by it, so that it wants a proof of who asks for it.
 */
export async function createClient(
  ctx: ViewerCtx,
  input: Omit<ClientFields, 'isActive'>,
): Promise<ClientWithSecret | InvalidInput | ProofRequired> {
  const fields = settleClient({ ...input, isActive: true });
  const refusal = await checkClient(ctx.db, fields, ctx.clock.now().getTime());
  if (refusal) return refusal;
  const unproved = await requireProof(ctx.db, ctx);
  if (unproved) return unproved;
  const id = newId();
  const secret = newClientSecret();
  const hash = clientSecretHash(secret) as Buffer;
  const now = ctx.clock.fixed();
  const client = await ctx.db.transaction(async (tx) => {
    const row = await insertClient(tx, now, { ...fields, id, creatorId: ctx.viewer.userId });
    await addSecret(tx, now, { id: newId(), clientId: id, hash }, 0);
    await recordAudit(tx, ctx, { action: 'client.create', subjectId: id, after: fields });
    return row;
  });
  return { client, secret };
}
