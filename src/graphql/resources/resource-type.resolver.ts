import { Arg, Ctx, FieldResolver, ID, Int, Mutation, Query, Resolver, Root } from 'type-graphql';
import type { ViewerCtx } from '../../domain/act.js';
import { globalId } from '../../domain/ids.js';
import { createResourceType } from '../../domain/resources/create-resource-type.js';
import { readResourceTypePage } from '../../domain/resources/resource-reader.js';
import { updateResourceType } from '../../domain/resources/update-resource-type.js';
import type { ResourceTypeRow } from '../../sql/resources/resource-type-row.js';
import type { GraphQLContext } from '../context.js';
import { type Page, pageOf, pageSize } from '../schema/connection.js';
import { bareId } from '../schema/ids.js';
import { resourceTypeById } from './loaders.js';
import { afterName } from './name-cursor.js';
import {
  type AttributeDefinitionInput,
  ResourceTypeCreateInput,
  ResourceTypeUpdateInput,
} from './resource-type.inputs.js';
import { ResourceTypeCreateResult, ResourceTypeUpdateResult } from './resource-type.results.js';
import { ResourceType, ResourceTypeConnection } from './resource-type.view.js';

const defined = (attributes: AttributeDefinitionInput[] | null | undefined) =>
  attributes?.map(({ isRequired, ...definition }) => ({ ...definition, required: isRequired }));

@Resolver(() => ResourceType)
export class ResourceTypeResolver {
  @FieldResolver(() => ID, { description: 'Opaque, and sortable by the time of creation.' })
  id(@Root() type: ResourceTypeRow): string {
    return globalId('ResourceType', type.id);
  }

  @Query(() => ResourceType, {
    nullable: true,
    description: 'One type; null where there is none of this id.',
  })
  async resourceType(
    @Arg('id', () => ID, { description: 'The id that some other answer gave.' }) id: string,
    @Ctx() ctx: GraphQLContext,
  ): Promise<ResourceTypeRow | null> {
    return resourceTypeById(ctx).load(bareId('ResourceType', id));
  }

  @Query(() => ResourceTypeConnection, { description: 'Types of resources by name.' })
  async resourceTypes(
    @Arg('first', () => Int, { defaultValue: 50, description: 'How many at most, up to 200.' }) first: number,
    @Arg('after', () => String, { nullable: true, description: 'The cursor to go on behind.' })
    after: string | null | undefined,
    @Ctx() ctx: GraphQLContext,
  ): Promise<Page<ResourceTypeRow>> {
    const rows = await readResourceTypePage(ctx, afterName(after), pageSize(first) + 1);
    return pageOf(rows, first, after, (row) => [row.name, row.id]);
  }

  @Mutation(() => ResourceTypeCreateResult, { description: 'Adds a type. For managers and administrators.' })
  async resourceTypeCreate(
    @Arg('input', () => ResourceTypeCreateInput, { description: 'The type.' }) input: ResourceTypeCreateInput,
    @Ctx() ctx: GraphQLContext,
  ): Promise<object> {
    const attributes = defined(input.attributes);
    const result = await createResourceType(ctx as ViewerCtx, { ...input, attributes });
    return 'node' in result ? { resourceType: result } : result;
  }

  @Mutation(() => ResourceTypeUpdateResult, {
    description: 'Changes a type and what its resources can be asked for. For managers and administrators.',
  })
  async resourceTypeUpdate(
    @Arg('id', () => ID, { description: 'Which type.' }) id: string,
    @Arg('input', () => ResourceTypeUpdateInput, { description: 'What is to be different.' })
    input: ResourceTypeUpdateInput,
    @Ctx() ctx: GraphQLContext,
  ): Promise<object> {
    const changes = { ...input, id: bareId('ResourceType', id), attributes: defined(input.attributes) };
    const result = await updateResourceType(ctx as ViewerCtx, changes);
    return 'node' in result ? { resourceType: result } : result;
  }
}
