import { NOW } from '../reservations/reservation-json.js';
import { type Queryable, statement } from '../statement.js';
import type { Language } from '../users/user-columns.js';
import { type MailRow, mailJson } from './mail-row.js';

/** A mail that this caller alone may send while its lease lasts. */
export interface ClaimedMail {
  readonly row: MailRow;
  /** The token that settles it; it counts no more once another has taken over. */
  readonly lease: string;
  readonly to: { readonly name: string; readonly address: string };
  readonly language: Language;
}

/**
 * As claim-deliveries: the row lock gives each mail to one of any number of sweepers and lasts only for this
 * statement; what keeps others away while it is sent is next_at, which stands at the end of the lease. What is for
 * somebody who has left is given up.
 */
const CLAIM = statement<ClaimedMail>(
  'claim-mails',
  `with gone as (
    update mail m set next_at = null, last_error = 'The person is no longer active.'
    from app_user u where u.id = m.user_id and not u.active and m.next_at <= ${NOW}
  ), due as materialized (
    select m.id from mail m left join app_user u on u.id = m.user_id
    where (u.active or m.user_id is null) and m.next_at <= ${NOW} order by m.next_at limit $2 for update of m skip locked
  ), taken as (
    update mail m set event = mail_event(m), lease = gen_random_uuid(), next_at = ${NOW} + $3 * interval '1 ms'
    from due where m.id = due.id returning m as mail
  )
  select ${mailJson('(t.mail)', 'u')} as row, (t.mail).lease, json_build_object('name', coalesce((t.mail).name, u.name),
      'address', coalesce((t.mail).email, u.email)) as "to",
    coalesce((t.mail).language, u.language) as language
  from taken t left join app_user u on u.id = (t.mail).user_id order by (t.mail).id`,
);

/** Claims up to `limit` due mails for `leaseMs`, the longest due first. */
export const claimMails = (
  on: Queryable,
  now: string | null,
  limit: number,
  leaseMs: number,
): Promise<ClaimedMail[]> => on.query(CLAIM, [now, limit, leaseMs]);

const SEEN = statement<never>(
  'mail-relay-seen',
  `insert into mail_relay (seen_at) values (${NOW})
   on conflict (one) do update set seen_at = excluded.seen_at
   where mail_relay.seen_at < excluded.seen_at - interval '1 minute'`,
);

/** Says that somebody is there who sends mails: from now on, and until a week after the last such word, they are written. */
export async function relaySeen(on: Queryable, now: string | null): Promise<void> {
  await on.query(SEEN, [now]);
}
