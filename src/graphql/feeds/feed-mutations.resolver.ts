import { Arg, Ctx, ID, Mutation, Resolver } from 'type-graphql';
import type { ViewerCtx } from '../../domain/act.js';
import { removeFeed, rotateFeed } from '../../domain/feeds/change-feed.js';
import { createFeed, type FeedWithToken } from '../../domain/feeds/create-feed.js';
import { feedPath } from '../../domain/feeds/feed-token.js';
import type { GraphQLContext } from '../context.js';
import { bareId } from '../schema/ids.js';
import { FeedActInput, FeedCreateInput } from './feed.inputs.js';
import { FeedCreateResult, FeedRemoveResult, FeedRotateResult } from './feed.results.js';

type Context = GraphQLContext & ViewerCtx;

const withUrl = ({ publicUrl }: Context, result: FeedWithToken | { readonly kind: string }): object =>
  'token' in result ? { feed: result.feed, url: `${publicUrl ?? ''}${feedPath(result.token)}` } : result;

const existing = (id: string, input: FeedActInput | null | undefined) => ({
  id: bareId('Feed', id),
  expectedVersion: input?.expectedVersion,
});

const WHICH = { description: "Which of the viewer's own: fed_…." };
const SEEN = { nullable: true as const, description: 'What you have seen of it.' };

@Resolver()
export class FeedMutations {
  @Mutation(() => FeedCreateResult, {
    description: 'Adds a calendar feed of the viewer, up to 50 of them, and shows its address, this once.',
  })
  async feedCreate(
    @Arg('input', () => FeedCreateInput, { description: 'What it shows.' }) input: FeedCreateInput,
    @Ctx() ctx: Context,
  ): Promise<object> {
    const { name, resourceId, placeId } = input;
    const wanted = {
      name,
      resourceId: resourceId ? bareId('Resource', resourceId) : null,
      placeId: placeId ? bareId('Place', placeId) : null,
    };
    return withUrl(ctx, await createFeed(ctx, wanted));
  }

  @Mutation(() => FeedRotateResult, {
    description: 'Gives a feed another address and shows it, this once; the present one ends at once.',
  })
  async feedRotate(
    @Arg('id', () => ID, WHICH) id: string,
    @Arg('input', () => FeedActInput, SEEN) input: FeedActInput | null | undefined,
    @Ctx() ctx: Context,
  ): Promise<object> {
    return withUrl(ctx, await rotateFeed(ctx, existing(id, input)));
  }

  @Mutation(() => FeedRemoveResult, { description: 'Removes a feed; its address ends at once.' })
  async feedRemove(
    @Arg('id', () => ID, WHICH) id: string,
    @Arg('input', () => FeedActInput, SEEN) input: FeedActInput | null | undefined,
    @Ctx() ctx: Context,
  ): Promise<object> {
    const result = await removeFeed(ctx, existing(id, input));
    return 'node' in result ? { feed: result } : result;
  }
}
