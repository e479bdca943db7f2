import { cancelMet, type Freed } from '../../sql/closures/cancel-met.js';
import type { ClosureNode } from '../../sql/closures/closure-node.js';
import { findMet, lockMet, type MetReservation } from '../../sql/closures/met-reservations.js';
import type { ReservationRow } from '../../sql/reservations/reservation-json.js';
import type { RuleScope } from '../../sql/rules/read-rule-book.js';
import { tellClosing } from '../../sql/rules/scope.js';
import type { Queryable } from '../../sql/statement.js';
import type { ViewerCtx } from '../act.js';
import { sourceOf } from '../audit/source.js';
import { newId } from '../ids.js';
import type { SpanOf } from '../schedules/closed-spans.js';
import type { ClosureSpan } from '../schedules/closure.js';
import { type Ahead, lookAgain } from './look-ahead.js';

/** What becomes of the reservations that a closure meets: they stay and are listed, or they are cancelled. */
export type Existing = 'KEEP' | 'CANCEL';

/** Live reservations whose window meets a closure: the first of them by start, and how many there are in all. */
export interface Met {
  readonly reservations: readonly ReservationRow[];
  readonly totalCount: number;
}

/** What a change of closures has done, and whom to wake once it is committed. */
export interface Laid {
  readonly met: Met;
  readonly touched: readonly string[];
}

const MOST_LISTED = 200;

/** What the closures would meet from now on. Writes nothing. */
export async function meetClosures(
  on: Queryable,
  ctx: ViewerCtx,
  scope: RuleScope,
  { spans }: Pick<Ahead<ClosureSpan>, 'spans'>,
): Promise<Met> {
  const { met, totalCount } = await findMet(on, ctx.clock.fixed(), scope, spans, MOST_LISTED);
  return { reservations: met.map(({ row }) => row), totalCount };
}

/** What cancels names itself. */
type Laying = ClosureSpan & Pick<ClosureNode, 'id'>;

/**
 * Lays new or changed closures, all of one scope and just written, over what is reserved. Behind the streams'
 * locks, so that whatever is not found here was judged by the closures. Cancels everything in one statement.
 * @param closingId the act that cancels what they meet; null keeps and lists it
 */
export async function layClosures(
  tx: Queryable,
  ctx: ViewerCtx,
  scope: RuleScope,
  ahead: Ahead<Laying>,
  closingId: string | null,
): Promise<Laid> {
  const now = ctx.clock.fixed();
  if (closingId !== null) await lockMet(tx, now, scope, ahead.spans);
  const touched = await tellClosing(tx, scope);
  const spans = await lookAgain(tx, ctx, scope, ahead);
  if (closingId === null) return { met: await meetClosures(tx, ctx, scope, { spans }), touched };
  const { met, totalCount } = await findMet(tx, now, scope, spans, null);
  const freed = totalCount > 0 ? await cancelAll(tx, ctx, met, spans, closingId) : [];
  return {
    met: { reservations: freed.slice(0, MOST_LISTED).map(({ row }) => row), totalCount },
    touched: [...new Set([...touched, ...freed.flatMap(({ resourceIds }) => resourceIds)])],
  };
}

type Spans = readonly SpanOf<Laying>[];

/**
 * Finds a closure that a reservation meets at its resources: of those spans of a zone that begin before it ends, the
 * one that ends last. Looks it up by halving, since both may be many.
 */
function metBy(spans: Spans): (met: MetReservation) => Laying {
  const zones = new Map<string, { readonly from: number; readonly last: Spans[0] }[]>();
  for (const span of spans.toSorted((a, b) => a.from - b.from)) {
    const before = zones.get(span.timeZone) ?? [];
    const last = before.at(-1)?.last ?? span;
    before.push({ from: span.from, last: span.to > last.to ? span : last });
    zones.set(span.timeZone, before);
  }
  const lastBefore = (timeZone: string, end: number) => {
    const there = zones.get(timeZone) ?? [];
    let [low, high] = [0, there.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((there[middle]?.from ?? end) < end) low = middle + 1;
      else high = middle;
    }
    return there[low - 1]?.last;
  };
  return ({ row, resources }) => {
    const [from, to] = [Date.parse(row.startsAt), Date.parse(row.endsAt)];
    const span = resources
      .map(({ timeZone }) => lastBefore(timeZone, to))
      .find((last) => last !== undefined && from < last.to);
    if (!span) throw new Error(`reservation ${row.id} was found, and meets no closure`);
    return span.closure;
  };
}

function cancelAll(
  tx: Queryable,
  ctx: ViewerCtx,
  met: readonly MetReservation[],
  spans: Spans,
  closingId: string,
): Promise<Freed[]> {
  const closureOf = metBy(spans);
  const cancellations = met.map((each) => ({
    id: each.row.id,
    closureId: closureOf(each).id,
    auditId: newId(),
  }));
  return cancelMet(tx, ctx.clock.fixed(), ctx.viewer.userId, sourceOf(ctx), closingId, cancellations);
}
