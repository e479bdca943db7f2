import { pruneChallenges } from '../../sql/factors/challenge.js';
import { pruneOrigins } from '../../sql/sessions/familiar-origin.js';
import { pruneKeys } from '../../sql/sessions/key-prune.js';
import { pruneRefreshTokens, pruneSessions } from '../../sql/sessions/session-prune.js';
import type { Ctx } from '../act.js';

/**
 * Deletes what nobody can answer any more, ended sessions, spent refresh tokens and retired keys that are older than so many days, and places that are
 * familiar no more. Harmless
 * at any time and from any number of processes.
 */
export async function pruneIdentity(
  ctx: Pick<Ctx, 'db' | 'clock'>,
  days: number,
): Promise<{ sessions: number; refreshTokens: number; keys: number; origins: number; challenges: number }> {
  const now = ctx.clock.fixed();
  return {
    sessions: await pruneSessions(ctx.db, now, days),
    refreshTokens: await pruneRefreshTokens(ctx.db, now, days),
    keys: await pruneKeys(ctx.db, now, days),
    origins: await pruneOrigins(ctx.db, now),
    challenges: await pruneChallenges(ctx.db, now),
  };
}
