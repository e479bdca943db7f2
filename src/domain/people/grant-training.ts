import { lockCircle } from '../../sql/people/circle.js';
import { type GrantedRow, grant, heldTraining, revoke } from '../../sql/people/granted.js';
import { activeUsers } from '../../sql/resources/resource-manager.js';
import type { ViewerCtx } from '../act.js';
import { recordAudit } from '../audit/record.js';
import { type InvalidInput, invalidInput, type NotFound, notFound } from '../failure.js';

export interface GrantTraining {
  readonly userId: string;
  readonly trainingId: string;
  /** The first instant at which it no longer counts; null is for good. */
  readonly validUntil: Date | null;
}

/** As for windows: beyond these years no date can be meant. */
const [EARLIEST, LATEST] = [Date.UTC(1970, 0), Date.UTC(9000, 0)];

const termsOf = ({ trainingId, validUntil }: GrantedRow) => ({ trainingId, validUntil });
const ended = () =>
  invalidInput(['input', 'expiresAt'], 'A training ends after now and before the year 9000.');

/**
 * Says that a person has a training from now on, until that instant; granting again changes it. For managers and
 * administrators.
 * @returns InvalidInput where the person is not active or the training would have ended already
 */
export const grantTraining = (
  ctx: ViewerCtx,
  input: GrantTraining,
): Promise<GrantedRow | InvalidInput | NotFound> =>
  ctx.db.transaction(async (tx) => {
    const until = input.validUntil?.getTime() ?? EARLIEST;
    if (until < EARLIEST || until >= LATEST) return ended();
    if (!(await lockCircle(tx, 'Training', input.trainingId))) return notFound(['id'], 'training');
    if (!(await activeUsers(tx, [input.userId])).has(input.userId)) {
      return invalidInput(['input', 'userId'], 'There is no such active user.');
    }
    const before = await heldTraining(tx, input.userId, input.trainingId);
    const granted = await grant(tx, ctx.clock.fixed(), input, ctx.viewer.userId);
    if (!granted) return ended();
    await recordAudit(tx, ctx, {
      action: 'training.grant',
      subjectId: input.userId,
      before: before && termsOf(before),
      after: termsOf(granted),
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
    await recordAudit(tx, ctx, {
      action: 'training.revoke',
      subjectId: input.userId,
      before: termsOf(revoked),
    });
    return revoked;
  });
