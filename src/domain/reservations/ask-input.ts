import type { AskInput } from '../../sql/approvals/ask-approvals.js';
import type { ApprovalAsk } from '../decisions/approval.js';

/** What is written where somebody must decide about the reservation. */
export const askInput = (reservationId: string, { steps, remindMs }: ApprovalAsk): AskInput => ({
  reservationId,
  steps,
  remindMs,
});
