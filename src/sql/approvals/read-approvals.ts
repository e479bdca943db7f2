import { isMortal, NOW, type ReservationRow, reservationJson } from '../reservations/reservation-json.js';
import { inCareOf } from '../resources/care.js';
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

/** SQL: whether the stand-in `p` is among those that `deciders` names. */
const isNamed = (deciders: string): string => `(${deciders} -> 'userIds' ? p.id::text
  or ${deciders} -> 'groupIds' ?| p.groups or ${deciders} -> 'resourceIds' ?| p.resources)`;

/**
 * Requests are few beside reservations: the index on what dies by itself finds them. For whom the user stands, and in
 * which groups and for which resources, is looked up once and not for each of them, as step_deciders would.
 */
const WAITING = statement<{ row: ReservationRow }>(
  'approvals-waiting',
  `with stands_for as materialized (
    select u.id, array(select m.group_id::text from group_member m where m.user_id = u.id) as groups,
      array(select c::text from (${inCareOf('u.id')}) in_care (c)) as resources
    from app_user u
    where u.active and (u.id = $2::uuid or exists (
      select from deputy d where d.user_id = u.id and d.deputy_id = $2
        and d.from_at <= ${NOW} and (d.until_at is null or d.until_at > ${NOW})))
  )
  select ${reservationJson('v', NOW)} as row
   from reservation v join approval a on a.reservation_id = v.id
   where ${isMortal('v')} and v.state = 'PENDING_APPROVAL' and v.expires_at > ${NOW}
     and $2 not in (v.owner_id, v.creator_id)
     and ($3::boolean or exists (
       select from stands_for p where p.id not in (v.owner_id, v.creator_id)
         and (${isNamed('(a.steps -> a.step)')}
           or a.escalate_at <= ${NOW} and ${isNamed("(a.steps -> a.step -> 'escalation')")})))
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
