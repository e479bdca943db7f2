import {
  type NotificationRow,
  notificationsByIds,
  notificationsPage,
} from '../../sql/notifications/read-notifications.js';
import type { Ctx, ViewerCtx } from '../act.js';

/** The viewer's own notifications by id, for a loader; those of others are missing. */
export const readNotifications = async (
  { db, viewer }: Ctx,
  ids: readonly string[],
): Promise<Map<string, NotificationRow>> =>
  viewer ? notificationsByIds(db, viewer.userId, ids) : new Map<string, NotificationRow>();

/**
 * Up to `limit` of the viewer's own, the newest first.
 * @param after the last id of the page before
 */
export const readNotificationPage = (
  { db, viewer }: ViewerCtx,
  after: string | null,
  unreadOnly: boolean,
  limit: number,
): Promise<NotificationRow[]> => notificationsPage(db, viewer.userId, after, unreadOnly, limit);
