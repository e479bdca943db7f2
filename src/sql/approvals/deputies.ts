import { NOW } from '../reservations/reservation-json.js';
import { type Queryable, statement } from '../statement.js';

/** Who decides for somebody, and when. */
export interface DeputyRow {
  readonly node: 'Deputy';
  readonly id: string;
  readonly userId: string;
  readonly deputyId: string;
  readonly fromAt: string;
  /** Exclusive; null: until it is removed. */
  readonly untilAt: string | null;
}

const deputyJson = (
  d: string,
): string => `json_build_object('node', 'Deputy', 'id', ${d}.id, 'userId', ${d}.user_id,
  'deputyId', ${d}.deputy_id, 'fromAt', ${d}.from_at, 'untilAt', ${d}.until_at)`;

const BY_IDS = statement<{ row: DeputyRow }>(
  'deputies-by-ids',
  `select ${deputyJson('d')} as row from deputy d where d.id = any ($1::uuid[])`,
);

/** The deputies by id; what does not exist is missing from the map. */
export async function deputiesByIds(on: Queryable, ids: readonly string[]): Promise<Map<string, DeputyRow>> {
  return new Map((await on.query(BY_IDS, [ids])).map(({ row }) => [row.id, row]));
}

const OF = statement<{ row: DeputyRow }>(
  'deputies-of',
  `select ${deputyJson('d')} as row from deputy d
   where d.user_id = $2 and (d.until_at is null or d.until_at > ${NOW}) order by d.from_at, d.id`,
);

/** The deputies of the user that are not over, by their start. */
export const deputiesOf = async (on: Queryable, now: string | null, userId: string): Promise<DeputyRow[]> =>
  (await on.query(OF, [now, userId])).map(({ row }) => row);

const ADD = statement<{ row: DeputyRow }>(
  'deputy-add',
  `with made as (
     insert into deputy (id, user_id, deputy_id, from_at, until_at)
     select $2, $3, u.id, coalesce($5::timestamptz, date_trunc('milliseconds', ${NOW})), $6
     from app_user u where u.id = $4 and u.active returning *
   ) select ${deputyJson('made')} as row from made`,
);

/** Null where there is no such active person. */
export async function addDeputy(
  tx: Queryable,
  now: string | null,
  {
    id,
    userId,
    deputyId,
    fromAt,
    untilAt,
  }: Omit<DeputyRow, 'node' | 'fromAt'> & { readonly fromAt: string | null },
): Promise<DeputyRow | null> {
  return (await tx.query(ADD, [now, id, userId, deputyId, fromAt, untilAt]))[0]?.row ?? null;
}

const REMOVE = statement<{ row: DeputyRow }>(
  'deputy-remove',
  `with gone as (delete from deputy where id = $1 and ($3::boolean or user_id = $2::uuid) returning *)
   select ${deputyJson('gone')} as row from gone`,
);

/** Removes it where it is the user's own, or the user may remove all; the row as it was, or null. */
export const removeDeputyRow = async (
  tx: Queryable,
  id: string,
  userId: string,
  mayRemoveAll: boolean,
): Promise<DeputyRow | null> => (await tx.query(REMOVE, [id, userId, mayRemoveAll]))[0]?.row ?? null;
