import type { FeedRow } from '../../sql/feeds/feed-row.js';
import { countFeeds } from '../../sql/feeds/read-feeds.js';
import { insertFeed } from '../../sql/feeds/write-feed.js';
import { scopeExists } from '../../sql/rules/scope.js';
import { lockUser } from '../../sql/users/user-lock.js';
import type { ViewerCtx } from '../act.js';
import { recordAudit } from '../audit/record.js';
import { type InvalidInput, invalidInput, type NotFound, notFound } from '../failure.js';
import { newId } from '../ids.js';
import { checkText } from '../text.js';
import { feedTokenHash, newFeedToken } from './feed-token.js';

const MOST_NAME = 200;
const MOST_FEEDS = 50;

export interface CreateFeed {
  /** What calendar programs call it. */
  readonly name: string;
  /** What it shows; with neither, the viewer's own reservations. */
  readonly resourceId: string | null;
  readonly placeId: string | null;
}

/** A feed with the token that it has from now on: shown this once. */
export interface FeedWithToken {
  readonly feed: FeedRow;
  readonly token: string;
}

async function check(ctx: ViewerCtx, { name, resourceId, placeId }: CreateFeed) {
  const refusal = checkText(name, ['input', 'name'], 1, MOST_NAME);
  if (refusal) return refusal;
  if (resourceId && placeId) return invalidInput(['input'], 'Name a resource or a place, not both.');
  if (await scopeExists(ctx.db, { resourceId, typeId: null, placeId })) return null;
  return resourceId ? notFound(['input', 'resourceId'], 'resource') : notFound(['input', 'placeId'], 'place');
}

/** Adds a feed of the viewer, up to 50 of them. Only a hash of its token is kept. */
export async function createFeed(
  ctx: ViewerCtx,
  input: CreateFeed,
): Promise<FeedWithToken | InvalidInput | NotFound> {
  const refusal = await check(ctx, input);
  if (refusal) return refusal;
  const token = newFeedToken();
  const { resourceId, placeId } = input;
  const fields = { name: input.name.trim(), resourceId, placeId };
  const feed = {
    ...fields,
    id: newId(),
    ownerId: ctx.viewer.userId,
    tokenHash: feedTokenHash(token) as Buffer,
  };
  return ctx.db.transaction(async (tx) => {
    await lockUser(tx, feed.ownerId, false);
    if ((await countFeeds(tx, feed.ownerId)) >= MOST_FEEDS)
      return invalidInput(['input'], `You have ${MOST_FEEDS} feeds already: remove one that nobody reads.`);
    const row = await insertFeed(tx, ctx.clock.fixed(), feed);
    await recordAudit(tx, ctx, { action: 'feed.create', subjectId: feed.id, after: fields });
    return { feed: row, token };
  });
}
