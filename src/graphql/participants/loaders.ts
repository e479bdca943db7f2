import type { ParticipantRow } from '../../sql/participants/participant-row.js';
import { participantsByIds, participantsByReservations } from '../../sql/participants/read-participants.js';
import type { GraphQLContext } from '../context.js';
import { defineLoader } from '../loader.js';
import { reservationById } from '../reservations/loaders.js';

/** Who takes part, by reservation. Asked only of reservations that are shown already. */
export const participantsOf = defineLoader((ctx, ids) => participantsByReservations(ctx.db, ids));

const participantById = defineLoader((ctx, ids) => participantsByIds(ctx.db, ids));

/** Whether the viewer sees that participant of a reservation that they see: guests see themselves alone. */
export const seesParticipant = ({ viewer }: GraphQLContext, { userId }: ParticipantRow): boolean =>
  viewer !== null && (viewer.role !== 'GUEST' || viewer.userId === userId);

/** The participant, or null where there is none for the viewer to see. */
export async function readableParticipant(ctx: GraphQLContext, id: string): Promise<ParticipantRow | null> {
  const row = await participantById(ctx).load(id);
  if (!row || !seesParticipant(ctx, row)) return null;
  return (await reservationById(ctx).load(row.reservationId)) ? row : null;
}
