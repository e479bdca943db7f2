import { isMortal, NOW, type ReservationRow, reservationJson } from '../reservations/reservation-json.js';
import { type Queryable, statement } from '../statement.js';
import { type ApprovalRow, approvalJson } from './approval-row.js';

const BY_RESERVATIONS = statement<{ row: ApprovalRow }>(
  'approvals-by-reservations',
  `select ${approvalJson('a')} as row from approval a where a.reservation_id = any ($1::uuid[])`,
);

/** The approvals by reservation; those about which nobody was asked are missing from the map. */
export async function approvalsByReservations(
  on: Queryable,
  ids: readonly string[],
): Promise<Map<string, ApprovalRow>> {
  const rows = await on.query(BY_RESERVATIONS, [ids]);
  return new Map(rows.map(({ row }) => [row.reservationId, row]));
}

/** Where a page of requests goes on: behind this deadline and id. */
export interface AfterRequest {
  readonly expiresAt: string;
  readonly id: string;
}

/** Requests are few beside reservations: the index on what dies by itself finds them. */
const WAITING = statement<{ row: ReservationRow }>(
  'approvals-waiting',
  `select ${reservationJson('v', NOW)} as row
   from reservation v join approval a on a.reservation_id = v.id
   where ${isMortal('v')} and v.state = 'PENDING_APPROVAL' and v.expires_at > ${NOW}
     and $2::uuid not in (v.owner_id, v.creator_id)
     and ($3::boolean or $2 in (select step_deciders(a.steps -> a.step, ${NOW}, array[v.owner_id, v.creator_id]))
       or a.escalate_at <= ${NOW} and $2 in (select step_deciders(a.steps -> a.step -> 'escalation', ${NOW},
         array[v.owner_id, v.creator_id])))
     and ($4::timestamptz is null or (v.expires_at, v.id) > ($4, $5::uuid))
   order by v.expires_at, v.id limit $6`,
);

/**
 * Up to `limit` reservations about which the user may decide now, the most urgent first.
 * @param decidesAll whether the user decides at every step
 */
export async function waitingFor(
  on: Queryable,
  now: string | null,
  userId: string,
  decidesAll: boolean,
  after: AfterRequest | null,
  limit: number,
): Promise<ReservationRow[]> {
  const values = [now, userId, decidesAll, after?.expiresAt ?? null, after?.id ?? null, limit];
  return (await on.query(WAITING, values)).map(({ row }) => row);
}
