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

const MARK = statement<never>('lock-mark', 'savepoint before_locks');
const LET_GO = statement<never>('lock-let-go', 'rollback to savepoint before_locks');

/**
 * The same where what is wanted can only be known for sure behind the locks: where more turns out to be, all are given up
 * and taken anew together, since those who hold some and wait for more would deadlock. Call it first of all.
 * @returns all that is locked
 */
export async function lockAllWanted(
  tx: Queryable,
  wanted: () => Promise<readonly string[]>,
): Promise<ReadonlySet<string>> {
  const locked = new Set<string>();
  for (let isFirst = true; ; isFirst = false) {
    const missing = (await wanted()).filter((id) => !locked.has(id));
    if (missing.length === 0) return locked;
    for (const id of missing) locked.add(id);
    await tx.query(isFirst ? MARK : LET_GO, []);
    await lockResources(tx, [...locked]);
  }
}
