import type { CommentRow } from '../../sql/comments/comment-row.js';
import { commentsByIds } from '../../sql/comments/read-comments.js';
import { editCommentRow, removeCommentRow } from '../../sql/comments/write-comment.js';
import { reservationsByIds } from '../../sql/reservations/read-reservations.js';
import type { Queryable } from '../../sql/statement.js';
import type { ViewerCtx } from '../act.js';
import { recordAudit } from '../audit/record.js';
import { type ReservationRefused, reason, refused } from '../decisions/reason.js';
import { type InvalidInput, type NotFound, notFound } from '../failure.js';
import { mayChangeAll } from '../reservations/rights.js';
import { checkComment } from './add-comment.js';

const GONE = notFound(['id'], 'comment');

/** The comment, as far as the viewer sees its reservation and may do this to it. */
async function target(
  ctx: ViewerCtx,
  tx: Queryable,
  id: string,
  may: (comment: CommentRow) => boolean,
): Promise<CommentRow | NotFound | ReservationRefused> {
  const comment = (await commentsByIds(tx, [id])).get(id);
  if (!comment) return GONE;
  const { reservationId } = comment;
  const seen = await reservationsByIds(tx, ctx.clock.fixed(), [reservationId], ctx.viewer);
  if (!seen.has(reservationId)) return GONE;
  return may(comment) ? comment : refused([reason('NOT_PERMITTED', 'Somebody else has said this.')]);
}

/** Says one's own comment in other words; nobody is told again. */
export async function editComment(
  ctx: ViewerCtx,
  { id, words }: { readonly id: string; readonly words: string },
): Promise<CommentRow | NotFound | ReservationRefused | InvalidInput> {
  const invalid = checkComment(words);
  if (invalid) return invalid;
  return ctx.db.transaction(async (tx) => {
    const comment = await target(ctx, tx, id, ({ authorId }) => authorId === ctx.viewer.userId);
    if ('kind' in comment) return comment;
    const edited = await editCommentRow(tx, ctx.clock.fixed(), id, words.trim());
    if (!edited) return GONE;
    const after = { commentId: id };
    await recordAudit(tx, ctx, { action: 'comment.edit', subjectId: comment.reservationId, after });
    return edited;
  });
}

/** Takes back one's own comment; managers and administrators take out anybody's. Returns it as it was. */
export const removeComment = (
  ctx: ViewerCtx,
  id: string,
): Promise<CommentRow | NotFound | ReservationRefused> =>
  ctx.db.transaction(async (tx) => {
    const may = ({ authorId }: CommentRow) => authorId === ctx.viewer.userId || mayChangeAll(ctx.viewer);
    const comment = await target(ctx, tx, id, may);
    if ('kind' in comment) return comment;
    if (!(await removeCommentRow(tx, id))) return GONE;
    const before = { commentId: id };
    await recordAudit(tx, ctx, { action: 'comment.remove', subjectId: comment.reservationId, before });
    return comment;
  });
