import type { ApprovalTarget } from '../../sql/approvals/approval-target.js';
import type { ViewerCtx } from '../act.js';
import { type ReservationRefused, reason, refused } from '../decisions/reason.js';
import { judgeWaiting, type SpeechResult, speakAbout } from './speak-about.js';

/** What an approver does: lets it pass the step, ends it, or asks who made it before deciding. */
export type Decision = 'APPROVED' | 'REJECTED' | 'ASKED_BACK';

export interface DecideApproval {
  readonly id: string;
  readonly decision: Decision;
  /** Why; may be empty to approve. */
  readonly words: string;
  /** The number of the step (from 0 on) that the approver means; null: whichever it is. */
  readonly step: number | null;
  readonly idempotencyKey: string | null;
}

const decided = (message: string) => refused([reason('ALREADY_DECIDED', message)]);

/** Whether the viewer decides at the present step. Nobody does about what they have or made themselves. */
function judgeDecider(
  ctx: ViewerCtx,
  { step }: DecideApproval,
  target: ApprovalTarget,
): ReservationRefused | null {
  const { row, approval, standing, wasAsked } = target;
  const { userId, role } = ctx.viewer;
  if (step !== null && step !== approval.step) {
    return step < approval.step
      ? decided('Somebody has decided at this step.')
      : refused([reason('NOT_PERMITTED', 'An earlier step comes first.')]);
  }
  if (row.ownerId === userId || row.creatorId === userId) {
    return refused([reason('NOT_PERMITTED', 'Nobody decides about what they have reserved themselves.')]);
  }
  if (standing || role === 'ADMINISTRATOR') return null;
  return wasAsked
    ? decided('Somebody has decided at this step.')
    : refused([reason('NOT_PERMITTED', 'Others decide about this reservation.')]);
}

/**
 * Decides at the present step of an approval, for oneself or as deputy. The last step approved makes it CONFIRMED; a
 * rejection frees it. At its deadline it is APPROVAL_EXPIRED, whether or not a sweeper has run (O5).
 * @returns the reservation afterwards; ALREADY_DECIDED where somebody else was first
 */
export const decideApproval = (ctx: ViewerCtx, input: DecideApproval): Promise<SpeechResult> =>
  speakAbout(
    ctx,
    {
      id: input.id,
      kind: input.decision,
      words: input.words,
      step: input.step,
      idempotencyKey: input.idempotencyKey,
    },
    (target) => judgeWaiting(target) ?? judgeDecider(ctx, input, target),
  );
