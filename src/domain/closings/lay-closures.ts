import { cancelMet, type Freed } from '../../sql/closures/cancel-met.js';
import type { ClosureNode } from '../../sql/closures/closure-node.js';
import { findMet, lockMet, type MetReservation } from '../../sql/closures/met-reservations.js';
import { zonesOf } from '../../sql/closures/scope-zones.js';
import type { ReservationRow } from '../../sql/reservations/reservation-json.js';
import type { RuleScope } from '../../sql/rules/read-rule-book.js';
import { tellClosing } from '../../sql/rules/scope.js';
import type { Queryable } from '../../sql/statement.js';
import type { ViewerCtx } from '../act.js';
import { newId } from '../ids.js';
import { spansFrom } from '../schedules/closed-spans.js';
import type { ClosureSpan } from '../schedules/closure.js';

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
  closures: readonly ClosureSpan[],
): Promise<Met> {
  const now = ctx.clock.now().getTime();
  const spans = spansFrom(now, closures, await zonesOf(on, scope));
  const { met, totalCount } = await findMet(on, ctx.clock.fixed(), scope, spans, MOST_LISTED);
  return { reservations: met.map(({ row }) => row), totalCount };
}

/**
 * Lays new or changed closures, all of one scope and just written, over what is reserved. Behind the streams'
 * locks, so that whatever is not found here was judged by the closures. Cancels everything in one statement.
 * @param closingId the act that cancels what they meet; null keeps and lists it
 */
export async function layClosures(
  tx: Queryable,
  ctx: ViewerCtx,
  scope: RuleScope,
  closures: readonly ClosureNode[],
  closingId: string | null,
): Promise<Laid> {
  if (closingId === null) {
    const touched = await tellClosing(tx, scope);
    return { met: await meetClosures(tx, ctx, scope, closures), touched };
  }
  const now = ctx.clock.fixed();
  const spans = spansFrom(ctx.clock.now().getTime(), closures, await zonesOf(tx, scope));
  await lockMet(tx, now, scope, spans);
  const touched = await tellClosing(tx, scope);
  const { met, totalCount } = await findMet(tx, now, scope, spans, null);
  const freed = totalCount > 0 ? await cancelAll(tx, ctx, met, spans, closingId) : [];
  return {
    met: { reservations: freed.slice(0, MOST_LISTED).map(({ row }) => row), totalCount },
    touched: [...new Set([...touched, ...freed.flatMap(({ resourceIds }) => resourceIds)])],
  };
}

type Spans = ReturnType<typeof spansFrom<ClosureNode>>;

/** The first closure that the reservation meets at that resource. */
function metBy({ row, resources }: MetReservation, spans: Spans): ClosureNode {
  const [from, to] = [Date.parse(row.startsAt), Date.parse(row.endsAt)];
  const zones = new Set(resources.map(({ timeZone }) => timeZone));
  const span = spans.find((each) => zones.has(each.timeZone) && each.from < to && from < each.to);
  if (!span) throw new Error(`reservation ${row.id} was found, and meets no closure`);
  return span.closure;
}

function cancelAll(
  tx: Queryable,
  ctx: ViewerCtx,
  met: readonly MetReservation[],
  spans: Spans,
  closingId: string,
): Promise<Freed[]> {
  const cancellations = met.map((each) => ({
    id: each.row.id,
    closureId: metBy(each, spans).id,
    auditId: newId(),
  }));
  return cancelMet(tx, ctx.clock.fixed(), ctx.viewer.userId, ctx.requestId, closingId, cancellations);
}
