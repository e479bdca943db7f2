import { type Queryable, statement } from '../statement.js';
import { type ParticipantRow, participantJson } from './participant-row.js';

const REMOVE = statement<never>(
  'uninvite',
  `delete from participant where id = any ($1::uuid[]) and reservation_id = any ($2::uuid[])`,
);

/** Takes them out; their links end with them. */
export async function uninvite(
  tx: Queryable,
  ids: readonly string[],
  reservationIds: readonly string[],
): Promise<void> {
  await tx.query(REMOVE, [ids, reservationIds]);
}

const ALIKE = statement<{ row: ParticipantRow }>(
  'participants-alike',
  `select ${participantJson('p')} as row from participant p
   where p.reservation_id = any ($1::uuid[]) and exists (
     select from participant o where o.id = any ($2::uuid[]) and (o.user_id = p.user_id or o.email = p.email))
   order by p.reservation_id, p.id`,
);

/** Of these reservations the participants who are the same people as the given ones. */
export const participantsAlike = async (
  tx: Queryable,
  reservationIds: readonly string[],
  ids: readonly string[],
): Promise<ParticipantRow[]> => (await tx.query(ALIKE, [reservationIds, ids])).map(({ row }) => row);
