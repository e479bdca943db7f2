import { checkOut as write } from '../../sql/presence/check-out.js';
import type { ReservationRow } from '../../sql/reservations/reservation-json.js';
import type { ViewerCtx } from '../act.js';
import { type Reason, reason } from '../decisions/reason.js';
import { newId } from '../ids.js';
import type { ChangeResult } from '../reservations/change-reservation.js';
import type { ExistingReservation } from '../reservations/confirm-reservation.js';
import { mayChangeAll } from '../reservations/rights.js';
import { settlePresence } from './settle-presence.js';

function judge({ state, checkIn, endsAt }: ReservationRow, now: number): Reason | null {
  if (state === 'CONFIRMED') return reason('ALREADY_DECIDED', 'Nobody has checked in.');
  if (checkIn?.checkOut === false && now < Date.parse(endsAt))
    return reason('NOT_PERMITTED', 'What is reserved here cannot be left before its end.');
  return null;
}

/**
 * Says that whoever was checked in has left: the window ends now, and what is left of it is free, its tear-down time
 * moved up (O3), in all resources at once (O7). For owner, creator and whoever manages it.
 */
export const checkOut = (ctx: ViewerCtx, input: ExistingReservation): Promise<ChangeResult> =>
  settlePresence(ctx, {
    ...input,
    operation: 'reservation.checkOut',
    resourceId: null,
    from: ['CONFIRMED', 'CHECKED_IN', 'COMPLETED'],
    isDone: ({ checkIn }) => checkIn !== null && checkIn.checkedOutAt !== null,
    judge,
    write: (key) =>
      ctx.db.transaction((tx) =>
        write(tx, {
          now: ctx.clock.fixed(),
          id: input.id,
          actorId: ctx.viewer.userId,
          mayChangeAll: mayChangeAll(ctx.viewer),
          expectedVersion: input.expectedVersion,
          auditId: newId(),
          requestId: ctx.requestId,
          key,
        }),
      ),
  });
