import type { MailParts } from '../../src/domain/mail/send-mail.js';
import { relaySeen } from '../../src/sql/mail/claim-mails.js';
import { type MailRow, mailJson } from '../../src/sql/mail/mail-row.js';
import { type Database, statement } from '../../src/sql/statement.js';
import { Mails } from '../../src/sweeper/mails.js';
import type { TestCtx } from './ctx.js';
import { mailerTo, type PostOffice } from './post-office.js';

const ALL = statement<{ row: MailRow }>(
  'kit-mails',
  `select ${mailJson('m', 'u')} as row from mail m left join app_user u on u.id = m.user_id
   where $1::uuid is null or m.user_id = $1 order by m.created_at, m.id`,
);

/** The mails to the person, or to everybody, from the first to the last, whatever became of them. */
export const mailsTo = async (
  db: Database,
  person: { readonly id: string } | null = null,
): Promise<MailRow[]> => (await db.query(ALL, [person?.id ?? null])).map(({ row }) => row);

/** As if a sweeper that sends mails were there by this clock: from now on they are written. */
export const withRelay = ({ db, clock }: TestCtx): Promise<void> => relaySeen(db, clock.fixed());

/** What a sweeper of its own sends with. */
export const mailParts = (ctx: TestCtx, office: Pick<PostOffice, 'port'>, timeoutMs = 5_000): MailParts => ({
  db: ctx.db,
  clock: ctx.clock,
  log: ctx.log,
  mailer: mailerTo(office, { timeoutMs }),
  publicUrl: 'https://rooms.example.com',
});

/** One round of a sweeper. */
export const sendDue = (parts: MailParts): Promise<void> => new Mails(parts).round();
