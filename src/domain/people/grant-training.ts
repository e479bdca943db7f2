import { lockCircle } from '../../sql/people/circle.js';
import { type GrantedRow, grant, revoke } from '../../sql/people/granted.js';
import { activeUsers } from '../../sql/resource-manager.js';
import type { ViewerCtx } from '../act.js';
import { recordAudit } from '../audit/record.js';
import { type InvalidInput, invalidInput, type NotFound, notFound } from '../failure.js';

export interface GrantTraining {
  readonly userId: string;
  readonly trainingId: string;
  /** The first instant at which it no longer counts; null is for good. */
  readonly validUntil: Date | null;
}

/** Says that a person has a training from now on, until that instant; granting again changes it. For managers and administrators. */
export const grantTraining = (
  ctx: ViewerCtx,
  input: GrantTraining,
): Promise<GrantedRow | InvalidInput | NotFound> =>
  ctx.db.transaction(async (tx) => {
    if (!(await lockCircle(tx, 'Training', input.trainingId))) return notFound(['id'], 'training');
    if (!(await activeUsers(tx, [input.userId])).has(input.userId)) {
      return invalidInput(['input', 'userId'], 'There is no such active user.');
    }
    const granted = await grant(tx, ctx.clock.fixed(), input, ctx.viewer.userId);
    const { trainingId, validUntil } = granted;
    await recordAudit(tx, ctx, {
      action: 'training.grant',
      subjectId: input.userId,
      after: { trainingId, validUntil },
    });
    return granted;
  });

/** Takes a training away. For managers and administrators. */
export const revokeTraining = (
  ctx: ViewerCtx,
  input: { readonly userId: string; readonly trainingId: string },
): Promise<GrantedRow | NotFound> =>
  ctx.db.transaction(async (tx) => {
    const revoked = await revoke(tx, input.userId, input.trainingId);
    if (!revoked) return notFound(['id'], 'training of this person');
    const { trainingId, validUntil } = revoked;
    await recordAudit(tx, ctx, {
      action: 'training.revoke',
      subjectId: input.userId,
      before: { trainingId, validUntil },
    });
    return revoked;
  });
