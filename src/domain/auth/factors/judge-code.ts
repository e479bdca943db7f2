import { spendRecoveryCode } from '../../../sql/factors/recovery-codes.js';
import { confirmedTotp, takeStep } from '../../../sql/factors/totp.js';
import { tellPerson } from '../../../sql/notifications/tell-person.js';
import type { Queryable } from '../../../sql/statement.js';
import { recordAudit } from '../../audit/record.js';
import type { AuthCtx } from '../identity.js';
import type { FactorMethod } from './factor-failure.js';
import { recoveryCodeHash } from './recovery-code.js';
import { stepOf } from './totp.js';

/**
 * Judges and spends a code of the person's app or a recovery code, whichever it looks like: each counts once, also
 * when it comes twice at the same time.
 * @returns which of them it is, or null where it is neither
 */
export async function judgeCode(
  tx: Queryable,
  ctx: AuthCtx,
  userId: string,
  code: string,
): Promise<FactorMethod | null> {
  const hash = recoveryCodeHash(code);
  if (hash) return (await useRecoveryCode(tx, ctx, userId, hash)) ? 'RECOVERY_CODE' : null;
  const app = await confirmedTotp(tx, userId);
  const step = app && stepOf(ctx.identity.seal, app, code, ctx.clock.now().getTime());
  return app && step !== null && (await takeStep(tx, app.id, step)) ? 'TOTP' : null;
}

async function useRecoveryCode(tx: Queryable, ctx: AuthCtx, userId: string, hash: Buffer): Promise<boolean> {
  const now = ctx.clock.fixed();
  const left = await spendRecoveryCode(tx, now, userId, hash);
  if (left === null) return false;
  const { address } = ctx;
  await recordAudit(tx, ctx, {
    action: 'user.useRecoveryCode',
    subjectId: userId,
    actorId: userId,
    after: { left, address },
  });
  await tellPerson(tx, now, { userId, kind: 'RECOVERY_CODE_USED', actorId: null, address, what: null });
  return true;
}
