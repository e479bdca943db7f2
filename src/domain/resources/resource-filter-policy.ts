import type { ResourceFilter } from '../../sql/resources/resource-filter.js';
import { type InvalidInput, invalidInput } from '../failure.js';
import { checkText } from '../text.js';
import { normalTags } from './resource-policy.js';

const MOST_IDS = 500;
const MOST_OTHERS = 50;
const MOST_CONDITIONS = 20;
const MOST_SEARCH = 200;
const MOST_VALUE = 1000;
const INT = 2_147_483_647;
const PATH = ['filter'];

/**
 * The filter as statements take it, or what is wrong with it: ids up to 500, other lists up to 50, 20 attribute
 * conditions, 200 characters to search for. Tags are compared as they are kept.
 */
export function checkResourceFilter(filter: ResourceFilter): ResourceFilter | InvalidInput {
  const { ids, seatsAtLeast, search, attributes } = filter;
  const tooLong = (['typeIds', 'placeIds', 'tags', 'statuses'] as const).find(
    (field) => (filter[field]?.length ?? 0) > MOST_OTHERS,
  );
  if (tooLong) return invalidInput([...PATH, tooLong], `Name at most ${MOST_OTHERS}.`);
  if ((ids?.length ?? 0) > MOST_IDS) return invalidInput([...PATH, 'ids'], `Name at most ${MOST_IDS}.`);
  if (seatsAtLeast != null && Math.abs(seatsAtLeast) > INT) {
    return invalidInput([...PATH, 'seatsAtLeast'], 'Nothing has that many seats.');
  }
  const tags = filter.tags ? normalTags(filter.tags) : null;
  const texts = [...(tags ?? []), filter.timeZone ?? ''];
  const invalid =
    firstOf(texts.map((text) => checkText(text, PATH, 0, MOST_SEARCH))) ??
    checkText(search ?? '', [...PATH, 'search'], 0, MOST_SEARCH) ??
    checkConditions(attributes ?? []);
  return invalid ?? { ...filter, tags };
}

const firstOf = (found: (InvalidInput | null)[]): InvalidInput | null =>
  found.find((invalid) => invalid !== null) ?? null;

function checkConditions(conditions: NonNullable<ResourceFilter['attributes']>): InvalidInput | null {
  const path = [...PATH, 'attributes'];
  if (conditions.length > MOST_CONDITIONS) return invalidInput(path, `Name at most ${MOST_CONDITIONS}.`);
  for (const { key, equals, oneOf, atLeast, atMost } of conditions) {
    if (oneOf && (oneOf.length === 0 || oneOf.length > MOST_OTHERS)) {
      return invalidInput([...path, 'oneOf'], `Name 1 to ${MOST_OTHERS}.`);
    }
    const values = [equals, atLeast, atMost, ...(oneOf ?? [])].filter((value) => value != null);
    if (values.length === 0) return invalidInput(path, 'Say what the attribute must be.');
    if (values.some((value) => typeof value === 'number' && !Number.isFinite(value))) {
      return invalidInput(path, 'A number must be finite.');
    }
    const texts = [key, ...values.filter((value) => typeof value === 'string')];
    const invalid = firstOf(texts.map((text) => checkText(text, path, 0, MOST_VALUE)));
    if (invalid) return invalid;
  }
  return null;
}
