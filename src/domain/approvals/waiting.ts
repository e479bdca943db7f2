import { type AfterRequest, waitingFor } from '../../sql/approvals/read-approvals.js';
import type { ReservationRow } from '../../sql/reservations/reservation-json.js';
import type { ViewerCtx } from '../act.js';

/** Up to `limit` reservations about which the viewer may decide now, the most urgent first. */
export const readWaiting = (
  { db, clock, viewer }: ViewerCtx,
  after: AfterRequest | null,
  limit: number,
): Promise<ReservationRow[]> =>
  waitingFor(db, clock.fixed(), viewer.userId, viewer.role === 'ADMINISTRATOR', after, limit);
