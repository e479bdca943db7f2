import type { RuleScope } from '../../sql/rules/read-rule-book.js';
import { scopeExists } from '../../sql/rules/scope.js';
import type { Queryable } from '../../sql/statement.js';
import type { Viewer, ViewerCtx } from '../act.js';
import { type InvalidInput, invalidInput, type NotFound, notFound } from '../failure.js';
import { manageable, managesAll } from '../resources/manager-policy.js';

const PATH = ['input', 'scope'];

/** Whether the viewer may close that: managers and administrators anything, a resource's own managers that resource. */
export const mayClose = async (on: Queryable, viewer: Viewer, { resourceId }: RuleScope): Promise<boolean> =>
  managesAll(viewer) || (resourceId !== null && (await manageable(on, viewer, [resourceId])).has(resourceId));

/** Null says that it is one scope, that it exists, and that the viewer may close it. */
export async function checkClosing(
  on: Queryable,
  { viewer }: ViewerCtx,
  scope: RuleScope,
): Promise<InvalidInput | NotFound | null> {
  const named = [scope.resourceId, scope.typeId, scope.placeId].filter((id) => id !== null);
  if (named.length > 1) {
    return invalidInput(PATH, 'Name a resource, a type or a place, or none of them for the organisation.');
  }
  if (!(await mayClose(on, viewer, scope))) {
    return scope.resourceId !== null
      ? notFound(PATH, 'resource')
      : invalidInput(PATH, 'Only managers and administrators close more than a resource in their care.');
  }
  if (await scopeExists(on, scope)) return null;
  return notFound(PATH, scope.resourceId ? 'resource' : scope.typeId ? 'resource type' : 'place');
}
