import type { ClosureNode } from '../../sql/closures/closure-node.js';
import { type AfterClosure, closuresByIds, closuresPage } from '../../sql/closures/read-closures.js';
import { type Placement, readPlacements } from '../../sql/rules/read-placements.js';
import type { RuleScope } from '../../sql/rules/read-rule-book.js';
import type { Ctx } from '../act.js';
import { breathing } from '../time/breathing.js';
import type { Stretch } from '../time/stretch.js';
import { closedStretches } from './closure.js';
import type { ClosedStretch, RuleBook } from './rule-book.js';
import { ruleBooksOf } from './rule-books.js';

const HOUR = 3_600_000;
/** Clocks on earth are up to 12 hours behind and 14 hours ahead of those of UTC. */
const somewhere = ({ from, to }: Stretch): Stretch => ({ from: from - 12 * HOUR, to: to + 14 * HOUR });
/** How many are read in one go where a window decides which of them count. */
const BATCH = 500;

/** The closures by id, for a loader. */
export const readClosures = (ctx: Ctx, ids: readonly string[]): Promise<Map<string, ClosureNode>> =>
  closuresByIds(ctx.db, ids);

/**
 * Up to `limit` closures by start.
 * @param scope null finds those of every scope
 * @param window leaves only those that meet it by the clocks of some zone on earth
 */
export async function readClosurePage(
  ctx: Ctx,
  scope: RuleScope | null,
  window: Stretch | null,
  after: AfterClosure | null,
  limit: number,
): Promise<ClosureNode[]> {
  if (!window) return closuresPage(ctx.db, scope, null, after, limit);
  const bounds = somewhere(window);
  const clock = (at: number) => new Date(at).toISOString().slice(0, -1);
  const wall = { from: clock(bounds.from), to: clock(bounds.to) };
  const found: ClosureNode[] = [];
  for (let last = after; ; ) {
    const batch = await closuresPage(ctx.db, scope, wall, last, BATCH);
    found.push(...batch.filter((closure) => closedStretches(closure, 'UTC', bounds).length > 0));
    last = batch.at(-1) ?? null;
    if (found.length >= limit || batch.length < BATCH) return found.slice(0, limit);
  }
}

/**
 * When each of the resources is closed within the bounds, by start and then by closure, whatever the closure is made
 * for. Not remembered as decisions' days are: nobody knows which bounds come next. Unknown resources are missing.
 */
export async function readClosedSpans(
  ctx: Ctx,
  resourceIds: readonly string[],
  bounds: Stretch,
): Promise<Map<string, ClosedStretch[]>> {
  const { placements, bookVersion } = await readPlacements(ctx.db, resourceIds);
  if (bookVersion === null) return new Map();
  const book = await ruleBooksOf(ctx.db).atLeast(bookVersion);
  const breathe = breathing();
  const ofKin = new Map<string, ClosedStretch[]>();
  const found = new Map<string, ClosedStretch[]>();
  for (const of of placements) {
    const kin = book.kinOf(of);
    const spans = ofKin.get(kin) ?? closedSpans(book, of, bounds);
    ofKin.set(kin, spans);
    found.set(of.id, spans);
    await breathe();
  }
  return found;
}

const closedSpans = (book: RuleBook, of: Placement, bounds: Stretch): ClosedStretch[] =>
  book
    .closuresOf(of)
    .flatMap((closure) => closedStretches(closure, of.timeZone, bounds))
    .sort((a, b) => a.from - b.from || (a.closure.id < b.closure.id ? -1 : 1));
