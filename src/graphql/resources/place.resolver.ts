import { Arg, Ctx, FieldResolver, ID, Int, Query, Resolver, Root } from 'type-graphql';
import { globalId } from '../../domain/ids.js';
import { readPlacePage } from '../../domain/resources/place-reader.js';
import type { PlaceRow } from '../../sql/places/place-row.js';
import type { GraphQLContext } from '../context.js';
import { loadAll } from '../loader.js';
import { groupById } from '../people/loaders.js';
import { Group } from '../people/people.view.js';
import { type Page, pageOf, pageSize } from '../schema/connection.js';
import { bareId } from '../schema/ids.js';
import { userById } from '../users/user.loader.js';
import { User } from '../users/user.view.js';
import { caretakersOfPlace, childrenOf, manageablePlaceById, placeById } from './loaders.js';
import { afterName } from './name-cursor.js';
import { PlaceFilter } from './place.inputs.js';
import { Place, PlaceConnection } from './place.view.js';

const byName = (row: PlaceRow) => [row.name, row.id];

@Resolver(() => Place)
export class PlaceResolver {
  @FieldResolver(() => ID, { description: 'Opaque, and sortable by the time of creation.' })
  id(@Root() place: PlaceRow): string {
    return globalId('Place', place.id);
  }

  @FieldResolver(() => Place, {
    nullable: true,
    description: 'The place it lies in; null where a tree begins.',
  })
  async parent(@Root() place: PlaceRow, @Ctx() ctx: GraphQLContext): Promise<PlaceRow | null> {
    return place.parentId === null ? null : placeById(ctx).load(place.parentId);
  }

  @FieldResolver(() => [Place], { description: 'From the beginning of its tree down to this place itself.' })
  async path(@Root() place: PlaceRow, @Ctx() ctx: GraphQLContext): Promise<PlaceRow[]> {
    const above = await Promise.all(place.path.slice(0, -1).map((id) => placeById(ctx).load(id)));
    return [...above.filter((row) => row !== null), place];
  }

  @FieldResolver(() => PlaceConnection, { description: 'The places directly below it, by name.' })
  async children(
    @Root() place: PlaceRow,
    @Arg('first', () => Int, { defaultValue: 50, description: 'How many at most, up to 200.' }) first: number,
    @Arg('after', () => String, { nullable: true, description: 'The cursor to go on behind.' })
    after: string | null | undefined,
    @Ctx() ctx: GraphQLContext,
  ): Promise<Page<PlaceRow>> {
    const limit = pageSize(first) + 1;
    const rows = await childrenOf(ctx, { parentId: place.id, after: afterName(after), limit });
    return pageOf(rows, first, after, byName);
  }

  @FieldResolver(() => [User], {
    description: 'Who is named to look after it and all that lies below it, beside those of places above.',
  })
  async managers(@Root() place: PlaceRow, @Ctx() ctx: GraphQLContext) {
    return loadAll(userById(ctx), (await caretakersOfPlace(ctx).load(place.id))?.userIds);
  }

  @FieldResolver(() => [Group], { description: 'Groups whose members look after it as its managers do.' })
  async managerGroups(@Root() place: PlaceRow, @Ctx() ctx: GraphQLContext) {
    return loadAll(groupById(ctx), (await caretakersOfPlace(ctx).load(place.id))?.groupIds);
  }

  @FieldResolver(() => Boolean, {
    description: 'Whether the viewer looks after it, and so may add resources, rules and closures to it.',
  })
  async viewerCanManage(@Root() place: PlaceRow, @Ctx() ctx: GraphQLContext): Promise<boolean> {
    return (await manageablePlaceById(ctx).load(place.id)) ?? false;
  }

  @Query(() => Place, { nullable: true, description: 'One place; null where there is none of this id.' })
  async place(
    @Arg('id', () => ID, { description: 'The id that some other answer gave.' }) id: string,
    @Ctx() ctx: GraphQLContext,
  ): Promise<PlaceRow | null> {
    return placeById(ctx).load(bareId('Place', id));
  }

  @Query(() => PlaceConnection, { description: 'Places by name.' })
  async places(
    @Arg('first', () => Int, { defaultValue: 50, description: 'How many at most, up to 200.' }) first: number,
    @Arg('after', () => String, { nullable: true, description: 'The cursor to go on behind.' })
    after: string | null | undefined,
    @Arg('filter', () => PlaceFilter, { nullable: true, description: 'Which places; all when left out.' })
    filter: PlaceFilter | null | undefined,
    @Ctx() ctx: GraphQLContext,
  ): Promise<Page<PlaceRow>> {
    const wanted = {
      parentId: filter?.parentId == null ? null : bareId('Place', filter.parentId),
      roots: filter?.isRoot,
      kind: filter?.kind,
    };
    const rows = await readPlacePage(ctx, wanted, afterName(after), pageSize(first) + 1);
    return pageOf(rows, first, after, byName);
  }
}
