import { expireNamedHolds } from '../../sql/reservations/expire-holds.js';
import { lockResources } from '../../sql/reservations/lock-resources.js';
import {
  type Destination,
  type FormerPlace,
  type MovedReservation,
  moveReservations,
} from '../../sql/reservations/move-reservations.js';
import { readTargets } from '../../sql/reservations/read-reservations.js';
import type { ActRow, ReservationRow } from '../../sql/reservations/reservation-json.js';
import { editOccurrences } from '../../sql/series/edit-occurrences.js';
import { insertSeries } from '../../sql/series/insert-series.js';
import type { SeriesRow } from '../../sql/series/series-row.js';
import { updateSeries } from '../../sql/series/update-series.js';
import type { Queryable } from '../../sql/statement.js';
import type { ViewerCtx } from '../act.js';
import { recordAudits } from '../audit/record.js';
import { sourceOf } from '../audit/source.js';
import { newId } from '../ids.js';
import { acceptTerms } from '../reservations/accept-terms.js';
import { mayChangeAll } from '../reservations/rights.js';
import { actDone } from '../undoable.js';
import { NotPlaced } from './not-placed.js';
import type { EditPlan } from './plan-edit.js';
import type { SeriesToChange } from './series-target.js';
import { roomLeft } from './settle.js';
import type { SettledMoves } from './settle-edit.js';

/** What is written of an edit: the plan, and where the moves go. */
export interface DecidedEdit {
  readonly target: SeriesToChange;
  readonly plan: EditPlan;
  readonly moves: SettledMoves | null;
  readonly to: readonly Destination[];
  /** Every resource that the moves leave or come to. */
  readonly touched: readonly string[];
}

export interface WrittenEdit {
  readonly series: SeriesRow;
  /** Those that changed, by their ids. */
  readonly rows: ReadonlyMap<string, ReservationRow>;
  /** What can be undone of it; not there where nothing was written. */
  readonly act?: ActRow;
}

/** Locks what is edited; throws NotPlaced where it is not as it was judged. */
async function lockAsJudged(
  ctx: ViewerCtx,
  tx: Queryable,
  { target: { all }, plan: { edits } }: DecidedEdit,
): Promise<void> {
  const { userId } = ctx.viewer;
  const ids = edits.map(({ id }) => id);
  const locked = await readTargets(tx, ctx.clock.fixed(), ids, userId, mayChangeAll(ctx.viewer), 'LOCKED');
  const versions = new Map(all.map(({ id, version, state }) => [id, `${version} ${state}`]));
  const isSame = locked.every(({ row }) => versions.get(row.id) === `${row.version} ${row.state}`);
  if (!isSame || locked.length < ids.length) throw new NotPlaced();
}

/** Moves what moves; throws NotPlaced where quotas or claims have no room any more. */
async function writeMoves(
  ctx: ViewerCtx,
  tx: Queryable,
  { settled, movers }: SettledMoves,
  to: readonly Destination[],
): Promise<readonly MovedReservation[]> {
  const now = ctx.clock.fixed();
  if (settled.dead.length > 0) await expireNamedHolds(tx, now, settled.dead, sourceOf(ctx));
  const ids = to.map(({ reservationId }) => reservationId);
  if (!(await roomLeft(tx, now, settled, ids))) throw new NotPlaced();
  const moved = await moveReservations(tx, now, to, settled.judgedBy, false);
  if (!moved) throw new NotPlaced();
  await acceptTerms(
    ctx,
    tx,
    movers.map(({ move, verdict }) => ({ reservationId: move.before.id, cases: verdict.cases })),
  );
  return moved;
}

/**
 * Writes series, moves, words and keys, each by one statement, however many occurrences there are.
 * Throws NotPlaced, or what isNotPlaced knows, where that is not possible as it was judged.
 */
export async function writeEdit(ctx: ViewerCtx, tx: Queryable, decided: DecidedEdit): Promise<WrittenEdit> {
  const { target, plan, moves, to, touched } = decided;
  const now = ctx.clock.fixed();
  const actId = newId();
  const by = { actId, actorId: ctx.viewer.userId, source: sourceOf(ctx) };
  if (touched.length > 0) await lockResources(tx, touched);
  const kept = plan.keeps
    ? await updateSeries(tx, now, plan.keeps, { ...by, auditId: actId })
    : target.series;
  if (!kept) throw new NotPlaced();
  await lockAsJudged(ctx, tx, decided);
  const places = moves && to.length > 0 ? await writeMoves(ctx, tx, moves, to) : [];
  const begun = plan.begins ? await insertSeries(tx, now, plan.begins, { ...by, auditId: newId() }) : null;
  const moved = new Map(places.map(({ row, left }) => [row.id, left]));
  const edits = plan.edits.map((edit) => ({ ...edit, counts: edit.counts && !moved.has(edit.id) }));
  const rows = new Map((await editOccurrences(tx, now, edits)).map((row) => [row.id, row]));
  const doneAt = await recordEdit(ctx, tx, decided, { actId, at: plan.keeps && kept.updatedAt, moved, rows });
  return { series: begun ?? kept, rows, act: actDone(actId, doneAt) };
}

/** Writes down what became of each reservation, as part of the act; returns when that was done. */
async function recordEdit(
  ctx: ViewerCtx,
  tx: Queryable,
  { target: { all, reached }, plan }: DecidedEdit,
  written: {
    readonly actId: string;
    /** When the series was changed, whose entry is the first one; null where it stays. */
    readonly at: string | null;
    readonly moved: ReadonlyMap<string, FormerPlace>;
    readonly rows: ReadonlyMap<string, ReservationRow>;
  },
): Promise<string> {
  const { actId, at, moved, rows } = written;
  const changes = reached.map((before, index) => {
    const left = moved.get(before.id);
    return {
      id: at === null && index === 0 ? actId : newId(),
      action: left ? 'reservation.move' : 'reservation.edit',
      subjectId: before.id,
      before: { ...before, ...left },
      after: rows.get(before.id) ?? null,
      actId,
    };
  });
  const changed = new Set(reached.map(({ id }) => id));
  const keys = new Map(all.map(({ id, seriesId, occurrence }) => [id, { seriesId, occurrence }]));
  const relinks = plan.edits
    .filter(({ id }) => !changed.has(id))
    .map(({ id, seriesId, occurrence }) => ({
      action: 'series.relink',
      subjectId: id,
      before: keys.get(id) ?? null,
      after: { seriesId, occurrence },
      actId,
    }));
  const doneAt = at ?? (changes[0]?.after?.updatedAt as string);
  await recordAudits(tx, ctx, [...changes, ...relinks], doneAt);
  return doneAt;
}
