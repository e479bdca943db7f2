import { NOW, stateOf } from '../reservations/reservation-json.js';
import { type Queryable, statement } from '../statement.js';

const ASKS = statement<{ asks: boolean }>(
  'asks-check-in',
  `select v.check_in is not null and ${stateOf('v', NOW)} = 'CONFIRMED' as asks from reservation v where v.id = $2`,
);

/** Whether somebody still has to check in to the reservation, by the clock; false for one that is unknown. */
export const asksCheckIn = async (
  on: Queryable,
  now: string | null,
  reservationId: string,
): Promise<boolean> => (await on.query(ASKS, [now, reservationId]))[0]?.asks ?? false;
