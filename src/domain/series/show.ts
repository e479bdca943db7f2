import type { ReservationRow } from '../../sql/reservations/reservation-json.js';
import type { SeriesInput } from '../../sql/series/insert-series.js';
import type { OccurrenceInput } from '../../sql/series/reserve-many.js';
import type { SeriesRow } from '../../sql/series/series-row.js';
import { spanOf } from '../decisions/reason.js';
import { freshlyAsked } from '../reservations/freshly-asked.js';
import { shownClaims } from '../reservations/shown-claims.js';
import type { Occurrence } from '../schedules/recurrence.js';
import type { OccurrenceReport } from './report.js';
import type { Verdict } from './settle.js';

/** The row of a series that is not written, for a dry run (D1). Its id names nothing. */
export const asSeries = ({ ...series }: SeriesInput, now: number): SeriesRow => ({
  node: 'Series',
  ...series,
  cancelledAt: null,
  version: 1,
  createdAt: new Date(now).toISOString(),
  updatedAt: new Date(now).toISOString(),
});

/** The row of a reservation that is not written, as occurrence of the series. */
export const asReservation = (made: OccurrenceInput, series: SeriesInput, now: number): ReservationRow => ({
  node: 'Reservation',
  id: made.id,
  title: series.title,
  details: series.details,
  ownerId: series.ownerId,
  creatorId: series.creatorId,
  state: made.pendingUntil === null ? 'CONFIRMED' : 'PENDING_APPROVAL',
  startsAt: made.startsAt.toISOString(),
  endsAt: made.endsAt.toISOString(),
  expiresAt: made.pendingUntil,
  version: 1,
  createdAt: new Date(now).toISOString(),
  updatedAt: new Date(now).toISOString(),
  seriesId: series.id,
  occurrence: made.occurrence,
  detached: false,
  checkIn: freshlyAsked(made.checkIn, made, now, made.pendingUntil === null),
  claims: shownClaims(made.claims),
});

/** What became of the occurrence; `reservation` is null where it was left out. */
export const reportOf = (
  { key, startsAt, endsAt, shifted }: Occurrence,
  { claims, reasons, substitutes }: Verdict,
  reservation: ReservationRow | null,
): OccurrenceReport => ({
  occurrence: key,
  window: spanOf(+startsAt, +endsAt),
  shifted,
  outcome: claims === null ? 'SKIPPED' : substitutes.length > 0 ? 'SUBSTITUTED' : 'RESERVED',
  reservation,
  reasons,
  substitutes,
});
