import type { ReservationState } from '../../sql/reservations/reservation-json.js';

const CERTAIN = ['CONFIRMED', 'CHECKED_IN'] as const satisfies readonly ReservationState[];

/** The states of what is to come or is on: people can be invited to it, taken out and answer. */
export const STANDING = ['HELD', 'PENDING_APPROVAL', ...CERTAIN] as const;

/** Whether a reservation stands, whatever its end. */
export const isStanding = (state: ReservationState): boolean =>
  (STANDING as readonly ReservationState[]).includes(state);

/** Whether it is settled that it takes place, so that those who take part are told of it. */
export const isCertain = (state: ReservationState): boolean =>
  (CERTAIN as readonly ReservationState[]).includes(state);
