import { type Queryable, statement } from '../statement.js';

const RECENT = statement<{ resourceIds: string[] | null }>(
  'relay-wakes',
  `select json_agg(distinct resource_id) as "resourceIds" from outbox where at > clock_timestamp() - $1 * interval '1 ms'`,
);

/**
 * The resources whose streams have grown within the last milliseconds, by the database's real clock: to wake
 * their readers once more, in case the instance that wrote a change died before it could. Along the BRIN
 * index on `at`.
 */
export async function recentlyChanged(on: Queryable, withinMs: number): Promise<string[]> {
  const [row] = await on.query(RECENT, [withinMs]);
  return row?.resourceIds ?? [];
}
