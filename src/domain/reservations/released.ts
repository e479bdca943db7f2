import type { ReservationRow } from '../../sql/reservations/reservation-json.js';
import { type Reason, reason } from '../decisions/reason.js';

/** TOO_LATE: nobody has checked in by the instant that `expiresAt` names. */
export const releasedReason = ({ checkIn }: Pick<ReservationRow, 'checkIn'>): Reason =>
  reason('TOO_LATE', 'Nobody had checked in in time: it was released.', {
    expiresAt: checkIn?.releaseAt ?? null,
  });
