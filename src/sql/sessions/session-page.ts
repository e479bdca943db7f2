import { NOW } from '../reservations/reservation-json.js';
import { type Queryable, statement } from '../statement.js';

/** A live session as its owner sees it. */
export interface SessionRow {
  readonly node: 'Session';
  readonly id: string;
  readonly userId: string;
  readonly createdAt: string;
  /** When its tokens were last refreshed. */
  readonly lastUsedAt: string;
  readonly expiresAt: string;
  readonly userAgent: string | null;
  readonly address: string | null;
}

/** Secrets of programs are kept among sessions, and are none. */
const LIVE = `select 'Session' as node, s.id, s.user_id as "userId", s.created_at as "createdAt",
    s.last_used_at as "lastUsedAt", s.expires_at as "expiresAt", s.user_agent as "userAgent", s.address
  from session s where s.revoked_at is null and s.expires_at > ${NOW}
    and not exists (select from api_secret k where k.id = s.id)`;

/** By session_of_user: a person has few. */
const PAGE = statement<SessionRow>(
  'session-page',
  `${LIVE} and s.user_id = $2 and ($3::uuid is null or s.id < $3) order by s.id desc limit $4`,
);
const BY_IDS = statement<SessionRow>('session-by-ids', `${LIVE} and s.id = any ($2::uuid[])`);

/** Up to `limit` live sessions of a person, the newest first; `after` is the last id of the page before. */
export const sessionPage = (
  db: Queryable,
  now: string | null,
  userId: string,
  after: string | null,
  limit: number,
): Promise<SessionRow[]> => db.query(PAGE, [now, userId, after, limit]);

/** The live sessions with these ids. */
export const sessionsByIds = (
  db: Queryable,
  now: string | null,
  ids: readonly string[],
): Promise<SessionRow[]> => db.query(BY_IDS, [now, ids]);
