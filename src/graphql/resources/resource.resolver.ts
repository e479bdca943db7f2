import { Arg, Ctx, FieldResolver, ID, Int, Query, Resolver, Root } from 'type-graphql';
import { globalId } from '../../domain/ids.js';
import { readResourcePage } from '../../domain/resources/resource-reader.js';
import { type ResourceSort as Sort, type SortKey, settledSort } from '../../sql/resources/resource-page.js';
import type { ResourceRow } from '../../sql/resources/resource-row.js';
import type { GraphQLContext } from '../context.js';
import { badUserInput } from '../errors.js';
import { loadAll } from '../loader.js';
import { groupById } from '../people/loaders.js';
import { Group } from '../people/people.view.js';
import { pageOf, pageSize } from '../schema/connection.js';
import { bareId } from '../schema/ids.js';
import { userById } from '../users/user.loader.js';
import { User } from '../users/user.view.js';
import { caretakersOf, manageableById, placeById, resourceById, resourceTypeById } from './loaders.js';
import { keyWithId } from './name-cursor.js';
import { Place } from './place.view.js';
import { Resource, ResourceAttribute, ResourceConnection } from './resource.view.js';
import { ResourceFilter, ResourceSort } from './resource-filter.inputs.js';
import { readResourceFilter } from './resource-filter.js';
import { ResourceType } from './resource-type.view.js';

const sortOf = (sort: ResourceSort | null | undefined) => {
  const by = sort?.by ?? 'NAME';
  return { by, direction: sort?.direction ?? (by === 'RELEVANCE' ? 'DESC' : 'ASC') } as const;
};

/** Tells a cursor's order from others: the key of one says nothing in another. */
const orderOf = ({ by, direction }: Sort) => `${by} ${direction}`;

/** Where a page goes on: the key is a text for names and a number otherwise. */
function afterKey(after: string | null | undefined, sort: Sort): { key: SortKey; id: string } | null {
  if (after == null) return null;
  const [order, key, id] = keyWithId(after, 3) as [string, SortKey, string];
  if (order !== orderOf(sort) || typeof key !== (sort.by === 'NAME' ? 'string' : 'number')) {
    throw badUserInput('This cursor is of another order.');
  }
  return { key, id };
}

@Resolver(() => Resource)
export class ResourceResolver {
  @Query(() => Resource, {
    nullable: true,
    description: 'One resource; null where there is none of this id.',
  })
  resource(
    @Arg('id', () => ID, { description: 'The id that some other answer gave.' }) id: string,
    @Ctx() ctx: GraphQLContext,
  ): Promise<ResourceRow | null> {
    return resourceById(ctx).load(bareId('Resource', id));
  }

  @Query(() => ResourceConnection, {
    description: 'Resources that a filter finds, all but the retired ones without it.',
  })
  async resources(
    @Arg('first', () => Int, { defaultValue: 50, description: 'How many at most, up to 200.' }) first: number,
    @Arg('after', () => String, {
      nullable: true,
      description: 'The cursor to go on behind, of the same filter and order.',
    })
    after: string | null | undefined,
    @Arg('filter', () => ResourceFilter, { nullable: true, description: 'Which ones.' })
    filter: ResourceFilter | null | undefined,
    @Arg('sort', () => ResourceSort, { nullable: true, description: 'By name unless said otherwise.' })
    sort: ResourceSort | null | undefined,
    @Ctx() ctx: GraphQLContext,
  ) {
    const wanted = readResourceFilter(filter);
    const settled = settledSort(wanted, sortOf(sort));
    const limit = pageSize(first) + 1;
    const rows = await readResourcePage(ctx, wanted, settled, afterKey(after, settled), limit);
    const page = pageOf(rows, first, after, ({ row, key }) => [orderOf(settled), key, row.id]);
    return {
      pageInfo: page.pageInfo,
      nodes: page.nodes.map(({ row }) => row),
      edges: page.edges.map(({ node, cursor }) => ({ node: node.row, cursor })),
    };
  }

  @FieldResolver(() => ID, { description: 'Opaque, and sortable by the time of creation.' })
  id(@Root() resource: ResourceRow): string {
    return globalId('Resource', resource.id);
  }

  @FieldResolver(() => ResourceType, { nullable: true, description: 'What kind of thing it is.' })
  type(@Root() resource: ResourceRow, @Ctx() ctx: GraphQLContext) {
    return resourceTypeById(ctx).load(resource.typeId);
  }

  @FieldResolver(() => Place, { nullable: true, description: 'Where it is.' })
  place(@Root() resource: ResourceRow, @Ctx() ctx: GraphQLContext) {
    return placeById(ctx).load(resource.placeId);
  }

  @FieldResolver(() => [ResourceAttribute], {
    description: "Its values, in the order of the type's attributes.",
  })
  async attributes(@Root() resource: ResourceRow, @Ctx() ctx: GraphQLContext): Promise<ResourceAttribute[]> {
    const type = await resourceTypeById(ctx).load(resource.typeId);
    return (type?.attributes ?? []).flatMap(({ key, label, kind, unit }) => {
      if (!Object.hasOwn(resource.attributes, key)) return [];
      const value = resource.attributes[key];
      return {
        key,
        label,
        kind,
        unit: unit ?? null,
        text: typeof value === 'string' ? value : null,
        number: typeof value === 'number' ? value : null,
        boolean: typeof value === 'boolean' ? value : null,
      };
    });
  }

  @FieldResolver(() => [User], {
    description:
      'Who is named to look after it, beside its groups, those of its place, and managers and administrators.',
  })
  async managers(@Root() resource: ResourceRow, @Ctx() ctx: GraphQLContext) {
    return loadAll(userById(ctx), (await caretakersOf(ctx).load(resource.id))?.userIds);
  }

  @FieldResolver(() => [Group], { description: 'Groups whose members look after it as its managers do.' })
  async managerGroups(@Root() resource: ResourceRow, @Ctx() ctx: GraphQLContext) {
    return loadAll(groupById(ctx), (await caretakersOf(ctx).load(resource.id))?.groupIds);
  }

  @FieldResolver(() => Boolean, {
    description: 'Whether the viewer may change it and the reservations on it.',
  })
  async viewerCanManage(@Root() resource: ResourceRow, @Ctx() ctx: GraphQLContext): Promise<boolean> {
    return (await manageableById(ctx).load(resource.id)) ?? false;
  }
}
