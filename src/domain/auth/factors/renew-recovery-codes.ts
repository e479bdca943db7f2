import { tellPerson } from '../../../sql/notifications/tell-person.js';
import { lockUser } from '../../../sql/users/user-lock.js';
import { recordAudit } from '../../audit/record.js';
import { type NotFound, notFound } from '../../failure.js';
import type { AuthViewerCtx } from '../identity.js';
import { giveRecoveryCodes } from './confirm-totp.js';
import type { ProofRequired } from './factor-failure.js';
import { factorsOfPerson, methodsOf } from './factor-reader.js';
import { requireProof } from './require-proof.js';

/**
 * Gives the viewer ten recovery codes, shown this once, in place of all before.
 * @returns the codes, ProofRequired, or NotFound where there is no second factor that they could stand in for
 */
export const renewRecoveryCodes = (
  ctx: AuthViewerCtx,
): Promise<{ readonly recoveryCodes: readonly string[] } | ProofRequired | NotFound> =>
  ctx.db.transaction(async (tx) => {
    const { userId } = ctx.viewer;
    const { address } = ctx;
    await lockUser(tx, userId, false);
    const refusal = await requireProof(tx, ctx);
    if (refusal) return refusal;
    const factors = await factorsOfPerson(tx, userId);
    if (!factors || methodsOf(factors).length === 0) return notFound([], 'second factor');
    const recoveryCodes = await giveRecoveryCodes(tx, userId);
    await recordAudit(tx, ctx, { action: 'user.renewRecoveryCodes', subjectId: userId, after: { address } });
    const news = { userId, kind: 'RECOVERY_CODES_RENEWED', actorId: null, address, what: null } as const;
    await tellPerson(tx, ctx.clock.fixed(), news);
    return { recoveryCodes };
  });
