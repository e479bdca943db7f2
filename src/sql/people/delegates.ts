import { standsAt } from '../reservations/belongs-to.js';
import { NOW } from '../reservations/reservation-json.js';
import { looksAfter } from '../resources/care.js';
import { type Queryable, statement } from '../statement.js';

/** Who acts in whose name, and until when. */
export interface DelegateRow {
  readonly node: 'Delegate';
  readonly id: string;
  /** Whose reservations these are. */
  readonly userId: string;
  readonly delegateId: string;
  readonly addedAt: string;
  /** Exclusive; null: until it is ended. */
  readonly untilAt: string | null;
}

const delegateJson = (
  d: string,
): string => `json_build_object('node', 'Delegate', 'id', ${d}.id, 'userId', ${d}.user_id,
  'delegateId', ${d}.delegate_id, 'addedAt', ${d}.added_at, 'untilAt', ${d}.until_at)`;

const BY_IDS = statement<{ row: DelegateRow }>(
  'delegates-by-ids',
  `select ${delegateJson('d')} as row from delegate d where d.id = any ($2::uuid[]) and ${standsAt('d', NOW)}`,
);

/** Those by id that stand; others are missing from the map. */
export async function delegatesByIds(
  on: Queryable,
  now: string | null,
  ids: readonly string[],
): Promise<Map<string, DelegateRow>> {
  return new Map((await on.query(BY_IDS, [now, ids])).map(({ row }) => [row.id, row]));
}

const OF = statement<{ row: DelegateRow }>(
  'delegates-of',
  `select ${delegateJson('d')} as row from delegate d
   where d.user_id = $2 and ${standsAt('d', NOW)} order by d.added_at, d.id`,
);
const FOR = statement<{ row: DelegateRow }>(
  'delegators-of',
  `select ${delegateJson('d')} as row from delegate d
   where d.delegate_id = $2 and ${standsAt('d', NOW)} order by d.added_at, d.id limit $3`,
);

/** The delegates of the user, the first one first. */
export const delegatesOf = async (
  on: Queryable,
  now: string | null,
  userId: string,
): Promise<DelegateRow[]> => (await on.query(OF, [now, userId])).map(({ row }) => row);

/** In whose names the user acts, up to `limit`, the first one first. */
export const delegatorsOf = async (
  on: Queryable,
  now: string | null,
  userId: string,
  limit: number,
): Promise<DelegateRow[]> => (await on.query(FOR, [now, userId, limit])).map(({ row }) => row);

const AMONG = statement<{ id: string }>(
  'delegators-among',
  `select d.user_id as id from delegate d
   where d.delegate_id = $2 and d.user_id = any ($3::uuid[]) and ${standsAt('d', NOW)}`,
);

/** For which of these people the user acts. */
export const delegatorsAmong = async (
  on: Queryable,
  now: string | null,
  userId: string,
  ids: readonly string[],
): Promise<string[]> => (await on.query(AMONG, [now, userId, ids])).map(({ id }) => id);

const ADD = statement<{ row: DelegateRow; name: string }>(
  'delegate-add',
  `with made as (
     insert into delegate (id, user_id, delegate_id, added_at, until_at)
     select $2, $3, u.id, date_trunc('milliseconds', ${NOW}), $5::timestamptz
     from app_user u where u.id = $4 and u.active and u.role <> 'GUEST' for key share of u
     on conflict (user_id, delegate_id) do update
       set added_at = excluded.added_at, until_at = excluded.until_at, ended = false
     returning *
   ) select ${delegateJson('made')} as row, u.name from made join app_user u on u.id = made.delegate_id`,
);

/**
 * Lets that account act for the user until then; who does already, or did, does from now on until then.
 * @returns it, with the name of the delegate; null where there is no such active account, or it is a guest's
 */
export async function addDelegate(
  tx: Queryable,
  now: string | null,
  { id, userId, delegateId, untilAt }: Pick<DelegateRow, 'id' | 'userId' | 'delegateId' | 'untilAt'>,
): Promise<{ readonly row: DelegateRow; readonly name: string } | null> {
  return (await tx.query(ADD, [now, id, userId, delegateId, untilAt]))[0] ?? null;
}

const END = statement<{ row: DelegateRow }>(
  'delegate-end',
  `with gone as (
     update delegate d set ended = true
     where d.id = $2 and ${standsAt('d', NOW)} and ($4::boolean or $3::uuid in (d.user_id, d.delegate_id)) returning d.*
   ) select ${delegateJson('gone')} as row from gone`,
);

/** Ends it where it stands and is about the user, or the user may end all; as it was, or null. */
export const endDelegate = async (
  tx: Queryable,
  now: string | null,
  id: string,
  userId: string,
  mayEndAll: boolean,
): Promise<DelegateRow | null> => (await tx.query(END, [now, id, userId, mayEndAll]))[0]?.row ?? null;

const MAY_ACT = statement<{ may: boolean }>(
  'may-act-for',
  `select exists (
       select from delegate d where d.user_id = $3::uuid and d.delegate_id = $2::uuid and ${standsAt('d', NOW)})
     or $4::uuid[] is not null and not exists (
       select from unnest($4) as wanted (id) where not ${looksAfter('wanted.id', '$2')}) as may`,
);

/**
 * Whether the user makes reservations for that owner: as a delegate, or as one who looks after all of the resources.
 * @param resourceIds null: any resource might be taken
 */
export const mayActFor = async (
  on: Queryable,
  now: string | null,
  userId: string,
  ownerId: string,
  resourceIds: readonly string[] | null,
): Promise<boolean> => (await on.query(MAY_ACT, [now, userId, ownerId, resourceIds]))[0]?.may ?? false;
