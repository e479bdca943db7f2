import { NOW } from '../reservations/reservation-json.js';
import { type Queryable, statement } from '../statement.js';
import { type WaitRow, type WaitState, waitJson, waitStateOf } from './wait-row.js';

const BY_IDS = statement<{ row: WaitRow }>(
  'waits-by-ids',
  `select ${waitJson('w')} as row from wait w where w.id = any ($2::uuid[])`,
);

/** The wishes by id; what does not exist is missing from the map. */
export async function waitsByIds(
  on: Queryable,
  now: string | null,
  ids: readonly string[],
): Promise<Map<string, WaitRow>> {
  const rows = await on.query(BY_IDS, [now, ids]);
  return new Map(rows.map(({ row }) => [row.id, row]));
}

const OF_USER = statement<{ row: WaitRow }>(
  'waits-of-user',
  `select ${waitJson('w')} as row from wait w
   where w.user_id = $2 and ($3::uuid is null or w.id < $3) and ($4::text[] is null or ${waitStateOf('w')} = any ($4))
   order by w.id desc limit $5`,
);

/**
 * Up to `limit` of the person's wishes, the newest first.
 * @param after the last id of the page before
 * @param states null: all of them
 */
export async function waitsOfUser(
  on: Queryable,
  now: string | null,
  userId: string,
  after: string | null,
  states: readonly WaitState[] | null,
  limit: number,
): Promise<WaitRow[]> {
  return (await on.query(OF_USER, [now, userId, after, states, limit])).map(({ row }) => row);
}

const OF_RESOURCE = statement<{ row: WaitRow }>(
  'waits-of-resource',
  `select ${waitJson('w')} as row from wait w
   where w.state = 'WAITING' and w.last_start > ${NOW}
     and exists (select from wait_target t where t.wait_id = w.id and t.resource_id = $2)
     and ($5::uuid is null or w.user_id = $5)
     and ($3::uuid is null or (-w.priority, w.asked_at, w.id) > (
       select -l.priority, l.asked_at, l.id from wait l where l.id = $3))
   order by -w.priority, w.asked_at, w.id limit $4`,
);

/**
 * Up to `limit` of those who wait for the resource, or would take it as an equal, in the order in which they are served.
 * @param after the last id of the page before
 * @param userId only this person's; null: everybody's
 */
export async function waitsOfResource(
  on: Queryable,
  now: string | null,
  resourceId: string,
  after: string | null,
  userId: string | null,
  limit: number,
): Promise<WaitRow[]> {
  return (await on.query(OF_RESOURCE, [now, resourceId, after, limit, userId])).map(({ row }) => row);
}
