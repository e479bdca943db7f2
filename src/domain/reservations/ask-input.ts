import type { AskInput } from '../../sql/approvals/ask-approvals.js';
import type { ReservationRow } from '../../sql/reservations/reservation-json.js';
import type { ApprovalAsk } from '../decisions/approval.js';
import type { Docket } from '../decisions/docket.js';
import { named } from './named.js';

/** What is written where somebody must decide about the reservation. */
export function askInput(
  row: ReservationRow,
  { deadlineMs: _, ...ask }: ApprovalAsk,
  { placements }: Pick<Docket, 'placements'>,
): AskInput {
  const places = row.claims.flatMap(({ resourceId }) => placements.get(resourceId) ?? []);
  const where = places.map(({ name }) => name).join(', ');
  const what = named(row, where, places[0]?.timeZone ?? 'UTC');
  return { ...ask, reservationId: row.id, message: `${what} waits for your decision.` };
}
