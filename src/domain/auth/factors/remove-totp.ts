import { replaceRecoveryCodes } from '../../../sql/factors/recovery-codes.js';
import { removeTotp as remove } from '../../../sql/factors/totp.js';
import { tellPerson } from '../../../sql/notifications/tell-person.js';
import type { Queryable } from '../../../sql/statement.js';
import { lockUser } from '../../../sql/users/user-lock.js';
import { recordAudit } from '../../audit/record.js';
import { type NotFound, notFound } from '../../failure.js';
import type { AuthViewerCtx } from '../identity.js';
import { type FactorNeeded, factorNeeded, type ProofRequired } from './factor-failure.js';
import { factorsOfPerson, isFactorRequired, methodsOf } from './factor-reader.js';
import { requireProof } from './require-proof.js';

/**
 * Removes the viewer's app. Recovery codes go with the last factor.
 * @returns null when it is gone, ProofRequired, FactorNeeded where the role demands a factor and this is the last
 *   one, or NotFound where there is none
 */
export const removeTotp = (ctx: AuthViewerCtx): Promise<null | ProofRequired | FactorNeeded | NotFound> =>
  ctx.db.transaction(async (tx) => {
    const { userId } = ctx.viewer;
    await lockUser(tx, userId, false);
    const refusal = await requireProof(tx, ctx);
    if (refusal) return refusal;
    const factors = await factorsOfPerson(tx, userId);
    if (!factors || factors.totpSince === null) return notFound([], 'app');
    const left = methodsOf({ ...factors, totpSince: null });
    if (left.length === 0 && isFactorRequired(ctx.identity.secondFactorRoles, factors)) return factorNeeded();
    await remove(tx, userId);
    if (left.length === 0) await replaceRecoveryCodes(tx, userId, []);
    await tellRemoval(tx, ctx, 'user.removeTotp', 'TOTP');
    return null;
  });

/** Audits, and tells the viewer of, the removal of a factor. */
export async function tellRemoval(
  tx: Queryable,
  ctx: AuthViewerCtx,
  action: string,
  what: string,
  before: object | null = null,
): Promise<void> {
  const { userId } = ctx.viewer;
  const { address } = ctx;
  await recordAudit(tx, ctx, { action, subjectId: userId, before, after: { address } });
  await tellPerson(tx, ctx.clock.fixed(), { userId, kind: 'FACTOR_REMOVED', actorId: null, address, what });
}
