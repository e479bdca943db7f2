import { NOW, type ReservationRow, reservationJson } from '../reservations/reservation-json.js';
import { type Queryable, statement } from '../statement.js';

/** One reservation that a closure cancels. */
export interface MetCancellation {
  readonly id: string;
  readonly closureId: string;
  readonly auditId: string;
}

/** A reservation as it is now, with everything whose availability that has changed: parts and wholes included. */
export interface Freed {
  readonly row: ReservationRow;
  readonly resourceIds: readonly string[];
}

/** SQL: every resource that reservation `r` claims. */
export const claimedBy = (r: string): string =>
  `(select coalesce(json_agg(c.resource_id), '[]') from claim c where c.reservation_id = ${r}.id)`;

/**
 * SQL: what the cancelled row `r` was. What dies by itself keeps its expiry when it is cancelled, and a confirmed one
 * has none; only for a request has anybody been asked, and only who is there has checked in.
 */
export const formerState = (r: string): string => `case when ${r}.checked_in_at is not null then 'CHECKED_IN'
  when ${r}.expires_at is null then 'CONFIRMED'
  when exists (select from approval a where a.reservation_id = ${r}.id) then 'PENDING_APPROVAL' else 'HELD' end`;

const CANCEL = statement<Freed>(
  'closure-cancels',
  `with clock as materialized (select date_trunc('milliseconds', ${NOW}) as now
  ), wish as materialized (
    select * from unnest($2::uuid[], $3::uuid[], $4::uuid[]) as w (id, closure_id, audit_id)
  ), cancelled as (
    update reservation r set state = 'CANCELLED', closure_id = w.closure_id, closing_id = $7::uuid,
      version = r.version + 1, updated_at = clock.now
    from wish w, clock where r.id = w.id and r.state in ('HELD', 'PENDING_APPROVAL', 'CONFIRMED', 'CHECKED_IN')
    returning r.*
  ), noted as (
    insert into audit (id, at, actor_id, action, subject_id, before, after, request_id)
    select w.audit_id, clock.now, $5::uuid, 'reservation.cancelByClosure', r.id,
      jsonb_build_object('state', ${formerState('r')},
        'version', r.version - 1),
      jsonb_build_object('state', r.state, 'version', r.version, 'closureId', r.closure_id), $6
    from cancelled r join wish w on w.id = r.id, clock
  )
  select ${reservationJson('r', NOW)} as row, ${claimedBy('r')} as "resourceIds"
  from cancelled r order by r.starts_at, r.id`,
);

/** Cancels them all, with an audit row each, in one statement. Claims, streams and who is told follow by trigger. */
export const cancelMet = (
  tx: Queryable,
  now: string | null,
  actorId: string,
  requestId: string,
  closingId: string,
  cancellations: readonly MetCancellation[],
): Promise<Freed[]> =>
  tx.query(CANCEL, [
    now,
    cancellations.map(({ id }) => id),
    cancellations.map(({ closureId }) => closureId),
    cancellations.map(({ auditId }) => auditId),
    actorId,
    requestId,
    closingId,
  ]);
