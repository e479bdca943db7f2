import { type NotificationRow, markRead as write } from '../../sql/notifications/read-notifications.js';
import type { ViewerCtx } from '../act.js';
import { type InvalidInput, invalidInput } from '../failure.js';

const MOST_IDS = 200;

/**
 * Marks up to 200 of the viewer's own as read, from now on or from when they were before. Those of others are left
 * alone and missing from the answer.
 */
export async function markRead(
  { db, clock, viewer }: ViewerCtx,
  ids: readonly string[],
): Promise<NotificationRow[] | InvalidInput> {
  if (ids.length > MOST_IDS) return invalidInput(['input', 'ids'], `Name at most ${MOST_IDS} notifications.`);
  return write(db, clock.fixed(), viewer.userId, ids);
}
