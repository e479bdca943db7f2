import { type Queryable, statement } from '../statement.js';

const REUSE = statement<{ sessionId: string; userId: string }>(
  'session-reuse',
  `update session s set revoked_at = coalesce($1::timestamptz, statement_timestamp())
   from refresh_token t
   where t.hash = $2 and t.replaced_at is not null and s.id = t.session_id and s.revoked_at is null
   returning s.id as "sessionId", s.user_id as "userId"`,
);

/**
 * Ends the session whose refresh token is presented a second time (RFC 9700, 4.14.2): one of the two who
 * know it is a thief, and nobody can tell which.
 * @returns null when the token is not a spent one, or the session has ended already
 */
export async function endReusedSession(
  tx: Queryable,
  now: string | null,
  hash: Buffer,
): Promise<{ sessionId: string; userId: string } | null> {
  const [row] = await tx.query(REUSE, [now, hash]);
  return row ?? null;
}
