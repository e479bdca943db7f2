import { type Queryable, statement } from '../statement.js';

export interface EndedSession {
  readonly id: string;
  readonly userId: string;
}

const END_ONE = statement<{ id: string }>(
  'session-end',
  `update session set revoked_at = coalesce($1::timestamptz, statement_timestamp())
   where id = $2 and revoked_at is null
   returning id`,
);

/** Whether it was spent already does not matter: whoever knows it wants the session to be over. */
const END_BY_TOKEN = statement<EndedSession>(
  'session-end-by-token',
  `update session s set revoked_at = m.at
   from refresh_token t, (select coalesce($1::timestamptz, statement_timestamp()) as at) m
   where t.hash = $2 and s.id = t.session_id and s.revoked_at is null and s.expires_at > m.at
   returning s.id, s.user_id as "userId"`,
);

const END_OF_USER = statement<{ id: string }>(
  'session-end-of-user',
  `update session s set revoked_at = m.at
   from (select coalesce($1::timestamptz, statement_timestamp()) as at) m
   where s.user_id = $2 and s.revoked_at is null and s.expires_at > m.at and s.id is distinct from $3::uuid
   returning s.id`,
);

/**
 * One millisecond behind the last token given out, so that every token of before is refused and the next
 * one counts, even while a test's clock stands still.
 */
const OUTDATE = statement<{ id: string }>(
  'session-outdate',
  `update session s
   set tokens_from = greatest(s.tokens_from, s.last_used_at, m.at::timestamptz(3)) + interval '1 millisecond'
   from (select coalesce($1::timestamptz, statement_timestamp()) as at) m
   where s.user_id = $2 and s.revoked_at is null and s.expires_at > m.at
   returning s.id`,
);

/** Ends one session; false when it had ended before. */
export const endSession = async (tx: Queryable, now: string | null, id: string): Promise<boolean> =>
  (await tx.query(END_ONE, [now, id])).length > 0;

/** Ends the session of a refresh token, by its hash; null where there is none, or it had ended before. */
export const endSessionByToken = async (
  tx: Queryable,
  now: string | null,
  hash: Buffer,
): Promise<EndedSession | null> => (await tx.query(END_BY_TOKEN, [now, hash]))[0] ?? null;

/** Ends the live sessions of a user, on demand all but one, and returns how many there were. */
export const endSessionsOf = async (
  tx: Queryable,
  now: string | null,
  userId: string,
  except: string | null,
): Promise<number> => (await tx.query(END_OF_USER, [now, userId, except])).length;

/** Refuses the access tokens given out so far to a user's sessions, which themselves go on. */
export const outdateTokensOf = async (tx: Queryable, now: string | null, userId: string): Promise<number> =>
  (await tx.query(OUTDATE, [now, userId])).length;
