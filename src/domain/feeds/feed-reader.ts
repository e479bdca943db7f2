import type { FeedRow } from '../../sql/feeds/feed-row.js';
import { feedPage, feedsByIds } from '../../sql/feeds/read-feeds.js';
import type { Ctx, ViewerCtx } from '../act.js';

/** The viewer's own feeds by id, for a loader; those of others are missing. */
export const readFeeds = async (
  { db, viewer }: Ctx,
  ids: readonly string[],
): Promise<Map<string, FeedRow>> =>
  viewer ? feedsByIds(db, viewer.userId, ids) : new Map<string, FeedRow>();

/**
 * Up to `limit` of the viewer's own feeds, the newest first.
 * @param after the last id of the page before
 */
export const readFeedPage = (
  { db, viewer }: ViewerCtx,
  after: string | null,
  limit: number,
): Promise<FeedRow[]> => feedPage(db, viewer.userId, after, limit);
