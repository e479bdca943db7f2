import { NOW } from '../reservations/reservation-json.js';
import { type Queryable, statement } from '../statement.js';
import type { Language } from '../users/user-columns.js';
import type { AccountEvent, NotificationKind, ToldEvent } from './told-event.js';

/** What somebody was told. */
export interface NotificationRow {
  readonly node: 'Notification';
  readonly id: string;
  readonly userId: string;
  readonly kind: NotificationKind;
  readonly reservationId: string | null;
  /** Null of what was told in words. */
  readonly event: ToldEvent | AccountEvent | null;
  /** The words of what was told before events were kept. */
  readonly message: string | null;
  /** Of the person, by now. */
  readonly language: Language;
  readonly createdAt: string;
  readonly readAt: string | null;
}

const notificationJson = (n: string): string => `json_build_object(
  'node', 'Notification', 'id', ${n}.id, 'userId', ${n}.user_id, 'kind', ${n}.kind,
  'reservationId', ${n}.reservation_id, 'event', ${n}.event, 'message', ${n}.message,
  'language', (select language from app_user where id = ${n}.user_id), 'createdAt', ${n}.created_at,
  'readAt', ${n}.read_at)`;

const BY_IDS = statement<{ row: NotificationRow }>(
  'notifications-by-ids',
  `select ${notificationJson('n')} as row from notification n where n.user_id = $1 and n.id = any ($2::uuid[])`,
);

/** The user's notifications by id; those of others are missing from the map. */
export async function notificationsByIds(
  on: Queryable,
  userId: string,
  ids: readonly string[],
): Promise<Map<string, NotificationRow>> {
  const rows = await on.query(BY_IDS, [userId, ids]);
  return new Map(rows.map(({ row }) => [row.id, row]));
}

const PAGE = statement<{ row: NotificationRow }>(
  'notifications-page',
  `select ${notificationJson('n')} as row from notification n
   where n.user_id = $1 and ($2::uuid is null or n.id < $2) and (not $3::boolean or n.read_at is null)
   order by n.id desc limit $4`,
);

/**
 * Up to `limit` of the user's notifications, the newest first.
 * @param after the last id of the page before
 */
export async function notificationsPage(
  on: Queryable,
  userId: string,
  after: string | null,
  unreadOnly: boolean,
  limit: number,
): Promise<NotificationRow[]> {
  return (await on.query(PAGE, [userId, after, unreadOnly, limit])).map(({ row }) => row);
}

const RECENT = statement<{ row: NotificationRow }>(
  'notifications-recent',
  `select ${notificationJson('n')} as row from notification n
   where n.user_id = any ($2::uuid[]) and n.id >= uuid_from(${NOW} - $3 * interval '1 ms') order by n.id`,
);

/** The notifications of these people that are not older than that, the oldest first. */
export async function recentNotifications(
  on: Queryable,
  now: string | null,
  userIds: readonly string[],
  withinMs: number,
): Promise<NotificationRow[]> {
  return (await on.query(RECENT, [now, userIds, withinMs])).map(({ row }) => row);
}

const MARK_READ = statement<{ row: NotificationRow }>(
  'notifications-mark-read',
  `with seen as (
     update notification n set read_at = coalesce(n.read_at, date_trunc('milliseconds', ${NOW}))
     where n.user_id = $2 and n.id = any ($3::uuid[]) returning n.*
   )
   select ${notificationJson('seen')} as row from seen order by id desc`,
);

/** Marks those of the notifications that are the user's as read, and returns them; what was read before keeps its time. */
export async function markRead(
  on: Queryable,
  now: string | null,
  userId: string,
  ids: readonly string[],
): Promise<NotificationRow[]> {
  return (await on.query(MARK_READ, [now, userId, ids])).map(({ row }) => row);
}
