import type { RuleScope } from '../../sql/rules/read-rule-book.js';
import type { Queryable } from '../../sql/statement.js';
import type { Viewer } from '../act.js';
import { type InvalidInput, invalidInput, type NotFound, notFound } from '../failure.js';
import { manageable, managesAll } from '../resources/manager-policy.js';
import type { RuleKind } from './rule.js';
import { SETTINGS_FIELD } from './rule-policy.js';

const PATH = ['input', 'scope'];

/** Fair shares, who is let near a thing and who approves are promises of the organisation: a nearer rule would lift them. */
const OF_ORGANISATION: ReadonlySet<RuleKind> = new Set(['QUOTA', 'ACCESS', 'APPROVAL', 'TERMS']);

/**
 * Whether the viewer may make and remove rules of the kind there: managers and administrators all of them, a
 * resource's own managers those for the resource, but for quotas, access, approvals and terms.
 * @param manages whether the viewer manages a resource
 */
export const mayRule = async (
  viewer: Viewer,
  { resourceId }: RuleScope,
  kind: RuleKind,
  manages: (resourceId: string) => Promise<boolean>,
): Promise<boolean> =>
  managesAll(viewer) || (resourceId !== null && !OF_ORGANISATION.has(kind) && (await manages(resourceId)));

/** Null says that the viewer may: see mayRule. A resource that is not in their care looks as if it were not there. */
export async function checkRuling(
  on: Queryable,
  viewer: Viewer,
  scope: RuleScope,
  kind: RuleKind,
): Promise<InvalidInput | NotFound | null> {
  const manages = async (resourceId: string) => (await manageable(on, viewer, [resourceId])).has(resourceId);
  if (await mayRule(viewer, scope, kind, manages)) return null;
  if (scope.resourceId === null) {
    const message = 'Only managers and administrators make rules for more than a resource in their care.';
    return invalidInput(PATH, message);
  }
  if (!(await manages(scope.resourceId))) return notFound(PATH, 'resource');
  const message = 'Only managers and administrators set quotas, and say who may reserve and who approves.';
  return invalidInput(['input', SETTINGS_FIELD[kind]], message);
}
