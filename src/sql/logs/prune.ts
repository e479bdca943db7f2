import { NOW } from '../reservations/reservation-json.js';
import { type Queryable, statement } from '../statement.js';

const PRUNE = statement<{ found: number }>(
  'log-files-prune',
  `delete from log_file where id in (
     select id from log_file where until_at < ${NOW} - $2 * interval '1 day'
     order by until_at limit $3 for update skip locked)
   returning 1 as found`,
);

/** Removes up to `limit` files whose last lines are older than so many days, from the store by the sweeper; returns how many. */
export const pruneLogFiles = async (
  on: Queryable,
  now: string | null,
  days: number,
  limit: number,
): Promise<number> => (await on.query(PRUNE, [now, days, limit])).length;
