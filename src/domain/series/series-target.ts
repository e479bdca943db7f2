import type { ReservationRow, ReservationState } from '../../sql/reservations/reservation-json.js';
import { readSeries, seriesOf } from '../../sql/series/read-series.js';
import type { SeriesRow } from '../../sql/series/series-row.js';
import type { ViewerCtx } from '../act.js';
import { reason } from '../decisions/reason.js';
import {
  type InvalidInput,
  invalidInput,
  type NotFound,
  notFound,
  type VersionConflict,
} from '../failure.js';
import { mayChangeAll } from '../reservations/rights.js';
import type { Recurrence } from '../schedules/recurrence-rule.js';
import { ruleBooksOf } from '../schedules/rule-books.js';
import { type SeriesRefused, seriesRefused } from './report.js';

/** How far a change of a series reaches: one occurrence, it and all behind it, or every one. */
export type SeriesScope = 'THIS' | 'THIS_AND_FOLLOWING' | 'ALL';

/** What a change is about: the series, or one of its reservations; only ALL can do without the latter. */
export interface SeriesAct {
  readonly seriesId: string | null;
  readonly reservationId: string | null;
  readonly scope: SeriesScope;
  /** Of the reservation where the scope is THIS, else of the series. */
  readonly expectedVersion: number | null;
}

/** A series with what a change of it reaches. */
export interface SeriesToChange {
  readonly series: SeriesRow;
  /** Every reservation of it, by start. */
  readonly all: readonly ReservationRow[];
  /** The occurrence at which it is split; null where all of it changes, or only one occurrence. */
  readonly splitAt: string | null;
  /** What changes: nothing that is over or has begun, was cancelled, or goes its own way (S3). */
  readonly reached: readonly ReservationRow[];
}

export type SeriesProblem = SeriesRefused | NotFound | InvalidInput | VersionConflict;

const PATH = ['id'];

/** The series as a recurrence. */
export const recurrenceOf = ({
  rrule,
  startsLocal,
  endsLocal,
  timeZone,
  exdates,
  rdates,
}: SeriesRow): Recurrence => ({ rrule, startsLocal, endsLocal, timeZone, exdates, rdates });

const staleVersion = (
  expectedVersion: number,
  { node, id, version }: SeriesRow | ReservationRow,
): VersionConflict => ({
  kind: 'VersionConflict',
  message: `The ${node.toLowerCase()} is at version ${version}, not ${expectedVersion}.`,
  path: ['expectedVersion'],
  expectedVersion,
  currentVersion: version,
  current: { node, id },
});

/**
 * Finds what the change reaches, or why the viewer cannot make it.
 * @param states of the occurrences that it can reach
 */
export async function readSeriesToChange(
  ctx: ViewerCtx,
  act: SeriesAct,
  states: readonly ReservationState[] = ['CONFIRMED'],
): Promise<SeriesToChange | SeriesProblem> {
  const { scope, reservationId, expectedVersion } = act;
  if (scope !== 'ALL' && !reservationId) {
    return invalidInput(PATH, 'Name the reservation from which on the series changes.');
  }
  const id = act.seriesId ?? (reservationId && (await seriesOf(ctx.db, reservationId)));
  const { userId } = ctx.viewer;
  const target = id && (await readSeries(ctx.db, ctx.clock.fixed(), id, userId, mayChangeAll(ctx.viewer)));
  if (!target) return notFound(PATH, 'series');
  const { series, occurrences } = target;
  await ruleBooksOf(ctx.db).atLeast(target.bookVersion);
  const all = occurrences.map(({ row }) => row);
  const one = reservationId ? all.find((row) => row.id === reservationId) : undefined;
  if (!(target.isSeen || occurrences.some(({ mayChange }) => mayChange))) return notFound(PATH, 'series');
  const subject = scope === 'THIS' && one ? one : series;
  if (expectedVersion !== null && expectedVersion !== subject.version)
    return staleVersion(expectedVersion, subject);
  const first = all.reduce<string>(
    (least, row) => min(least, row.occurrence ?? least),
    one?.occurrence ?? '~',
  );
  const splitAt =
    scope === 'THIS_AND_FOLLOWING' && one?.occurrence && one.occurrence > first ? one.occurrence : null;
  const reached =
    scope === 'THIS'
      ? all.filter((row) => row === one && states.includes(row.state))
      : all.filter((row) => states.includes(row.state) && isReached(row, splitAt, target.now));
  if (series.cancelledAt !== null || reached.length === 0) {
    return seriesRefused([reason('ALREADY_DECIDED', 'No occurrence is left that this could change.')]);
  }
  const mine = new Set(occurrences.filter(({ mayChange }) => mayChange).map(({ row }) => row.id));
  if (!reached.every((row) => mine.has(row.id))) {
    return seriesRefused([reason('NOT_PERMITTED', 'This series belongs to somebody else.')]);
  }
  return { series, all, splitAt, reached };
}

const min = (a: string, b: string): string => (a < b ? a : b);

const isReached = (row: ReservationRow, splitAt: string | null, now: string): boolean =>
  !row.detached &&
  Date.parse(row.startsAt) > Date.parse(now) &&
  (splitAt === null || (row.occurrence ?? '') >= splitAt);
