import type { FileStore } from '../../ports/file-store.js';
import { type AttachmentRow, attachmentsByIds } from '../../sql/attachments/attachment-row.js';
import { reservationsByIds } from '../../sql/reservations/read-reservations.js';
import type { ViewerCtx } from '../act.js';
import { Unavailable } from '../failure.js';

/** An attachment with its content. */
export interface OpenedAttachment {
  readonly attachment: AttachmentRow;
  readonly content: NonNullable<Awaited<ReturnType<FileStore['get']>>>;
}

/**
 * Opens a file for whoever sees its reservation; null where there is none for them.
 * @throws Unavailable where the store does not have it
 */
export async function openAttachment(
  ctx: ViewerCtx,
  store: FileStore,
  id: string,
): Promise<OpenedAttachment | null> {
  const attachment = (await attachmentsByIds(ctx.db, [id])).get(id);
  if (!attachment) return null;
  const { reservationId, fileKey } = attachment;
  const seen = await reservationsByIds(ctx.db, ctx.clock.fixed(), [reservationId], ctx.viewer);
  if (!seen.has(reservationId)) return null;
  const content = await store.get(fileKey);
  if (content) return { attachment, content };
  ctx.log.error({ attachmentId: id }, 'the file of an attachment is not in the store');
  throw new Unavailable('the file is not in the store');
}
