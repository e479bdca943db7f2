import { NOW } from '../reservations/reservation-json.js';
import { type Queryable, statement } from '../statement.js';

/** How long a place stays familiar after it was last used. */
export const FAMILIAR_DAYS = 90;

const REMEMBER = statement<never>(
  'familiar-origin-remember',
  `insert into familiar_origin (mark, user_id, seen_at) values ($2, $3, ${NOW})
   on conflict (mark) do update set user_id = excluded.user_id, seen_at = excluded.seen_at`,
);

/** Remembers that the account was used from there. */
export const rememberOrigin = async (
  tx: Queryable,
  now: string | null,
  mark: Buffer,
  userId: string,
): Promise<void> => {
  await tx.query(REMEMBER, [now, mark, userId]);
};

const KNOWN = statement<{ known: boolean }>(
  'familiar-origin-known',
  `select true as known from familiar_origin where mark = $2 and seen_at > ${NOW} - make_interval(days => ${FAMILIAR_DAYS})`,
);

/** Whether it was, lately. */
export const isFamiliarOrigin = async (db: Queryable, now: string | null, mark: Buffer): Promise<boolean> =>
  (await db.query(KNOWN, [now, mark])).length > 0;

const PRUNE = statement<{ found: number }>(
  'familiar-origin-prune',
  `delete from familiar_origin where seen_at < ${NOW} - make_interval(days => ${FAMILIAR_DAYS}) returning 1 as found`,
);

/** Forgets what is familiar no more; returns how many there were. */
export const pruneOrigins = async (db: Queryable, now: string | null): Promise<number> =>
  (await db.query(PRUNE, [now])).length;
