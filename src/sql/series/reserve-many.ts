import { type CheckInTerms, termsValue } from '../reservations/check-in-terms.js';
import { type ClaimInput, claimArrays } from '../reservations/claim-input.js';
import { NOW, type ReservationRow, reservationJson } from '../reservations/reservation-json.js';
import { type Queryable, statement } from '../statement.js';

/** One occurrence that becomes a reservation. */
export interface OccurrenceInput {
  readonly id: string;
  readonly auditId: string;
  /** The wall-clock start that the rule gives; null where there is no series. */
  readonly occurrence: string | null;
  readonly startsAt: Date;
  readonly endsAt: Date;
  /** What clocks show in the zone of the series at that start and end. */
  readonly localStart: string;
  readonly localEnd: string;
  readonly claims: readonly ClaimInput[];
  /** What whoever has it is asked for once it is confirmed; null: nothing. */
  readonly checkIn: CheckInTerms | null;
  /** Until when it waits for approval; null confirms it at once. */
  readonly pendingUntil: string | null;
}

/** What all of them share. */
export interface ReserveManyInput {
  readonly now: string | null;
  readonly seriesId: string | null;
  readonly title: string;
  readonly details: string;
  readonly ownerId: string;
  readonly actorId: string;
  readonly timeZone: string;
  /** The version of the rule book by which they were judged. */
  readonly judgedBy: number;
  readonly requestId: string;
  /** The act that they are part of, where it can be undone. */
  readonly actId: string | null;
  readonly occurrences: readonly OccurrenceInput[];
}

/**
 * Any number of reservations, confirmed or waiting for approval, in one statement: the claims go in first and let the
 * constraint judge, as in reserve.ts, in one order for all callers (resource, then time). Where one of them finds no
 * place, none is made.
 * The caller holds the advisory locks of all resources, and no two claims of its own overlap.
 */
const RESERVE_MANY = statement<{ row: ReservationRow }>(
  'reserve-many',
  `with clock as materialized (select date_trunc('milliseconds', ${NOW}) as now
  ), asked as materialized (
    select a.id, a.until, a.check_in,
      case when a.until is null then release_of(a.starts_at, a.ends_at, clock.now, a.check_in) end as release
    from unnest($15::uuid[], $23::timestamptz[], $16::timestamptz[], $17::timestamptz[], $24::jsonb[])
      as a (id, until, starts_at, ends_at, check_in), clock
  ), wish as materialized (
    select w.reservation_id, r.id, r.pooled, w.kind, w.quantity, tstzrange(w.from_at, w.to_at) as occupied
    from unnest($2::uuid[], $3::uuid[], $4::text[], $5::integer[], $6::timestamptz[], $7::timestamptz[])
      as w (reservation_id, id, kind, quantity, from_at, to_at)
    join resource r on r.id = w.id
    where (r.status = 'ACTIVE' or w.kind = 'SHADE') and case when r.pooled
      then w.quantity <= r.capacity and ((select count(distinct id) from unnest($3::uuid[]) as given (id)) > 1
        or pool_peak(r.id, tstzrange(w.from_at, w.to_at)) + w.quantity <= r.capacity)
      else w.quantity = 1 end
    order by r.id, w.from_at
  ), placed as (
    insert into claim (reservation_id, resource_id, pooled, kind, quantity, occupied, occupies_until, judged_by)
    select wish.reservation_id, wish.id, pooled, kind, quantity, occupied, coalesce(asked.release, asked.until, 'infinity'), $8::bigint
    from wish join asked on asked.id = wish.reservation_id where (select count(*) from wish) = cardinality($2)
    order by wish.id, lower(occupied)
    on conflict do nothing
    returning reservation_id, resource_id, kind, quantity, occupied
  ), made as (
    insert into reservation (id, title, details, owner_id, creator_id, state, expires_at, starts_at, ends_at, created_at,
      updated_at, local_start, local_end, time_zone, series_id, occurrence, check_in, release_at)
    select m.id, $9, $10, $11::uuid, $12::uuid, case when asked.until is null then 'CONFIRMED' else 'PENDING_APPROVAL' end,
      asked.until, m.starts_at, m.ends_at, clock.now, clock.now,
      m.local_start, m.local_end, $13, $14::uuid, m.occurrence, asked.check_in, asked.release
    from unnest($15::uuid[], $16::timestamptz[], $17::timestamptz[], $18::timestamp[], $19::timestamp[], $20::text[])
      as m (id, starts_at, ends_at, local_start, local_end, occurrence) join asked on asked.id = m.id, clock
    where (select count(*) from placed) = cardinality($2)
    returning *
  ), own as (
    select p.reservation_id, json_agg(json_build_object('resourceId', p.resource_id, 'quantity', p.quantity,
      'startsAt', lower(p.occupied), 'endsAt', upper(p.occupied)) order by p.resource_id) as claims
    from placed p where p.kind = 'OWN' group by p.reservation_id
  ), shown as (
    select made.id, made.starts_at, ${reservationJson('made', 'made.created_at', 'own.claims')} as row
    from made join own on own.reservation_id = made.id
  ), noted as (
    insert into audit (id, at, actor_id, action, subject_id, after, request_id, act_id)
    select a.id, clock.now, $12, 'reservation.create', shown.id, shown.row::jsonb, $22, $25::uuid
    from unnest($15::uuid[], $21::uuid[]) as a (reservation_id, id) join shown on shown.id = a.reservation_id, clock
  )
  select row from shown order by starts_at, id`,
);

/**
 * Places all claims of all occurrences, or nothing, and returns the reservations by start.
 * @returns null, or throws what isNotPlaced knows, where one found no place: roll back then
 */
export async function reserveMany(
  tx: Queryable,
  input: ReserveManyInput,
): Promise<readonly ReservationRow[] | null> {
  const { occurrences } = input;
  const made = await tx.query(RESERVE_MANY, [
    input.now,
    occurrences.flatMap(({ id, claims }) => claims.map(() => id)),
    ...claimArrays(occurrences.flatMap(({ claims }) => claims)),
    input.judgedBy,
    input.title,
    input.details,
    input.ownerId,
    input.actorId,
    input.timeZone,
    input.seriesId,
    occurrences.map(({ id }) => id),
    occurrences.map(({ startsAt }) => startsAt.toISOString()),
    occurrences.map(({ endsAt }) => endsAt.toISOString()),
    occurrences.map(({ localStart }) => localStart),
    occurrences.map(({ localEnd }) => localEnd),
    occurrences.map(({ occurrence }) => occurrence),
    occurrences.map(({ auditId }) => auditId),
    input.requestId,
    occurrences.map(({ pendingUntil }) => pendingUntil),
    occurrences.map(({ checkIn }) => termsValue(checkIn)),
    input.actId,
  ]);
  return made.length === occurrences.length ? made.map(({ row }) => row) : null;
}
