import { type Queryable, statement } from '../statement.js';

const SESSIONS = statement<{ id: string }>(
  'session-prune',
  `delete from session s using (select coalesce($1::timestamptz, statement_timestamp()) as at) m
   where least(s.expires_at, s.revoked_at) < m.at - make_interval(days => $2)
   returning s.id`,
);
const TOKENS = statement<{ found: number }>(
  'session-prune-tokens',
  `delete from refresh_token t using (select coalesce($1::timestamptz, statement_timestamp()) as at) m
   where t.replaced_at < m.at - make_interval(days => $2)
   returning 1 as found`,
);

/** Deletes the sessions that ended more than so many days ago, with their tokens; returns how many. */
export const pruneSessions = async (db: Queryable, now: string | null, days: number): Promise<number> =>
  (await db.query(SESSIONS, [now, days])).length;

/** Deletes the spent refresh tokens of that age, whose reuse is then merely unknown; returns how many. */
export const pruneRefreshTokens = async (db: Queryable, now: string | null, days: number): Promise<number> =>
  (await db.query(TOKENS, [now, days])).length;
