import type { RuleScope } from '../../sql/rules/read-rule-book.js';
import { scopeExists } from '../../sql/rules/scope.js';
import type { Queryable } from '../../sql/statement.js';
import type { Viewer, ViewerCtx } from '../act.js';
import { type InvalidInput, invalidInput, type NotFound, notFound } from '../failure.js';
import { managesScope } from '../resources/manager-policy.js';

const PATH = ['input', 'scope'];

/** Whether the viewer may close that: managers and administrators anything, others the resources and places in their care. */
export const mayClose = (on: Queryable, viewer: Viewer, scope: RuleScope): Promise<boolean> =>
  managesScope(on, viewer, scope);

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
      : invalidInput(
          PATH,
          'Only managers and administrators close more than a resource or a place in their care.',
        );
  }
  if (await scopeExists(on, scope)) return null;
  return notFound(PATH, scope.resourceId ? 'resource' : scope.typeId ? 'resource type' : 'place');
}
