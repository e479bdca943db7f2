import type { Mail, Mailer } from '../../ports/mailer.js';
import type { ClaimedMail } from '../../sql/mail/claim-mails.js';
import { isAboutAccount, isDigest, type NotificationKind } from '../../sql/notifications/told-event.js';
import { globalId } from '../ids.js';
import { subjectOf } from '../notifications/tell.js';
import { calendarOf } from './calendar.js';
import { digestHtml, digestLetter, digestText } from './digest-letter.js';
import { htmlOf, letterOf, textOf } from './letter.js';

/** What is still undecided is in nobody's calendar, and what somebody answers changes no calendar of the owner. */
const WITHOUT_CALENDAR: readonly NotificationKind[] = [
  'APPROVAL_ASKED_BACK',
  'APPROVAL_ASKED',
  'APPROVAL_REMINDED',
  'APPROVAL_ESCALATED',
  'APPROVAL_ANSWERED',
  'INVITATION_ANSWERED',
  'COMMENTED',
];

/**
 * The whole mail, in the language and to the address that the person has by now.
 * @param url where a guest answers, or an owner checks in; null where that is nowhere
 */
export function composeMail(
  { row, to, language }: ClaimedMail,
  { domain, from }: Mailer,
  url: string | null,
): Mail {
  const { id, kind, event, createdAt } = row;
  const head = {
    messageId: `${globalId('Mail', id)}@${domain}`,
    to,
    subject: subjectOf(language, kind, event),
  };
  if (isDigest(event)) {
    const letter = digestLetter(language, event);
    return { ...head, text: digestText(letter), html: digestHtml(letter), calendar: null };
  }
  const letter = letterOf(language, kind, event, row.userId === null ? { url } : null, url);
  return {
    ...head,
    text: textOf(letter),
    html: htmlOf(letter),
    calendar:
      isAboutAccount(event) || WITHOUT_CALENDAR.includes(kind)
        ? null
        : calendarOf(kind, event, createdAt, to, from),
  };
}
