import {
  type ClosingRow,
  closingsByIds,
  closuresNewerThan,
  markUndone,
} from '../../sql/closures/closings.js';
import { closuresByIds } from '../../sql/closures/read-closures.js';
import { cancelledBy, type Former, handOn, lockPools, restore } from '../../sql/closures/restore.js';
import { deleteClosures, updateClosures } from '../../sql/closures/write-closures.js';
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
import { sourceOf } from '../audit/source.js';
import { judgeRestoring, type Restorable } from '../decisions/judge-restoring.js';
import type { Reason } from '../decisions/reason.js';
import { type NotFound, notFound, Unavailable, type VersionConflict } from '../failure.js';
import { givingWay } from '../giving-way.js';
import { newId } from '../ids.js';
import { deadInTheWay } from '../reservations/place.js';
import { mayClose } from '../schedules/closure-scope.js';
import { RuleBook } from '../schedules/rule-book.js';
import { judgeTooLate, type UndoTooLate } from '../undoable.js';

/** What became of one reservation that the closing had cancelled. */
export interface Undoing {
  readonly reservationId: string;
  /** Empty: it is what it was before. Else why it stays cancelled. */
  readonly reasons: readonly Reason[];
}

export interface ClosingUndone {
  /** How many closures are gone because the closing had made them. */
  readonly removedCount: number;
  /** How many closures are again what they were before the closing. */
  readonly changedBackCount: number;
  readonly undoings: readonly Undoing[];
}

type Refusal = NotFound | UndoTooLate | VersionConflict;

const ACTION = 'closing.undo';
const ATTEMPTS = 8;
const TOO_LATE = 'What was closed can be undone for ten minutes; change or remove the closures instead.';

/**
 * Takes back what one act has closed, within ten minutes: removes the closures that it made, gives those that it
 * changed their former facts, and restores every reservation that it has cancelled whose place is still free and
 * whose time is not over, each as a whole; what a later closure alone keeps comes back with that one. Refuses as a whole where one of its closures was changed since; closures
 * that were removed since stay so. Called again, also in parallel, it tells the same once more and changes nothing.
 * For those who may close its scope.
 */
export async function undoClosing(ctx: ViewerCtx, id: string): Promise<ClosingUndone | Refusal> {
  for (let tries = 1; tries <= ATTEMPTS; tries++) {
    try {
      const outcome = await givingWay(ctx, () => ctx.db.transaction((tx) => undo(tx, ctx, id)));
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
): Promise<(ClosingUndone & { readonly touched: readonly string[] }) | Refusal> {
  await lockRules(tx);
  const closing = (await closingsByIds(tx, [id])).get(id);
  if (!closing || !(await mayClose(tx, ctx.viewer, closing))) return notFound(['id'], 'closing');
  if (closing.undoneAt) return told(tx, id);
  const tooLate = judgeTooLate(closing.closedAt, ctx.clock.now().getTime(), TOO_LATE);
  if (tooLate) return tooLate;
  const newer = await closuresNewerThan(tx, closing.number);
  const former = await cancelledBy(tx, ctx.clock.fixed(), id);
  const back = await turnBack(tx, closing);
  if ('kind' in back) return back;
  const { verdicts, expired } = await judgeFormer(tx, ctx, former, newer);
  const passing = former.filter((_, index) => verdicts[index]?.length === 0);
  const restored = await bringBack(tx, ctx, passing);
  const undoings = former.map(({ row }, index) => ({
    reservationId: row.id,
    reasons: verdicts[index] ?? [],
  }));
  await handOn(tx, undoings.flatMap(heldByClosure));
  const undone = { ...back, undoings };
  await markUndone(tx, ctx.clock.fixed(), id);
  await recordAudit(tx, ctx, { action: ACTION, subjectId: id, after: undone });
  // Last, so that nobody waits for these locks whose place this transaction may be waiting for.
  const touched = await tellClosing(tx, closing);
  return { ...undone, touched: [...new Set([...touched, ...expired, ...restored])] };
}

/** The later closure because of which alone it stays cancelled. */
function heldByClosure({ reservationId, reasons }: Undoing) {
  const closureId = reasons.every(({ code }) => code === 'CLOSED') ? reasons.at(-1)?.closure?.id : undefined;
  return closureId ? { reservationId, closureId } : [];
}

/** What was told when it was undone. */
async function told(tx: Queryable, id: string) {
  const entry = await readAudit<null, ClosingUndone>(tx, id, ACTION);
  if (!entry) throw new Error(`closing ${id} was undone, and its audit does not say so`);
  return { ...entry.after, touched: [] };
}

/** Makes its closures what they were before it; those that are gone by now stay so. */
async function turnBack(
  tx: Queryable,
  { id, former }: ClosingRow,
): Promise<Omit<ClosingUndone, 'undoings'> | VersionConflict> {
  const ids = former.map((each) => each.id);
  const there = await closuresByIds(tx, ids);
  const standing = former.filter((each) => there.has(each.id));
  for (const { id: closureId, version } of standing) {
    const now = there.get(closureId);
    if (!now || now.closingId === id) continue;
    return {
      kind: 'VersionConflict',
      message: `The closure “${now.title}” was changed since; undo that first.`,
      path: ['id'],
      expectedVersion: version,
      currentVersion: now.version,
      current: { node: 'Closure', id: closureId },
    };
  }
  const made = standing.filter(({ before }) => before === null).map((each) => each.id);
  const changes = standing.flatMap((each) =>
    each.before ? [{ ...each.before, id: each.id, closingId: each.closingId }] : [],
  );
  await deleteClosures(tx, made);
  await updateClosures(tx, changes);
  return { removedCount: made.length, changedBackCount: changes.length };
}

/** What speaks against each of them; holds in their way that the clock has killed expire (O5). */
async function judgeFormer(
  tx: Queryable,
  ctx: ViewerCtx,
  former: readonly Former[],
  newer: ReadonlySet<string>,
): Promise<{ readonly verdicts: readonly Reason[][]; readonly expired: readonly string[] }> {
  if (former.length === 0) return { verdicts: [], expired: [] };
  const now = ctx.clock.fixed();
  const claims = former.flatMap((each) => each.claims);
  const ids = [...new Set(claims.map(({ resourceId }) => resourceId))];
  await lockPools(tx, ids);
  const facts = await readFacts(tx, now, claims, [], null, false);
  const dead = deadInTheWay(facts);
  const expired = dead.length > 0 ? await expireNamedHolds(tx, now, dead, sourceOf(ctx)) : [];
  const { placements } = await readPlacements(tx, ids);
  const decides: Restorable = {
    now: Date.parse(facts.now),
    book: new RuleBook(await readRuleBook(tx)),
    newer,
    placements: new Map(placements.map((placement) => [placement.id, placement])),
    facts: facts.resources,
  };
  return {
    verdicts: judgeRestoring(former, decides),
    expired: expired.flatMap(({ resourceIds }) => resourceIds),
  };
}

/** Restores them; returns every resource whose availability that has changed. */
async function bringBack(tx: Queryable, ctx: ViewerCtx, former: readonly Former[]): Promise<string[]> {
  if (former.length === 0) return [];
  const restorings = former.map(({ row, closureTitle }) => ({ id: row.id, auditId: newId(), closureTitle }));
  const back = await restore(tx, ctx.clock.fixed(), ctx.viewer.userId, sourceOf(ctx), restorings);
  return back.flatMap(({ resourceIds }) => resourceIds);
}
