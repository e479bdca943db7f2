import type { EntityManager } from '@mikro-orm/postgresql';
import { placesByIds } from '../../sql/places/place-by-ids.js';
import { nearestTimeZone } from '../../sql/places/place-tree.js';
import { replaceCaretakers } from '../../sql/resources/caretakers.js';
import { resourcesByIds } from '../../sql/resources/resource-by-ids.js';
import type { ResourceRow, ResourceStatus } from '../../sql/resources/resource-row.js';
import { keepResourceType } from '../../sql/resources/resource-type-read.js';
import type { Queryable } from '../../sql/statement.js';
import type { ViewerCtx } from '../act.js';
import { recordAudit } from '../audit/record.js';
import { type InvalidInput, invalidInput } from '../failure.js';
import { newId } from '../ids.js';
import { type AttributeInput, applyAttributes } from './attribute-values.js';
import { type CaretakerChoice, checkManagers, chosenCaretakers, manageablePlaces } from './manager-policy.js';
import { nameTaken } from './name-taken.js';
import { Resource } from './resource.entity.js';
import { checkResourceFields, normalTags, type ResourceFields } from './resource-policy.js';

export interface CreateResource extends CaretakerChoice {
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
}

/**
 * Adds a resource. For managers and administrators, and for whoever looks after the place, who cannot choose its managers.
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
  const fields = await complete(tx, ctx, input);
  if ('kind' in fields) return fields;
  const { managerIds, managerGroupIds } = chosenCaretakers(input);
  const named = managerIds.length + managerGroupIds.length > 0;
  const invalid = checkResourceFields(fields) ?? (named ? await checkManagers(tx, ctx.viewer, input) : null);
  if (invalid) return invalid;
  const id = newId();
  em.create(Resource, { ...fields, id, version: 1, createdAt: ctx.clock.now() });
  await em.flush();
  if (named) await replaceCaretakers(tx, 'resource', id, { userIds: managerIds, groupIds: managerGroupIds });
  await recordAudit(tx, ctx, {
    action: 'resource.create',
    subjectId: id,
    after: { ...fields, managerIds, managerGroupIds },
  });
  return (await resourcesByIds(tx, [id])).get(id) as ResourceRow;
}

/** All fields, with what type and place add to the input. */
async function complete(
  tx: Queryable,
  { viewer }: ViewerCtx,
  input: CreateResource,
): Promise<ResourceFields | InvalidInput> {
  const type = await keepResourceType(tx, input.typeId);
  if (!type) return invalidInput(['input', 'typeId'], 'There is no such resource type.');
  const place = (await placesByIds(tx, [input.placeId])).get(input.placeId);
  if (!place) return invalidInput(['input', 'placeId'], 'There is no such place.');
  if (!(await manageablePlaces(tx, viewer, [place.id])).has(place.id))
    return invalidInput(
      ['input', 'placeId'],
      'Only managers and administrators add to places that are not in their care.',
    );
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
