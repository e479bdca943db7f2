import { NOW } from '../reservations/reservation-json.js';
import { type Queryable, statement } from '../statement.js';
import { type FeedRow, feedJson } from './feed-row.js';

export interface NewFeed {
  readonly id: string;
  readonly ownerId: string;
  readonly name: string;
  readonly resourceId: string | null;
  readonly placeId: string | null;
  readonly tokenHash: Buffer;
}

const INSERT = statement<{ row: FeedRow }>(
  'feed-insert',
  `with made as (
     insert into feed (id, owner_id, name, resource_id, place_id, token_hash, created_at)
     values ($2, $3, $4, $5, $6, $7, date_trunc('milliseconds', ${NOW})) returning *
   )
   select ${feedJson('made')} as row from made`,
);

/** Adds one. */
export async function insertFeed(tx: Queryable, now: string | null, feed: NewFeed): Promise<FeedRow> {
  const { id, ownerId, name, resourceId, placeId, tokenHash } = feed;
  const [made] = await tx.query(INSERT, [now, id, ownerId, name, resourceId, placeId, tokenHash]);
  return (made as { row: FeedRow }).row;
}

const ROTATE = statement<{ row: FeedRow }>(
  'feed-rotate',
  `with changed as (
     update feed set token_hash = $2, version = version + 1 where id = $1 returning *
   )
   select ${feedJson('changed')} as row from changed`,
);

/** Gives it another token; the present one ends with that. */
export async function rotateFeedToken(tx: Queryable, id: string, tokenHash: Buffer): Promise<FeedRow> {
  const [changed] = await tx.query(ROTATE, [id, tokenHash]);
  return (changed as { row: FeedRow }).row;
}

const REMOVE = statement<never>('feed-remove', 'delete from feed where id = $1');

/** Removes one; its token ends with that. */
export async function removeFeed(tx: Queryable, id: string): Promise<void> {
  await tx.query(REMOVE, [id]);
}
