import { hasDied, NOW } from '../reservations/reservation-json.js';
import { type Queryable, statement } from '../statement.js';

const DUE = statement<{ id: string }>(
  'wait-due',
  'select distinct resource_id as id from wait_due order by resource_id limit $1',
);

/** Up to `limit` resources of which something is kept for those who wait. */
export const dueResources = async (on: Queryable, limit: number): Promise<string[]> =>
  (await on.query(DUE, [limit])).map(({ id }) => id);

/** SQL: whether somebody waits for what reservation `v` occupies. */
export const isWaitedFor = (v: string): string => `exists (
  select from claim c join wait_target t on t.resource_id = c.resource_id and t.reach && c.occupied
  where c.reservation_id = ${v}.id)`;

const DEAD = statement<{ id: string }>(
  'wait-dead-holds',
  `select v.id from reservation v
   where ${hasDied('v', NOW)} and ${isWaitedFor('v')} order by v.occupies_until limit $2`,
);

/** Up to `limit` reservations that the clock has ended, and for whose time somebody waits. */
export const deadAndWaitedFor = async (on: Queryable, now: string | null, limit: number): Promise<string[]> =>
  (await on.query(DEAD, [now, limit])).map(({ id }) => id);
