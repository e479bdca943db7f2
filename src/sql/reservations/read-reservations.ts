import { type Queryable, statement } from '../statement.js';
import { mayChange } from './change-reservation.js';
import { NOW, type ReservationRow, reservationJson } from './reservation-json.js';
import { isSeen, type Onlooker, roleOf } from './seen-by.js';

const BY_IDS = statement<{ row: ReservationRow }>(
  'reservations-by-ids',
  `select ${reservationJson('r', NOW)} as row from reservation r
   where r.id = any ($2::uuid[]) and ${isSeen('r', '$3::uuid', '$4::text', NOW)}`,
);

/** The reservations by id; what does not exist, or is not for this person to see, is missing from the map. */
export async function reservationsByIds(
  on: Queryable,
  now: string | null,
  ids: readonly string[],
  { userId, role }: Onlooker,
): Promise<Map<string, ReservationRow>> {
  const rows = await on.query(BY_IDS, [now, ids, userId, role]);
  return new Map(rows.map(({ row }) => [row.id, row]));
}

/** A reservation that somebody is about to change, with what decides whether they may, or see it at all. */
export interface ChangeTarget {
  readonly row: ReservationRow;
  readonly mayChange: boolean;
  /** A hold that was offered from the waitlist and never taken. */
  readonly isOffer: boolean;
  readonly isSeen: boolean;
  readonly now: string;
}

const target = (lock: string) => `select ${reservationJson('r', NOW)} as row,
    ${mayChange('r', '$3::uuid', '$4::boolean')} as "mayChange",
    exists (select from wait w where w.reservation_id = r.id and w.state in ('OFFERED', 'EXPIRED')) as "isOffer",
    ${isSeen('r', '$3::uuid', roleOf('$3::uuid'), NOW)} as "isSeen", ${NOW} as now
  from reservation r where r.id = any ($2::uuid[]) order by r.id ${lock}`;

const TARGETS = statement<ChangeTarget>('change-targets', target(''));
const LOCKED_TARGETS = statement<ChangeTarget>('change-targets-locked', target('for update of r'));

/** Reads the reservations in the order of their ids, for deciding about a change; LOCKED keeps them so until commit. */
export const readTargets = (
  on: Queryable,
  now: string | null,
  ids: readonly string[],
  actorId: string,
  mayChangeAll: boolean,
  lock: 'LOCKED' | 'FREE' = 'FREE',
): Promise<ChangeTarget[]> =>
  on.query(lock === 'LOCKED' ? LOCKED_TARGETS : TARGETS, [now, ids, actorId, mayChangeAll]);
