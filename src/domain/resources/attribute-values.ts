import type { AttributeValue } from '../../sql/resources/resource-row.js';
import type { AttributeDefinition } from '../../sql/resources/resource-type-row.js';
import { type InvalidInput, invalidInput } from '../failure.js';
import { checkText } from '../text.js';

const MOST_TEXT = 1000;
const PATH = ['input', 'attributes'];

/** One value to set, in the field that suits the attribute's kind; with none of them the value is cleared. */
export interface AttributeInput {
  readonly key: string;
  readonly text?: string | null | undefined;
  readonly number?: number | null | undefined;
  readonly boolean?: boolean | null | undefined;
}

export type AttributeValues = Readonly<Record<string, AttributeValue>>;

/** Why the value does not suit the definition; null where it does. */
export function misfit(definition: AttributeDefinition, value: AttributeValue): string | null {
  const { kind, key, choices } = definition;
  if (kind === 'NUMBER') return typeof value === 'number' ? null : `${key} is a number.`;
  if (kind === 'BOOLEAN') return typeof value === 'boolean' ? null : `${key} is true or false.`;
  if (typeof value !== 'string') return `${key} is a text.`;
  return kind === 'CHOICE' && !choices.includes(value) ? `${key} is one of: ${choices.join(', ')}.` : null;
}

/**
 * The values after the changes, judged by the type's definitions. Attributes that no change names keep their
 * value; values that the type does not define must be cleared, so that a change of type loses none unasked.
 */
export function applyAttributes(
  definitions: readonly AttributeDefinition[],
  current: AttributeValues,
  changes: readonly AttributeInput[],
): { readonly values: AttributeValues } | InvalidInput {
  const known = new Map(definitions.map((definition) => [definition.key, definition]));
  const values = new Map(Object.entries(current));
  const named = new Set<string>();
  for (const [index, change] of changes.entries()) {
    const path = [...PATH, String(index)];
    if (named.has(change.key)) return invalidInput([...path, 'key'], 'Each attribute can be named once.');
    named.add(change.key);
    const value = givenValue(change, path);
    if (value !== null && typeof value === 'object') return value;
    const definition = known.get(change.key);
    if (value === null) values.delete(change.key);
    else if (!definition) return invalidInput([...path, 'key'], `The type has no attribute of this key.`);
    else {
      const problem = misfit(definition, value);
      if (problem) return invalidInput(path, problem);
      values.set(change.key, value);
    }
  }
  return judgeAll(known, values) ?? { values: Object.fromEntries(values) };
}

function givenValue(change: AttributeInput, path: readonly string[]): AttributeValue | InvalidInput | null {
  const given = [change.text, change.number, change.boolean].filter((value) => value != null);
  if (given.length > 1) return invalidInput(path, 'Give one of text, number and boolean.');
  const [value] = given;
  if (value == null) return null;
  if (typeof value === 'string') return checkText(value, [...path, 'text'], 1, MOST_TEXT) ?? value.trim();
  return typeof value === 'number' && !Number.isFinite(value)
    ? invalidInput([...path, 'number'], 'A number must be finite.')
    : value;
}

function judgeAll(
  known: ReadonlyMap<string, AttributeDefinition>,
  values: ReadonlyMap<string, AttributeValue>,
): InvalidInput | null {
  for (const [key, value] of values) {
    const definition = known.get(key);
    if (!definition)
      return invalidInput(PATH, `The type has no attribute ${key}: clear it in the same change.`);
    const problem = misfit(definition, value);
    if (problem) return invalidInput(PATH, problem);
  }
  const missing = [...known.values()].find(({ key, required }) => required && !values.has(key));
  return missing ? invalidInput(PATH, `${missing.key} needs a value.`) : null;
}
