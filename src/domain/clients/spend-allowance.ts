import type { RateLimiter } from '../../ports/rate-limiter.js';
import type { Viewer } from '../act.js';
import { Unavailable } from '../failure.js';

const MINUTE = 60;
const DAY = 86_400;

/**
 * Counts one operation of a program against its rate and its quota, on all instances together. What the rate refuses
 * does not count against the quota.
 * @returns null where it may be run, else the whole seconds to wait; people are not asked
 * @throws Unavailable where nothing counts: no program runs without being counted
 */
export async function spendAllowance(limiter: RateLimiter | null, viewer: Viewer): Promise<number | null> {
  const { userId, client } = viewer;
  if (!client) return null;
  if (!limiter) throw new Unavailable('API clients are not served');
  const { perMinute, perDay } = client;
  const wait =
    (await limiter.spend(`client:${userId}`, { points: perMinute, seconds: MINUTE })) ??
    (perDay === null ? null : await limiter.spend(`client:${userId}`, { points: perDay, seconds: DAY }));
  return wait === null ? null : Math.ceil(wait / 1_000);
}
