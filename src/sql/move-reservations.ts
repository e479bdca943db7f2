import { NOW, type ReservationRow, reservationJson } from './reservation-json.js';
import { type Queryable, statement } from './statement.js';

/** Where one reservation goes: its new window, and its resources with their quantities. */
export interface Placement {
  readonly reservationId: string;
  readonly startsAt: Date;
  readonly endsAt: Date;
  readonly resources: readonly { readonly resourceId: string; readonly quantity: number }[];
}

/**
 * Vacates all claims of the batch and places them anew in one statement, so that the batch is judged at its
 * end and two reservations can swap (D7). Removing and inserting instead of updating lets the constraint
 * judge by `on conflict do nothing`: a plain update against it waits in deadlock chains (56 s, measured at
 * 64 connections). Buffers are those of today (O3). The caller holds the advisory locks of all resources.
 */
const MOVE = statement<{ placed: number }>(
  'move-reservations',
  `with wish as materialized (
    select * from unnest($1::uuid[], $2::uuid[], $3::integer[], $4::timestamptz[], $5::timestamptz[])
      as w (reservation_id, resource_id, quantity, starts_at, ends_at)
  ), gone as (
    delete from claim where reservation_id = any ($1::uuid[]) returning reservation_id, resource_id, occupied
  ), placed as (
    insert into claim (reservation_id, resource_id, pooled, quantity, occupied, occupies_until, vacated)
    select w.reservation_id, w.resource_id, r.pooled, w.quantity, tstzrange(
        w.starts_at - r.setup_minutes * interval '1 minute', w.ends_at + r.teardown_minutes * interval '1 minute'),
      v.occupies_until, g.occupied
    from wish w
    join resource r on r.id = w.resource_id and r.status = 'ACTIVE' and (r.pooled or w.quantity = 1)
    join reservation v on v.id = w.reservation_id
    left join gone g on g.reservation_id = w.reservation_id and g.resource_id = w.resource_id
    where (select count(*) from gone) >= 0
    order by w.resource_id, w.reservation_id
    on conflict do nothing
    returning 1
  )
  select count(*)::integer as placed from placed`,
);

const FINISH = statement<{ row: ReservationRow }>(
  'finish-move',
  `with moved as (
    update reservation r set starts_at = m.starts_at, ends_at = m.ends_at, version = r.version + 1,
      updated_at = date_trunc('milliseconds', ${NOW})
    from unnest($2::uuid[], $3::timestamptz[], $4::timestamptz[]) as m (id, starts_at, ends_at)
    where r.id = m.id returning r.*
  )
  select ${reservationJson('moved', NOW)} as row from moved order by id`,
);

/** Returns the moved reservations in the order of their ids, or null where not every claim found its place: roll back then. */
export async function moveReservations(
  tx: Queryable,
  now: string | null,
  placements: readonly Placement[],
): Promise<ReservationRow[] | null> {
  const wishes = placements.flatMap((placement) =>
    placement.resources.map((resource) => ({ ...placement, ...resource })),
  );
  const [counted] = await tx.query(MOVE, [
    wishes.map((wish) => wish.reservationId),
    wishes.map((wish) => wish.resourceId),
    wishes.map((wish) => wish.quantity),
    wishes.map((wish) => wish.startsAt.toISOString()),
    wishes.map((wish) => wish.endsAt.toISOString()),
  ]);
  if (counted?.placed !== wishes.length) return null;
  const rows = await tx.query(FINISH, [
    now,
    placements.map((placement) => placement.reservationId),
    placements.map((placement) => placement.startsAt.toISOString()),
    placements.map((placement) => placement.endsAt.toISOString()),
  ]);
  return rows.map(({ row }) => row);
}
