import { mayChange } from '../reservations/change-reservation.js';
import { type ActRow, NOW } from '../reservations/reservation-json.js';
import { type Queryable, statement } from '../statement.js';
import { standing } from './standing.js';

/** The act that a reservation stands as it was left by. */
export interface UndoableAct {
  readonly reservationId: string;
  /** The version that the reservation has. */
  readonly version: number;
  readonly act: ActRow;
}

const READ = statement<UndoableAct>(
  'undoable-acts',
  `with recursive ${standing('select v.id, v.version, v.version from reservation v where v.id = any ($2::uuid[])')}
  select s.id as "reservationId", s.version, json_build_object('node', 'Act', 'id', h.id, 'doneAt', h.at, 'undoneAt', null) as act
  from stands s
  join reservation v on v.id = s.id
  join audit a on a.subject_id = s.id and a.act_id is not null and (a.after ->> 'version')::integer = s.stands_at
  join audit h on h.id = a.act_id
  where h.at > ${NOW} - $5 * interval '1 ms' and (h.actor_id = $3::uuid or ${mayChange('v', '$3::uuid', '$4::boolean')})`,
);

/**
 * By reservation the act that could be undone now by that user: the one that it stands as it was left by, if that is
 * less than `forMs` old. A reservation without one is missing.
 */
export async function undoableActs(
  on: Queryable,
  now: string | null,
  reservationIds: readonly string[],
  actorId: string,
  mayChangeAll: boolean,
  forMs: number,
): Promise<Map<string, UndoableAct>> {
  const rows = await on.query(READ, [now, reservationIds, actorId, mayChangeAll, forMs]);
  return new Map(rows.map((row) => [row.reservationId, row]));
}

const BY_IDS = statement<{ act: ActRow; actorId: string }>(
  'acts-by-ids',
  `select h.actor_id as "actorId", json_build_object('node', 'Act', 'id', h.id, 'doneAt', h.at,
     'undoneAt', (select max(u.at) from audit u where u.undoes = h.id)) as act
   from audit h where h.id = any ($1::uuid[]) and h.act_id = h.id`,
);

/** The acts by id, with who did them; what does not exist is missing from the map. */
export async function actsByIds(
  on: Queryable,
  ids: readonly string[],
): Promise<Map<string, ActRow & { readonly actorId: string }>> {
  const rows = await on.query(BY_IDS, [ids]);
  return new Map(rows.map(({ act, actorId }) => [act.id, { ...act, actorId }]));
}
