import { Arg, Ctx, FieldResolver, ID, Mutation, Resolver, Root } from 'type-graphql';
import type { ViewerCtx } from '../../domain/act.js';
import { setResourceAddOns } from '../../domain/resources/set-resource-add-ons.js';
import { setResourceParts } from '../../domain/resources/set-resource-parts.js';
import type { AddOnRow } from '../../sql/parts/add-ons.js';
import type { ResourceRow } from '../../sql/resources/resource-row.js';
import type { GraphQLContext } from '../context.js';
import { bareId } from '../schema/ids.js';
import { addOnsById, partIdsOf, resourceById, wholeIdsOf } from './loaders.js';
import { ResourceAddOnsSetInput, ResourcePartsSetInput } from './parts.inputs.js';
import { ResourceAddOnsSetResult, ResourcePartsSetResult } from './parts.results.js';
import { ResourceAddOn } from './parts.view.js';
import { Resource } from './resource.view.js';

async function load(ctx: GraphQLContext, ids: readonly string[] | null): Promise<ResourceRow[]> {
  const rows = await Promise.all((ids ?? []).map((id) => resourceById(ctx).load(id)));
  return rows.filter((row) => row !== null);
}

@Resolver(() => Resource)
export class ResourcePartsResolver {
  @FieldResolver(() => [Resource], {
    description:
      'What it is divided into, by name: each is occupied while the whole is. Their own parts count too.',
  })
  async parts(@Root() resource: ResourceRow, @Ctx() ctx: GraphQLContext) {
    return load(ctx, await partIdsOf(ctx).load(resource.id));
  }

  @FieldResolver(() => [Resource], {
    description: 'What it is a direct part of, by name: each is occupied while this one is.',
  })
  async wholes(@Root() resource: ResourceRow, @Ctx() ctx: GraphQLContext) {
    return load(ctx, await wholeIdsOf(ctx).load(resource.id));
  }

  @FieldResolver(() => [ResourceAddOn], {
    description: 'Pools of which some can be added to a reservation of it, by name.',
  })
  async addOns(@Root() resource: ResourceRow, @Ctx() ctx: GraphQLContext): Promise<readonly AddOnRow[]> {
    return (await addOnsById(ctx).load(resource.id)) ?? [];
  }

  @Mutation(() => ResourcePartsSetResult, {
    description:
      'Divides a resource into parts: from then on it is occupied while any of them is, and the other way round. Reservations that are there already come along. For managers and administrators.',
  })
  async resourcePartsSet(
    @Arg('id', () => ID, { description: 'The whole.' }) id: string,
    @Arg('input', () => ResourcePartsSetInput, { description: 'Its parts.' }) input: ResourcePartsSetInput,
    @Ctx() ctx: GraphQLContext,
  ): Promise<object> {
    const result = await setResourceParts(ctx as ViewerCtx, {
      id: bareId('Resource', id),
      partIds: input.partIds.map((partId) => bareId('Resource', partId)),
      expectedVersion: input.expectedVersion,
    });
    return 'node' in result ? { resource: result } : result;
  }

  @Mutation(() => ResourceAddOnsSetResult, {
    description:
      'Chooses the pools that can be added to reservations of a resource. For managers and administrators.',
  })
  async resourceAddOnsSet(
    @Arg('id', () => ID, { description: 'What offers them.' }) id: string,
    @Arg('input', () => ResourceAddOnsSetInput, { description: 'Its add-ons.' })
    input: ResourceAddOnsSetInput,
    @Ctx() ctx: GraphQLContext,
  ): Promise<object> {
    const result = await setResourceAddOns(ctx as ViewerCtx, {
      id: bareId('Resource', id),
      addOns: input.addOns.map(({ poolId, most }) => ({
        poolId: bareId('Resource', poolId),
        most: most ?? null,
      })),
      expectedVersion: input.expectedVersion,
    });
    return 'node' in result ? { resource: result } : result;
  }
}

@Resolver(() => ResourceAddOn)
export class ResourceAddOnResolver {
  @FieldResolver(() => Resource, { nullable: true, description: 'The pool itself, with how many there are.' })
  pool(@Root() addOn: AddOnRow, @Ctx() ctx: GraphQLContext) {
    return resourceById(ctx).load(addOn.poolId);
  }
}
