import type { CommentRow } from '../../sql/comments/comment-row.js';
import { commentPages, commentsByIds } from '../../sql/comments/read-comments.js';
import type { GraphQLContext } from '../context.js';
import { defineLoader } from '../loader.js';
import { reservationById } from '../reservations/loaders.js';

const commentById = defineLoader((ctx, ids) => commentsByIds(ctx.db, ids));

/** The comment, or null where there is none for the viewer to see. */
export async function readableComment(ctx: GraphQLContext, id: string): Promise<CommentRow | null> {
  const row = await commentById(ctx).load(id);
  return row && (await reservationById(ctx).load(row.reservationId)) ? row : null;
}

/** A page of one reservation's comments, as a key: how many, which reservation, behind which comment. */
export const pageKey = (limit: number, reservationId: string, after: string | null): string =>
  [limit, reservationId, after ?? ''].join(' ');

/** Pages by their keys, those of one length in one statement. Asked only of reservations that are shown already. */
export const commentPage = defineLoader(async (ctx, keys) => {
  const pages = new Map<string, readonly CommentRow[]>();
  const wanted = keys.map((key) => {
    const [limit = '', reservationId = '', after = ''] = key.split(' ');
    return { key, limit: Number(limit), reservationId, after: after || null };
  });
  for (const limit of new Set(wanted.map((each) => each.limit))) {
    const places = wanted.filter((each) => each.limit === limit);
    const read = await commentPages(ctx.db, places, limit);
    for (const [index, { key }] of places.entries()) pages.set(key, read[index] ?? []);
  }
  return pages;
});
