import { NOW } from '../reservations/reservation-json.js';
import { type Queryable, statement } from '../statement.js';
import { MAILS } from './tell.js';
import type { AccountKind } from './told-event.js';

/** The person's own zone is kept with the event: no resource lends it one. */
const TELL = statement<never>(
  'tell-person',
  `with told as materialized (
     select u.id as user_id, date_trunc('milliseconds', ${NOW}) as at, jsonb_build_object('actor', a.name,
       'address', $5::text, 'what', $6::text, 'at', date_trunc('milliseconds', ${NOW}), 'timeZone', u.time_zone)
       || case when $7::uuid is null then '{}' else jsonb_build_object('aboutId', $7) end as event
     from app_user u left join app_user a on a.id = $4 and a.id <> u.id
     where u.id = $2 and u.active
   ), mailed as (
     insert into mail (id, user_id, kind, event, created_at, next_at)
     select uuid_at(at), user_id, $3, event, at, at from told where ${MAILS('at')}
   )
   insert into notification (id, user_id, kind, event, created_at) select uuid_at(at), user_id, $3, event, at from told`,
);

export interface AccountNews {
  readonly userId: string;
  readonly kind: AccountKind;
  readonly actorId: string | null;
  /** Where it was done from. */
  readonly address: string | null;
  /** What it is about, such as the name of a passkey. */
  readonly what: string | null;
  /** The person whom `what` names: erasing them takes out what was told. */
  readonly aboutId?: string;
}

/** Tells a person in the app and by mail what has happened to their account, whatever they have chosen to be told of. */
export async function tellPerson(tx: Queryable, now: string | null, news: AccountNews): Promise<void> {
  const { userId, kind, actorId, address, what, aboutId = null } = news;
  await tx.query(TELL, [now, userId, kind, actorId, address, what, aboutId]);
}
