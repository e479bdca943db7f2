import { missingNames } from '../../sql/rules/read-rules.js';
import type { Queryable } from '../../sql/statement.js';
import { type InvalidInput, invalidInput } from '../failure.js';
import { type RuleContent, SETTINGS_FIELD } from './rule-policy.js';

/** The groups and trainings that a rule names, each with the field that names it. */
function namedBy({ kind, settings }: RuleContent) {
  if (kind === 'QUOTA' && settings?.groupId) {
    return { groupField: 'groupId', groupIds: [settings.groupId], trainingIds: [] };
  }
  if (kind === 'ACCESS' && settings) {
    return { groupField: 'groupIds', groupIds: settings.groupIds ?? [], trainingIds: settings.trainingIds };
  }
  return null;
}

/** Null says that every group and training that the rule names exists. */
export async function checkNames(on: Queryable, content: RuleContent): Promise<InvalidInput | null> {
  const named = namedBy(content);
  if (!named || named.groupIds.length + named.trainingIds.length === 0) return null;
  const missing = await missingNames(on, named.groupIds, named.trainingIds);
  const path = ['input', SETTINGS_FIELD[content.kind]];
  if (missing.groupIds.length > 0)
    return invalidInput([...path, named.groupField], 'There is no such group.');
  if (missing.trainingIds.length > 0)
    return invalidInput([...path, 'trainingIds'], 'There is no such training.');
  return null;
}
