import {
  type AttachmentRow,
  attachmentsByIds,
  attachmentsByReservations,
} from '../../sql/attachments/attachment-row.js';
import type { GraphQLContext } from '../context.js';
import { defineLoader } from '../loader.js';
import { reservationById } from '../reservations/loaders.js';

/** The files of a reservation. Asked only of reservations that are shown already. */
export const attachmentsOf = defineLoader((ctx, ids) => attachmentsByReservations(ctx.db, ids));

const attachmentById = defineLoader((ctx, ids) => attachmentsByIds(ctx.db, ids));

/** The attachment, or null where there is none for the viewer to see. */
export async function readableAttachment(ctx: GraphQLContext, id: string): Promise<AttachmentRow | null> {
  const row = await attachmentById(ctx).load(id);
  return row && (await reservationById(ctx).load(row.reservationId)) ? row : null;
}
