import { fromSource, type Source, sourceJson } from '../audit/source.js';
import { claimedBy } from '../closures/cancel-met.js';
import { NOW } from '../reservations/reservation-json.js';
import { type Queryable, statement } from '../statement.js';

/** SQL: what is still to come of reservation `r`, so that it goes with its owner. */
const isToCome = (r: string): string => `${r}.starts_at > ${NOW}
      and (${r}.state in ('CONFIRMED', 'CHECKED_IN')
        or ${r}.state in ('HELD', 'PENDING_APPROVAL') and ${r}.expires_at > ${NOW})`;

/** A reservation that has not begun, with everything that it claims. */
export interface FutureReservation {
  readonly id: string;
  readonly resourceIds: readonly string[];
}

const READ = statement<FutureReservation>(
  'future-of',
  `select r.id, ${claimedBy('r')} as "resourceIds" from reservation r
   where r.owner_id = $2::uuid and ${isToCome('r')} order by r.id limit $3`,
);

/** Up to `limit` reservations of the owner that have not begun. */
export const futureOf = (
  on: Queryable,
  now: string | null,
  ownerId: string,
  limit: number,
): Promise<FutureReservation[]> => on.query(READ, [now, ownerId, limit]);

/** Told by the audit as any other cancellation; behind the row locks, so that what another has decided meanwhile stays. */
const CANCEL = statement<{ resourceIds: string[] }>(
  'cancel-future',
  `with clock as materialized (select date_trunc('milliseconds', ${NOW}) as now
  ), target as materialized (
    select r.id, r.state from reservation r where r.id = any ($2::uuid[]) and ${isToCome('r')} order by r.id for update
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

/** Cancels those of the reservations that have not begun and still stand; the resources of each. */
export async function cancelFuture(
  tx: Queryable,
  now: string | null,
  ids: readonly string[],
  by: { readonly actorId: string; readonly source: Source },
): Promise<string[][]> {
  const rows = await tx.query(CANCEL, [now, ids, by.actorId, sourceJson(by.source)]);
  return rows.map(({ resourceIds }) => resourceIds);
}
