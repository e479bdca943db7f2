import { hasDied, NOW } from '../reservations/reservation-json.js';
import { type Queryable, statement } from '../statement.js';

/** A span of a resource that may have become free: from, to in ms since 1970. */
export type FreedSpan = readonly [resourceId: string, from: number, to: number];

/** How far it reaches to pass something on. */
export interface Reach {
  /** Everything that those who wait for what is free would take: what must be locked. */
  readonly resourceIds: readonly string[];
  /** What was kept for them, by its ids. */
  readonly dueIds: readonly string[];
  /** What the clock has ended on the way: holds, requests, and what nobody has come to. */
  readonly deadIds: readonly string[];
  readonly spans: readonly FreedSpan[];
}

/** SQL for a WITH: how far at most a reservation of anything that somebody waits for reaches beyond its window. */
export const MARGIN = `margin as materialized (select interval '1 minute' * greatest(0,
    (select max(greatest((settings ->> 'setupMinutes')::integer, (settings ->> 'teardownMinutes')::integer))
      from rule where kind = 'BUFFERS'),
    (select max(greatest(setup_minutes, teardown_minutes)) from resource
      where id in (select resource_id from wait_target))) as most
  )`;

/** SQL: a join with the wishes `w`, targets `t`, for which the span of `f` may be some of what they want. */
export const WANTED_OF = `join wait_target t on t.resource_id = f.resource_id and t.reach && f.span
    join wait w on w.id = t.wait_id
      and tstzrange(w.first_start - (select most from margin), w.last_end + (select most from margin)) && f.span`;

/**
 * Whoever waits for what is free may want other resources beside or instead, of which something may be free too, for which
 * others wait before them: so it goes on from wish to wish until nothing new is found. All of it is mostly empty.
 */
const REACH = statement<Reach>(
  'wait-reach',
  `with recursive ${MARGIN}, base as materialized (
    select d.id as due, null::uuid as reservation_id, false as dead, d.resource_id, d.span from wait_due d
    union all
    select null, v.id, true, c.resource_id, c.occupied
    from reservation v join claim c on c.reservation_id = v.id
    where ${hasDied('v', NOW)} and v.id <> all ($2::uuid[]) and c.occupies
      and exists (select from wait_target t where t.resource_id = c.resource_id and t.reach && c.occupied)
    union all
    select null, c.reservation_id, false, c.resource_id, c.occupied from claim c where c.reservation_id = any ($2)
  ), freed as (
    select * from base where resource_id = any ($3::uuid[]) or reservation_id = any ($2)
    union
    select b.* from freed f join base b on b.reservation_id = f.reservation_id or exists (
      select from (values (f.resource_id, f.span)) as f (resource_id, span) ${WANTED_OF}
      join wait_target u on u.wait_id = t.wait_id where u.resource_id = b.resource_id)
  ), met as (
    select distinct t.wait_id from freed f ${WANTED_OF}
  )
  select (select coalesce(json_agg(distinct u.resource_id), '[]') from met join wait_target u on u.wait_id = met.wait_id)
      as "resourceIds",
    coalesce(json_agg(f.due::text) filter (where f.due is not null), '[]') as "dueIds",
    coalesce(json_agg(distinct f.reservation_id) filter (where f.dead), '[]') as "deadIds",
    coalesce(json_agg(json_build_array(f.resource_id, (extract(epoch from lower(f.span)) * 1000)::bigint,
      (extract(epoch from upper(f.span)) * 1000)::bigint)), '[]') as spans
  from freed f`,
);

/**
 * What those reach who wait for what is free of these resources, and for what these reservations occupy or did.
 * @param reservationIds what ends in this transaction
 */
export async function readReach(
  on: Queryable,
  now: string | null,
  reservationIds: readonly string[],
  resourceIds: readonly string[],
): Promise<Reach> {
  const [reach] = await on.query(REACH, [now, reservationIds, resourceIds]);
  return reach as Reach;
}

const TAKE = statement<never>(
  'wait-due-take',
  `with gone as (delete from wait_due where id = any ($1::bigint[]))
   select set_config('holdfast.passed', $2::uuid[]::text, true)`,
);

/**
 * Takes what was kept, in the transaction that passes it on, together with all that it frees of these resources itself:
 * see wait_park. The caller holds their advisory locks.
 */
export async function takeDue(
  tx: Queryable,
  dueIds: readonly string[],
  resourceIds: readonly string[],
): Promise<void> {
  await tx.query(TAKE, [dueIds, resourceIds]);
}
