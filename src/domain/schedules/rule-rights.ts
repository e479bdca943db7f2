import type { RuleScope } from '../../sql/rules/read-rule-book.js';
import type { Queryable } from '../../sql/statement.js';
import type { Viewer } from '../act.js';
import { type InvalidInput, invalidInput, type NotFound, notFound } from '../failure.js';
import { managesAll, managesScope } from '../resources/manager-policy.js';
import type { RuleKind } from './rule.js';
import { SETTINGS_FIELD } from './rule-policy.js';

const PATH = ['input', 'scope'];

/** Fair shares, who is let near a thing and who approves are promises of the organisation: a nearer rule would lift them. */
const OF_ORGANISATION: ReadonlySet<RuleKind> = new Set(['QUOTA', 'ACCESS', 'APPROVAL', 'TERMS']);

/**
 * Whether the viewer may make and remove rules of the kind there: managers and administrators all of them, others those for
 * the resources and places in their care, but for quotas, access, approvals and terms.
 * @param manages whether the viewer looks after what the rule is for
 */
export const mayRule = async (
  viewer: Viewer,
  kind: RuleKind,
  manages: () => Promise<boolean>,
): Promise<boolean> => managesAll(viewer) || (!OF_ORGANISATION.has(kind) && (await manages()));

/** Null says that the viewer may: see mayRule. A resource that is not in their care looks as if it were not there. */
export async function checkRuling(
  on: Queryable,
  viewer: Viewer,
  scope: RuleScope,
  kind: RuleKind,
): Promise<InvalidInput | NotFound | null> {
  const manages = () => managesScope(on, viewer, scope);
  if (await mayRule(viewer, kind, manages)) return null;
  if (!(await manages())) {
    if (scope.resourceId !== null) return notFound(PATH, 'resource');
    const message =
      'Only managers and administrators make rules for more than a resource or a place in their care.';
    return invalidInput(PATH, message);
  }
  const message = 'Only managers and administrators set quotas, and say who may reserve and who approves.';
  return invalidInput(['input', SETTINGS_FIELD[kind]], message);
}
