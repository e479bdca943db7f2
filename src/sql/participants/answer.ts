import { MAILS, telling } from '../notifications/tell.js';
import type { InvitationResponse } from '../notifications/told-event.js';
import { NOW, type ReservationRow, reservationJson } from '../reservations/reservation-json.js';
import { type Queryable, statement } from '../statement.js';
import { type ParticipantRow, participantJson } from './participant-row.js';

/** Who answers: a user about a reservation, or about its series from it on or as a whole; or whoever has a link. */
export type Answerer =
  | { readonly userId: string; readonly reservationId: string; readonly reach: 'THIS' | 'FOLLOWING' | 'ALL' }
  | { readonly tokenHash: Buffer };

/** An invitation with the reservation that it is to. */
export interface Invitation {
  readonly participant: ParticipantRow;
  readonly reservation: ReservationRow;
  readonly isOver: boolean;
}

const OF_USER = `p.user_id = $2::uuid and p.reservation_id in (
  select v.id from reservation v left join reservation o on o.id = $3::uuid
  where v.id = $3 or $4 <> 'THIS' and v.series_id = o.series_id and ($4 = 'ALL' or v.starts_at >= o.starts_at))`;
const OF_LINK = `p.id = (select participant_id from invitation_link where token_hash = $2)`;

/** Before anything is read: what was read while waiting for this lock would be old. */
const lock = (condition: string) =>
  `select from participant p where ${condition} and ($1::text is null or true) order by p.id for update`;
const read = (
  condition: string,
) => `select ${participantJson('p')} as participant, ${reservationJson('v', NOW)} as reservation,
    v.ends_at <= ${NOW} as "isOver"
  from participant p join reservation v on v.id = p.reservation_id where ${condition} order by v.starts_at, v.id`;

const LOCK_OF_USER = statement<never>('lock-invitations', lock(OF_USER));
const LOCK_OF_LINK = statement<never>('lock-invitation-by-link', lock(OF_LINK));
const READ_OF_USER = statement<Invitation>('invitations', read(OF_USER));
const READ_OF_LINK = statement<Invitation>('invitation-by-link', read(OF_LINK));

/** The invitations that are answered, by start, each locked until commit: two answers at once come one after the other. */
export async function lockInvitations(
  tx: Queryable,
  now: string | null,
  by: Answerer,
): Promise<Invitation[]> {
  if ('tokenHash' in by) {
    await tx.query(LOCK_OF_LINK, [now, by.tokenHash]);
    return tx.query(READ_OF_LINK, [now, by.tokenHash]);
  }
  const values = [now, by.userId, by.reservationId, by.reach];
  await tx.query(LOCK_OF_USER, values);
  return tx.query(READ_OF_USER, values);
}

const ANSWER = statement<{ row: ParticipantRow }>(
  'answer-invitations',
  `with answered as (
    update participant p set response = $3, responded_at = clock.at
    from date_trunc('milliseconds', ${NOW}) as clock (at) where p.id = any ($2::uuid[]) returning p.*
  ), ${telling(
    `select a.responded_at as at, t.*, jsonb_build_object('response', a.response, 'name', coalesce(a.name, u.name)) as company
      from answered a join reservation v on v.id = a.reservation_id left join app_user u on u.id = a.user_id
      cross join lateral people_told('invitation.answer', a.user_id, v.id, null, null, ${MAILS('a.responded_at')},
        array[v.owner_id], 'INVITATION_ANSWERED') t`,
    `, 'company', (array_agg(company order by starts_at, id))[1]`,
  )}
  select ${participantJson('answered')} as row from answered order by id`,
);

/** Writes the answer and tells the owners, those of a series once. The caller has locked them. */
export const answerInvitations = async (
  tx: Queryable,
  now: string | null,
  ids: readonly string[],
  response: Exclude<InvitationResponse, 'NONE'>,
): Promise<ParticipantRow[]> => (await tx.query(ANSWER, [now, ids, response])).map(({ row }) => row);
