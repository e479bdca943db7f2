import { activeUsers, managedBy } from '../../sql/resources/resource-manager.js';
import type { Queryable } from '../../sql/statement.js';
import type { Viewer } from '../act.js';
import { type InvalidInput, invalidInput } from '../failure.js';

const MOST_MANAGERS = 20;
const PATH = ['input', 'managerIds'];

/** Managers and administrators manage every resource. */
export const managesAll = (viewer: Viewer): boolean =>
  viewer.role === 'ADMINISTRATOR' || viewer.role === 'MANAGER';

/** Which of the resources the viewer may change: all for managers and administrators, else those in their care. */
export const manageable = async (
  on: Queryable,
  viewer: Viewer,
  resourceIds: readonly string[],
): Promise<Set<string>> =>
  managesAll(viewer) ? new Set(resourceIds) : managedBy(on, viewer.userId, resourceIds);

/**
 * Null says that the viewer may make these users a resource's own managers: up to 20 active ones. Those who
 * manage a single resource do not hand that right on.
 */
export async function checkManagers(
  tx: Queryable,
  viewer: Viewer,
  userIds: readonly string[],
): Promise<InvalidInput | null> {
  if (!managesAll(viewer))
    return invalidInput(PATH, 'Only managers and administrators choose who manages a resource.');
  if (userIds.length > MOST_MANAGERS) {
    return invalidInput(PATH, `A resource has at most ${MOST_MANAGERS} managers of its own.`);
  }
  const active = await activeUsers(tx, userIds);
  return userIds.every((id) => active.has(id))
    ? null
    : invalidInput(PATH, 'Each manager must be an active user.');
}
