import { NOW } from '../reservations/reservation-json.js';
import { type Queryable, statement } from '../statement.js';
import { type ParticipantRow, participantJson } from './participant-row.js';

/** Somebody to invite: a user, or a guest by address and name. */
export interface Invitee {
  readonly userId: string | null;
  readonly email: string | null;
  readonly name: string | null;
}

const PEOPLE = statement<{ id: string; email: string }>(
  'people-to-invite',
  `select id, email from app_user where active and (id = any ($1::uuid[]) or email = any ($2::text[]))`,
);

/** The active users of these ids and addresses. */
export const peopleToInvite = (
  on: Queryable,
  ids: readonly string[],
  emails: readonly string[],
): Promise<{ id: string; email: string }[]> => on.query(PEOPLE, [ids, emails]);

const INVITE = statement<{ row: ParticipantRow }>(
  'invite',
  `with made as (
    insert into participant (id, reservation_id, user_id, email, name, inviter_id, created_at)
    select uuid_at(clock.at), v.id, w."userId", w.email, w.name, $4::uuid, clock.at
    from reservation v
    cross join jsonb_to_recordset($3::jsonb) as w ("userId" uuid, email text, name text)
    cross join date_trunc('milliseconds', ${NOW}) as clock (at)
    where v.id = any ($2::uuid[]) and w."userId" is distinct from v.owner_id
    on conflict do nothing
    returning *
  )
  select ${participantJson('made')} as row from made order by reservation_id, id`,
);

/** Invites all of them to all of these reservations and returns who is new; owners take part anyway. The caller has locked them. */
export const invite = async (
  tx: Queryable,
  now: string | null,
  reservationIds: readonly string[],
  invitees: readonly Invitee[],
  inviterId: string,
): Promise<ParticipantRow[]> => {
  const values = [now, reservationIds, JSON.stringify(invitees), inviterId];
  return (await tx.query(INVITE, values)).map(({ row }) => row);
};

/** How many there are of one reservation, and how many it seats; null where not all of its resources say. */
export interface Crowd {
  readonly reservationId: string;
  /** Who is invited, whatever they have answered. */
  readonly invited: number;
  /** Who comes, with the owner. */
  readonly people: number;
  readonly seats: number | null;
}

const CROWDS = statement<Crowd>(
  'participant-crowds',
  `select v.id as "reservationId",
     (select count(*)::integer from participant p where p.reservation_id = v.id) as invited,
     (select count(*)::integer + 1 from participant p where p.reservation_id = v.id and p.response <> 'DECLINED') as people,
     (select case when count(r.seats) = count(*) then sum(r.seats)::integer end
      from claim c join resource r on r.id = c.resource_id
      where c.reservation_id = v.id and c.kind = 'OWN' and not r.pooled) as seats
   from reservation v where v.id = any ($1::uuid[])`,
);

/** How many are invited to each reservation, and how many come: who has declined is left out. */
export const crowdsOf = (tx: Queryable, reservationIds: readonly string[]): Promise<Crowd[]> =>
  tx.query(CROWDS, [reservationIds]);

const TELL = statement<never>(
  'tell-company',
  `select tell_company($2::uuid[], $3::uuid[], $4,
     exists (select from mail_relay where seen_at > ${NOW} - interval '7 days'))`,
);

/** Tells participants what the entries of the audit are to them, in the app and by mail. */
export async function tellCompany(
  tx: Queryable,
  now: string | null,
  auditIds: readonly string[],
  participantIds: readonly string[],
  what: 'INVITED' | 'UNINVITED',
): Promise<void> {
  await tx.query(TELL, [now, auditIds, participantIds, what]);
}
