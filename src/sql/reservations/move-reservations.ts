import { LAST_CLOSING } from '../closures/last-closing.js';
import { type Queryable, statement } from '../statement.js';
import { type CheckInTerms, termsValue } from './check-in-terms.js';
import { type ClaimInput, claimArrays } from './claim-input.js';
import { NOW, type ReservationRow, reservationJson } from './reservation-json.js';

/** Where one reservation goes: its new window, and the claims that it has from then on. */
export interface Destination {
  readonly reservationId: string;
  readonly startsAt: Date;
  readonly endsAt: Date;
  readonly claims: readonly ClaimInput[];
  /** The wall clock that is meant, and its zone. */
  readonly localStart: string;
  readonly localEnd: string;
  readonly timeZone: string;
  /** What whoever has it is asked for there; null: nothing. Who is checked in already stays so, on the same terms. */
  readonly checkIn: CheckInTerms | null;
}

/** A reservation that has moved, with what its row does not show of the place that it has left. */
export interface MovedReservation {
  readonly row: ReservationRow;
  readonly left: FormerPlace;
}

/** The wall clock that was meant, and the number of the last closing that had let the reservation be. */
export interface FormerPlace {
  readonly localStart: string | null;
  readonly localEnd: string | null;
  readonly timeZone: string | null;
  readonly lastClosing: number;
}

/**
 * Vacates all claims of the batch and places them anew in one statement, so that the batch is judged at its
 * end and two reservations can swap (D7). Removing and inserting instead of updating lets the constraint
 * judge by `on conflict do nothing`: a plain update against it waits in deadlock chains (56 s, measured at
 * 64 connections). The reservations change along with their claims, which repeat the instant of release that a new
 * window has. The caller holds the advisory locks of all resources.
 */
const MOVE = statement<MovedReservation>(
  'move-reservations',
  `with clock as materialized (select date_trunc('milliseconds', ${NOW}) as now
  ), goal as materialized (
    select m.*, case v.state when 'CONFIRMED'
        then coalesce(release_of(m.starts_at, m.ends_at, clock.now, m.check_in), 'infinity')
        else v.occupies_until end as occupies_until
    from unnest($9::uuid[], $10::timestamptz[], $11::timestamptz[], $12::timestamp[], $13::timestamp[], $14::text[],
        $15::jsonb[]) as m (id, starts_at, ends_at, local_start, local_end, time_zone, check_in)
    join reservation v on v.id = m.id cross join clock
  ), wish as materialized (
    select * from unnest($2::uuid[], $3::uuid[], $4::text[], $5::integer[], $6::timestamptz[], $7::timestamptz[])
      as w (reservation_id, resource_id, kind, quantity, from_at, to_at)
  ), gone as (
    delete from claim where reservation_id = any ($2::uuid[]) returning reservation_id, resource_id, occupied
  ), placed as (
    insert into claim (reservation_id, resource_id, pooled, kind, quantity, occupied, occupies_until, vacated, judged_by)
    select w.reservation_id, w.resource_id, r.pooled, w.kind, w.quantity, tstzrange(w.from_at, w.to_at),
      m.occupies_until, g.occupied, $8::bigint
    from wish w
    join resource r on r.id = w.resource_id and (r.status = 'ACTIVE' or w.kind = 'SHADE')
      and (r.pooled or w.quantity = 1)
    join goal m on m.id = w.reservation_id
    left join gone g on g.reservation_id = w.reservation_id and g.resource_id = w.resource_id
    where (select count(*) from gone) >= 0
    order by w.resource_id, w.reservation_id
    on conflict do nothing
    returning reservation_id, resource_id, kind, quantity, occupied
  ), moved as (
    update reservation r set starts_at = m.starts_at, ends_at = m.ends_at, version = r.version + 1,
      updated_at = clock.now, local_start = m.local_start, local_end = m.local_end, time_zone = m.time_zone,
      check_in = case when r.state = 'CHECKED_IN' then r.check_in else m.check_in end,
      detached = case when $16::boolean then r.series_id is not null else r.detached end
    from goal m, clock where r.id = m.id and (select count(*) from placed) = cardinality($2)
    returning r.*
  )
  select ${reservationJson(
    'moved',
    NOW,
    `(select json_agg(json_build_object('resourceId', p.resource_id, 'quantity', p.quantity,
      'startsAt', lower(p.occupied), 'endsAt', upper(p.occupied)) order by p.resource_id)
      from placed p where p.reservation_id = moved.id and p.kind = 'OWN')`,
  )} as row, json_build_object('localStart', old.local_start,
      'localEnd', old.local_end, 'timeZone', old.time_zone, 'lastClosing', ${LAST_CLOSING}) as left
  from moved join reservation old on old.id = moved.id order by moved.id`,
);

/**
 * Returns the moved reservations in the order of their ids, or null, or throws what isNotPlaced knows, where not every claim
 * found its place: roll back then.
 * @param detaches whether occurrences of a series go their own way from now on; false where the series itself moves
 */
export async function moveReservations(
  tx: Queryable,
  now: string | null,
  destinations: readonly Destination[],
  judgedBy: number,
  detaches = true,
): Promise<MovedReservation[] | null> {
  const claims = destinations.flatMap((destination) => destination.claims);
  const owners = destinations.flatMap(({ reservationId, claims: mine }) => mine.map(() => reservationId));
  const moved = await tx.query(MOVE, [
    now,
    owners,
    ...claimArrays(claims),
    judgedBy,
    destinations.map((destination) => destination.reservationId),
    destinations.map((destination) => destination.startsAt.toISOString()),
    destinations.map((destination) => destination.endsAt.toISOString()),
    destinations.map((destination) => destination.localStart),
    destinations.map((destination) => destination.localEnd),
    destinations.map((destination) => destination.timeZone),
    destinations.map((destination) => termsValue(destination.checkIn)),
    detaches,
  ]);
  return moved.length === destinations.length ? moved : null;
}
