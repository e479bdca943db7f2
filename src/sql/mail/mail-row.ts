import type { AccountEvent, NotificationKind, ToldEvent } from '../notifications/told-event.js';
import type { Language } from '../users/user-columns.js';

/** One event for one person, and what has become of it: bare uuids, instants as JSON text in UTC. */
export interface MailRow {
  readonly node: 'Mail';
  readonly id: string;
  /** Null where it is for a guest, who has no account. */
  readonly userId: string | null;
  /** The guest whose answer it asks for; null once the invitation is gone, and for others. */
  readonly participantId: string | null;
  /** Of the person, by now; of a guest that of whoever has invited them. */
  readonly language: Language;
  readonly kind: NotificationKind;
  readonly event: ToldEvent | AccountEvent;
  readonly createdAt: string;
  /** Finished ones since it was written or resent. */
  readonly attempts: number;
  /** When it is tried next; null: it is settled. */
  readonly nextAt: string | null;
  readonly sentAt: string | null;
  readonly lastAt: string | null;
  readonly lastError: string | null;
}

/** SQL that prints mail `m`, a row of the table, to person `u`, who is not there for a guest, as a MailRow. */
export const mailJson = (m: string, u: string): string => `json_build_object(
  'node', 'Mail', 'id', ${m}.id, 'userId', ${m}.user_id, 'participantId', ${m}.participant_id,
  'language', coalesce(${m}.language, ${u}.language), 'kind', ${m}.kind,
  'event', mail_event(${m}), 'createdAt', ${m}.created_at, 'attempts', ${m}.attempts, 'nextAt', ${m}.next_at,
  'sentAt', ${m}.sent_at, 'lastAt', ${m}.last_at, 'lastError', ${m}.last_error)`;
