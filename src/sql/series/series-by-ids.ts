import { NOW, type ReservationRow, reservationJson } from '../reservations/reservation-json.js';
import { isSeen, isSeriesSeen, type Onlooker } from '../reservations/seen-by.js';
import { type Queryable, statement } from '../statement.js';
import { type SeriesRow, seriesJson } from './series-row.js';

const BY_IDS = statement<{ row: SeriesRow }>(
  'series-by-ids',
  `select ${seriesJson('s')} as row from series s
   where s.id = any ($2::uuid[]) and ${isSeriesSeen('s', '$3::uuid', '$4::text', NOW)}`,
);

/** The series by id; what does not exist, or is not for this person to see, is missing from the map. */
export async function seriesByIds(
  on: Queryable,
  now: string | null,
  ids: readonly string[],
  { userId, role }: Onlooker,
): Promise<Map<string, SeriesRow>> {
  const rows = await on.query(BY_IDS, [now, ids, userId, role]);
  return new Map(rows.map(({ row }) => [row.id, row]));
}

/** By the index reservation_series; one row is enough of each series. */
const NEXT = statement<{ row: ReservationRow }>(
  'series-next',
  `select ${reservationJson('n', NOW)} as row
   from unnest($2::uuid[]) as wanted (id)
   cross join lateral (
     select r.* from reservation r
     where r.series_id = wanted.id and r.occupies_until > ${NOW} and r.ends_at > ${NOW}
       and ${isSeen('r', '$3::uuid', '$4::text', NOW)}
     order by r.starts_at limit 1) n`,
);

/** By series the reservation that this person sees come next, or going on; a series without one is missing. */
export async function nextOfSeries(
  on: Queryable,
  now: string | null,
  ids: readonly string[],
  { userId, role }: Onlooker,
): Promise<Map<string, ReservationRow>> {
  const rows = await on.query(NEXT, [now, ids, userId, role]);
  return new Map(rows.map(({ row }) => [row.seriesId as string, row]));
}
