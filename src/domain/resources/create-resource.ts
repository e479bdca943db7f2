import type { EntityManager } from '@mikro-orm/postgresql';
import { placesByIds } from '../../sql/places/place-by-ids.js';
import { nearestTimeZone } from '../../sql/places/place-tree.js';
import { resourcesByIds } from '../../sql/resources/resource-by-ids.js';
import { replaceManagers } from '../../sql/resources/resource-manager.js';
import type { ResourceRow, ResourceStatus } from '../../sql/resources/resource-row.js';
import { keepResourceType } from '../../sql/resources/resource-type-read.js';
import type { Queryable } from '../../sql/statement.js';
import type { ViewerCtx } from '../act.js';
import { recordAudit } from '../audit/record.js';
import { type InvalidInput, invalidInput } from '../failure.js';
import { newId } from '../ids.js';
import { type AttributeInput, applyAttributes } from './attribute-values.js';
import { checkManagers } from './manager-policy.js';
import { nameTaken } from './name-taken.js';
import { Resource } from './resource.entity.js';
import { checkResourceFields, normalTags, type ResourceFields } from './resource-policy.js';

export interface CreateResource {
  readonly name: string;
  readonly description?: string | null | undefined;
  readonly typeId: string;
  readonly placeId: string;
  /** Without one, the zone of the nearest place that has one. */
  readonly timeZone?: string | null | undefined;
  readonly pooled?: boolean | null | undefined;
  readonly capacity?: number | null | undefined;
  readonly seats?: number | null | undefined;
  readonly status?: ResourceStatus | null | undefined;
  readonly statusReason?: string | null | undefined;
  readonly tags?: readonly string[] | null | undefined;
  readonly attributes?: readonly AttributeInput[] | null | undefined;
  readonly setupMinutes?: number | null | undefined;
  readonly teardownMinutes?: number | null | undefined;
  readonly addOnOnly?: boolean | null | undefined;
  readonly managerIds?: readonly string[] | null | undefined;
}

/**
 * Adds a resource. For managers and administrators.
 * @returns the new resource, or the first thing that is wrong with the input
 */
export async function createResource(
  ctx: ViewerCtx,
  input: CreateResource,
): Promise<ResourceRow | InvalidInput> {
  try {
    return await ctx.db.unitOfWork((em, tx) => add(em, tx, ctx, input));
  } catch (error) {
    return nameTaken(error);
  }
}

async function add(
  em: EntityManager,
  tx: Queryable,
  ctx: ViewerCtx,
  input: CreateResource,
): Promise<ResourceRow | InvalidInput> {
  const fields = await complete(tx, input);
  if ('kind' in fields) return fields;
  const managerIds = [...new Set(input.managerIds ?? [])];
  const invalid = checkResourceFields(fields) ?? (await checkManagers(tx, ctx.viewer, managerIds));
  if (invalid) return invalid;
  const id = newId();
  em.create(Resource, { ...fields, id, version: 1, createdAt: ctx.clock.now() });
  await em.flush();
  await replaceManagers(tx, id, managerIds);
  await recordAudit(tx, ctx, { action: 'resource.create', subjectId: id, after: { ...fields, managerIds } });
  return (await resourcesByIds(tx, [id])).get(id) as ResourceRow;
}

/** All fields, with what type and place add to the input. */
async function complete(tx: Queryable, input: CreateResource): Promise<ResourceFields | InvalidInput> {
  const type = await keepResourceType(tx, input.typeId);
  if (!type) return invalidInput(['input', 'typeId'], 'There is no such resource type.');
  const place = (await placesByIds(tx, [input.placeId])).get(input.placeId);
  if (!place) return invalidInput(['input', 'placeId'], 'There is no such place.');
  const timeZone = input.timeZone ?? (await nearestTimeZone(tx, place.id));
  if (timeZone === null) {
    return invalidInput(['input', 'timeZone'], 'Name a time zone: none of the places around has one.');
  }
  const applied = applyAttributes(type.attributes, {}, input.attributes ?? []);
  if ('kind' in applied) return applied;
  const status = input.status ?? 'ACTIVE';
  return {
    name: input.name.trim(),
    description: input.description ?? '',
    typeId: type.id,
    placeId: place.id,
    timeZone,
    pooled: input.pooled ?? false,
    capacity: input.capacity ?? 1,
    seats: input.seats ?? null,
    status,
    statusReason: status === 'ACTIVE' ? null : input.statusReason?.trim() || null,
    tags: normalTags(input.tags ?? []),
    attributes: applied.values,
    setupMinutes: input.setupMinutes ?? null,
    teardownMinutes: input.teardownMinutes ?? null,
    addOnOnly: input.addOnOnly ?? false,
  };
}
