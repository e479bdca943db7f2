import { Arg, Ctx, ID, Mutation, Resolver } from 'type-graphql';
import type { ViewerCtx } from '../../domain/act.js';
import { createResource } from '../../domain/resources/create-resource.js';
import { updateResource } from '../../domain/resources/update-resource.js';
import type { GraphQLContext } from '../context.js';
import { bareId } from '../schema/ids.js';
import { caretakersIn } from './caretakers-in.js';
import { ResourceCreateInput, ResourceUpdateInput } from './resource.inputs.js';
import { ResourceCreateResult, ResourceUpdateResult } from './resource.results.js';

@Resolver()
export class ResourceMutations {
  @Mutation(() => ResourceCreateResult, {
    description: 'Adds a resource. For managers, administrators, and whoever looks after the place.',
  })
  async resourceCreate(
    @Arg('input', () => ResourceCreateInput, { description: 'The resource.' }) input: ResourceCreateInput,
    @Ctx() ctx: GraphQLContext,
  ): Promise<object> {
    const { isPool, isAddOnOnly, ...fields } = input;
    const result = await createResource(ctx as ViewerCtx, {
      ...fields,
      pooled: isPool,
      addOnOnly: isAddOnOnly,
      typeId: bareId('ResourceType', input.typeId),
      placeId: bareId('Place', input.placeId),
      ...caretakersIn(input),
    });
    return 'node' in result ? { resource: result } : result;
  }

  @Mutation(() => ResourceUpdateResult, {
    description: 'Changes a resource. For managers, administrators, and whoever looks after it.',
  })
  async resourceUpdate(
    @Arg('id', () => ID, { description: 'Which resource.' }) id: string,
    @Arg('input', () => ResourceUpdateInput, { description: 'What is to be different.' })
    input: ResourceUpdateInput,
    @Ctx() ctx: GraphQLContext,
  ): Promise<object> {
    const { isPool, isAddOnOnly, typeId, placeId, ...fields } = input;
    const result = await updateResource(ctx as ViewerCtx, {
      ...fields,
      id: bareId('Resource', id),
      pooled: isPool,
      addOnOnly: isAddOnOnly,
      typeId: typeId == null ? null : bareId('ResourceType', typeId),
      placeId: placeId == null ? null : bareId('Place', placeId),
      ...caretakersIn(input),
    });
    return 'node' in result ? { resource: result } : result;
  }
}
