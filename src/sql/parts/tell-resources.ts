import { type Queryable, statement } from '../statement.js';

const TELL = statement<never>(
  'tell-resources',
  `select stream_tell_rules(id, null, null)
   from (select id from unnest($1::uuid[]) as touched (id) order by id) ascending`,
);

/** Gives a change of the rules of these resources its number in each of their streams, which stay locked. */
export async function tellResources(tx: Queryable, resourceIds: readonly string[]): Promise<void> {
  await tx.query(TELL, [resourceIds]);
}
