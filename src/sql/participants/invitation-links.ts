import type { ToldReservation } from '../notifications/told-event.js';
import { NOW, stateOf } from '../reservations/reservation-json.js';
import { type Queryable, statement } from '../statement.js';
import type { Language } from '../users/user-columns.js';

const KEEP = statement<{ kept: boolean }>(
  'keep-invitation-link',
  `insert into invitation_link (token_hash, participant_id, created_at)
   select $3, p.id, ${NOW} from participant p where p.id = $2::uuid returning true as kept`,
);

/** Remembers a link of that guest by the hash of its token; false where the guest is invited no longer. */
export const keepInvitationLink = async (
  on: Queryable,
  now: string | null,
  participantId: string,
  tokenHash: Buffer,
): Promise<boolean> => (await on.query(KEEP, [now, participantId, tokenHash])).length > 0;

/** What a guest is shown of an invitation: no more than they need to answer. */
export interface ShownInvitation
  extends Pick<ToldReservation, 'title' | 'state' | 'startsAt' | 'endsAt' | 'version'> {
  readonly response: 'NONE' | 'ACCEPTED' | 'DECLINED' | 'TENTATIVE';
  readonly isOver: boolean;
  readonly organizer: string;
  readonly resources: ToldReservation['resources'];
  readonly timeZone: string;
  readonly language: Language;
}

const SHOW = statement<{ shown: ShownInvitation }>(
  'show-invitation',
  `select json_build_object('title', v.title, 'state', ${stateOf('v', NOW)}, 'startsAt', v.starts_at, 'endsAt', v.ends_at,
     'version', v.version, 'response', p.response, 'isOver', v.ends_at <= ${NOW}, 'organizer', o.name,
     'resources', x.resources, 'timeZone', coalesce(x.time_zone, v.time_zone, 'UTC'), 'language', i.language) as shown
   from invitation_link l
   join participant p on p.id = l.participant_id
   join reservation v on v.id = p.reservation_id
   join app_user o on o.id = v.owner_id
   join app_user i on i.id = p.inviter_id
   cross join lateral (
     select coalesce(json_agg(json_build_object('name', r.name, 'place', pl.name, 'quantity', c.quantity)
       order by c.resource_id), '[]') as resources, (array_agg(r.time_zone order by c.resource_id))[1] as time_zone
     from claim c join resource r on r.id = c.resource_id join place pl on pl.id = r.place_id
     where c.reservation_id = v.id and c.kind = 'OWN') x
   where l.token_hash = $2`,
);

/** The invitation behind a link; null where there is none, or none any more. */
export const showInvitation = async (
  on: Queryable,
  now: string | null,
  tokenHash: Buffer,
): Promise<ShownInvitation | null> => (await on.query(SHOW, [now, tokenHash]))[0]?.shown ?? null;
