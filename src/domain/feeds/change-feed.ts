import type { FeedRow } from '../../sql/feeds/feed-row.js';
import { lockFeed } from '../../sql/feeds/read-feeds.js';
import { removeFeed as remove, rotateFeedToken } from '../../sql/feeds/write-feed.js';
import type { Queryable } from '../../sql/statement.js';
import type { ViewerCtx } from '../act.js';
import { recordAudit } from '../audit/record.js';
import { type NotFound, notFound, type VersionConflict } from '../failure.js';
import { stale } from '../resources/stale.js';
import type { FeedWithToken } from './create-feed.js';
import { feedTokenHash, newFeedToken } from './feed-token.js';

export interface ExistingFeed {
  readonly id: string;
  readonly expectedVersion?: number | null | undefined;
}

/** Runs the change on the viewer's own feed at the version that the caller expects, in one transaction. */
const changing = <Result>(
  ctx: ViewerCtx,
  { id, expectedVersion }: ExistingFeed,
  change: (tx: Queryable, before: FeedRow) => Promise<Result>,
): Promise<Result | NotFound | VersionConflict> =>
  ctx.db.transaction(async (tx) => {
    const before = await lockFeed(tx, ctx.viewer.userId, id);
    if (!before) return notFound(['id'], 'feed');
    return stale('Feed', before, expectedVersion) ?? change(tx, before);
  });

/** Gives the viewer's own feed another token, shown this once. The present one ends with that, at once. */
export const rotateFeed = (
  ctx: ViewerCtx,
  input: ExistingFeed,
): Promise<FeedWithToken | NotFound | VersionConflict> =>
  changing(ctx, input, async (tx, { id }) => {
    const token = newFeedToken();
    const feed = await rotateFeedToken(tx, id, feedTokenHash(token) as Buffer);
    await recordAudit(tx, ctx, { action: 'feed.rotate', subjectId: id });
    return { feed, token };
  });

/** Removes the viewer's own feed: its address ends at once. */
export const removeFeed = (
  ctx: ViewerCtx,
  input: ExistingFeed,
): Promise<FeedRow | NotFound | VersionConflict> =>
  changing(ctx, input, async (tx, before) => {
    const { id, name, resourceId, placeId } = before;
    await remove(tx, id);
    await recordAudit(tx, ctx, {
      action: 'feed.remove',
      subjectId: id,
      before: { name, resourceId, placeId },
    });
    return before;
  });
