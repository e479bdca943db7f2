import { NOW } from '../reservations/reservation-json.js';
import { type Queryable, statement } from '../statement.js';

/** A reservation that stands against a change of parts. Instants as JSON in UTC. */
export interface PartConflict {
  readonly reservationId: string;
  readonly ownerId: string;
  readonly window: { readonly startsAt: string; readonly endsAt: string };
  /** From the first to the last instant that it occupies of the resources in question. */
  readonly occupied: { readonly startsAt: string; readonly endsAt: string };
  readonly quantity: number;
  readonly heldUntil: string | null;
}

const MOST_CONFLICTS = 50;
/** SQL: what ends after this is not over. The schema's own check goes by the server's clock, so the earlier of both. */
const SINCE = `least(${NOW}, now())`;

/**
 * SQL: by the links as they are now, every claim that the reservations on the resources `$2` should have, in
 * `implied`; `own` is what was asked for. Those that are over come along as far back as the others reach, since
 * a long one meets them too; `live` tells them apart, and `alive` who occupies. The spans stay as they were frozen.
 */
const IMPLIED = `met as materialized (
    select c.reservation_id as id, bool_or(upper(c.occupied) > ${SINCE}) as live
    from claim c where c.resource_id = any ($2::uuid[]) and upper(c.occupied) > (
      select least(${SINCE}, min(lower(a.occupied))) from claim a
      where a.resource_id = any ($2::uuid[]) and upper(a.occupied) > ${SINCE})
    group by c.reservation_id
  ), own as (
    select met.id, met.live, c.occupies and c.occupies_until > ${NOW} as alive, c.resource_id, c.occupied
    from met join claim c on c.reservation_id = met.id and c.kind = 'OWN' and not c.pooled
  ), strong as (
    select id, live, alive, resource_id, 'OWN' as kind, occupied from own
    union all
    select o.id, o.live, o.alive, l.part_id, 'PART', o.occupied from own o join resource_part l on l.whole_id = o.resource_id
  ), implied as materialized (
    select id, live, alive, resource_id, min(kind) as kind, tstzrange(min(lower(occupied)), max(upper(occupied))) as occupied
    from (select * from strong
      union all
      select s.id, s.live, s.alive, l.whole_id, 'SHADE', s.occupied
      from strong s join resource_part l on l.part_id = s.resource_id) every_one
    group by id, live, alive, resource_id
  )`;

/** Two on one room at a time, or one that asked for a whole and its part with other buffers for each. */
const CONFLICTS = statement<{ conflict: PartConflict }>(
  'parts-conflicts',
  `with ${IMPLIED}, clash as (
    select a.id from implied a join implied b on b.resource_id = a.resource_id and b.id <> a.id and b.occupied && a.occupied
    where a.alive and b.alive and (a.live or b.live) and a.kind <> 'SHADE' and b.kind <> 'SHADE'
    union
    select i.id from implied i join own o on o.id = i.id and o.resource_id = i.resource_id
    where i.alive and i.live and i.occupied <> o.occupied
  )
  select json_build_object('reservationId', v.id, 'ownerId', v.owner_id,
    'window', json_build_object('startsAt', v.starts_at, 'endsAt', v.ends_at),
    'occupied', (select json_build_object('startsAt', min(lower(o.occupied)), 'endsAt', max(upper(o.occupied)))
      from own o where o.id = v.id),
    'quantity', 1, 'heldUntil', v.expires_at) as conflict
  from clash join reservation v on v.id = clash.id order by v.starts_at, v.id limit ${MOST_CONFLICTS}`,
);

/** Reservations, up to 50 by start, that cannot stay as they are under the links as this transaction has made them. */
export const conflictingWithLinks = async (
  tx: Queryable,
  now: string | null,
  resourceIds: readonly string[],
): Promise<PartConflict[]> => (await tx.query(CONFLICTS, [now, resourceIds])).map(({ conflict }) => conflict);

/** What is replaced tells its stream one change, as in a move. Cancelled ones come along: they may be revived. */
const FIT = statement<never>(
  'parts-fit-claims',
  `with ${IMPLIED}, gone as (
    delete from claim c using met
    where met.id = c.reservation_id and met.live and c.kind <> 'OWN' and not exists (
      select from implied i where i.id = c.reservation_id and i.resource_id = c.resource_id
        and i.kind = c.kind and i.occupied = c.occupied)
    returning c.reservation_id, c.resource_id, c.occupied
  )
  insert into claim (reservation_id, resource_id, pooled, kind, occupied, occupies_until, vacated)
  select i.id, i.resource_id, false, i.kind, i.occupied, v.occupies_until, g.occupied
  from implied i
  join reservation v on v.id = i.id
  left join gone g on g.reservation_id = i.id and g.resource_id = i.resource_id
  where i.live and i.kind <> 'OWN' and (select count(*) from gone) >= 0 and not exists (
    select from claim c where c.reservation_id = i.id and c.resource_id = i.resource_id
      and c.kind = i.kind and c.occupied = i.occupied)
  order by i.resource_id, i.id`,
);

/**
 * Gives every reservation on the resources that is not over the claims on parts and wholes that go with the links.
 * @throws DatabaseError 23P01 where a reservation in flight has taken a part meanwhile
 */
export async function fitClaims(
  tx: Queryable,
  now: string | null,
  resourceIds: readonly string[],
): Promise<void> {
  await tx.query(FIT, [now, resourceIds]);
}

const hold = (name: string, how: string) =>
  statement<{ all: boolean }>(
    name,
    `with wanted as materialized (
      select distinct c.reservation_id as id from claim c
      where c.resource_id = any ($2::uuid[]) and upper(c.occupied) > ${SINCE}
    ), held as materialized (
      select v.id from reservation v where v.id in (select id from wanted) order by v.id for update of v ${how}
    )
    select (select count(*) from held) = (select count(*) from wanted) as all`,
  );
const HOLD = hold('parts-hold-reservations', '');
const HOLD_AT_ONCE = hold('parts-hold-reservations-at-once', 'skip locked');

/**
 * Holds the reservations on the resources that are not over until the transaction ends.
 * @param waits whether to wait for those that somebody is changing; who has their streams must not, since the
 * change needs them for its commit
 * @returns whether all of them could be held
 */
export async function holdReservations(
  tx: Queryable,
  now: string | null,
  resourceIds: readonly string[],
  waits: boolean,
): Promise<boolean> {
  const [held] = await tx.query(waits ? HOLD : HOLD_AT_ONCE, [now, resourceIds]);
  return held?.all ?? false;
}

const DEAD = statement<{ id: string }>(
  'parts-dead-holds',
  `select distinct reservation_id as id from claim
   where resource_id = any ($2::uuid[]) and occupies and occupies_until <= ${NOW}`,
);

/** Reservations whose hold on one of the resources the clock has killed, while no sweeper has tidied them up yet. */
export const deadHoldsOn = async (
  tx: Queryable,
  now: string | null,
  resourceIds: readonly string[],
): Promise<string[]> => (await tx.query(DEAD, [now, resourceIds])).map(({ id }) => id);
