import { type Queryable, statement } from '../statement.js';

const PRUNE = statement<{ kid: string }>(
  'key-prune',
  `delete from signing_key k using (select coalesce($1::timestamptz, statement_timestamp()) as at) m
   where k.verifies_until < m.at - make_interval(days => $2)
   returning k.kid`,
);

/** Deletes the keys that stopped verifying more than so many days ago; returns how many. */
export const pruneKeys = async (db: Queryable, now: string | null, days: number): Promise<number> =>
  (await db.query(PRUNE, [now, days])).length;
