import { type Queryable, statement } from '../statement.js';

const LOCK = statement<never>(
  'lock-quotas',
  `select pg_advisory_xact_lock(hashtextextended(quota, 5))
   from (select quota from unnest($1::text[]) as wanted (quota) order by quota) ascending`,
);

/**
 * Lets nobody else count against these quotas until the transaction ends, so that two reservations at once
 * cannot both take what is left. After the locks of resources, in ascending order.
 */
export async function lockQuotas(tx: Queryable, quotas: readonly string[]): Promise<void> {
  await tx.query(LOCK, [[...new Set(quotas)]]);
}
