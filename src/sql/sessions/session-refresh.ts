import { type Queryable, statement } from '../statement.js';
import { userColumns } from '../users/user-columns.js';
import type { Renewal } from './session-open.js';

/**
 * Replaces a refresh token by its successor in one statement. The rows are locked in the order person,
 * session, token (that of the acts that end sessions); a rival that presents the same token waits and then
 * finds it replaced. A new access token never counts from before tokens_from, which the change of a role
 * has moved: it carries the new role.
 */
const REFRESH = statement<Renewal>(
  'session-refresh',
  `with moment as (select coalesce($1::timestamptz, statement_timestamp())::timestamptz(3) as at),
   presented as (
     select u.*, s.id as session_id
     from refresh_token t
     join session s on s.id = t.session_id
     join app_user u on u.id = s.user_id
     where t.hash = $2 and t.replaced_at is null and s.revoked_at is null and u.active
       and s.expires_at > (select at from moment)
     for share of u for no key update of s for no key update of t),
   replaced as (
     update refresh_token t set replaced_at = m.at from presented p, moment m where t.hash = $2),
   renewed as (
     update session s
     set last_used_at = greatest(m.at, s.tokens_from), expires_at = m.at + make_interval(secs => $4::float8)
     from presented p, moment m where s.id = p.session_id
     returning s.id, s.last_used_at),
   issued as (
     insert into refresh_token (hash, session_id, created_at) select $3, r.id, r.last_used_at from renewed r)
   select ${userColumns('p')}, r.id as "sessionId", (extract(epoch from r.last_used_at) * 1000)::float8 as "issuedAtMs"
   from renewed r, presented p`,
);

/**
 * Spends one refresh token (by its hash) for the next and prolongs the session.
 * @returns null when the token is unknown or spent, or its session has ended
 */
export async function refreshSession(
  db: Queryable,
  now: string | null,
  hash: Buffer,
  nextHash: Buffer,
  lifetimeSeconds: number,
): Promise<Renewal | null> {
  const [row] = await db.query(REFRESH, [now, hash, nextHash, lifetimeSeconds]);
  return row ?? null;
}
