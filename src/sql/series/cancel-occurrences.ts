import { LAST_CLOSING } from '../closures/last-closing.js';
import { isDead, NOW, type ReservationRow, reservationJson } from '../reservations/reservation-json.js';
import { type Queryable, statement } from '../statement.js';

const CANCEL = statement<{ row: ReservationRow }>(
  'cancel-occurrences',
  `with clock as materialized (select date_trunc('milliseconds', ${NOW}) as now
  ), target as materialized (
    select r.*, wanted.audit_id from unnest($2::uuid[], $3::integer[], $6::uuid[]) as wanted (id, version, audit_id)
    join reservation r on r.id = wanted.id and r.version = wanted.version
      and r.state in ('CONFIRMED', 'PENDING_APPROVAL') and not ${isDead('r', NOW)}
    order by r.id for update of r
  ), changed as (
    update reservation r set state = 'CANCELLED', version = r.version + 1, updated_at = clock.now
    from target, clock where r.id = target.id
    returning r.*
  ), noted as (
    insert into audit (id, at, actor_id, action, subject_id, before, after, request_id, act_id)
    select t.audit_id, c.updated_at, $4::uuid, $8, c.id,
      jsonb_build_object('state', t.state, 'version', t.version, 'lastClosing', ${LAST_CLOSING}),
      jsonb_build_object('state', c.state, 'version', c.version), $5, $7::uuid
    from target t join changed c on c.id = t.id
  )
  select ${reservationJson('changed', 'changed.updated_at')} as row from changed order by starts_at, id`,
);

/** Who cancels, by which request and as part of which act. */
export interface CancelledBy {
  /** Null: nobody, but that nobody came. */
  readonly actorId: string | null;
  readonly requestId: string;
  readonly actId: string;
}

/**
 * Cancels those reservations as long as they are at these versions, in one statement; all their resources are free
 * in the same commit. The caller holds the advisory locks of the resources.
 * @returns the reservations by start, or null where one has changed meanwhile: roll back then
 */
export async function cancelOccurrences(
  tx: Queryable,
  now: string | null,
  targets: readonly (Pick<ReservationRow, 'id' | 'version'> & { readonly auditId: string })[],
  by: CancelledBy & { readonly action: string },
): Promise<ReservationRow[] | null> {
  const rows = await tx.query(CANCEL, [
    now,
    targets.map(({ id }) => id),
    targets.map(({ version }) => version),
    by.actorId,
    by.requestId,
    targets.map(({ auditId }) => auditId),
    by.actId,
    by.action,
  ]);
  return rows.length === targets.length ? rows.map(({ row }) => row) : null;
}

const FORGET = statement<never>(
  'occurrences-forget-closings',
  `with held as materialized (
    select id, closing_id, closure_id from reservation
    where series_id = $2 and closing_id is not null and ($3::text is null or occurrence >= $3)
  ), given_up as (
    update reservation v set closing_id = null, closure_id = null from held where v.id = held.id
  )
  insert into audit (id, at, actor_id, action, subject_id, before, request_id, act_id)
  select uuid_at(${NOW}), date_trunc('milliseconds', ${NOW}), $4::uuid, 'series.relink', id,
    jsonb_build_object('closingId', closing_id, 'closureId', closure_id), $5, $6::uuid from held`,
);

/**
 * What a closure has cancelled of the series, from the occurrence on or all, stays so: whoever cancels the series has
 * given it up, and undoing the closure must not bring it back. Undoing the act gives it back to the closure.
 */
export async function forgetClosings(
  tx: Queryable,
  now: string | null,
  { id, from }: { readonly id: string; readonly from: string | null },
  by: CancelledBy,
): Promise<void> {
  await tx.query(FORGET, [now, id, from, by.actorId, by.requestId, by.actId]);
}
