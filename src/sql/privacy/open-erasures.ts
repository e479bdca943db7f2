import { NOW } from '../reservations/reservation-json.js';
import { type Queryable, statement } from '../statement.js';

/** An erasure that is gone over once more. */
export interface OpenErasure {
  readonly userId: string;
  readonly actorId: string;
}

const OPEN = statement<OpenErasure>(
  'erasures-open',
  `select user_id as "userId", actor_id as "actorId" from erasure
   where ended_at is null and at <= ${NOW} - $2 * interval '1 ms' order by at limit 10`,
);
const END = statement<never>(
  'erasure-end',
  `update erasure set ended_at = date_trunc('milliseconds', ${NOW}) where user_id = $2 and ended_at is null`,
);

/** The oldest erasures that are so old and not over. */
export const openErasures = (on: Queryable, now: string | null, ageMs: number): Promise<OpenErasure[]> =>
  on.query(OPEN, [now, ageMs]);

/** Nothing can come after it any more. */
export async function endErasure(on: Queryable, now: string | null, userId: string): Promise<void> {
  await on.query(END, [now, userId]);
}
