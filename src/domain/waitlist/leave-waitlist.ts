import { mayActFor } from '../../sql/people/delegates.js';
import type { Queryable } from '../../sql/statement.js';
import { waitsByIds } from '../../sql/waitlist/read-waits.js';
import type { WaitRow, WaitState } from '../../sql/waitlist/wait-row.js';
import { withdrawWait } from '../../sql/waitlist/write-wait.js';
import type { ViewerCtx } from '../act.js';
import { recordAudit } from '../audit/record.js';
import { type ReservationRefused, reason, refused } from '../decisions/reason.js';
import { type NotFound, notFound, Unavailable } from '../failure.js';
import { cancelReservation } from '../reservations/cancel-reservation.js';

export type LeaveResult = WaitRow | ReservationRefused | NotFound;

const ATTEMPTS = 8;
const ENDED: Partial<Record<WaitState, string>> = {
  FULFILLED: 'The offer was taken; cancel the reservation instead.',
  EXPIRED: 'It was not taken in time, or it is too late for it.',
};

/** Whether the viewer waits, or acts for who does. */
const isTheirs = async ({ clock, viewer }: ViewerCtx, tx: Queryable, { userId }: WaitRow): Promise<boolean> =>
  userId === viewer.userId || (await mayActFor(tx, clock.fixed(), viewer.userId, userId, null));

/**
 * Leaves the waitlist. Whoever has an offer declines it by that, and it is passed on in the same transaction (O6). For
 * whoever waits, and their delegates; who has left already is told the same again.
 */
export async function leaveWaitlist(ctx: ViewerCtx, id: string): Promise<LeaveResult> {
  for (let tries = 1; tries <= ATTEMPTS; tries++) {
    const withdrawn = await ctx.db.transaction(async (tx) => {
      const wait = (await waitsByIds(tx, ctx.clock.fixed(), [id])).get(id);
      if (!wait || !(await isTheirs(ctx, tx, wait))) return notFound(['id'], 'wish');
      if (wait.state !== 'WAITING') return wait;
      const left = await withdrawWait(tx, ctx.clock.fixed(), id);
      if (left)
        await recordAudit(tx, ctx, { action: 'waitlist.leave', subjectId: id, after: { state: left.state } });
      return left;
    });
    // Somebody has offered something at this very instant.
    if (!withdrawn) continue;
    if ('kind' in withdrawn || withdrawn.state === 'WITHDRAWN') return withdrawn;
    const ended = ENDED[withdrawn.state];
    if (ended) return refused([reason('ALREADY_DECIDED', ended)]);
    await cancelReservation(ctx, {
      id: withdrawn.reservationId as string,
      expectedVersion: null,
      idempotencyKey: null,
    });
  }
  throw new Unavailable('the wish is contended; nothing was decided');
}
