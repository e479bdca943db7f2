import { type InvalidInput, invalidInput } from '../../domain/failure.js';
import type { RuleKind } from '../../domain/schedules/rule.js';
import { type RuleContent, SETTINGS_FIELD } from '../../domain/schedules/rule-policy.js';
import type { SetRule } from '../../domain/schedules/set-rule.js';
import { readSettings } from './read-settings.js';
import type { RuleSetInput } from './rule.inputs.js';
import { readScope } from './scope.js';

/** Kind and settings, where exactly one of them is given, or isEnded with a kind. */
function readContent(input: RuleSetInput): RuleContent | InvalidInput {
  const given = readSettings(input);
  const fields = Object.values(SETTINGS_FIELD).join(', ');
  if (input.isEnded) {
    if (given.length > 0) return invalidInput(['input', 'isEnded'], 'What is ended has no settings.');
    if (!input.kind) return invalidInput(['input', 'kind'], 'Name the kind of rule to end.');
    return { kind: input.kind, settings: null };
  }
  const [content, ...others] = given;
  if (!content || others.length > 0) {
    return invalidInput(['input'], `Give exactly one of ${fields}, or isEnded with a kind.`);
  }
  return input.kind && input.kind !== content.kind
    ? invalidInput(['input', 'kind'], `These settings are of the kind ${content.kind satisfies RuleKind}.`)
    : content;
}

/** The rule that the input describes, or what is wrong with the way it does. */
export function readRule(input: RuleSetInput): SetRule | InvalidInput {
  const content = readContent(input);
  if ('path' in content) return content;
  return {
    ...content,
    scope: readScope(input.scope),
    name: input.name ?? '',
    effectiveFrom: input.effectiveFrom ?? null,
    exemptRoles: input.exemptRoles ?? [],
    expectedVersion: input.expectedVersion,
  };
}
