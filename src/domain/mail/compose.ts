import type { Mail, Mailer } from '../../ports/mailer.js';
import type { ClaimedMail } from '../../sql/mail/claim-mails.js';
import { globalId } from '../ids.js';
import { subjectOf } from '../notifications/tell.js';
import { calendarOf } from './calendar.js';
import { htmlOf, letterOf, textOf } from './letter.js';

/** The whole mail, in the language and to the address that the person has by now. */
export function composeMail({ row, to, language }: ClaimedMail, { domain, from }: Mailer): Mail {
  const { id, kind, event, createdAt } = row;
  const letter = letterOf(language, kind, event);
  return {
    messageId: `${globalId('Mail', id)}@${domain}`,
    to,
    subject: subjectOf(language, kind, event),
    text: textOf(letter),
    html: htmlOf(letter),
    calendar: calendarOf(event, createdAt, to, from),
  };
}
