import { type ChangedReservation, mayChange } from '../reservations/change-reservation.js';
import { isDead, NOW, reservationJson } from '../reservations/reservation-json.js';
import type { IdempotencyKey } from '../reservations/reserve.js';
import { type Queryable, statement } from '../statement.js';

/** Somebody says that they are there. */
export interface CheckInInput {
  readonly now: string | null;
  readonly id: string;
  /** Null: somebody at the door. */
  readonly actorId: string | null;
  readonly mayChangeAll: boolean;
  /** The resource whose link was shown: who has it may check in to all that is reserved of it; null: none. */
  readonly resourceId: string | null;
  readonly expectedVersion: number | null;
  readonly auditId: string;
  readonly requestId: string;
  readonly key: IdempotencyKey | null;
}

/** SQL: from when on one checks in to reservation `r`. */
export const opensAt = (r: string): string =>
  `(${r}.starts_at - (${r}.check_in ->> 'opensMinutes')::integer * interval '1 minute')`;

/**
 * One round trip, as change-reservation: who checks in and who takes the place at the instant of the release judge one
 * after the other by the row lock, and the second finds the state that the first has left. It occupies for good then,
 * by the cascade; its span stays.
 */
const CHECK_IN = statement<ChangedReservation>(
  'check-in',
  `with clock as materialized (select date_trunc('milliseconds', ${NOW}) as now
  ), target as materialized (
    select r.* from reservation r
    where r.id = $2::uuid and r.state = 'CONFIRMED' and r.check_in is not null
      and not ${isDead('r', NOW)} and ${opensAt('r')} <= ${NOW}
      and ($6::integer is null or r.version = $6)
      and (${mayChange('r', '$3::uuid', '$4::boolean')} or exists (
        select from claim c where c.reservation_id = r.id and c.resource_id = $5::uuid and c.kind = 'OWN'
          and ($3 is not null or (r.check_in ->> 'anonymous')::boolean)))
    for update
  ), changed as (
    update reservation r set state = 'CHECKED_IN', checked_in_at = clock.now, checked_in_by = $3,
      version = r.version + 1, updated_at = clock.now
    from target, clock where r.id = target.id
    returning r.*
  ), shown as (
    select ${reservationJson('changed', 'changed.updated_at')} as row from changed
  ), noted as (
    insert into audit (id, at, actor_id, action, subject_id, before, after, request_id)
    select $7, clock.now, $3, 'reservation.checkIn', $2, jsonb_build_object('state', t.state, 'version', t.version),
      jsonb_build_object('state', c.state, 'version', c.version, 'resourceId', $5), $8
    from target t, changed c, clock
  ), kept as (
    insert into idempotency (actor_id, operation, key, payload_hash, answer, at)
    select $3, $9, $10, $11, shown.row::jsonb, clock.now from shown, clock where $10::text is not null
  )
  select row, (select json_agg(c.resource_id) from claim c where c.reservation_id = $2) as touched from shown`,
);

/** Checks in and returns the reservation as it is then; null where state, time, version or right forbid it. */
export async function checkIn(on: Queryable, input: CheckInInput): Promise<ChangedReservation | null> {
  const [changed] = await on.query(CHECK_IN, [
    input.now,
    input.id,
    input.actorId,
    input.mayChangeAll,
    input.resourceId,
    input.expectedVersion,
    input.auditId,
    input.requestId,
    input.key?.operation ?? null,
    input.key?.key ?? null,
    input.key?.payloadHash ?? null,
  ]);
  return changed ?? null;
}
