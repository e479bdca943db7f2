import { fromSource, type Source, sourceJson } from '../audit/source.js';
import { type Queryable, statement } from '../statement.js';
import { isMortal, NOW } from './reservation-json.js';

/** A hold, or a request for approval, that this call has expired. */
export interface ExpiredHold {
  readonly id: string;
  readonly resourceIds: readonly string[];
}

const expire = (which: string) => `with dead as materialized (
    select id, state from reservation
    where ${isMortal('reservation')} and expires_at <= ${NOW} and ${which}
  ), expired as (
    update reservation r set state = 'EXPIRED', version = version + 1,
      updated_at = date_trunc('milliseconds', ${NOW})
    from dead where r.id = dead.id and ${isMortal('r')} and r.expires_at <= ${NOW}
    returning r.*, dead.state as state_before
  ), noted as (
    insert into audit (id, at, action, subject_id, before, after, request_id, source)
    select gen_random_uuid(), updated_at,
      case state_before when 'HELD' then 'reservation.expire' else 'reservation.expireRequest' end, id,
      jsonb_build_object('state', state_before, 'expiresAt', expires_at), jsonb_build_object('state', 'EXPIRED'),
      ${fromSource('$3')}
    from expired
  )
  select e.id, (select coalesce(json_agg(c.resource_id), '[]') from claim c where c.reservation_id = e.id)
    as "resourceIds"
  from expired e`;

const EXPIRE_NAMED = statement<ExpiredHold>(
  'expire-named-holds',
  expire(`id = any ($2::uuid[]) order by id for update`),
);

/** Skips holds that another sweeper, a confirmation or a booking is deciding this very moment. */
const EXPIRE_NEXT = statement<ExpiredHold>(
  'expire-next-holds',
  expire(`true order by expires_at limit $2::integer for update skip locked`),
);

/**
 * Expires those of the named holds that the clock has killed: claims stop occupying and the stream tells it,
 * by the cascade and trigger of the schema. A hold confirmed or expired meanwhile is left as it is.
 */
export const expireNamedHolds = (on: Queryable, now: string | null, ids: readonly string[], source: Source) =>
  on.query(EXPIRE_NAMED, [now, ids, sourceJson(source)]);

/** Expires up to `limit` dead holds, the longest dead first; each hold by exactly one of any number of callers. */
export const expireNextHolds = (on: Queryable, now: string | null, limit: number, source: Source) =>
  on.query(EXPIRE_NEXT, [now, limit, sourceJson(source)]);
