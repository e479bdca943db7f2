import type { ReservationRow, Visibility } from '../../sql/reservations/reservation-json.js';
import type { OccurrenceEdit } from '../../sql/series/edit-occurrences.js';
import type { SeriesInput } from '../../sql/series/insert-series.js';
import type { SeriesResource } from '../../sql/series/series-row.js';
import type { SeriesChange } from '../../sql/series/update-series.js';
import { type Reason, type ReservationRefused, refused } from '../decisions/reason.js';
import type { InvalidInput } from '../failure.js';
import { newId } from '../ids.js';
import { type PlannedMove, planMoves } from '../reservations/plan-moves.js';
import { skippedTime } from '../reservations/skipped-time.js';
import type { Occurrence } from '../schedules/recurrence.js';
import type { Recurrence } from '../schedules/recurrence-rule.js';
import { localText } from '../time/local-day.js';
import { resolveLocal } from '../time/local-time.js';
import { recurrenceOf, type SeriesScope, type SeriesToChange } from './series-target.js';
import { continuedFrom, endedBefore, occurrencesAt, retimed } from './split-rule.js';
import { shifted, type WallTimes, wallShift, withTimes } from './wall-clock.js';

/** What shall become of a series, or of one occurrence; null leaves it as it is. */
export interface SeriesEdit {
  readonly title: string | null;
  readonly details: string | null;
  readonly visibility?: Visibility | null;
  /** Times of day, HH:MM; the dates stay. */
  readonly startTime: string | null;
  readonly endTime: string | null;
  readonly resources: readonly SeriesResource[] | null;
  /** The terms that are accepted with it, rule@version: asked for by resources that it did not have. */
  readonly acceptedTerms?: readonly string[];
}

/** All that an edit writes, before its places are judged. */
export interface EditPlan {
  /** What the series says from now on; null where only one occurrence changes. */
  readonly keeps: SeriesChange | null;
  /** The series that begins where it is split. */
  readonly begins: SeriesInput | null;
  /** For every reached one; empty where no place changes. */
  readonly moves: readonly PlannedMove[];
  /** Where each of the reached ones shall be by the rule or by hand, by its id. */
  readonly places: ReadonlyMap<string, Occurrence>;
  /** Those whose time clocks skip, so that they lie later by as much. */
  readonly shiftedIds: ReadonlySet<string>;
  /** For every reservation that changes, or gets another key or series. */
  readonly edits: readonly OccurrenceEdit[];
}

/** Works out what the edit does to rule, windows and keys. */
export function planEdit(
  target: SeriesToChange,
  edit: SeriesEdit,
  scope: SeriesScope,
): EditPlan | InvalidInput | ReservationRefused {
  const { series, splitAt, reached } = target;
  const isRetimed = edit.startTime !== null || edit.endTime !== null;
  const whole = recurrenceOf(series);
  const base = splitAt === null ? whole : continuedFrom(whole, splitAt);
  const next = isRetimed ? retimed(base, withTimes(base, edit.startTime, edit.endTime)) : base;
  const keyOf = (row: ReservationRow) =>
    scope === 'THIS'
      ? (row.occurrence ?? '')
      : shifted(row.occurrence ?? '', wallShift(base.startsLocal, next.startsLocal));
  const isByHand = scope === 'THIS' && isRetimed;
  const skipped = isByHand ? skippedTimes(reached, whole, edit) : [];
  if (skipped.length > 0) return refused(skipped);
  const places = isByHand ? placesOfThese(reached, whole, edit) : placesByRule(reached, next, keyOf);
  const moves =
    isRetimed || edit.resources
      ? planMoves(
          reached.map((row) => ({ row })),
          reached.map((row, index) => ({
            id: row.id,
            expectedVersion: null,
            startsAt: (isRetimed && places[index]?.startsAt) || null,
            endsAt: (isRetimed && places[index]?.endsAt) || null,
            resources: edit.resources,
            ...(edit.acceptedTerms && { acceptedTerms: edit.acceptedTerms }),
          })),
        )
      : [];
  if ('kind' in moves) return moves;
  const rows = rowsOf(target, edit, next, scope);
  const isShifted = (_: ReservationRow, index: number) => scope !== 'THIS' && places[index]?.shifted;
  const shiftedIds = new Set(reached.filter(isShifted).map(({ id }) => id));
  const placed = reached.flatMap(({ id }, index) => {
    const place = places[index];
    return place ? [[id, place] as const] : [];
  });
  return {
    ...rows,
    moves,
    places: new Map(placed),
    shiftedIds,
    edits: editsOf(target, edit, scope, keyOf, rows.begins?.id ?? series.id),
  };
}

const wallTimes = (row: ReservationRow, timeZone: string): WallTimes => ({
  startsLocal: localText(Date.parse(row.startsAt), timeZone),
  endsLocal: localText(Date.parse(row.endsAt), timeZone),
});

/** Each reservation at other times of day of its own date. */
const timesOfThese = (rows: readonly ReservationRow[], { timeZone }: Recurrence, edit: SeriesEdit) =>
  rows.map((row) => withTimes(wallTimes(row, timeZone), edit.startTime, edit.endTime));

const placesOfThese = (rows: readonly ReservationRow[], of: Recurrence, edit: SeriesEdit) =>
  timesOfThese(rows, of, edit).map((times) => occurrencesAt({ ...of, ...times }, [times.startsLocal])[0]);

/** Times that were asked for by hand and that clocks skip (T3). */
const skippedTimes = (rows: readonly ReservationRow[], of: Recurrence, edit: SeriesEdit): Reason[] =>
  timesOfThese(rows, of, edit).flatMap(({ startsLocal, endsLocal }) =>
    [startsLocal, endsLocal].flatMap((text) => {
      const local = text.slice(0, 'YYYY-MM-DDTHH:MM'.length);
      const found = resolveLocal({ local, timeZone: of.timeZone, fold: 'EARLIER' });
      return found && 'kind' in found ? skippedTime(local, of.timeZone, found) : [];
    }),
  );

/** Where the rule puts each of them. */
function placesByRule(
  rows: readonly ReservationRow[],
  by: Recurrence,
  keyOf: (row: ReservationRow) => string,
): readonly (Occurrence | undefined)[] {
  const keys = rows.map(keyOf);
  const byKey = new Map(occurrencesAt(by, keys).map((occurrence) => [occurrence.key, occurrence]));
  return keys.map((key) => byKey.get(key));
}

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
    visibility: edit.visibility ?? series.visibility,
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
        visibility: counts ? (edit.visibility ?? row.visibility) : row.visibility,
        detached: row.detached || scope === 'THIS',
        counts,
      };
    })
    .filter((each, index) => each.counts || isLinkedAnew(each, linked[index]));
}

const isLinkedAnew = (edit: OccurrenceEdit, row: ReservationRow | undefined): boolean =>
  row?.seriesId !== edit.seriesId || row.occurrence !== edit.occurrence;
