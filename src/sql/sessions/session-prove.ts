import { NOW } from '../reservations/reservation-json.js';
import { type Queryable, statement } from '../statement.js';

const PROVE = statement<{ provedAtMs: number }>(
  'session-prove',
  `update session set proved_at = ${NOW} where id = $2 and revoked_at is null
   returning (extract(epoch from proved_at) * 1000)::float8 as "provedAtMs"`,
);

const IS_PROVED = statement<{ id: string }>(
  'session-is-proved',
  `select id from session
   where id = $2 and revoked_at is null and coalesce(proved_at, created_at) > ${NOW} - $3 * interval '1 s'`,
);

/** Writes down that the person has just proved to sit there; returns when (ms), or null where the session has ended. */
export const proveSession = async (
  tx: Queryable,
  now: string | null,
  sessionId: string,
): Promise<number | null> => (await tx.query(PROVE, [now, sessionId]))[0]?.provedAtMs ?? null;

/** Whether the person has proved to sit there within so many seconds: by signing in, or again since. */
export const isProved = async (
  tx: Queryable,
  now: string | null,
  sessionId: string,
  withinSeconds: number,
): Promise<boolean> => (await tx.query(IS_PROVED, [now, sessionId, withinSeconds])).length > 0;
