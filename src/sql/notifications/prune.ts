import { NOW } from '../reservations/reservation-json.js';
import { type Queryable, statement } from '../statement.js';

/** Ids begin with the instant, so the primary key finds the old ones. */
const PRUNE = statement<{ found: number }>(
  'notifications-prune',
  `delete from notification where id in (
     select id from notification where id < uuid_from(${NOW} - $2 * interval '1 day')
       and created_at < ${NOW} - $2 * interval '1 day' order by id limit $3)
   returning 1 as found`,
);

/** Removes up to `limit` notifications older than so many days, read or not; returns how many. */
export const pruneNotifications = async (
  on: Queryable,
  now: string | null,
  days: number,
  limit: number,
): Promise<number> => (await on.query(PRUNE, [now, days, limit])).length;
