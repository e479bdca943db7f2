import { NOW } from '../reservations/reservation-json.js';
import { type Queryable, statement } from '../statement.js';
import { type MailRow, mailJson } from './mail-row.js';

/** One that is being sent this moment stays with who sends it, and one that was collected with its digest. */
const RESEND = statement<{ row: MailRow }>(
  'mail-resend',
  `with resent as (
    update mail set attempts = 0, lease = null, sent_at = null, next_at = date_trunc('milliseconds', ${NOW})
    where id = $2 and collected_at is null and (lease is null or next_at <= ${NOW}) returning mail as mail
  )
  select ${mailJson('(r.mail)', 'u')} as row from resent r left join app_user u on u.id = (r.mail).user_id`,
);

/** Makes the mail due now, with all its attempts before it; null where it is gone, goes with a digest, or is being sent this moment. */
export async function resendMail(tx: Queryable, now: string | null, id: string): Promise<MailRow | null> {
  return (await tx.query(RESEND, [now, id]))[0]?.row ?? null;
}

const PRUNE = statement<{ pruned: number }>(
  'prune-mails',
  `with old as materialized (
    select id from mail
    where id < uuid_from(${NOW} - $2 * interval '1 day') and next_at is null
      and last_at < ${NOW} - $2 * interval '1 day'
    order by id limit $3::integer for update skip locked
  ), gone as (
    delete from mail m using old where m.id = old.id returning 1
  )
  select count(*)::integer as pruned from gone`,
);

/** Removes up to `limit` mails that were settled so many days ago; returns how many. */
export async function pruneMails(
  on: Queryable,
  now: string | null,
  historyDays: number,
  limit: number,
): Promise<number> {
  return (await on.query(PRUNE, [now, historyDays, limit]))[0]?.pruned ?? 0;
}
