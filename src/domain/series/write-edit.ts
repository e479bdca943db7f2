import { expireNamedHolds } from '../../sql/reservations/expire-holds.js';
import { lockResources } from '../../sql/reservations/lock-resources.js';
import { type Destination, moveReservations } from '../../sql/reservations/move-reservations.js';
import { readTargets } from '../../sql/reservations/read-reservations.js';
import type { ReservationRow } from '../../sql/reservations/reservation-json.js';
import { editOccurrences } from '../../sql/series/edit-occurrences.js';
import { insertSeries } from '../../sql/series/insert-series.js';
import type { SeriesRow } from '../../sql/series/series-row.js';
import { updateSeries } from '../../sql/series/update-series.js';
import type { Queryable } from '../../sql/statement.js';
import type { ViewerCtx } from '../act.js';
import { recordAudits } from '../audit/record.js';
import { newId } from '../ids.js';
import { mayChangeAll } from '../reservations/rights.js';
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
  { settled }: SettledMoves,
  to: readonly Destination[],
): Promise<void> {
  const now = ctx.clock.fixed();
  if (settled.dead.length > 0) await expireNamedHolds(tx, now, settled.dead, ctx.requestId);
  const ids = to.map(({ reservationId }) => reservationId);
  if (!(await roomLeft(tx, now, settled, ids))) throw new NotPlaced();
  if (!(await moveReservations(tx, now, to, settled.judgedBy, false))) throw new NotPlaced();
}

/**
 * Writes series, moves, words and keys, each by one statement, however many occurrences there are.
 * Throws NotPlaced, or what isNotPlaced knows, where that is not possible as it was judged.
 */
export async function writeEdit(ctx: ViewerCtx, tx: Queryable, decided: DecidedEdit): Promise<WrittenEdit> {
  const { target, plan, moves, to, touched } = decided;
  const now = ctx.clock.fixed();
  const by = () => ({ auditId: newId(), actorId: ctx.viewer.userId, requestId: ctx.requestId });
  if (touched.length > 0) await lockResources(tx, touched);
  const kept = plan.keeps ? await updateSeries(tx, now, plan.keeps, by()) : target.series;
  if (!kept) throw new NotPlaced();
  await lockAsJudged(ctx, tx, decided);
  if (moves && to.length > 0) await writeMoves(ctx, tx, moves, to);
  const begun = plan.begins ? await insertSeries(tx, now, plan.begins, by()) : null;
  const moved = new Set(to.map(({ reservationId }) => reservationId));
  const edits = plan.edits.map((edit) => ({ ...edit, counts: edit.counts && !moved.has(edit.id) }));
  const rows = new Map((await editOccurrences(tx, now, edits)).map((row) => [row.id, row]));
  await recordAudits(
    tx,
    ctx,
    target.reached.map((before) => {
      const action = moved.has(before.id) ? 'reservation.move' : 'reservation.edit';
      return { action, subjectId: before.id, before, after: rows.get(before.id) ?? null };
    }),
  );
  return { series: begun ?? kept, rows };
}
