import { readTargets } from '../../sql/reservations/read-reservations.js';
import type { ViewerCtx } from '../act.js';
import { openDocket } from '../decisions/docket.js';
import { judgeGivingUp } from '../decisions/judge-notice.js';
import { type ReservationRefused, refused } from '../decisions/reason.js';
import { bookNow } from '../schedules/rule-reader.js';
import { windowOf } from '../time/window.js';
import { type ChangeResult, changeReservation } from './change-reservation.js';
import type { ExistingReservation } from './confirm-reservation.js';
import { mayChangeAll } from './rights.js';

/** Whether it is too late to give the reservation up. Holds and requests can be let go at any time. */
async function judgeCancelling(ctx: ViewerCtx, id: string): Promise<ReservationRefused | null> {
  // No claim is placed, so nothing else would notice that another process has changed the rules.
  if (!(await bookNow(ctx)).asksForCancelNotice) return null;
  const { userId } = ctx.viewer;
  const targets = await readTargets(ctx.db, ctx.clock.fixed(), [id], userId, mayChangeAll(ctx.viewer));
  const row = targets.find(({ mayChange }) => mayChange)?.row;
  if (row?.state !== 'CONFIRMED') return null;
  const window = windowOf(row);
  const wishes = row.claims.map(({ resourceId, quantity }) => {
    return { resourceId, quantity, window, ownerId: row.ownerId, keepsStart: true };
  });
  const docket = await openDocket(ctx, [wishes]);
  const reasons = docket?.sets.flat().flatMap(judgeGivingUp) ?? [];
  return reasons.length > 0 ? refused(reasons) : null;
}

/** Cancels a hold, a request or a confirmed reservation; all its resources are free in the same commit (O7). */
export const cancelReservation = async (ctx: ViewerCtx, input: ExistingReservation): Promise<ChangeResult> =>
  (await judgeCancelling(ctx, input.id)) ??
  changeReservation(ctx, {
    ...input,
    action: 'reservation.cancel',
    from: ['HELD', 'PENDING_APPROVAL', 'CONFIRMED'],
    to: 'CANCELLED',
    title: null,
    details: null,
  });
