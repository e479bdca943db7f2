import type { Clock } from '../../ports/clock.js';
import type { Log } from '../../ports/log.js';
import type { Mailed, Mailer } from '../../ports/mailer.js';
import { asksCheckIn } from '../../sql/mail/asks-check-in.js';
import type { ClaimedMail } from '../../sql/mail/claim-mails.js';
import { settleMail } from '../../sql/mail/settle-mail.js';
import { isAboutAccount, isDigest, type NotificationKind } from '../../sql/notifications/told-event.js';
import { keepInvitationLink } from '../../sql/participants/invitation-links.js';
import type { Database } from '../../sql/statement.js';
import { globalId } from '../ids.js';
import { isGone } from '../notifications/tell.js';
import { invitationPath, invitationTokenHash, newInvitationToken } from '../participants/invitation-token.js';
import { RESERVATION_PATH } from '../presence/door-links.js';
import { composeMail } from './compose.js';

export interface MailParts {
  readonly db: Database;
  readonly clock: Clock;
  readonly log: Log;
  readonly mailer: Mailer;
  /** What people reach the server under, for links in mails; null: there are none. */
  readonly publicUrl: string | null;
}

const FIRST_WAIT_MS = 30_000;
const LONGEST_WAIT_MS = 6 * 3_600_000;
/** Over some 62 hours: a server that is down for a weekend loses nothing. */
export const MOST_ATTEMPTS = 20;

/** How long to wait behind that many attempts: twice as long each time, up to 6 h. Null: there is no other. */
export const waitAfter = (attempts: number): number | null =>
  attempts < MOST_ATTEMPTS ? Math.min(FIRST_WAIT_MS * 2 ** (attempts - 1), LONGEST_WAIT_MS) : null;

/** What tells an owner of something that will have to be checked in to. */
const WITH_CHECK_IN: readonly NotificationKind[] = [
  'RESERVED',
  'RESERVED_FOR_YOU',
  'APPROVED',
  'MOVED',
  'REMINDER',
];

/** Where the owner checks in, who signs in there; null where nobody has to. */
async function checkInLink(
  { db, clock, publicUrl }: MailParts,
  { row }: ClaimedMail,
): Promise<string | null> {
  const { kind, event } = row;
  if (publicUrl === null || !WITH_CHECK_IN.includes(kind)) return null;
  if (isAboutAccount(event) || isDigest(event)) return null;
  if (!event.isOwn || event.count > 1) return null;
  const { id } = event.reservations[0];
  if (!(await asksCheckIn(db, clock.fixed(), id))) return null;
  return `${publicUrl}${RESERVATION_PATH}${globalId('Reservation', id)}`;
}

/** Where the guest answers, by a link that this mail alone has; null where nobody waits for an answer. */
async function linkFor({ db, clock, publicUrl }: MailParts, { row }: ClaimedMail): Promise<string | null> {
  const { participantId, kind, event } = row;
  if (publicUrl === null || participantId === null || isAboutAccount(event) || isDigest(event)) return null;
  if (kind === 'UNINVITED' || isGone(event)) return null;
  const token = newInvitationToken();
  const hash = invitationTokenHash(token) as Buffer;
  const isKept = await keepInvitationLink(db, clock.fixed(), participantId, hash);
  return isKept ? `${publicUrl}${invitationPath(token)}` : null;
}

const linkIn = (parts: MailParts, claimed: ClaimedMail): Promise<string | null> =>
  claimed.row.userId === null ? linkFor(parts, claimed) : checkInLink(parts, claimed);

/**
 * Sends a claimed mail once and writes down how that has ended: sent, to be tried again after a while, or given up.
 * Where the process dies between the server's answer and the writing down, or the answer is lost, the mail goes
 * again under the same Message-ID. Where the lease had run out and another took over, nothing is written.
 * @returns what the mail server has said
 */
export async function sendMail(parts: MailParts, claimed: ClaimedMail): Promise<Mailed> {
  const { db, clock, log, mailer } = parts;
  const mailed = await mailer.send(composeMail(claimed, mailer, await linkIn(parts, claimed)));
  const { id, attempts } = claimed.row;
  const waitMs = mailed.kind === 'FAILED' ? waitAfter(attempts + 1) : null;
  const isSent = mailed.kind === 'ACCEPTED';
  const error = isSent ? null : mailed.message;
  await settleMail(db, clock.fixed(), { id, lease: claimed.lease, isSent, error, waitMs });
  if (!isSent && waitMs === null) log.warn({ mailId: id, error }, 'gave a mail up');
  return mailed;
}
