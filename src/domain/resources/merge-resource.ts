import { placesByIds } from '../../sql/places/place-by-ids.js';
import type { ResourceRow } from '../../sql/resources/resource-row.js';
import { keepResourceType } from '../../sql/resources/resource-type-read.js';
import type { Queryable } from '../../sql/statement.js';
import { type InvalidInput, invalidInput } from '../failure.js';
import { type AttributeValues, applyAttributes } from './attribute-values.js';
import type { CreateResource } from './create-resource.js';
import { normalTags, type ResourceFields } from './resource-policy.js';

/**
 * What to change of a resource: undefined leaves a field as it is, and so does null where a resource cannot be
 * without it. Attributes that are not named keep their value; tags and managers are given anew as a whole.
 */
export type ResourceChanges = {
  readonly [Field in keyof CreateResource]?: CreateResource[Field] | null | undefined;
};

/** What people choose of the resource, as it is. */
export function fieldsOf(row: ResourceRow): ResourceFields {
  const { node: _node, id: _id, version: _version, createdAt: _createdAt, ...fields } = row;
  return { ...fields, tags: [...fields.tags] };
}

/** The resource's fields after the changes, or what is wrong with its type, place or attributes. */
export async function mergeResource(
  tx: Queryable,
  before: ResourceFields,
  changes: ResourceChanges,
): Promise<ResourceFields | InvalidInput> {
  const placeId = changes.placeId ?? before.placeId;
  if (placeId !== before.placeId && !(await placesByIds(tx, [placeId])).has(placeId)) {
    return invalidInput(['input', 'placeId'], 'There is no such place.');
  }
  const typeId = changes.typeId ?? before.typeId;
  const attributes = await mergeAttributes(tx, before, typeId, changes);
  if ('kind' in attributes) return attributes;
  const pooled = changes.pooled ?? before.pooled;
  const status = changes.status ?? before.status;
  const reason = changes.statusReason === undefined ? before.statusReason : changes.statusReason;
  return {
    name: changes.name?.trim() ?? before.name,
    description: changes.description ?? before.description,
    typeId,
    placeId,
    timeZone: changes.timeZone ?? before.timeZone,
    pooled,
    capacity: changes.capacity ?? (pooled ? before.capacity : 1),
    seats: changes.seats === undefined ? before.seats : changes.seats,
    status,
    statusReason: status === 'ACTIVE' ? null : reason?.trim() || null,
    tags: changes.tags ? normalTags(changes.tags) : before.tags,
    attributes: attributes.values,
    setupMinutes: changes.setupMinutes === undefined ? before.setupMinutes : changes.setupMinutes,
    teardownMinutes: changes.teardownMinutes === undefined ? before.teardownMinutes : changes.teardownMinutes,
    addOnOnly: pooled && (changes.addOnOnly ?? before.addOnOnly),
  };
}

/** Values are judged only when they or the type change: a type may ask for more than its resources have yet. */
async function mergeAttributes(
  tx: Queryable,
  before: ResourceFields,
  typeId: string,
  { attributes }: ResourceChanges,
): Promise<{ readonly values: AttributeValues } | InvalidInput> {
  if (!attributes && typeId === before.typeId) return { values: before.attributes };
  const type = await keepResourceType(tx, typeId);
  if (!type) return invalidInput(['input', 'typeId'], 'There is no such resource type.');
  return applyAttributes(type.attributes, before.attributes, attributes ?? []);
}
