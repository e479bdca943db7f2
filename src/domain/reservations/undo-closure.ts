import type { ClosureNode } from '../../sql/closures/closure-node.js';
import { closureById } from '../../sql/closures/read-closures.js';
import { cancelledBy, type Former, lockPools, restore } from '../../sql/closures/restore.js';
import { deleteClosure } from '../../sql/closures/write-closures.js';
import { expireNamedHolds } from '../../sql/reservations/expire-holds.js';
import { readAudit } from '../../sql/reservations/read-audit.js';
import { readFacts } from '../../sql/reservations/read-facts.js';
import { isNotPlaced } from '../../sql/reservations/reserve.js';
import { lockRules } from '../../sql/rules/lock-rules.js';
import { readPlacements } from '../../sql/rules/read-placements.js';
import { readRuleBook } from '../../sql/rules/read-rule-book.js';
import { tellClosing } from '../../sql/rules/scope.js';
import type { Queryable } from '../../sql/statement.js';
import type { ViewerCtx } from '../act.js';
import { recordAudit } from '../audit/record.js';
import type { Reason } from '../decisions/reason.js';
import { type NotFound, notFound, Unavailable } from '../failure.js';
import { newId } from '../ids.js';
import { mayClose } from '../schedules/closure-scope.js';
import { RuleBook } from '../schedules/rule-book.js';
import { judgeRestoring, type Restorable } from './judge-restoring.js';
import { named } from './lay-closures.js';
import { deadInTheWay } from './place.js';

/** What became of one reservation that the closure had cancelled. */
export interface Undoing {
  readonly reservationId: string;
  /** Empty: it is what it was before. Else why it stays cancelled. */
  readonly reasons: readonly Reason[];
}

export interface ClosureUndone {
  /** As it was. */
  readonly closure: ClosureNode;
  readonly undoings: readonly Undoing[];
}

/** A closure can be undone for ten minutes; after that it can be removed. */
export interface UndoTooLate {
  readonly kind: 'UndoTooLate';
  readonly message: string;
  readonly path: readonly string[];
  readonly undoableUntil: string;
}

const ACTION = 'closure.undo';
const UNDO_MS = 10 * 60_000;
const ATTEMPTS = 8;

/** Until when, exclusively, a closure can be undone. */
export const undoableUntil = ({ createdAt }: Pick<ClosureNode, 'createdAt'>): Date =>
  new Date(Date.parse(createdAt) + UNDO_MS);

/**
 * Takes a closure back within ten minutes of its making: removes it, and restores every reservation that it has
 * cancelled whose place is still free and whose time is not over, each as a whole. Called again, also in
 * parallel, it tells the same once more and changes nothing. For those who may close its scope.
 */
export async function undoClosure(
  ctx: ViewerCtx,
  id: string,
): Promise<ClosureUndone | NotFound | UndoTooLate> {
  for (let tries = 1; tries <= ATTEMPTS; tries++) {
    try {
      const outcome = await ctx.db.transaction((tx) => undo(tx, ctx, id));
      if ('kind' in outcome) return outcome;
      const { touched, ...undone } = outcome;
      if (touched.length > 0) ctx.bus.wake({ kind: 'streams', resourceIds: touched });
      return undone;
    } catch (error) {
      // Somebody took one of the places at this very instant: judge anew.
      if (!isNotPlaced(error)) throw error;
    }
  }
  throw new Unavailable('the places are contended; nothing was undone');
}

async function undo(
  tx: Queryable,
  ctx: ViewerCtx,
  id: string,
): Promise<(ClosureUndone & { readonly touched: readonly string[] }) | NotFound | UndoTooLate> {
  await lockRules(tx);
  const closure = await closureById(tx, id);
  if (!closure) return told(tx, ctx, id);
  if (!(await mayClose(tx, ctx.viewer, closure))) return notFound(['id'], 'closure');
  const until = undoableUntil(closure);
  if (ctx.clock.now() >= until) {
    const message = 'A closure can be undone for ten minutes; remove it instead.';
    return { kind: 'UndoTooLate', message, path: ['id'], undoableUntil: until.toISOString() };
  }
  const former = await cancelledBy(tx, ctx.clock.fixed(), id);
  await deleteClosure(tx, id);
  const { verdicts, expired } = await judgeFormer(tx, ctx, closure, former);
  const passing = former.filter((_, index) => verdicts[index]?.length === 0);
  const restored = await bringBack(tx, ctx, closure, passing);
  const undoings = former.map(({ row }, index) => ({
    reservationId: row.id,
    reasons: verdicts[index] ?? [],
  }));
  await recordAudit(tx, ctx, { action: ACTION, subjectId: id, before: closure, after: { undoings } });
  // Last, so that nobody waits for these locks whose place this transaction may be waiting for.
  const touched = await tellClosing(tx, closure);
  return { closure, undoings, touched: [...new Set([...touched, ...expired, ...restored])] };
}

/** What was told when the closure was undone before. */
async function told(tx: Queryable, ctx: ViewerCtx, id: string) {
  const entry = await readAudit<ClosureNode, { undoings: Undoing[] }>(tx, id, ACTION);
  if (!entry || !(await mayClose(tx, ctx.viewer, entry.before))) return notFound(['id'], 'closure');
  return { closure: entry.before, undoings: entry.after.undoings, touched: [] };
}

/** What speaks against each of them; holds in their way that the clock has killed expire (O5). */
async function judgeFormer(
  tx: Queryable,
  ctx: ViewerCtx,
  closure: ClosureNode,
  former: readonly Former[],
): Promise<{ readonly verdicts: readonly Reason[][]; readonly expired: readonly string[] }> {
  if (former.length === 0) return { verdicts: [], expired: [] };
  const now = ctx.clock.fixed();
  const claims = former.flatMap((each) => each.claims);
  const ids = [...new Set(claims.map(({ resourceId }) => resourceId))];
  await lockPools(tx, ids);
  const facts = await readFacts(tx, now, claims, [], null, false);
  const dead = deadInTheWay(facts);
  const expired = dead.length > 0 ? await expireNamedHolds(tx, now, dead, ctx.requestId) : [];
  const { placements } = await readPlacements(tx, ids);
  const decides: Restorable = {
    now: Date.parse(facts.now),
    book: new RuleBook(await readRuleBook(tx)),
    closureId: closure.id,
    placements: new Map(placements.map((placement) => [placement.id, placement])),
    facts: facts.resources,
  };
  return {
    verdicts: judgeRestoring(former, decides),
    expired: expired.flatMap(({ resourceIds }) => resourceIds),
  };
}

/** Restores them and tells their owners; returns every resource whose availability that has changed. */
async function bringBack(
  tx: Queryable,
  ctx: ViewerCtx,
  { title }: ClosureNode,
  former: readonly Former[],
): Promise<string[]> {
  if (former.length === 0) return [];
  const restorings = former.map(({ row, claims }) => {
    const own = claims.filter((claim) => claim.own);
    const where = own.map(({ resourceName }) => resourceName).join(', ');
    const what = named(row, where, own[0]?.timeZone ?? 'UTC');
    return {
      id: row.id,
      auditId: newId(),
      notificationId: newId(),
      message: `Your reservation ${what} is back: the closure “${title}” was undone.`,
    };
  });
  const back = await restore(tx, ctx.clock.fixed(), ctx.viewer.userId, ctx.requestId, restorings);
  return back.flatMap(({ resourceIds }) => resourceIds);
}
