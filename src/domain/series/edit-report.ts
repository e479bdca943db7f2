import type { ReservationRow } from '../../sql/reservations/reservation-json.js';
import type { OccurrenceEdit } from '../../sql/series/edit-occurrences.js';
import type { ViewerCtx } from '../act.js';
import { spanOf } from '../decisions/reason.js';
import { afterMove } from '../reservations/judge-moves.js';
import { type ConflictMode, mostLeftOut } from './conflict-mode.js';
import {
  type OccurrenceReport,
  type Outcome,
  refusedFor,
  type SeriesRefused,
  type SeriesReport,
} from './report.js';
import { asSeries } from './show.js';
import type { DecidedEdit, WrittenEdit } from './write-edit.js';

/** What became of each occurrence that the edit reaches, by start. */
export function editReport(decided: DecidedEdit, { series, rows, act }: WrittenEdit): SeriesReport {
  const { target, plan, moves } = decided;
  const verdicts = new Map(moves?.movers.map(({ move, verdict }) => [move.before.id, verdict]));
  const occurrences = target.reached.map((before): OccurrenceReport => {
    const reservation = rows.get(before.id) ?? before;
    const staying = moves?.staying.get(before.id);
    const verdict = verdicts.get(before.id);
    const substitutes = verdict?.substitutes ?? [];
    const outcome: Outcome = staying ? 'SKIPPED' : substitutes.length > 0 ? 'SUBSTITUTED' : 'CHANGED';
    const occurrence = reservation.occurrence ?? '';
    const [from, to] = [Date.parse(reservation.startsAt), Date.parse(reservation.endsAt)];
    return {
      occurrence,
      window: spanOf(from, to),
      shifted: !staying && plan.shiftedIds.has(before.id),
      outcome,
      reservation,
      reasons: staying ?? verdict?.reasons ?? [],
      substitutes,
    };
  });
  const byStart = (a: OccurrenceReport, b: OccurrenceReport) =>
    a.window.startsAt < b.window.startsAt ? -1 : 1;
  return { series, occurrences: occurrences.toSorted(byStart), act: act ?? null };
}

/** Why nothing changes: more of them cannot move than the mode leaves where they are, or none can. */
export function editRefusal({ moves, target }: DecidedEdit, mode: ConflictMode): SeriesRefused | null {
  if (!moves || (moves.staying.size <= mostLeftOut(mode) && moves.movers.length > 0)) return null;
  const staying = target.reached.filter(({ id }) => moves.staying.has(id));
  return refusedFor(
    staying.map((row) => ({
      occurrence: row.occurrence ?? '',
      window: spanOf(Date.parse(row.startsAt), Date.parse(row.endsAt)),
      shifted: false,
      outcome: 'SKIPPED',
      reservation: row,
      reasons: moves.staying.get(row.id) ?? [],
      substitutes: [],
    })),
  );
}

/** What the edit would leave, with nothing written (D1). */
export function rehearsedEdit(ctx: ViewerCtx, { target, plan, moves, to }: DecidedEdit): WrittenEdit {
  const now = moves?.settled.now ?? ctx.clock.now().getTime();
  const byId = new Map(target.all.map((row) => [row.id, row]));
  const destinations = new Map(to.map((each) => [each.reservationId, each]));
  const row = (edit: OccurrenceEdit): ReservationRow => {
    const before = byId.get(edit.id) as ReservationRow;
    const destination = destinations.get(edit.id);
    const { counts, ...becomes } = edit;
    const after = destination ? afterMove(before, destination, now) : before;
    const updatedAt = counts ? new Date(now).toISOString() : before.updatedAt;
    return { ...after, ...becomes, version: before.version + (counts ? 1 : 0), updatedAt };
  };
  return {
    series: seriesAfter(target.series, plan, now),
    rows: new Map(plan.edits.map((edit) => [edit.id, row(edit)])),
  };
}

function seriesAfter(
  series: DecidedEdit['target']['series'],
  { begins, keeps }: DecidedEdit['plan'],
  now: number,
): WrittenEdit['series'] {
  if (begins) return asSeries(begins, now);
  if (!keeps) return series;
  const { isCancelled: _isCancelled, ...says } = keeps;
  return { ...series, ...says, version: series.version + 1, updatedAt: new Date(now).toISOString() };
}
