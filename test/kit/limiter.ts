import { redisRateLimiter } from '../../src/infra/rate-limiter/redis.js';
import type { RateLimiter } from '../../src/ports/rate-limiter.js';
import { eventually } from './eventually.js';
import { SilentLog } from './log.js';

const opened: RateLimiter[] = [];
afterAll(() => Promise.all(opened.map((limiter) => limiter.close())));

/** A limiter that counts in Redis by now; it ends after the test file. */
export async function limiterOverRedis(
  url: string,
  prefix: string,
): Promise<RateLimiter & { readonly log: SilentLog }> {
  const log = new SilentLog();
  const limiter = redisRateLimiter(url, prefix, log);
  opened.push(limiter);
  await countsInRedis(limiter, log);
  return Object.assign(limiter, { log });
}

/** Resolves when it counts in Redis, for the first time or again. */
export const countsInRedis = (limiter: RateLimiter, log: SilentLog): Promise<void> =>
  eventually(async () => {
    await limiter.spend('ready', { points: 1, seconds: 1 });
    expect(log.lines.findLast(({ level }) => level !== 'debug')?.level).not.toBe('warn');
  }, 10_000);
