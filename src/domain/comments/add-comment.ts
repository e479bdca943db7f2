import type { CommentRow } from '../../sql/comments/comment-row.js';
import { addCommentRow } from '../../sql/comments/write-comment.js';
import { reservationsByIds } from '../../sql/reservations/read-reservations.js';
import type { ViewerCtx } from '../act.js';
import { recordAudit } from '../audit/record.js';
import { type InvalidInput, type NotFound, notFound } from '../failure.js';
import { newId } from '../ids.js';
import { checkText } from '../text.js';

const MOST_WORDS = 5_000;

/** What a comment may say: 1 to 5,000 characters. Null says that it is fine. */
export const checkComment = (words: string): InvalidInput | null =>
  checkText(words, ['input', 'words'], 1, MOST_WORDS);

/** Says something about a reservation, whatever has become of it; the others whom it concerns are told. For whoever sees it. */
export async function addComment(
  ctx: ViewerCtx,
  { id: reservationId, words }: { readonly id: string; readonly words: string },
): Promise<CommentRow | NotFound | InvalidInput> {
  const invalid = checkComment(words);
  if (invalid) return invalid;
  const now = ctx.clock.fixed();
  const result = await ctx.db.transaction(async (tx) => {
    const row = (await reservationsByIds(tx, now, [reservationId], ctx.viewer)).get(reservationId);
    if (!row) return notFound(['id'], 'reservation');
    const authorId = ctx.viewer.userId;
    const comment = await addCommentRow(tx, now, {
      id: newId(),
      reservationId,
      authorId,
      words: words.trim(),
    });
    const after = { commentId: comment.id };
    await recordAudit(tx, ctx, { action: 'comment.add', subjectId: reservationId, after });
    return { comment, resourceIds: row.claims.map(({ resourceId }) => resourceId) };
  });
  if ('kind' in result) return result;
  // Who is told of something listens to the wake-ups of streams.
  ctx.bus.wake({ kind: 'streams', resourceIds: result.resourceIds });
  return result.comment;
}
