import { LockMode } from '@mikro-orm/core';
import type { EntityManager } from '@mikro-orm/postgresql';
import { resourceTypesByIds } from '../../sql/resources/resource-type-read.js';
import type { AttributeDefinition, ResourceTypeRow } from '../../sql/resources/resource-type-row.js';
import { attributeUse } from '../../sql/resources/resource-type-use.js';
import { refreshWordsOfType } from '../../sql/resources/resource-words.js';
import type { Queryable } from '../../sql/statement.js';
import type { ViewerCtx } from '../act.js';
import { recordAudit } from '../audit/record.js';
import {
  type InvalidInput,
  invalidInput,
  type NotFound,
  notFound,
  type VersionConflict,
} from '../failure.js';
import { type AttributeDefinitionInput, defineAttributes } from './attribute-definition.js';
import { misfit } from './attribute-values.js';
import { checkDescribed } from './described.js';
import { difference } from './difference.js';
import { nameTaken } from './name-taken.js';
import { ResourceType } from './resource-type.entity.js';
import { stale } from './stale.js';

export interface UpdateResourceType {
  readonly id: string;
  readonly expectedVersion?: number | null | undefined;
  readonly name?: string | null | undefined;
  readonly description?: string | null | undefined;
  /** All definitions anew, in the order to show them in. */
  readonly attributes?: readonly AttributeDefinitionInput[] | null | undefined;
}

type Refusal = InvalidInput | NotFound | VersionConflict;

/**
 * Changes a type. For managers and administrators. Definitions must suit every value that resources of the
 * type hold: what is in use cannot be removed or change its kind. An attribute that becomes required is
 * asked for when a resource's attributes are next changed.
 */
export async function updateResourceType(
  ctx: ViewerCtx,
  input: UpdateResourceType,
): Promise<ResourceTypeRow | Refusal> {
  const defined = input.attributes ? defineAttributes(input.attributes) : null;
  if (defined && 'kind' in defined) return defined;
  try {
    return await ctx.db.unitOfWork((em, tx) => change(em, tx, ctx, input, defined?.definitions ?? null));
  } catch (error) {
    return nameTaken(error);
  }
}

async function change(
  em: EntityManager,
  tx: Queryable,
  ctx: ViewerCtx,
  input: UpdateResourceType,
  definitions: AttributeDefinition[] | null,
): Promise<ResourceTypeRow | Refusal> {
  const type = await em.findOne(ResourceType, input.id, { lockMode: LockMode.PESSIMISTIC_WRITE });
  if (!type) return notFound(['id'], 'resource type');
  const { name, description, attributes } = type;
  const after = {
    name: input.name?.trim() ?? name,
    description: input.description ?? description,
    attributes: definitions ?? attributes,
  };
  const refusal =
    stale('ResourceType', type, input.expectedVersion) ??
    checkDescribed(after) ??
    (definitions && (await checkUse(tx, type, definitions)));
  if (refusal) return refusal;
  const changed = difference({ name, description, attributes }, after);
  if (changed) {
    em.assign(type, { ...after, version: type.version + 1 });
    await em.flush();
    if ('name' in changed.after) await refreshWordsOfType(tx, type.id);
    await recordAudit(tx, ctx, { action: 'resourceType.update', subjectId: type.id, ...changed });
  }
  return (await resourceTypesByIds(tx, [type.id])).get(type.id) as ResourceTypeRow;
}

async function checkUse(
  tx: Queryable,
  type: ResourceType,
  definitions: readonly AttributeDefinition[],
): Promise<InvalidInput | null> {
  const next = new Map(definitions.map((definition) => [definition.key, definition]));
  const keys = type.attributes.map(({ key }) => key);
  for (const { key, values, resources } of await attributeUse(tx, type.id, keys)) {
    const definition = next.get(key);
    if (!definition || values.some((value) => misfit(definition, value) !== null)) {
      return invalidInput(
        ['input', 'attributes'],
        `Values of ${key} are in use (resources: ${resources}) that this would no longer allow.`,
      );
    }
  }
  return null;
}
