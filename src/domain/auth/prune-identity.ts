import { pruneChallenges } from '../../sql/factors/challenge.js';
import { pruneKeys } from '../../sql/sessions/key-prune.js';
import { pruneRefreshTokens, pruneSessions } from '../../sql/sessions/session-prune.js';
import type { Ctx } from '../act.js';

/**
 * Deletes what was asked and cannot be answered any more, and ended sessions, spent refresh tokens and retired keys that are older than so many days. Harmless
 * at any time and from any number of processes.
 */
export async function pruneIdentity(
  ctx: Pick<Ctx, 'db' | 'clock'>,
  days: number,
): Promise<{ sessions: number; refreshTokens: number; keys: number; challenges: number }> {
  const now = ctx.clock.fixed();
  return {
    sessions: await pruneSessions(ctx.db, now, days),
    refreshTokens: await pruneRefreshTokens(ctx.db, now, days),
    keys: await pruneKeys(ctx.db, now, days),
    challenges: await pruneChallenges(ctx.db, now),
  };
}
