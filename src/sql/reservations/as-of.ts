import { type Queryable, statement } from '../statement.js';
import type { ReservationState } from './reservation-json.js';

/** A reservation of a resource as it was at an instant. */
export interface AsOfRow {
  readonly node: 'ReservationAsOf';
  readonly id: string;
  readonly title: string;
  readonly ownerId: string;
  readonly state: ReservationState;
  readonly startsAt: string;
  readonly endsAt: string;
  readonly quantity: number;
  /** The occupied span on the resource. */
  readonly claimFrom: string;
  readonly claimTo: string;
}

/** SQL: what fact `name` of reservation `v` was at `$2`: as the first later entry that names it says, else as it is. */
const was = (name: string, now: string): string => `coalesce((
    select a.before ->> '${name}' from audit a
    where a.subject_id = v.id and a.at > $2::timestamptz and a.before ? '${name}'
    order by a.at, a.xid, a.id limit 1), ${now})`;

/**
 * Goes back from today: whatever an entry later than the instant says was different before, was so then. The candidates
 * are what lies in the window today and what has been moved since; moves that name the resource are found by their
 * action, and cancelled reservations keep their claims.
 */
const AS_OF = statement<AsOfRow>(
  'reservations-as-of',
  `with candidate as materialized (
    select c.reservation_id as id from claim c
    where c.resource_id = $1::uuid and c.kind = 'OWN' and lower(c.occupied) < $4::timestamptz and upper(c.occupied) > $3::timestamptz
    union
    select a.subject_id from audit a
    where a.action collate "C" >= 'reservation.' and a.action collate "C" < 'reservation/' and a.action <> 'reservation.create'
      and a.at > $2 and a.before -> 'claims' @> jsonb_build_array(jsonb_build_object('resourceId', $1::text))
  ), former as materialized (
    select v.id, v.owner_id, ${was('title', 'v.title')} as title, ${was('state', 'v.state')} as state,
      (${was('startsAt', 'v.starts_at::text')})::timestamptz as starts_at,
      (${was('endsAt', 'v.ends_at::text')})::timestamptz as ends_at, v.expires_at, v.release_at, (
        select a.before -> 'claims' from audit a
        where a.subject_id = v.id and a.at > $2 and a.before ? 'claims' order by a.at, a.xid, a.id limit 1) as claims
    from candidate join reservation v on v.id = candidate.id where v.created_at <= $2
  )
  select 'ReservationAsOf' as node, f.id, f.title, f.owner_id as "ownerId", f.state, f.starts_at as "startsAt",
    f.ends_at as "endsAt", x.quantity, x.from_at as "claimFrom", x.to_at as "claimTo"
  from former f
  cross join lateral (
    select (c ->> 'quantity')::integer as quantity, (c ->> 'startsAt')::timestamptz as from_at, (c ->> 'endsAt')::timestamptz as to_at
    from jsonb_array_elements(f.claims) c where c ->> 'resourceId' = $1::text
    union all
    select c.quantity, lower(c.occupied), upper(c.occupied) from claim c
    where f.claims is null and c.reservation_id = f.id and c.resource_id = $1 and c.kind = 'OWN') x
  where (f.state in ('CHECKED_IN', 'COMPLETED')
      or f.state = 'CONFIRMED' and (f.release_at is null or f.release_at > $2) or f.state in ('HELD', 'PENDING_APPROVAL') and (f.expires_at is null or f.expires_at > $2))
    and x.from_at < $4 and x.to_at > $3
    and ($5::timestamptz is null or (f.starts_at, f.id) > ($5, $6::uuid))
  order by f.starts_at, f.id limit $7`,
);

/**
 * What occupied the resource at the instant `at` within the window, by start: up to `limit` behind the last of the page
 * before. As far back as the audit is kept.
 */
export const reservationsAsOf = (
  on: Queryable,
  resourceId: string,
  at: Date,
  window: { readonly startsAt: Date; readonly endsAt: Date },
  after: { readonly startsAt: string; readonly id: string } | null,
  limit: number,
): Promise<AsOfRow[]> =>
  on.query(AS_OF, [
    resourceId,
    at.toISOString(),
    window.startsAt.toISOString(),
    window.endsAt.toISOString(),
    after?.startsAt ?? null,
    after?.id ?? null,
    limit,
  ]);
