import { type Queryable, statement } from '../statement.js';
import { type MailRow, mailJson } from './mail-row.js';

/** PENDING: to be tried, again or for the first time. FAILED: given up. COLLECTED: goes, or went, with a digest. */
export type MailStatus = 'PENDING' | 'SENT' | 'FAILED' | 'COLLECTED';

const BY_IDS = statement<{ row: MailRow }>(
  'mails-by-ids',
  `select ${mailJson('m', 'u')} as row from mail m left join app_user u on u.id = m.user_id where m.id = any ($1::uuid[])`,
);

/** The mails by id; those that do not exist are missing from the map. */
export async function mailsByIds(on: Queryable, ids: readonly string[]): Promise<Map<string, MailRow>> {
  const rows = await on.query(BY_IDS, [ids]);
  return new Map(rows.map(({ row }) => [row.id, row]));
}

const PAGE = (
  status: string,
) => `select ${mailJson('m', 'u')} as row from mail m left join app_user u on u.id = m.user_id
   where ($1::uuid is null or m.id < $1) and ${status} order by m.id desc limit $2`;

/** One for each status, so that the indexes of what is due and what has failed serve where they can. */
const PAGES = {
  ALL: statement<{ row: MailRow }>('mails-page', PAGE('true')),
  PENDING: statement<{ row: MailRow }>(
    'mails-page-pending',
    PAGE('m.sent_at is null and m.next_at is not null'),
  ),
  SENT: statement<{ row: MailRow }>('mails-page-sent', PAGE('m.sent_at is not null')),
  FAILED: statement<{ row: MailRow }>(
    'mails-page-failed',
    PAGE('m.sent_at is null and m.next_at is null and m.collected_at is null'),
  ),
  COLLECTED: statement<{ row: MailRow }>('mails-page-collected', PAGE('m.collected_at is not null')),
};

/**
 * Up to `limit` mails, the newest first.
 * @param after the last id of the page before
 */
export async function mailPage(
  on: Queryable,
  after: string | null,
  status: MailStatus | null,
  limit: number,
): Promise<MailRow[]> {
  return (await on.query(PAGES[status ?? 'ALL'], [after, limit])).map(({ row }) => row);
}
