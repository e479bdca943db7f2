import { missingNames } from '../../sql/rules/read-rules.js';
import type { Queryable } from '../../sql/statement.js';
import { type InvalidInput, invalidInput } from '../failure.js';
import { type RuleContent, SETTINGS_FIELD } from './rule-policy.js';

interface Named {
  readonly groupField: string;
  readonly groupIds: readonly string[];
  readonly trainingIds: readonly string[];
  readonly userIds: readonly string[];
}

/** The groups, trainings and people that a rule names, with the field that names the groups. */
function namedBy({ kind, settings }: RuleContent): Named | null {
  const none = { trainingIds: [], userIds: [] };
  if (kind === 'QUOTA' && settings?.groupId) {
    return { ...none, groupField: 'groupId', groupIds: [settings.groupId] };
  }
  if (kind === 'ACCESS' && settings) {
    const { groupIds, trainingIds } = settings;
    return { ...none, groupField: 'groupIds', groupIds: groupIds ?? [], trainingIds };
  }
  if (kind === 'APPROVAL' && settings) {
    const all = [...settings.steps, ...(settings.escalation ? [settings.escalation] : [])];
    const groupIds = all.flatMap((each) => each.groupIds);
    return { ...none, groupField: 'steps', groupIds, userIds: all.flatMap((each) => each.userIds) };
  }
  if (kind === 'WAITLIST' && settings) {
    return {
      ...none,
      groupField: 'priorities',
      groupIds: settings.priorities.flatMap((each) => each.groupIds),
    };
  }
  return null;
}

/** Null says that every group, training and person that the rule names exists. */
export async function checkNames(on: Queryable, content: RuleContent): Promise<InvalidInput | null> {
  const named = namedBy(content);
  if (!named) return null;
  const { groupIds, trainingIds, userIds } = named;
  if (groupIds.length + trainingIds.length + userIds.length === 0) return null;
  const missing = await missingNames(on, groupIds, trainingIds, userIds);
  const path = ['input', SETTINGS_FIELD[content.kind]];
  if (missing.groupIds.length > 0)
    return invalidInput([...path, named.groupField], 'There is no such group.');
  if (missing.trainingIds.length > 0)
    return invalidInput([...path, 'trainingIds'], 'There is no such training.');
  if (missing.userIds.length > 0) return invalidInput([...path, 'steps'], 'There is no such person.');
  return null;
}
