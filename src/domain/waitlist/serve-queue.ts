import { NotPlaced } from '../../sql/reservations/reserve.js';
import type { Queryable } from '../../sql/statement.js';
import { FIRST, nextWaiting, type Turn, type WaitingRow } from '../../sql/waitlist/next-waiting.js';
import { offer } from '../../sql/waitlist/offer.js';
import type { FreedSpan } from '../../sql/waitlist/reach.js';
import type { PassingCtx } from '../act.js';
import { openInquiry } from '../availability/open-inquiry.js';
import { claimsFor } from '../decisions/claims.js';
import { quotaCounts } from '../decisions/quota.js';
import { newId } from '../ids.js';
import { quotasLeft } from '../reservations/quotas-left.js';
import { lendRuleBooks } from '../schedules/rule-books.js';
import { localText } from '../time/local-day.js';
import { firstFit } from './first-fit.js';
import { waitTermsOf } from './wait-terms.js';

/**
 * Offers what is free, one after the other: each in the queue gets their whole wish or is passed over.
 * @param spans what may have become free
 * @returns every resource of which something was offered
 */
export async function serveQueue(
  ctx: PassingCtx,
  tx: Queryable,
  spans: readonly FreedSpan[],
): Promise<string[]> {
  if (spans.length === 0) return [];
  lendRuleBooks(ctx.db, tx);
  const touched: string[] = [];
  let turn: Turn = FIRST;
  for (;;) {
    const next = await nextWaiting(tx, ctx.clock.fixed(), spans, turn);
    if (!next) return touched;
    touched.push(...(await serve(ctx, tx, next)));
    turn = next.turn;
  }
}

/** Offers the earliest window that fits, as the engine judges it for them; nothing where none does. */
async function serve(ctx: PassingCtx, tx: Queryable, waiting: WaitingRow): Promise<string[]> {
  const { firstStart, lastStart, lengthMs, targets, userId, role } = waiting;
  const now = ctx.clock.fixed();
  const asking = { db: tx, clock: ctx.clock, viewer: { userId, role } };
  const resourceIds = [...new Set(targets.map(({ resourceId }) => resourceId))];
  const within = { from: firstStart, to: lastStart + lengthMs };
  const inquiry = await openInquiry(asking, { resourceIds, within, countsQuotas: true });
  const fit = inquiry && firstFit(inquiry, waiting);
  if (!fit) return [];
  const { window, candidates } = fit;
  const cases = inquiry.casesOf(candidates, window);
  if (!(await quotasLeft(tx, now, quotaCounts(cases)))) return [];
  const [first] = cases;
  if (!first) return [];
  const [start, end] = [window.startsAt.getTime(), window.endsAt.getTime()];
  const { timeZone } = first.of;
  const claims = claimsFor(cases);
  const { row, waits } = await offer(tx, {
    now,
    ...window,
    waitId: waiting.id,
    reservationId: newId(),
    minutes: waitTermsOf(inquiry.book, first.of, start).terms.offerMinutes,
    claims,
    judgedBy: inquiry.book.version,
    localStart: localText(start, timeZone),
    localEnd: localText(end, timeZone),
    timeZone,
    auditId: newId(),
    requestId: ctx.requestId,
  });
  // Somebody has taken a part of it at this very instant.
  if (waits && !row) throw new NotPlaced();
  return row ? claims.map(({ resourceId }) => resourceId) : [];
}
