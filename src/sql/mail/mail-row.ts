import type { MailEvent, NotificationKind } from '../notifications/told-event.js';
import type { Language } from '../users/user-columns.js';

/** One event, or a digest of several, for one person, and what has become of it: bare uuids, instants as JSON text in UTC. */
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
  readonly event: MailEvent;
  readonly createdAt: string;
  /** Finished ones since it was written or resent. */
  readonly attempts: number;
  /** When it is tried next; null: it is settled. */
  readonly nextAt: string | null;
  readonly sentAt: string | null;
  /** Since when it waits for a digest, or had waited: it is not sent by itself; null for others. */
  readonly collectedAt: string | null;
  readonly lastAt: string | null;
  readonly lastError: string | null;
}

/** SQL that prints mail `m`, a row of the table, to person `u`, who is not there for a guest, as a MailRow. */
export const mailJson = (m: string, u: string): string => `json_build_object(
  'node', 'Mail', 'id', ${m}.id, 'userId', ${m}.user_id, 'participantId', ${m}.participant_id,
  'language', coalesce(${m}.language, ${u}.language), 'kind', ${m}.kind,
  'event', case ${m}.kind when 'DIGEST' then ${m}.event || jsonb_build_object('news', (
    select coalesce(jsonb_agg(jsonb_build_object('kind', n.kind, 'event', n.event) order by n.created_at,
      (n.event #>> '{reservations,0,version}')::integer, n.id), '[]')
    from mail n where n.digest_id = ${m}.id)) else mail_event(${m}) end,
  'createdAt', ${m}.created_at, 'attempts', ${m}.attempts, 'nextAt', ${m}.next_at,
  'sentAt', ${m}.sent_at, 'collectedAt', ${m}.collected_at, 'lastAt', ${m}.last_at, 'lastError', ${m}.last_error)`;
