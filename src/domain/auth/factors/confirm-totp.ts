import { replaceRecoveryCodes } from '../../../sql/factors/recovery-codes.js';
import { begunTotp, confirmTotp as confirm } from '../../../sql/factors/totp.js';
import { tellPerson } from '../../../sql/notifications/tell-person.js';
import type { Queryable } from '../../../sql/statement.js';
import { lockUser } from '../../../sql/users/user-lock.js';
import { recordAudit } from '../../audit/record.js';
import type { AuthCtx, AuthViewerCtx } from '../identity.js';
import { type FactorRefused, factorRefused } from './factor-failure.js';
import { factorsOfPerson, methodsOf } from './factor-reader.js';
import { newRecoveryCodes } from './recovery-code.js';
import { stepOf } from './totp.js';

/** How long a secret waits for its first code. */
const WITHIN_SECONDS = 600;

/**
 * Lets the app that the viewer has begun count from now on, in place of one before, if the code is one of it.
 * @returns new recovery codes where the viewer had no factor before, or FactorRefused
 */
export async function confirmTotp(
  ctx: AuthViewerCtx,
  input: { readonly code: string },
): Promise<{ readonly recoveryCodes: readonly string[] } | FactorRefused> {
  const recoveryCodes = await ctx.db.transaction((tx) =>
    confirmBegun(tx, ctx, ctx.viewer.userId, input.code),
  );
  return recoveryCodes ? { recoveryCodes } : factorRefused(['code']);
}

/**
 * The same of anybody, in the caller's transaction.
 * @returns the recovery codes, or null where nothing was begun lately or the code is not of it
 */
export async function confirmBegun(
  tx: Queryable,
  ctx: AuthCtx,
  userId: string,
  code: string,
): Promise<readonly string[] | null> {
  const now = ctx.clock.fixed();
  await lockUser(tx, userId, false);
  const begun = await begunTotp(tx, now, userId, WITHIN_SECONDS);
  const step = begun && stepOf(ctx.identity.seal, begun, code, ctx.clock.now().getTime());
  if (!begun || step === null) return null;
  const before = await factorsOfPerson(tx, userId);
  await confirm(tx, now, userId, begun.id, step);
  await recordAudit(tx, ctx, {
    action: 'user.addTotp',
    subjectId: userId,
    actorId: userId,
    after: { address: ctx.address },
  });
  const { address } = ctx;
  await tellPerson(tx, now, { userId, kind: 'FACTOR_ADDED', actorId: null, address, what: 'TOTP' });
  return before && methodsOf(before).length === 0 ? giveRecoveryCodes(tx, userId) : [];
}

/** Ten new recovery codes in place of those before. */
export async function giveRecoveryCodes(tx: Queryable, userId: string): Promise<readonly string[]> {
  const { codes, hashes } = newRecoveryCodes();
  await replaceRecoveryCodes(tx, userId, hashes);
  return codes;
}
