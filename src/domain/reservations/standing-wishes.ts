import type { ReservationRow } from '../../sql/reservations/reservation-json.js';
import type { Wish } from '../decisions/case.js';
import { windowOf } from '../time/window.js';

/** What a reservation stands for as it is, for judging whether it may be confirmed or given up. */
export function standingWishes(row: ReservationRow): Wish[] {
  const window = windowOf(row);
  return row.claims.map(({ resourceId, quantity }) => {
    return { resourceId, quantity, window, ownerId: row.ownerId, keepsStart: true };
  });
}
