import { resourceTypesByIds } from '../../sql/resources/resource-type-read.js';
import type { ResourceTypeRow } from '../../sql/resources/resource-type-row.js';
import type { ViewerCtx } from '../act.js';
import { recordAudit } from '../audit/record.js';
import type { InvalidInput } from '../failure.js';
import { newId } from '../ids.js';
import { type AttributeDefinitionInput, defineAttributes } from './attribute-definition.js';
import { checkDescribed } from './described.js';
import { nameTaken } from './name-taken.js';
import { ResourceType } from './resource-type.entity.js';

export interface CreateResourceType {
  readonly name: string;
  readonly description?: string | null | undefined;
  readonly attributes?: readonly AttributeDefinitionInput[] | null | undefined;
}

/**
 * Adds a type of resources with its attributes. For managers and administrators.
 * @returns the new type, or what is wrong with the input; names are unique
 */
export async function createResourceType(
  ctx: ViewerCtx,
  input: CreateResourceType,
): Promise<ResourceTypeRow | InvalidInput> {
  const defined = defineAttributes(input.attributes ?? []);
  if ('kind' in defined) return defined;
  const fields = {
    name: input.name.trim(),
    description: input.description ?? '',
    attributes: defined.definitions,
  };
  const invalid = checkDescribed(fields);
  if (invalid) return invalid;
  try {
    return await ctx.db.unitOfWork(async (em, tx) => {
      const id = newId();
      em.create(ResourceType, { ...fields, id, version: 1, createdAt: ctx.clock.now() });
      await em.flush();
      await recordAudit(tx, ctx, { action: 'resourceType.create', subjectId: id, after: fields });
      return (await resourceTypesByIds(tx, [id])).get(id) as ResourceTypeRow;
    });
  } catch (error) {
    return nameTaken(error);
  }
}
