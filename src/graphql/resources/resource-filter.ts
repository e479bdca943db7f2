import { checkResourceFilter } from '../../domain/resources/resource-filter-policy.js';
import type { AttributeCondition, ResourceFilter as Filter } from '../../sql/resources/resource-filter.js';
import type { AttributeValue } from '../../sql/resources/resource-row.js';
import { badUserInput } from '../errors.js';
import { bareId } from '../schema/ids.js';
import type { AttributeFilter, AttributeValueInput, ResourceFilter } from './resource-filter.inputs.js';

function givenValue({ text, number, boolean }: AttributeValueInput): AttributeValue {
  const given = [text, number, boolean].filter((value) => value != null);
  const [value] = given;
  if (value == null || given.length > 1) throw badUserInput('Give one of text, number and boolean.');
  return value;
}

const condition = ({ key, equals, atLeast, atMost, oneOf }: AttributeFilter): AttributeCondition => ({
  key,
  atLeast,
  atMost,
  equals: equals && givenValue(equals),
  oneOf: oneOf?.map(givenValue),
});

/**
 * The filter as domain and statements take it, for every field that takes a ResourceFilter. Throws
 * BAD_USER_INPUT where it asks for too much or for what no text can be.
 */
export function readResourceFilter(filter: ResourceFilter | null | undefined): Filter {
  if (!filter) return {};
  const { isPool, ...others } = filter;
  const checked = checkResourceFilter({
    ...others,
    pooled: isPool,
    ids: filter.ids?.map((id) => bareId('Resource', id)),
    typeIds: filter.typeIds?.map((id) => bareId('ResourceType', id)),
    placeIds: filter.placeIds?.map((id) => bareId('Place', id)),
    attributes: filter.attributes?.map(condition),
  });
  if ('kind' in checked) throw badUserInput(`${checked.path.join('.')}: ${checked.message}`);
  return checked;
}
