import type { ApprovalRow } from '../approvals/approval-row.js';
import { type CheckInRow, checkInJson } from './check-in-terms.js';

/** One resource's part in a reservation, as rows carry it. */
export interface ClaimRow {
  readonly resourceId: string;
  readonly quantity: number;
  /** The occupied span: the window plus the buffers frozen when it was placed. */
  readonly startsAt: string;
  readonly endsAt: string;
}

export type ReservationState =
  | 'HELD'
  | 'PENDING_APPROVAL'
  | 'CONFIRMED'
  | 'CHECKED_IN'
  | 'COMPLETED'
  | 'NO_SHOW'
  | 'REJECTED'
  | 'CANCELLED'
  | 'EXPIRED';

/** A reservation as PostgreSQL prints it: bare uuids, instants as JSON text in UTC. */
export interface ReservationRow {
  readonly node: 'Reservation';
  readonly id: string;
  readonly title: string;
  readonly details: string;
  readonly ownerId: string;
  readonly creatorId: string;
  /**
   * By the clock, whether or not a sweeper has run (O5): a hold or a request whose time is over is EXPIRED, what nobody
   * has checked in to by its release NO_SHOW, and what was checked in to COMPLETED from its end on.
   */
  readonly state: ReservationState;
  readonly startsAt: string;
  readonly endsAt: string;
  readonly expiresAt: string | null;
  readonly version: number;
  readonly createdAt: string;
  readonly updatedAt: string;
  /** The series that it is an occurrence of, and which one: the wall-clock start that the rule gives. */
  readonly seriesId: string | null;
  readonly occurrence: string | null;
  /** Changed, moved or cancelled by itself: edits of its series leave it alone (S3). */
  readonly detached: boolean;
  /** Null where nobody must check in. */
  readonly checkIn: CheckInRow | null;
  readonly claims: readonly ClaimRow[];
  /** In the answer of what was just asked for, in a dry run too: who must decide. Elsewhere it does not say. */
  readonly asked?: ApprovalRow;
  /** In the answer of an act: what can be undone of it, null where nothing can. Elsewhere it does not say. */
  readonly act?: ActRow | null;
}

/** One act of somebody that has changed reservations and can be undone as one. */
export interface ActRow {
  readonly node: 'Act';
  readonly id: string;
  readonly doneAt: string;
  readonly undoneAt: string | null;
}

/** SQL for what reservation `r` asked for, in the order of the resources. */
export const claimsOf = (r: string): string => `(
  select coalesce(json_agg(json_build_object('resourceId', c.resource_id, 'quantity', c.quantity,
    'startsAt', lower(c.occupied), 'endsAt', upper(c.occupied)) order by c.resource_id), '[]')
  from claim c where c.reservation_id = ${r}.id and c.kind = 'OWN')`;

/** SQL: whether the row with alias `r` is a hold or a request, which dies by itself when its time is over. */
export const isMortal = (r: string): string => `${r}.state in ('HELD', 'PENDING_APPROVAL')`;

/** SQL: whether the clock has killed the row with alias `r`, hold, request or nobody there, and nobody has tidied it up. */
export const isDead = (r: string, now: string): string =>
  `(${r}.occupies_until > '-infinity' and ${r}.occupies_until <= ${now})`;

/** SQL: the state of the row with alias `r` by the clock. */
export const stateOf = (r: string, now: string): string =>
  `case when ${isDead(r, now)} then case ${r}.state when 'CONFIRMED' then 'NO_SHOW' else 'EXPIRED' end
    when ${r}.state = 'CHECKED_IN' and ${r}.ends_at <= ${now} then 'COMPLETED' else ${r}.state end`;

/** SQL that prints the row with alias `r` as a ReservationRow at the instant `now`; `claims` and `more` (pairs) are SQL too. */
export const reservationJson = (
  r: string,
  now: string,
  claims: string = claimsOf(r),
  more = '',
): string => `json_build_object(
  'node', 'Reservation', 'id', ${r}.id, 'title', ${r}.title, 'details', ${r}.details,
  'ownerId', ${r}.owner_id, 'creatorId', ${r}.creator_id,
  'state', ${stateOf(r, now)},
  'startsAt', ${r}.starts_at, 'endsAt', ${r}.ends_at, 'expiresAt', ${r}.expires_at,
  'version', ${r}.version, 'createdAt', ${r}.created_at, 'updatedAt', ${r}.updated_at,
  'seriesId', ${r}.series_id, 'occurrence', ${r}.occurrence, 'detached', ${r}.detached,
  'checkIn', ${checkInJson(r)}, 'claims', ${claims}${more})`;

/** SQL for now (see ports/clock): `$1` is the fixed instant or null. */
export const NOW = `coalesce($1::timestamptz, statement_timestamp())`;
