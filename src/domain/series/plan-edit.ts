import type { ReservationRow } from '../../sql/reservation-json.js';
import type { OccurrenceEdit } from '../../sql/series/edit-occurrences.js';
import type { SeriesInput } from '../../sql/series/insert-series.js';
import type { SeriesResource } from '../../sql/series/series-row.js';
import type { SeriesChange } from '../../sql/series/update-series.js';
import { type ReservationRefused, reason } from '../decisions/reason.js';
import type { InvalidInput } from '../failure.js';
import { newId } from '../ids.js';
import { type PlannedMove, planMoves } from '../reservations/plan-moves.js';
import type { Recurrence } from '../schedules/recurrence-rule.js';
import { localText, wallTime } from '../time/local-day.js';
import type { Window } from '../time/window.js';
import { type SeriesRefused, seriesRefused } from './report.js';
import { recurrenceOf, type SeriesScope, type SeriesToChange } from './series-target.js';
import { continuedFrom, endedBefore, namesTimes, retimed } from './split-rule.js';
import { shifted, type WallTimes, wallShift, withTimes } from './wall-clock.js';

/** What shall become of a series, or of one occurrence; null leaves it as it is. */
export interface SeriesEdit {
  readonly title: string | null;
  readonly details: string | null;
  /** Times of day, HH:MM; the dates stay. */
  readonly startTime: string | null;
  readonly endTime: string | null;
  readonly resources: readonly SeriesResource[] | null;
}

/** All that an edit writes, before its places are judged. */
export interface EditPlan {
  /** What the series says from now on; null where only one occurrence changes. */
  readonly keeps: SeriesChange | null;
  /** The series that begins where it is split. */
  readonly begins: SeriesInput | null;
  /** For every reached one; empty where no place changes. */
  readonly moves: readonly PlannedMove[];
  /** For every reservation that changes, or gets another key or series. */
  readonly edits: readonly OccurrenceEdit[];
}

/** The window of an occurrence that starts at that wall-clock time; what clocks skip moves forward by the gap (T3). */
function windowAt(key: string, length: number, timeZone: string): Window {
  const instant = (local: string) => {
    const minutes = (Date.parse(`${local}Z`) - Date.parse(local.slice(0, 10))) / 60_000;
    return new Date(wallTime(local.slice(0, 10), minutes, timeZone));
  };
  return { startsAt: instant(key), endsAt: instant(shifted(key, length)) };
}

/** Works out what the edit does to rule, windows and keys. */
export function planEdit(
  target: SeriesToChange,
  edit: SeriesEdit,
  scope: SeriesScope,
): EditPlan | InvalidInput | SeriesRefused | ReservationRefused {
  const { series, splitAt, reached } = target;
  const isRetimed = edit.startTime !== null || edit.endTime !== null;
  if (isRetimed && scope !== 'THIS' && namesTimes(series.rrule)) {
    const sentence = 'The rule itself names times of day; make a new series for others.';
    return seriesRefused([reason('INVALID_RRULE', sentence)], [], ['input', 'startTime']);
  }
  const whole = recurrenceOf(series);
  const base = splitAt === null ? whole : continuedFrom(whole, splitAt);
  const next = isRetimed ? retimed(base, withTimes(base, edit.startTime, edit.endTime)) : base;
  const keyOf = (row: ReservationRow) =>
    scope === 'THIS'
      ? (row.occurrence ?? '')
      : shifted(row.occurrence ?? '', wallShift(base.startsLocal, next.startsLocal));
  const windowOf = (row: ReservationRow) => {
    const { timeZone } = series;
    const times = scope === 'THIS' ? withTimes(wallTimes(row, timeZone), edit.startTime, edit.endTime) : next;
    const key = scope === 'THIS' ? times.startsLocal : keyOf(row);
    return windowAt(key, wallShift(times.startsLocal, times.endsLocal), timeZone);
  };
  const moves =
    isRetimed || edit.resources
      ? planMoves(
          reached.map((row) => ({ row, mayChange: true, now: '' })),
          reached.map((row) => ({
            id: row.id,
            expectedVersion: null,
            ...(isRetimed ? windowOf(row) : { startsAt: null, endsAt: null }),
            resources: edit.resources,
          })),
        )
      : [];
  if ('kind' in moves) return moves;
  const rows = rowsOf(target, edit, next, scope);
  return { ...rows, moves, edits: editsOf(target, edit, scope, keyOf, rows.begins?.id ?? series.id) };
}

const wallTimes = (row: ReservationRow, timeZone: string): WallTimes => ({
  startsLocal: localText(Date.parse(row.startsAt), timeZone),
  endsLocal: localText(Date.parse(row.endsAt), timeZone),
});

/** The series as it stays, and the one that begins where it is split. */
function rowsOf(
  { series, splitAt }: SeriesToChange,
  edit: SeriesEdit,
  next: Recurrence,
  scope: SeriesScope,
): Pick<EditPlan, 'keeps' | 'begins'> {
  if (scope === 'THIS') return { keeps: null, begins: null };
  const says = {
    title: edit.title ?? series.title,
    details: edit.details ?? series.details,
    resources: edit.resources ?? series.resources,
    ...next,
  };
  if (splitAt === null) return { keeps: { ...series, ...says, isCancelled: false }, begins: null };
  const { ownerId, creatorId } = series;
  return {
    keeps: { ...series, ...endedBefore(recurrenceOf(series), splitAt), isCancelled: false },
    begins: { id: newId(), ...says, ownerId, creatorId, previousId: series.id },
  };
}

/** What each reservation becomes. Those that are not reached keep all but series and key, and their version. */
function editsOf(
  { all, reached, splitAt }: SeriesToChange,
  edit: SeriesEdit,
  scope: SeriesScope,
  keyOf: (row: ReservationRow) => string,
  seriesId: string,
): OccurrenceEdit[] {
  const changing = new Set(reached.map(({ id }) => id));
  const linked =
    scope === 'THIS' ? reached : all.filter((row) => splitAt === null || (row.occurrence ?? '') >= splitAt);
  return linked
    .map((row) => {
      const counts = changing.has(row.id);
      return {
        id: row.id,
        seriesId,
        occurrence: keyOf(row),
        title: counts ? (edit.title ?? row.title) : row.title,
        details: counts ? (edit.details ?? row.details) : row.details,
        detached: row.detached || scope === 'THIS',
        counts,
      };
    })
    .filter((each, index) => each.counts || isLinkedAnew(each, linked[index]));
}

const isLinkedAnew = (edit: OccurrenceEdit, row: ReservationRow | undefined): boolean =>
  row?.seriesId !== edit.seriesId || row.occurrence !== edit.occurrence;
