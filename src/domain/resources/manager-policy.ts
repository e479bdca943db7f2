import { type Caretakers, existingGroups, NOBODY, placesManagedBy } from '../../sql/resources/caretakers.js';
import { activeUsers, managedBy } from '../../sql/resources/resource-manager.js';
import type { Queryable } from '../../sql/statement.js';
import type { Viewer } from '../act.js';
import { type InvalidInput, invalidInput } from '../failure.js';

const MOST_MANAGERS = 20;

/** Who is to look after a resource or a place, as people choose it; what is left out stays. */
export interface CaretakerChoice {
  readonly managerIds?: readonly string[] | null | undefined;
  readonly managerGroupIds?: readonly string[] | null | undefined;
}

/** What two of them come to: what is chosen, and of the rest what there was. In the order of ids, each once. */
export const chosenCaretakers = (
  { managerIds, managerGroupIds }: CaretakerChoice,
  { userIds, groupIds }: Caretakers = NOBODY,
): { readonly managerIds: readonly string[]; readonly managerGroupIds: readonly string[] } => ({
  managerIds: [...new Set(managerIds ?? userIds)].sort(),
  managerGroupIds: [...new Set(managerGroupIds ?? groupIds)].sort(),
});

/** Whether a change is about who looks after it. */
export const rechosen = ({ managerIds, managerGroupIds }: CaretakerChoice): boolean =>
  managerIds != null || managerGroupIds != null;

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

/** The same of places: whoever looks after one does so with all that lies below it. */
export const manageablePlaces = async (
  on: Queryable,
  viewer: Viewer,
  placeIds: readonly string[],
): Promise<Set<string>> =>
  managesAll(viewer) ? new Set(placeIds) : placesManagedBy(on, viewer.userId, placeIds);

/**
 * Whether the viewer looks after what a rule or a closure is for: one resource, or one place with all in it.
 * Of types and of the organisation nobody does but managers and administrators.
 */
export const managesScope = async (
  on: Queryable,
  viewer: Viewer,
  { resourceId, placeId }: { readonly resourceId: string | null; readonly placeId: string | null },
): Promise<boolean> => {
  if (managesAll(viewer)) return true;
  if (resourceId !== null) return (await manageable(on, viewer, [resourceId])).has(resourceId);
  return placeId !== null && (await manageablePlaces(on, viewer, [placeId])).has(placeId);
};

/**
 * Null says that the viewer may have these look after a resource or a place: up to 20 active users, and up to 20 groups.
 * Those who look after something do not hand that right on.
 */
export async function checkManagers(
  tx: Queryable,
  viewer: Viewer,
  choice: CaretakerChoice,
): Promise<InvalidInput | null> {
  const managerIds = choice.managerIds ?? [];
  const managerGroupIds = choice.managerGroupIds ?? [];
  const people = ['input', 'managerIds'];
  const groups = ['input', 'managerGroupIds'];
  if (!managesAll(viewer)) {
    const message = 'Only managers and administrators choose who looks after it.';
    return invalidInput(choice.managerIds ? people : groups, message);
  }
  if (managerIds.length > MOST_MANAGERS) {
    return invalidInput(people, `At most ${MOST_MANAGERS} people are named to look after one.`);
  }
  if (managerGroupIds.length > MOST_MANAGERS) {
    return invalidInput(groups, `At most ${MOST_MANAGERS} groups are named to look after one.`);
  }
  const active = await activeUsers(tx, managerIds);
  if (!managerIds.every((id) => active.has(id)))
    return invalidInput(people, 'Each manager must be an active user.');
  const there = await existingGroups(tx, managerGroupIds);
  return managerGroupIds.every((id) => there.has(id))
    ? null
    : invalidInput(groups, 'There is no such group.');
}
