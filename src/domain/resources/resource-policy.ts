import type { ResourceStatus } from '../../sql/resources/resource-row.js';
import { type InvalidInput, invalidInput } from '../failure.js';
import { checkText } from '../text.js';
import { checkTimeZone } from '../users/user-policy.js';
import type { AttributeValues } from './attribute-values.js';
import { checkDescribed } from './described.js';

const MOST_TAGS = 30;
const MOST_TAG = 50;
const MOST_REASON = 500;
const MOST_CAPACITY = 10_000;
const MOST_SEATS = 100_000;
const WEEK_MINUTES = 10_080;

/** What people choose of a resource. */
export interface ResourceFields {
  readonly name: string;
  readonly description: string;
  readonly typeId: string;
  readonly placeId: string;
  readonly timeZone: string;
  readonly pooled: boolean;
  readonly capacity: number;
  readonly seats: number | null;
  readonly status: ResourceStatus;
  readonly statusReason: string | null;
  readonly tags: string[];
  readonly attributes: AttributeValues;
  readonly setupMinutes: number | null;
  readonly teardownMinutes: number | null;
  readonly addOnOnly: boolean;
}

/** Tags as they are kept and looked for: in lower case, each once, without blanks around. */
export const normalTags = (tags: readonly string[]): string[] => [
  ...new Set(tags.map((tag) => tag.trim().toLowerCase())),
];

/** Null says that everything about the fields alone is fine; attributes are judged by applyAttributes. */
export function checkResourceFields(fields: ResourceFields): InvalidInput | null {
  const { capacity, pooled, tags, statusReason, addOnOnly } = fields;
  if (!pooled && capacity !== 1) {
    return invalidInput(['input', 'capacity'], 'Only a pool has a capacity other than 1.');
  }
  if (addOnOnly && !pooled) return invalidInput(['input', 'isAddOnOnly'], 'Only a pool can be an add-on.');
  if (tags.length > MOST_TAGS) {
    return invalidInput(['input', 'tags'], `A resource has at most ${MOST_TAGS} tags.`);
  }
  return (
    checkDescribed(fields) ??
    checkTimeZone(fields.timeZone, ['input', 'timeZone']) ??
    (statusReason === null ? null : checkText(statusReason, ['input', 'statusReason'], 0, MOST_REASON)) ??
    between('capacity', capacity, 1, MOST_CAPACITY) ??
    between('seats', fields.seats ?? 0, 0, MOST_SEATS) ??
    between('setupMinutes', fields.setupMinutes ?? 0, 0, WEEK_MINUTES) ??
    between('teardownMinutes', fields.teardownMinutes ?? 0, 0, WEEK_MINUTES) ??
    tags.map((tag) => checkText(tag, ['input', 'tags'], 1, MOST_TAG)).find((invalid) => invalid !== null) ??
    null
  );
}

const between = (field: string, value: number, least: number, most: number): InvalidInput | null =>
  Number.isInteger(value) && value >= least && value <= most
    ? null
    : invalidInput(['input', field], `This is a whole number from ${least} to ${most}.`);
