import { type Queryable, statement } from '../statement.js';

const LOCK = statement<never>(
  'lock-resources',
  `select pg_advisory_xact_lock(hashtextextended(id::text, 4))
   from (select id from unnest($1::uuid[]) as wanted (id) order by id) ascending`,
);

/**
 * Holds the resources until the transaction ends, taken in ascending order, so that sets and moves which
 * share resources wait for each other instead of deadlocking. Single new reservations do not take it: they
 * hold nothing while they wait.
 */
export async function lockResources(tx: Queryable, resourceIds: readonly string[]): Promise<void> {
  await tx.query(LOCK, [[...new Set(resourceIds)]]);
}
