import { readTargets } from '../../sql/reservations/read-reservations.js';
import type { ViewerCtx } from '../act.js';
import { openDocket } from '../decisions/docket.js';
import { judgeGivingUp } from '../decisions/judge-notice.js';
import { type ReservationRefused, refused } from '../decisions/reason.js';
import { ruleBooksOf } from '../schedules/rule-books.js';
import { bookNow } from '../schedules/rule-reader.js';
import { type ChangeResult, changeReservation, type Terms } from './change-reservation.js';
import type { ExistingReservation } from './confirm-reservation.js';
import { mayChangeAll } from './rights.js';
import { standingWishes } from './standing-wishes.js';

/**
 * Whether it is too late to give the reservation up; the first attempt goes by the rules in memory, which the statement
 * compares. Holds and requests can be let go at any time.
 */
async function termsFor(ctx: ViewerCtx, id: string, attempt: number): Promise<Terms | ReservationRefused> {
  const book = attempt > 1 ? await bookNow(ctx) : (await ruleBooksOf(ctx.db).placing([])).book;
  const free = { judgedBy: book.version, version: null, askMs: null, write: null };
  if (!book.asksForCancelNotice) return free;
  const { userId } = ctx.viewer;
  const targets = await readTargets(ctx.db, ctx.clock.fixed(), [id], userId, mayChangeAll(ctx.viewer));
  const row = targets.find(({ mayChange }) => mayChange)?.row;
  if (!row) return free;
  const judged = { judgedBy: book.version, version: row.version, askMs: null, write: null };
  if (row.state !== 'CONFIRMED') return judged;
  const docket = await openDocket(ctx, [standingWishes(row)]);
  const reasons = docket?.sets.flat().flatMap(judgeGivingUp) ?? [];
  return reasons.length > 0
    ? refused(reasons)
    : { ...judged, judgedBy: docket?.book.version ?? book.version };
}

/** Cancels a hold, a request or a confirmed reservation; all its resources are free in the same commit (O7). */
export const cancelReservation = (ctx: ViewerCtx, input: ExistingReservation): Promise<ChangeResult> =>
  changeReservation(ctx, {
    ...input,
    action: 'reservation.cancel',
    from: ['HELD', 'PENDING_APPROVAL', 'CONFIRMED'],
    to: 'CANCELLED',
    title: null,
    details: null,
    terms: (attempt) => termsFor(ctx, input.id, attempt),
  });
