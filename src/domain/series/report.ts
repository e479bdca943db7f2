import type { ActRow, ReservationRow } from '../../sql/reservations/reservation-json.js';
import type { SeriesRow } from '../../sql/series/series-row.js';
import { type Reason, type ReservationRefused, refused, type Span } from '../decisions/reason.js';

/** The resource that stands in for another one on one date. */
export interface Substitute {
  readonly wantedId: string;
  readonly resourceId: string;
}

export type Outcome = 'RESERVED' | 'SUBSTITUTED' | 'CHANGED' | 'CANCELLED' | 'SKIPPED';

/** What became of one occurrence. */
export interface OccurrenceReport {
  /** Which one: the wall-clock start that the rule gives. */
  readonly occurrence: string;
  readonly window: Span;
  /** Clocks skip its time, so it moved forward by the gap (T3). */
  readonly shifted: boolean;
  readonly outcome: Outcome;
  /** As it is then; null where it was left out of a new series. */
  readonly reservation: ReservationRow | null;
  /** Why it was left out, or could not have the resource that was wanted. */
  readonly reasons: readonly Reason[];
  readonly substitutes: readonly Substitute[];
}

/** The series as it is then, and every occurrence that the act looked at, by start. */
export interface SeriesReport {
  readonly series: SeriesRow;
  readonly occurrences: readonly OccurrenceReport[];
  /** What can be undone of it; null in a rehearsal, and not there for what is new. */
  readonly act?: ActRow | null;
}

/** A refusal of the whole: nothing written, every reason, and which occurrences they are about. */
export interface SeriesRefused extends Omit<ReservationRefused, 'kind'> {
  readonly kind: 'SeriesRefused';
  readonly occurrences: readonly OccurrenceReport[];
}

/** Refuses for reasons that are about the request as a whole. */
export const seriesRefused = (
  reasons: readonly Reason[],
  occurrences: readonly OccurrenceReport[] = [],
  path: readonly string[] = [],
): SeriesRefused => ({ ...refused(reasons), kind: 'SeriesRefused', path, occurrences });

/** Refuses for what speaks against these occurrences. */
export const refusedFor = (leftOut: readonly OccurrenceReport[]): SeriesRefused =>
  seriesRefused(
    leftOut.flatMap(({ reasons }) => reasons),
    leftOut,
  );
