import { Arg, Ctx, FieldResolver, ID, Int, Query, Resolver, Root } from 'type-graphql';
import type { ViewerCtx } from '../../domain/act.js';
import { readFeedPage } from '../../domain/feeds/feed-reader.js';
import { globalId } from '../../domain/ids.js';
import type { FeedRow } from '../../sql/feeds/feed-row.js';
import type { GraphQLContext } from '../context.js';
import { placeById, resourceById } from '../resources/loaders.js';
import { keyWithId } from '../resources/name-cursor.js';
import { Place } from '../resources/place.view.js';
import { Resource } from '../resources/resource.view.js';
import { pageOf, pageSize } from '../schema/connection.js';
import { bareId } from '../schema/ids.js';
import { Feed, FeedConnection } from './feed.view.js';
import { feedById } from './loaders.js';

@Resolver(() => Feed)
export class FeedResolver {
  @Query(() => Feed, {
    nullable: true,
    description: "One of the viewer's own feeds; null where there is none.",
  })
  feed(@Arg('id', () => ID, { description: 'fed_….' }) id: string, @Ctx() ctx: GraphQLContext) {
    return feedById(ctx).load(bareId('Feed', id));
  }

  @Query(() => FeedConnection, { description: "The viewer's own feeds, the newest first." })
  async feeds(
    @Arg('first', () => Int, { defaultValue: 50, description: 'How many at most, up to 200.' }) first: number,
    @Arg('after', () => String, { nullable: true, description: 'The cursor to go on behind.' })
    after: string | null | undefined,
    @Ctx() ctx: GraphQLContext & ViewerCtx,
  ) {
    const last = after == null ? null : (keyWithId(after, 1)[0] as string);
    const rows = await readFeedPage(ctx, last, pageSize(first) + 1);
    return pageOf(rows, first, after, ({ id }) => [id]);
  }

  @FieldResolver(() => ID, { description: 'Opaque, and sortable by the time of creation: fed_….' })
  id(@Root() { id }: FeedRow): string {
    return globalId('Feed', id);
  }

  @FieldResolver(() => Resource, {
    nullable: true,
    description: 'It shows everything that takes this resource.',
  })
  resource(@Root() { resourceId }: FeedRow, @Ctx() ctx: GraphQLContext) {
    return resourceId ? resourceById(ctx).load(resourceId) : null;
  }

  @FieldResolver(() => Place, {
    nullable: true,
    description:
      "It shows everything that takes a resource at this place or below it; without either it shows its owner's own reservations.",
  })
  place(@Root() { placeId }: FeedRow, @Ctx() ctx: GraphQLContext) {
    return placeId ? placeById(ctx).load(placeId) : null;
  }
}
