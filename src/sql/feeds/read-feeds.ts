import { type Queryable, statement } from '../statement.js';
import { type FeedRow, feedJson } from './feed-row.js';

const BY_IDS = statement<{ row: FeedRow }>(
  'feeds-by-ids',
  `select ${feedJson('f')} as row from feed f where f.owner_id = $1 and f.id = any ($2::uuid[])`,
);

/** The owner's feeds by id; those of others are missing from the map. */
export async function feedsByIds(
  on: Queryable,
  ownerId: string,
  ids: readonly string[],
): Promise<Map<string, FeedRow>> {
  const rows = await on.query(BY_IDS, [ownerId, ids]);
  return new Map(rows.map(({ row }) => [row.id, row]));
}

const PAGE = statement<{ row: FeedRow }>(
  'feeds-page',
  `select ${feedJson('f')} as row from feed f
   where f.owner_id = $1 and ($2::uuid is null or f.id < $2) order by f.id desc limit $3`,
);

/**
 * Up to `limit` of the owner's feeds, the newest first.
 * @param after the last id of the page before
 */
export async function feedPage(
  on: Queryable,
  ownerId: string,
  after: string | null,
  limit: number,
): Promise<FeedRow[]> {
  return (await on.query(PAGE, [ownerId, after, limit])).map(({ row }) => row);
}

const LOCK = statement<{ row: FeedRow }>(
  'feed-lock',
  `select ${feedJson('f')} as row from feed f where f.owner_id = $1 and f.id = $2 for no key update`,
);

/** The owner's feed, kept as it is until the transaction ends; null where there is none. */
export async function lockFeed(tx: Queryable, ownerId: string, id: string): Promise<FeedRow | null> {
  return (await tx.query(LOCK, [ownerId, id]))[0]?.row ?? null;
}

const COUNT = statement<{ count: number }>(
  'feeds-count',
  'select count(*)::integer as count from feed where owner_id = $1',
);

/** How many feeds somebody has. */
export async function countFeeds(on: Queryable, ownerId: string): Promise<number> {
  return (await on.query(COUNT, [ownerId]))[0]?.count ?? 0;
}
