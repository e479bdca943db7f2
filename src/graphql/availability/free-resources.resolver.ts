import type { GraphQLResolveInfo } from 'graphql';
import { Arg, Ctx, Field, Info, Int, ObjectType, Query, Resolver } from 'type-graphql';
import type { ViewerCtx } from '../../domain/act.js';
import { freeResources } from '../../domain/availability/free-resources.js';
import type { FreeRow } from '../../sql/availability/free-resources.js';
import type { ResourceKey } from '../../sql/resources/resource-row.js';
import type { GraphQLContext } from '../context.js';
import { badUserInput } from '../errors.js';
import { afterName } from '../resources/name-cursor.js';
import { resourceColumnsShown } from '../resources/plain-columns.js';
import { Resource } from '../resources/resource.view.js';
import { ResourceFilter } from '../resources/resource-filter.inputs.js';
import { readResourceFilter } from '../resources/resource-filter.js';
import { connectionOf, pageOf, pageSize } from '../schema/connection.js';
import { readViewedWindow } from '../schema/read-window.js';
import { planned } from '../schema/selection.js';
import { WindowInput } from '../schema/window.js';

@ObjectType({ simpleResolvers: true, description: 'A resource with room for what was asked.' })
export class FreeResource {
  @Field(() => Resource, { description: 'The resource.' })
  resource!: Resource;

  @Field(() => Int, { description: "How many are left at the window's fullest instant." })
  freeQuantity!: number;
}

const FreeResourceConnection = connectionOf(FreeResource, 'FreeResource');

/** Name and id make the cursor. */
const shownOf = planned((info: GraphQLResolveInfo) => ({
  resource: [...new Set<ResourceKey>(['id', 'name', ...(resourceColumnsShown(info) ?? [])])],
}));

@Resolver()
export class FreeResourcesResolver {
  @Query(() => FreeResourceConnection, {
    description:
      'Resources that the viewer could reserve for the whole window, by name: free with their buffers, open, and within every rule but quotas.',
  })
  async freeResources(
    @Arg('window', () => WindowInput, { description: 'The window that must be free.' }) window: WindowInput,
    @Arg('filter', () => ResourceFilter, {
      nullable: true,
      description: 'Which resources; all without it.',
    })
    filter: ResourceFilter | null,
    @Arg('quantity', () => Int, { defaultValue: 1, description: 'How many are needed of one resource.' })
    quantity: number,
    @Arg('first', () => Int, { defaultValue: 50, description: 'How many, 1 to 200.' }) first: number,
    @Arg('after', () => String, { nullable: true, description: 'The cursor to go on behind.' }) after:
      | string
      | null,
    @Ctx() ctx: GraphQLContext & ViewerCtx,
    @Info() info: GraphQLResolveInfo,
  ) {
    const size = pageSize(first);
    if (quantity < 1) throw badUserInput('quantity is at least 1.');
    const rows = await freeResources(ctx, {
      window: await readViewedWindow(window),
      quantity,
      filter: readResourceFilter(filter),
      limit: size + 1,
      after: afterName(after),
      resource: shownOf(info).resource,
    });
    return pageOf<FreeRow>(rows, size, after, ({ resource }) => [resource.name, resource.id]);
  }
}
