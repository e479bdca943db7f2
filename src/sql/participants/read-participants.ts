import { type Queryable, statement } from '../statement.js';
import { type ParticipantRow, participantJson } from './participant-row.js';

const BY_RESERVATIONS = statement<{ reservationId: string; rows: ParticipantRow[] }>(
  'participants-by-reservations',
  `select p.reservation_id as "reservationId", json_agg(${participantJson('p')} order by p.id) as rows
   from participant p where p.reservation_id = any ($1::uuid[]) group by p.reservation_id`,
);

/** By reservation who takes part, in the order of the invitations; one without anybody is missing from the map. */
export async function participantsByReservations(
  on: Queryable,
  ids: readonly string[],
): Promise<Map<string, readonly ParticipantRow[]>> {
  const found = await on.query(BY_RESERVATIONS, [ids]);
  return new Map(found.map(({ reservationId, rows }) => [reservationId, rows]));
}

const BY_IDS = statement<{ row: ParticipantRow }>(
  'participants-by-ids',
  `select ${participantJson('p')} as row from participant p where p.id = any ($1::uuid[])`,
);

/** The participants by id; those that do not exist are missing from the map. */
export async function participantsByIds(
  on: Queryable,
  ids: readonly string[],
): Promise<Map<string, ParticipantRow>> {
  return new Map((await on.query(BY_IDS, [ids])).map(({ row }) => [row.id, row]));
}
