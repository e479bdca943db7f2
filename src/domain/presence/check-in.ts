import { checkIn as write } from '../../sql/presence/check-in.js';
import type { ReservationRow } from '../../sql/reservations/reservation-json.js';
import type { ViewerCtx } from '../act.js';
import { type Reason, reason } from '../decisions/reason.js';
import { newId } from '../ids.js';
import type { ChangeResult } from '../reservations/change-reservation.js';
import type { ExistingReservation } from '../reservations/confirm-reservation.js';
import { mayChangeAll } from '../reservations/rights.js';
import { settlePresence } from './settle-presence.js';

export interface CheckIn extends ExistingReservation {
  /** The resource whose link the viewer has shown: who stands at its door may check in. Null: none was shown. */
  readonly resourceId: string | null;
}

const MINUTE = 60_000;

/** From when on one checks in to the reservation, in ms since 1970; null where nobody has to. */
export const opensAt = ({
  checkIn,
  startsAt,
}: Pick<ReservationRow, 'checkIn' | 'startsAt'>): number | null =>
  checkIn ? Date.parse(startsAt) - checkIn.opensMinutes * MINUTE : null;

function judge(row: ReservationRow, now: number): Reason | null {
  const opens = opensAt(row);
  if (opens === null) return reason('NOT_PERMITTED', 'Nobody has to check in here.');
  if (now >= opens) return null;
  const at = new Date(opens).toISOString();
  return reason('TOO_EARLY', `One checks in from ${at} on.`, { opensAt: at });
}

/**
 * Says that somebody is there, from the opening of check-in until just before the release: at that instant it is too
 * late (O5). For owner, creator and whoever manages it, and for everybody who shows the link at the door.
 */
export const checkIn = (ctx: ViewerCtx, input: CheckIn): Promise<ChangeResult> =>
  settlePresence(ctx, {
    ...input,
    operation: 'reservation.checkIn',
    from: ['CONFIRMED', 'CHECKED_IN'],
    isDone: ({ state }) => state === 'CHECKED_IN',
    judge,
    write: (key) =>
      write(ctx.db, {
        now: ctx.clock.fixed(),
        id: input.id,
        actorId: ctx.viewer.userId,
        mayChangeAll: mayChangeAll(ctx.viewer),
        resourceId: input.resourceId,
        expectedVersion: input.expectedVersion,
        auditId: newId(),
        requestId: ctx.requestId,
        key,
      }),
  });
