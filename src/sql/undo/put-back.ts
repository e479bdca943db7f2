import type { CheckInTerms } from '../reservations/check-in-terms.js';
import { type ClaimInput, claimArrays } from '../reservations/claim-input.js';
import type { FormerPlace } from '../reservations/move-reservations.js';
import { claimsOf, NOW, type ReservationRow, reservationJson } from '../reservations/reservation-json.js';
import { type Queryable, statement } from '../statement.js';

/** What a reservation is to be again. */
export interface PutBack
  extends Pick<
    ReservationRow,
    'id' | 'title' | 'details' | 'state' | 'startsAt' | 'endsAt' | 'seriesId' | 'occurrence' | 'detached'
  > {
  /** What whoever has it was asked for; null: nothing. */
  readonly checkIn: CheckInTerms | null;
  /** The wall clock that is meant; null leaves it. */
  readonly clock: Pick<FormerPlace, 'localStart' | 'localEnd' | 'timeZone'> | null;
  /** All that it claims again; none where it has kept its place. */
  readonly claims: readonly ClaimInput[];
}

/**
 * Vacates all claims of the batch and places the former ones in one statement, as move-reservations does and for the
 * same reasons; state and window change along with them, so that what was cancelled takes its place by the same
 * `on conflict do nothing`. Where a claim finds no place, no reservation changes. The caller holds the advisory locks
 * of all resources.
 */
const PUT_BACK = statement<{ row: ReservationRow }>(
  'put-back',
  `with clock as materialized (select date_trunc('milliseconds', ${NOW}) as now
  ), former as materialized (
    select f.*, case when f.state in ('HELD', 'PENDING_APPROVAL') then v.expires_at
        when f.state = 'CONFIRMED' then coalesce(release_of(f."startsAt", f."endsAt", clock.now, f."checkIn"), 'infinity')
        else 'infinity' end as occupies_until
    from jsonb_to_recordset($2::jsonb) as f (id uuid, title text, details text, state text, "startsAt" timestamptz,
      "endsAt" timestamptz, "seriesId" uuid, occurrence text, detached boolean, clock jsonb, "checkIn" jsonb)
    join reservation v on v.id = f.id cross join clock
  ), wish as materialized (
    select * from unnest($3::uuid[], $4::uuid[], $5::text[], $6::integer[], $7::timestamptz[], $8::timestamptz[])
      as w (reservation_id, resource_id, kind, quantity, from_at, to_at)
  ), gone as (
    delete from claim where reservation_id = any ($3::uuid[])
    returning reservation_id, resource_id, case when occupies then occupied end as occupied
  ), placed as (
    insert into claim (reservation_id, resource_id, pooled, kind, quantity, occupied, occupies_until, vacated, judged_by)
    select w.reservation_id, w.resource_id, r.pooled, w.kind, w.quantity, tstzrange(w.from_at, w.to_at),
      f.occupies_until, g.occupied, $9::bigint
    from wish w
    join resource r on r.id = w.resource_id and (r.status = 'ACTIVE' or w.kind = 'SHADE')
      and (r.pooled or w.quantity = 1)
    join former f on f.id = w.reservation_id
    left join gone g on g.reservation_id = w.reservation_id and g.resource_id = w.resource_id
    where (select count(*) from gone) >= 0
    order by w.resource_id, w.reservation_id
    on conflict do nothing
    returning reservation_id, resource_id, kind, quantity, occupied
  ), back as (
    update reservation v set title = f.title, details = f.details, state = f.state, series_id = f."seriesId",
      occurrence = f.occurrence, detached = f.detached, starts_at = f."startsAt", ends_at = f."endsAt", check_in = f."checkIn",
      local_start = case when f.clock is null then v.local_start else (f.clock ->> 'localStart')::timestamp end,
      local_end = case when f.clock is null then v.local_end else (f.clock ->> 'localEnd')::timestamp end,
      time_zone = case when f.clock is null then v.time_zone else f.clock ->> 'timeZone' end, version = v.version + 1, updated_at = clock.now
    from former f, clock where v.id = f.id and (select count(*) from placed) = cardinality($3)
    returning v.*
  )
  select ${reservationJson(
    'back',
    NOW,
    `coalesce((select json_agg(json_build_object('resourceId', p.resource_id, 'quantity', p.quantity,
      'startsAt', lower(p.occupied), 'endsAt', upper(p.occupied)) order by p.resource_id)
      from placed p where p.reservation_id = back.id and p.kind = 'OWN'), ${claimsOf('back')})`,
  )} as row from back order by id`,
);

/**
 * Makes them all what they were, and returns them in the order of their ids; null where not every claim found its
 * place, and throws what isNotPlaced knows: roll back then.
 * @param judgedBy the version of the rule book by which their places were judged
 */
export async function putBack(
  tx: Queryable,
  now: string | null,
  formers: readonly PutBack[],
  judgedBy: number,
): Promise<ReservationRow[] | null> {
  const owners = formers.flatMap(({ id, claims }) => claims.map(() => id));
  const back = await tx.query(PUT_BACK, [
    now,
    JSON.stringify(formers.map(({ claims: _claims, ...former }) => former)),
    owners,
    ...claimArrays(formers.flatMap(({ claims }) => claims)),
    judgedBy,
  ]);
  return back.length === formers.length ? back.map(({ row }) => row) : null;
}
