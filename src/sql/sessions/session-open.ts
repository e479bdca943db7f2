import { type Queryable, statement } from '../statement.js';
import { type UserRow, userColumns } from '../users/user-columns.js';

export interface NewSession {
  readonly id: string;
  readonly userId: string;
  /**
   * The hash that the password was found to match, null where the directory has judged it: no session opens
   * on a password changed, or given, meanwhile.
   */
  readonly passwordHash: string | null;
  readonly lifetimeSeconds: number;
  readonly refreshHash: Buffer;
  readonly userAgent: string | null;
  readonly address: string | null;
}

/** What a session's next access token says: the person, and the instant (ms) from which it counts. */
export interface Renewal extends UserRow {
  readonly sessionId: string;
  readonly issuedAtMs: number;
}

/**
 * `for share` makes the sign-in and a change of role or activity wait for each other: either the change sees
 * this session and ends or outdates it, or the session sees the change.
 */
const OPEN = statement<Renewal>(
  'session-open',
  `with moment as (select coalesce($1::timestamptz, statement_timestamp())::timestamptz(3) as at),
   account as (
     select u.* from app_user u where u.id = $2 and u.active and u.password_hash is not distinct from $3::text
     -- a program has its secrets, and no other way in
     and not exists (select from api_client c where c.id = u.id) for share),
   opened as (
     insert into session (id, user_id, created_at, expires_at, last_used_at, tokens_from, user_agent, address)
     select $4, a.id, m.at, m.at + make_interval(secs => $5::float8), m.at, m.at, $6, $7
     from account a, moment m
     returning id, created_at),
   token as (
     insert into refresh_token (hash, session_id, created_at) select $8, o.id, o.created_at from opened o)
   select ${userColumns('a')}, o.id as "sessionId", (extract(epoch from o.created_at) * 1000)::float8 as "issuedAtMs"
   from opened o, account a`,
);

/**
 * Opens a session with its first refresh token.
 * @returns null when the account has been closed or has another password by now
 */
export async function openSession(
  tx: Queryable,
  now: string | null,
  session: NewSession,
): Promise<Renewal | null> {
  const [row] = await tx.query(OPEN, [
    now,
    session.userId,
    session.passwordHash,
    session.id,
    session.lifetimeSeconds,
    session.userAgent,
    session.address,
    session.refreshHash,
  ]);
  return row ?? null;
}
