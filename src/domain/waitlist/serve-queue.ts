import { NotPlaced } from '../../sql/reservations/reserve.js';
import type { Queryable } from '../../sql/statement.js';
import { offer } from '../../sql/waitlist/offer.js';
import { FIRST, readQueue, type Turn, type WaitingRow } from '../../sql/waitlist/queue.js';
import type { FreedSpan } from '../../sql/waitlist/reach.js';
import type { PassingCtx } from '../act.js';
import type { Inquiry } from '../availability/inquiry.js';
import { inquiryFor, openInquiry, type Prospect, readProspect } from '../availability/open-inquiry.js';
import { checkInFor } from '../decisions/check-in.js';
import { claimsFor } from '../decisions/claims.js';
import { quotaCounts } from '../decisions/quota.js';
import { newId } from '../ids.js';
import { quotasLeft } from '../reservations/quotas-left.js';
import { lendRuleBooks } from '../schedules/rule-books.js';
import { breathing } from '../time/breathing.js';
import { localText } from '../time/local-day.js';
import type { Stretch } from '../time/stretch.js';
import { type Fit, firstFit } from './first-fit.js';
import { waitTermsOf } from './wait-terms.js';

/** So many are looked at by one reading. */
const ABREAST = 200;

const within = ({ firstStart, lastStart, lengthMs }: WaitingRow): Stretch => ({
  from: firstStart,
  to: lastStart + lengthMs,
});
const targetsOf = (all: readonly WaitingRow[]): string[] => [
  ...new Set(all.flatMap(({ targets }) => targets.map(({ resourceId }) => resourceId))),
];

/**
 * Offers what is free, one after the other: each in the queue gets their whole wish or is passed over. Who is passed over
 * costs no statement.
 * @param spans what may have become free
 * @returns every resource of which something was offered
 */
export async function serveQueue(
  ctx: PassingCtx,
  tx: Queryable,
  spans: readonly FreedSpan[],
): Promise<string[]> {
  lendRuleBooks(ctx.db, tx);
  const touched: string[] = [];
  for (let turn: Turn | undefined = FIRST; turn; ) {
    const queue: WaitingRow[] = await readQueue(tx, ctx.clock.fixed(), spans, turn, ABREAST);
    touched.push(...(await serveAll(ctx, tx, queue)));
    turn = queue.length === ABREAST ? queue.at(-1)?.turn : undefined;
  }
  return touched;
}

async function serveAll(ctx: PassingCtx, tx: Queryable, queue: readonly WaitingRow[]): Promise<string[]> {
  const touched: string[] = [];
  let prospect: Prospect | null = null;
  const breath = breathing();
  for (const [index, waiting] of queue.entries()) {
    await breath();
    prospect ??= await lookAhead(ctx, tx, queue.slice(index));
    const inquiry = prospect && inquiryFor(prospect, waiting.person, within(waiting));
    const fit = inquiry && firstFit(inquiry, waiting);
    const taken = fit ? await serve(ctx, tx, waiting, inquiry, fit) : [];
    touched.push(...taken);
    // What is left for the next is read anew.
    if (taken.length > 0) prospect = null;
  }
  return touched;
}

/** All that is in use where any of them would like to be. */
function lookAhead(ctx: PassingCtx, tx: Queryable, queue: readonly WaitingRow[]): Promise<Prospect | null> {
  const stretches = queue.map(within);
  return readProspect(
    { db: tx, clock: ctx.clock },
    {
      resourceIds: targetsOf(queue),
      within: {
        from: Math.min(...stretches.map(({ from }) => from)),
        to: Math.max(...stretches.map(({ to }) => to)),
      },
    },
  );
}

/** The fit that quotas allow too; null where they allow none. */
async function withinQuotas(
  ctx: PassingCtx,
  tx: Queryable,
  waiting: WaitingRow,
  inquiry: Inquiry,
  fit: Fit,
): Promise<Fit | null> {
  const { id: userId, role } = waiting.person;
  const counts = quotaCounts(inquiry.casesOf(fit.candidates, fit.window));
  if (counts.length === 0) return fit;
  const asking = { db: tx, clock: ctx.clock, viewer: { userId, role } };
  const wish = { resourceIds: targetsOf([waiting]), within: within(waiting), countsQuotas: true };
  const counting = await openInquiry(asking, wish);
  const found = counting && firstFit(counting, waiting);
  if (!found) return null;
  const counted = quotaCounts(counting.casesOf(found.candidates, found.window));
  return (await quotasLeft(tx, ctx.clock.fixed(), counted)) ? found : null;
}

/** Offers them the earliest window that fits, as the engine judges it for them; returns what it takes. */
async function serve(
  ctx: PassingCtx,
  tx: Queryable,
  waiting: WaitingRow,
  inquiry: Inquiry,
  first: Fit,
): Promise<string[]> {
  const fit = await withinQuotas(ctx, tx, waiting, inquiry, first);
  const cases = fit ? inquiry.casesOf(fit.candidates, fit.window) : [];
  const of = cases[0]?.of;
  if (!fit || !of) return [];
  const [start, end] = [fit.window.startsAt.getTime(), fit.window.endsAt.getTime()];
  const claims = claimsFor(cases);
  const { row, waits } = await offer(tx, {
    now: ctx.clock.fixed(),
    ...fit.window,
    waitId: waiting.id,
    reservationId: newId(),
    minutes: waitTermsOf(inquiry.book, of, start).terms.offerMinutes,
    claims,
    checkIn: checkInFor(cases),
    judgedBy: inquiry.book.version,
    localStart: localText(start, of.timeZone),
    localEnd: localText(end, of.timeZone),
    timeZone: of.timeZone,
    auditId: newId(),
    requestId: ctx.requestId,
  });
  // Somebody has taken a part of it at this very instant.
  if (waits && !row) throw new NotPlaced();
  return row ? claims.map(({ resourceId }) => resourceId) : [];
}
