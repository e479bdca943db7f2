import { fromSource, type Source, sourceJson } from '../audit/source.js';
import { claimedBy } from '../closures/cancel-met.js';
import { NOW } from '../reservations/reservation-json.js';
import { type Queryable, statement } from '../statement.js';

/** Told by the audit as any other cancellation; behind the row locks, so that what another has decided meanwhile stays. */
const CANCEL = statement<{ resourceIds: string[] }>(
  'cancel-future',
  `with clock as materialized (select date_trunc('milliseconds', ${NOW}) as now
  ), target as materialized (
    select r.id, r.state from reservation r
    where r.owner_id = $2::uuid and r.starts_at > ${NOW}
      and (r.state in ('CONFIRMED', 'CHECKED_IN') or r.state in ('HELD', 'PENDING_APPROVAL') and r.expires_at > ${NOW})
    order by r.id limit $5 for update
  ), changed as (
    update reservation r set state = 'CANCELLED', version = r.version + 1, updated_at = clock.now,
      detached = r.series_id is not null
    from target t, clock where r.id = t.id returning r.*, t.state as state_before
  ), noted as (
    insert into audit (id, at, actor_id, action, subject_id, before, after, request_id, source)
    select uuid_at(c.updated_at), c.updated_at, $3::uuid, 'reservation.cancel', c.id,
      jsonb_build_object('state', c.state_before, 'version', c.version - 1),
      jsonb_build_object('state', c.state, 'version', c.version), ${fromSource('$4')}
    from changed c
  )
  select ${claimedBy('changed')} as "resourceIds" from changed`,
);

/** Cancels up to `limit` reservations of the owner that have not begun; the resources of each. */
export async function cancelFuture(
  on: Queryable,
  now: string | null,
  ownerId: string,
  by: { readonly actorId: string; readonly source: Source },
  limit: number,
): Promise<string[][]> {
  const rows = await on.query(CANCEL, [now, ownerId, by.actorId, sourceJson(by.source), limit]);
  return rows.map(({ resourceIds }) => resourceIds);
}
