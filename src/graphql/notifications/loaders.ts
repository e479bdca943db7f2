import { readNotifications } from '../../domain/notifications/notification-reader.js';
import { defineLoader } from '../loader.js';

/** The viewer's own only. */
export const notificationById = defineLoader(readNotifications);
