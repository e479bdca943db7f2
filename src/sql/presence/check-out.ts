import { type ChangedReservation, mayChange } from '../reservations/change-reservation.js';
import { NOW, reservationJson } from '../reservations/reservation-json.js';
import type { IdempotencyKey } from '../reservations/reserve.js';
import { type Queryable, statement } from '../statement.js';

/** Whoever was there has left. */
export interface CheckOutInput {
  readonly now: string | null;
  readonly id: string;
  readonly actorId: string;
  readonly mayChangeAll: boolean;
  readonly expectedVersion: number | null;
  readonly auditId: string;
  readonly requestId: string;
  readonly key: IdempotencyKey | null;
}

const LOCK = statement<never>('check-out-lock', 'select from reservation where id = $1 for update');

/**
 * Behind the lock of the reservation: a move that this waits for has placed claims that a statement which had begun
 * before does not see. Within its window the reservation ends now, and its claims by as much earlier as it does, so that the
 * tear-down time comes right behind; each stream is told one change. Before its start nothing was used, and nothing
 * stays occupied; at its end or later nothing is left to free. An interval of days would follow the clocks of the
 * session, so what moves is counted in seconds. The claims are locked in the order in which all lock streams.
 */
const CHECK_OUT = statement<ChangedReservation>(
  'check-out',
  `with clock as materialized (select date_trunc('milliseconds', ${NOW}) as now
  ), target as materialized (
    select r.*, clock.now > r.starts_at and clock.now < r.ends_at as ends_early from reservation r, clock
    where r.id = $2::uuid and r.state = 'CHECKED_IN'
      and ($5::integer is null or r.version = $5)
      and ((r.check_in ->> 'checkOut')::boolean or r.ends_at <= clock.now)
      and ${mayChange('r', '$3::uuid', '$4::boolean')}
    for update of r
  ), changed as (
    update reservation r set state = 'COMPLETED', checked_out_at = clock.now,
      ends_at = case when t.ends_early then clock.now else r.ends_at end,
      local_end = case when t.ends_early then clock.now at time zone r.time_zone else r.local_end end,
      version = r.version + 1, updated_at = clock.now
    from target t, clock where r.id = t.id
    returning r.*
  ), held as materialized (
    select c.resource_id, make_interval(secs => extract(epoch from t.ends_at - clock.now)) as earlier
    from claim c join target t on t.id = c.reservation_id and t.ends_early, clock
    order by c.resource_id for update of c
  ), freed as (
    update claim c set occupied = tstzrange(lower(c.occupied), upper(c.occupied) - h.earlier)
    from held h where c.reservation_id = $2 and c.resource_id = h.resource_id
    returning c.*
  ), shown as (
    select ${reservationJson(
      'changed',
      'changed.updated_at',
      `(select json_agg(json_build_object('resourceId', c.resource_id, 'quantity', c.quantity,
        'startsAt', lower(c.occupied), 'endsAt', upper(coalesce(f.occupied, c.occupied))) order by c.resource_id)
        from claim c left join freed f on f.resource_id = c.resource_id
        where c.reservation_id = $2 and c.kind = 'OWN')`,
    )} as row from changed
  ), noted as (
    insert into audit (id, at, actor_id, action, subject_id, before, after, request_id)
    select $6, clock.now, $3, 'reservation.checkOut', $2,
      jsonb_build_object('state', t.state, 'version', t.version, 'endsAt', t.ends_at),
      jsonb_build_object('state', c.state, 'version', c.version, 'endsAt', c.ends_at), $7
    from target t, changed c, clock
  ), kept as (
    insert into idempotency (actor_id, operation, key, payload_hash, answer, at)
    select $3, $8, $9, $10, shown.row::jsonb, clock.now from shown, clock where $9::text is not null
  )
  select row, (select json_agg(c.resource_id) from claim c where c.reservation_id = $2) as touched from shown`,
);

/** Checks out and returns the reservation as it is then; null where state, terms, version or right forbid it. */
export async function checkOut(tx: Queryable, input: CheckOutInput): Promise<ChangedReservation | null> {
  await tx.query(LOCK, [input.id]);
  const [changed] = await tx.query(CHECK_OUT, [
    input.now,
    input.id,
    input.actorId,
    input.mayChangeAll,
    input.expectedVersion,
    input.auditId,
    input.requestId,
    input.key?.operation ?? null,
    input.key?.key ?? null,
    input.key?.payloadHash ?? null,
  ]);
  return changed ?? null;
}
