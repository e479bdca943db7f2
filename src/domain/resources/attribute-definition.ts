import type { AttributeDefinition, AttributeKind } from '../../sql/resources/resource-type-row.js';
import { type InvalidInput, invalidInput } from '../failure.js';
import { checkText } from '../text.js';

const KEY = /^[a-z][a-zA-Z0-9]{0,39}$/;
const MOST_ATTRIBUTES = 50;
const MOST_CHOICES = 100;
const MOST_LABEL = 100;
const MOST_UNIT = 20;
const PATH = ['input', 'attributes'];

export interface AttributeDefinitionInput {
  readonly key: string;
  readonly label: string;
  readonly kind: AttributeKind;
  readonly unit?: string | null | undefined;
  readonly choices?: readonly string[] | null | undefined;
  readonly required?: boolean | null | undefined;
}

/**
 * The definitions as they are kept: at most 50, keys in camel case and distinct, a unit only beside a number,
 * choices (1 to 100, distinct) only for a CHOICE.
 */
export function defineAttributes(
  inputs: readonly AttributeDefinitionInput[],
): { readonly definitions: AttributeDefinition[] } | InvalidInput {
  if (inputs.length > MOST_ATTRIBUTES) {
    return invalidInput(PATH, `A type has at most ${MOST_ATTRIBUTES} attributes.`);
  }
  const keys = new Set<string>();
  for (const [index, input] of inputs.entries()) {
    const path = [...PATH, String(index)];
    if (!KEY.test(input.key)) {
      return invalidInput([...path, 'key'], 'A key is a camel-case word of up to 40 letters and digits.');
    }
    if (keys.has(input.key)) return invalidInput([...path, 'key'], 'Each key can be defined once.');
    keys.add(input.key);
    const invalid = checkText(input.label, [...path, 'label'], 1, MOST_LABEL) ?? checkKind(input, path);
    if (invalid) return invalid;
  }
  return {
    definitions: inputs.map(({ key, label, kind, unit, choices, required }) => ({
      key,
      label: label.trim(),
      kind,
      unit: unit?.trim() || null,
      choices: [...(choices ?? [])],
      required: required ?? false,
    })),
  };
}

/** What belongs to one kind only: unit and choices. */
function checkKind(input: AttributeDefinitionInput, path: readonly string[]): InvalidInput | null {
  const { kind, unit, choices } = input;
  if (unit && kind !== 'NUMBER') return invalidInput([...path, 'unit'], 'Only a NUMBER has a unit.');
  if (kind !== 'CHOICE') {
    return choices?.length
      ? invalidInput([...path, 'choices'], 'Only a CHOICE has choices.')
      : checkUnit(unit, path);
  }
  if (!choices?.length || choices.length > MOST_CHOICES) {
    return invalidInput([...path, 'choices'], `A CHOICE has 1 to ${MOST_CHOICES} choices.`);
  }
  if (new Set(choices).size < choices.length) {
    return invalidInput([...path, 'choices'], 'Each choice can be named once.');
  }
  for (const choice of choices) {
    const invalid = checkText(choice, [...path, 'choices'], 1, MOST_LABEL);
    if (invalid) return invalid;
  }
  return null;
}

const checkUnit = (unit: string | null | undefined, path: readonly string[]): InvalidInput | null =>
  unit ? checkText(unit, [...path, 'unit'], 0, MOST_UNIT) : null;
