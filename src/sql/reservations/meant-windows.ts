import { type Queryable, statement } from '../statement.js';
import { NOW } from './reservation-json.js';

/** A reservation that is not over, with the wall clock that was meant by it. */
export interface MeantRow {
  readonly id: string;
  readonly title: string;
  readonly startsAt: string;
  readonly endsAt: string;
  readonly localStart: string;
  readonly localEnd: string;
  readonly timeZone: string;
}

const READ = statement<MeantRow>(
  'meant-windows',
  `select r.id, r.title, r.starts_at as "startsAt", r.ends_at as "endsAt", r.time_zone as "timeZone",
     to_char(r.local_start, 'YYYY-MM-DD"T"HH24:MI:SS.MS') as "localStart",
     to_char(r.local_end, 'YYYY-MM-DD"T"HH24:MI:SS.MS') as "localEnd"
   from reservation r
   where r.ends_at > ${NOW} and r.occupies_until > ${NOW} and r.time_zone is not null
     and ($2::uuid is null or r.id > $2)
   order by r.id limit $3`,
);

/** Live reservations that are not over, by id, up to `limit` behind `after`. */
export const readMeantWindows = (
  on: Queryable,
  now: string | null,
  after: string | null,
  limit: number,
): Promise<MeantRow[]> => on.query(READ, [now, after, limit]);
