import { NOW } from './reservations/reservation-json.js';
import { type Queryable, statement } from './statement.js';

/** What one round of pruning has removed. */
export interface Pruned {
  readonly outbox: number;
  readonly idempotency: number;
}

/**
 * Only one sweeper prunes at a time: the others find the advisory lock taken and do nothing. The lock is the
 * transaction's, so a sweeper that dies does not keep it. Each table gives up a bounded number of rows, so
 * that no round holds locks for long. A stream loses its
 * oldest changes first and keeps its newest, so that what is left of it has no holes.
 */
const PRUNE = statement<Pruned>(
  'prune',
  `with turn as materialized (select pg_try_advisory_xact_lock(4, 1) as mine
  ), old_changes as (
    delete from outbox o using (
      select o.resource_id, o.version from outbox o join stream s on s.resource_id = o.resource_id, turn
      where turn.mine and o.at < ${NOW} - $2 * interval '1 day' and o.version < s.version
      order by o.resource_id, o.version limit $3::integer) old
    where o.resource_id = old.resource_id and o.version = old.version returning 1
  ), old_keys as (
    delete from idempotency i using (
      select actor_id, operation, key from idempotency, turn
      where turn.mine and at <= ${NOW} - interval '24 hours' limit $3::integer) old
    where (i.actor_id, i.operation, i.key) = (old.actor_id, old.operation, old.key) returning 1
  )
  select (select count(*)::integer from old_changes) as outbox,
    (select count(*)::integer from old_keys) as idempotency`,
);

/** Removes at most `limit` rows of each kind: changes older than `historyDays`, answers older than a day. */
export async function prune(
  on: Queryable,
  now: string | null,
  historyDays: number,
  limit: number,
): Promise<Pruned> {
  const [pruned] = await on.query(PRUNE, [now, historyDays, limit]);
  return pruned ?? { outbox: 0, idempotency: 0 };
}
