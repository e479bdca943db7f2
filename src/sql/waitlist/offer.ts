import { byProgram, fromSource, sourceJson } from '../audit/source.js';
import { MAILS, telling } from '../notifications/tell.js';
import { type CheckInTerms, termsValue } from '../reservations/check-in-terms.js';
import { type ClaimInput, claimArrays } from '../reservations/claim-input.js';
import { NOW, type ReservationRow, reservationJson } from '../reservations/reservation-json.js';
import { type Queryable, statement } from '../statement.js';

/** The hold that somebody is offered. */
export interface OfferInput {
  readonly now: string | null;
  readonly waitId: string;
  readonly reservationId: string;
  readonly startsAt: Date;
  readonly endsAt: Date;
  /** How long it lives, but not beyond its start. */
  readonly minutes: number;
  readonly claims: readonly ClaimInput[];
  /** What whoever takes it is asked for; null: nothing. */
  readonly checkIn: CheckInTerms | null;
  readonly judgedBy: number;
  /** The wall clock that is meant, and its zone. */
  readonly localStart: string;
  readonly localEnd: string;
  readonly timeZone: string;
  readonly auditId: string;
  readonly requestId: string;
}

export interface Offered {
  /** False where they have left the waitlist in this very moment. */
  readonly waits: boolean;
  /** Null where they have, or where not every claim found its place: roll back then. */
  readonly row: ReservationRow | null;
}

/**
 * A reservation as in reserve.ts, for somebody who waits, whose wish it ends: claims first, judged by the constraint. Pools
 * are judged by their trigger at commit alone, since whoever passes on holds no stream while they wait for a claim.
 */
const OFFER = statement<Offered>(
  'wait-offer',
  `with clock as materialized (select date_trunc('milliseconds', ${NOW}) as now
  ), mine as materialized (
    select * from wait where id = $2::uuid and state = 'WAITING' for update
  ), life as materialized (
    select clock.now, least(clock.now + $6::integer * interval '1 minute', $4::timestamptz) as until from clock
  ), wish as materialized (
    select r.id, r.pooled, w.kind, w.quantity, tstzrange(w.from_at, w.to_at) as occupied
    from unnest($7::uuid[], $8::text[], $9::integer[], $10::timestamptz[], $11::timestamptz[])
      as w (id, kind, quantity, from_at, to_at)
    join resource r on r.id = w.id
    where (r.status = 'ACTIVE' or w.kind = 'SHADE') and case when r.pooled then w.quantity <= r.capacity
      else w.quantity = 1 end
    order by r.id
  ), placed as (
    insert into claim (reservation_id, resource_id, pooled, kind, quantity, occupied, occupies_until, judged_by)
    select $3::uuid, wish.id, wish.pooled, wish.kind, wish.quantity, wish.occupied, life.until, $12::bigint
    from wish, life, mine
    where (select count(*) from wish) = cardinality($7) and life.until > life.now
    on conflict do nothing
    returning resource_id, kind, quantity, occupied
  ), made as (
    insert into reservation (id, title, details, owner_id, creator_id, state, starts_at, ends_at, expires_at,
      created_at, updated_at, local_start, local_end, time_zone, check_in, visibility)
    select $3, mine.title, mine.details, mine.user_id, coalesce(mine.creator_id, mine.user_id), 'HELD', $4, $5::timestamptz, life.until, life.now,
      life.now, $13::timestamp, $14::timestamp, $15, $18::jsonb, mine.visibility
    from mine, life where (select count(*) from placed) = cardinality($7)
    returning *
  ), shown as (
    select ${reservationJson(
      'made',
      'made.created_at',
      `(select json_agg(json_build_object('resourceId', p.resource_id, 'quantity', p.quantity,
        'startsAt', lower(p.occupied), 'endsAt', upper(p.occupied)) order by p.resource_id)
        from placed p where p.kind = 'OWN')`,
    )} as row from made
  ), noted as (
    insert into audit (id, at, action, subject_id, before, after, request_id, source)
    select $16, life.now, 'reservation.offer', $3, jsonb_build_object('waitId', $2), shown.row::jsonb, ${fromSource('$17')}
    from shown, life
  ), offered as (
    update wait w set state = 'OFFERED', offered_at = made.created_at, reservation_id = made.id, targets = (
      select jsonb_agg(jsonb_build_object('need', t.need, 'resourceId', t.resource_id, 'quantity', t.quantity, 'rank', t.rank))
      from wait_target t where t.wait_id = $2)
    from made where w.id = $2
  ), gone as (
    delete from wait_target using made where wait_id = $2
  )
  select exists (select from mine) as waits, (select row from shown) as row`,
);

/** The person may choose how to be told, and by when it must be taken comes along. */
const TELL = statement<never>(
  'wait-offer-tell',
  `with clock as materialized (select date_trunc('milliseconds', ${NOW}) as now, ${MAILS(NOW)} as mails
  ), ${telling(`select clock.now as at, t.user_id, t.kind, t.in_app, t.by_mail, t.is_own, t.id, t.series_id, t.starts_at,
      t.actor, t.closure, t.words, t.reservation || jsonb_build_object('expiresAt', v.expires_at) as reservation
    from clock, reservation v, people_told('waitlist.offer', null, v.id, null, null, clock.mails, array[v.owner_id],
      'WAITLIST_OFFERED') t where v.id = $2`)}
  select`,
);

/** Holds it for who waits, ends their waiting and tells them, or writes nothing that may be committed. */
export async function offer(tx: Queryable, input: OfferInput): Promise<Offered> {
  const [offered] = await tx.query(OFFER, [
    input.now,
    input.waitId,
    input.reservationId,
    input.startsAt.toISOString(),
    input.endsAt.toISOString(),
    input.minutes,
    ...claimArrays(input.claims),
    input.judgedBy,
    input.localStart,
    input.localEnd,
    input.timeZone,
    input.auditId,
    sourceJson(byProgram(input.requestId)),
    termsValue(input.checkIn),
  ]);
  const { row, waits } = offered as Offered;
  if (row) await tx.query(TELL, [input.now, row.id]);
  return { row, waits };
}
