import { NOW } from '../reservations/reservation-json.js';
import { type Queryable, statement } from '../statement.js';

/** The first stretch in which more of a resource is in use than a capacity allows. */
export interface OverCapacity {
  /** Of the occupied spans, buffers included; instants as PostgreSQL prints them. */
  readonly startsAt: string;
  readonly endsAt: string;
  /** The most in use at any instant of the stretch. */
  readonly used: number;
}

/**
 * Running sum over the edges of the live claims, then the first run of steps above the capacity. The
 * backstop in the schema goes by the server's own clock, so the earlier of both clocks bounds the past.
 */
const FIRST_OVER = statement<OverCapacity>(
  'resource-first-over-capacity',
  `with bound as materialized (
     select ${NOW} as now, case when $4::boolean then '-infinity'::timestamptz else least(${NOW}, now()) end as since
   ), live as (
     select c.occupied * tstzrange(bound.since, null) as span, c.quantity
     from claim c, bound
     where c.resource_id = $2 and c.occupies and c.occupies_until > bound.now and upper(c.occupied) > bound.since
   ), edge as (
     select lower(span) as at, quantity as step from live union all select upper(span), -quantity from live
   ), used as (
     select at, sum(sum(step)) over (order by at) as used from edge group by at
   ), starts as (
     select min(at) as at from used where used > $3::integer
   ), ends as (
     select min(used.at) as at from used, starts where used.at > starts.at and used.used <= $3
   )
   select starts.at as "startsAt", ends.at as "endsAt", max(used.used)::integer as used
   from starts, ends, used where used.at >= starts.at and used.at < ends.at group by 1, 2`,
);

/**
 * Where the live claims of a resource exceed the capacity, or null where they never do.
 * @param everSince judge the past as well, not only what is still ahead
 */
export async function firstOverCapacity(
  on: Queryable,
  now: string | null,
  resourceId: string,
  capacity: number,
  everSince: boolean,
): Promise<OverCapacity | null> {
  return (await on.query(FIRST_OVER, [now, resourceId, capacity, everSince]))[0] ?? null;
}

const LAST_SEVERAL = statement<OverCapacity>(
  'resource-last-several',
  `select lower(occupied) as "startsAt", upper(occupied) as "endsAt", quantity as used
   from claim where resource_id = $1 and quantity > 1 order by lower(occupied) desc limit 1`,
);

/** The latest claim, of whatever state, that took several at once: an exclusive resource cannot record it. */
export async function lastSeveral(on: Queryable, resourceId: string): Promise<OverCapacity | null> {
  return (await on.query(LAST_SEVERAL, [resourceId]))[0] ?? null;
}

const DEAD = statement<{ id: string }>(
  'resource-dead-holds',
  `select distinct reservation_id as id from claim
   where resource_id = $2 and occupies and occupies_until <= ${NOW}`,
);

/** Reservations whose hold on the resource the clock has killed, while no sweeper has tidied them up yet. */
export async function deadHolds(on: Queryable, now: string | null, resourceId: string): Promise<string[]> {
  return (await on.query(DEAD, [now, resourceId])).map((row) => row.id);
}

const LOCK = statement<never>('resource-lock', 'select from resource where id = $1 for no key update');

/** Holds the resource against other changes of it until the transaction ends; claims come and go meanwhile. */
export async function lockResource(tx: Queryable, id: string): Promise<void> {
  await tx.query(LOCK, [id]);
}

const LOCK_STREAM = statement<never>(
  'resource-lock-stream',
  'select from stream where resource_id = $1 for update',
);
const LOCK_KEY = statement<never>('resource-lock-key', 'select from resource where id = $1 for update');

/**
 * Lets no claim of a locked resource commit until the transaction ends, so that its use can be judged. First
 * the stream, as every claim of a pool does; the other way round deadlocked in most races of a shrinking pool
 * with new reservations, each a second lost.
 * @param sharing whether `pooled` itself changes: then claims in flight must be over, and new ones wait
 */
export async function lockClaims(
  tx: Queryable,
  id: string,
  pooled: boolean,
  sharing: boolean,
): Promise<void> {
  if (pooled) await tx.query(LOCK_STREAM, [id]);
  if (sharing) await tx.query(LOCK_KEY, [id]);
}
