import { type Queryable, statement } from '../statement.js';
import { isDead, isMortal, NOW } from './reservation-json.js';

/** A hold or a request for approval that this call has expired, or what nobody has come to and it has released. */
export interface ExpiredHold {
  readonly id: string;
  readonly resourceIds: readonly string[];
}

/** A series of which an occurrence was not attended is noted for whoever looks whether it goes on: see series_strike. */
const expire = (which: string) => `with dead as materialized (
    select id, state from reservation where ${which}
  ), expired as (
    update reservation r set state = case dead.state when 'CONFIRMED' then 'NO_SHOW' else 'EXPIRED' end,
      version = version + 1, updated_at = date_trunc('milliseconds', ${NOW})
    from dead where r.id = dead.id and r.state = dead.state and ${isDead('r', NOW)}
    returning r.*, dead.state as state_before
  ), noted as (
    insert into audit (id, at, action, subject_id, before, after, request_id)
    select gen_random_uuid(), updated_at, case state_before when 'HELD' then 'reservation.expire'
        when 'CONFIRMED' then 'reservation.noShow' else 'reservation.expireRequest' end, id,
      case state_before when 'CONFIRMED' then jsonb_build_object('state', state_before, 'releaseAt', release_at)
        else jsonb_build_object('state', state_before, 'expiresAt', expires_at) end,
      jsonb_build_object('state', state), $3
    from expired
  ), struck as (
    insert into series_strike (series_id)
    select distinct series_id from expired
    where state = 'NO_SHOW' and series_id is not null and check_in ->> 'strikes' is not null order by series_id
    on conflict do nothing
  )
  select e.id, (select coalesce(json_agg(c.resource_id), '[]') from claim c where c.reservation_id = e.id)
    as "resourceIds"
  from expired e`;

const EXPIRE_NAMED = statement<ExpiredHold>(
  'expire-named-holds',
  expire(`id = any ($2::uuid[]) and ${isDead('reservation', NOW)} order by id for update`),
);

/** Skips what another sweeper, a confirmation, a check-in or a reservation is deciding this very moment. */
const next = (dead: string, at: string) =>
  expire(`${dead} and ${at} <= ${NOW} order by ${at} limit $2::integer for update skip locked`);

const EXPIRE_NEXT = statement<ExpiredHold>('expire-next-holds', next(isMortal('reservation'), 'expires_at'));
const RELEASE_NEXT = statement<ExpiredHold>(
  'release-next',
  next(`state = 'CONFIRMED' and release_at is not null`, 'release_at'),
);

/**
 * Expires those of the named holds, and releases those of the named reservations, that the clock has killed: claims stop
 * occupying and the stream tells it, by the cascade and trigger of the schema. What was confirmed, checked in to or
 * expired meanwhile is left as it is.
 */
export const expireNamedHolds = (
  on: Queryable,
  now: string | null,
  ids: readonly string[],
  requestId: string,
) => on.query(EXPIRE_NAMED, [now, ids, requestId]);

/** Expires up to `limit` dead holds, the longest dead first; each hold by exactly one of any number of callers. */
export const expireNextHolds = (on: Queryable, now: string | null, limit: number, requestId: string) =>
  on.query(EXPIRE_NEXT, [now, limit, requestId]);

/** Releases up to `limit` reservations to which nobody has checked in, in the same way. */
export const releaseNext = (on: Queryable, now: string | null, limit: number, requestId: string) =>
  on.query(RELEASE_NEXT, [now, limit, requestId]);
