import type { ApprovalRow } from '../../sql/approvals/approval-row.js';
import type { AskInput } from '../../sql/approvals/ask-approvals.js';
import type { ReservationRow } from '../../sql/reservations/reservation-json.js';
import type { ApprovalAsk } from '../decisions/approval.js';

/** What is written where somebody must decide about the reservation. */
export const askInput = (reservationId: string, { steps, remindMs }: ApprovalAsk): AskInput => ({
  reservationId,
  steps,
  remindMs,
});

/** The reservation with what is asked about it, as it is written or, in a dry run, would be (D1). */
export function withAsked(row: ReservationRow, ask: ApprovalAsk | null): ReservationRow {
  if (!ask) return row;
  const { steps } = ask;
  const after = steps[0]?.escalateMs ?? null;
  const escalateAt = after === null ? null : new Date(Date.parse(row.createdAt) + after).toISOString();
  const asked: ApprovalRow = {
    reservationId: row.id,
    steps,
    step: 0,
    askedBack: false,
    escalateAt,
    words: [],
  };
  return { ...row, asked };
}
