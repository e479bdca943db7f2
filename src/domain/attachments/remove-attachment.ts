import { attachmentsByIds } from '../../sql/attachments/attachment-row.js';
import { removeAttachmentRow } from '../../sql/attachments/stray-files.js';
import { readTargets } from '../../sql/reservations/read-reservations.js';
import type { ReservationRow } from '../../sql/reservations/reservation-json.js';
import type { ViewerCtx } from '../act.js';
import { recordAudit } from '../audit/record.js';
import { type ReservationRefused, reason, refused } from '../decisions/reason.js';
import { type NotFound, notFound } from '../failure.js';
import { mayChangeAll } from '../reservations/rights.js';

/**
 * Removes a file from its reservation, whatever has become of that; the sweeper removes it from the store. For who has
 * attached it, and whoever may change the reservation.
 */
export const removeAttachment = (
  ctx: ViewerCtx,
  id: string,
): Promise<ReservationRow | ReservationRefused | NotFound> =>
  ctx.db.transaction(async (tx) => {
    const { userId } = ctx.viewer;
    const attachment = (await attachmentsByIds(tx, [id])).get(id);
    const now = ctx.clock.fixed();
    const ids = attachment ? [attachment.reservationId] : [];
    const [target] = await readTargets(tx, now, ids, userId, mayChangeAll(ctx.viewer), 'LOCKED');
    if (!attachment || !target || !(target.mayChange || target.isSeen)) return notFound(['id'], 'attachment');
    if (!target.mayChange && attachment.uploaderId !== userId) {
      return refused([reason('NOT_PERMITTED', 'Somebody else has attached this, to what is not yours.')]);
    }
    if (!(await removeAttachmentRow(tx, id))) return notFound(['id'], 'attachment');
    const { type, size, sha256 } = attachment;
    await recordAudit(tx, ctx, {
      action: 'attachment.remove',
      subjectId: attachment.reservationId,
      before: { attachmentId: id, type, size, sha256 },
    });
    return target.row;
  });
