import { mayChange } from '../reservations/change-reservation.js';
import type { ChangeTarget } from '../reservations/read-reservations.js';
import { NOW, reservationJson } from '../reservations/reservation-json.js';
import { isSeriesSeen, roleOf } from '../reservations/seen-by.js';
import { BOOK_VERSION } from '../rules/read-rule-book.js';
import { type Queryable, statement } from '../statement.js';
import { type SeriesRow, seriesJson } from './series-row.js';

/** A series that somebody is about to change, with all of its reservations by start. */
export interface SeriesTarget {
  readonly series: SeriesRow;
  readonly now: string;
  /** The version of the rule book at that instant. */
  readonly bookVersion: number;
  readonly isSeen: boolean;
  readonly occurrences: readonly Omit<ChangeTarget, 'now' | 'isSeen'>[];
}

const READ = statement<{ target: SeriesTarget }>(
  'series-target',
  `select json_build_object('series', ${seriesJson('s')}, 'now', ${NOW}, 'bookVersion', ${BOOK_VERSION},
      'isSeen', ${isSeriesSeen('s', '$3::uuid', roleOf('$3::uuid'), NOW)}, 'occurrences', (
      select coalesce(json_agg(json_build_object('row', ${reservationJson('r', NOW)},
        'mayChange', ${mayChange('r', '$3::uuid', '$4::boolean')}) order by r.starts_at, r.id), '[]')
      from reservation r where r.series_id = s.id)) as target
   from series s where s.id = $2::uuid`,
);

const OF_RESERVATION = statement<{ seriesId: string | null }>(
  'series-of-reservation',
  `select series_id as "seriesId" from reservation where id = $1::uuid`,
);

/** The series that the reservation is an occurrence of; null where it is none, or not there. */
export const seriesOf = async (on: Queryable, reservationId: string): Promise<string | null> =>
  (await on.query(OF_RESERVATION, [reservationId]))[0]?.seriesId ?? null;

/** All that a change of a series looks at, in one snapshot; null where there is no such series. */
export async function readSeries(
  on: Queryable,
  now: string | null,
  seriesId: string,
  actorId: string,
  mayChangeAll: boolean,
): Promise<SeriesTarget | null> {
  const [row] = await on.query(READ, [now, seriesId, actorId, mayChangeAll]);
  return row?.target ?? null;
}
