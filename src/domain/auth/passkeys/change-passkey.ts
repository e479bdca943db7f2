import { replaceRecoveryCodes } from '../../../sql/factors/recovery-codes.js';
import {
  type PasskeyRow,
  passkeysByIds,
  removePasskey as remove,
  renamePasskey as rename,
} from '../../../sql/passkeys/passkeys.js';
import { lockUser } from '../../../sql/users/user-lock.js';
import { recordAudit } from '../../audit/record.js';
import { type InvalidInput, type NotFound, notFound } from '../../failure.js';
import { type FactorNeeded, factorNeeded, type ProofRequired } from '../factors/factor-failure.js';
import { factorsOfPerson, isFactorRequired, methodsOf } from '../factors/factor-reader.js';
import { tellRemoval } from '../factors/remove-totp.js';
import { requireProof } from '../factors/require-proof.js';
import type { AuthViewerCtx } from '../identity.js';
import { checkPasskeyName } from './add-passkey.js';

/** Gives a passkey of the viewer's another name. */
export async function renamePasskey(
  ctx: AuthViewerCtx,
  input: { readonly id: string; readonly name: string },
): Promise<PasskeyRow | NotFound | InvalidInput> {
  const { userId } = ctx.viewer;
  const wrong = checkPasskeyName(input.name);
  if (wrong) return wrong;
  const name = input.name.trim();
  return ctx.db.transaction(async (tx) => {
    await lockUser(tx, userId, false);
    const before = (await passkeysByIds(tx, userId, [input.id])).get(input.id);
    const after = before && (await rename(tx, userId, input.id, name));
    if (!after) return notFound(['id'], 'passkey');
    if (before.name !== name)
      await recordAudit(tx, ctx, {
        action: 'user.renamePasskey',
        subjectId: userId,
        before: { passkeyId: before.id, name: before.name },
        after: { name },
      });
    return after;
  });
}

/**
 * Removes a passkey of the viewer's. Recovery codes go with the last factor.
 * @returns the passkey that is gone, ProofRequired, NotFound, or FactorNeeded where the role demands a factor and this
 *   is the last one
 */
export const removePasskey = (
  ctx: AuthViewerCtx,
  input: { readonly id: string },
): Promise<PasskeyRow | ProofRequired | NotFound | FactorNeeded> =>
  ctx.db.transaction(async (tx) => {
    const { userId } = ctx.viewer;
    await lockUser(tx, userId, false);
    const refusal = await requireProof(tx, ctx);
    if (refusal) return refusal;
    const factors = await factorsOfPerson(tx, userId);
    const isThere = (await passkeysByIds(tx, userId, [input.id])).size > 0;
    if (!factors || !isThere) return notFound(['id'], 'passkey');
    const left = methodsOf({ ...factors, passkeyCount: factors.passkeyCount - 1 });
    if (left.length === 0 && isFactorRequired(ctx.identity.secondFactorRoles, factors)) return factorNeeded();
    const gone = await remove(tx, userId, input.id);
    if (!gone) return notFound(['id'], 'passkey');
    if (left.length === 0) await replaceRecoveryCodes(tx, userId, []);
    await tellRemoval(tx, ctx, 'user.removePasskey', gone.name, { passkeyId: gone.id, name: gone.name });
    return gone;
  });
