import { Redis } from 'ioredis';
import { RateLimiterRedis } from 'rate-limiter-flexible';
import type { Log } from '../../ports/log.js';
import type { RateLimiter } from '../../ports/rate-limiter.js';
import { BudgetLimiters, MINUTE_SECONDS, memoryLimiter } from './in-process.js';

/** As for publishing: what cannot be counted within 500 ms is counted here. */
const OPTIONS = {
  connectTimeout: 2_000,
  keepAlive: 5_000,
  retryStrategy: (attempt: number) => Math.min(50 * 2 ** attempt, 1_000),
  enableOfflineQueue: false,
  maxRetriesPerRequest: 0,
  commandTimeout: 500,
};

/** Counts for every process on the same Redis and prefix, and in this one alone while Redis is away. */
export function redisRateLimiter(url: string, prefix: string, log: Log): RateLimiter {
  const storeClient = new Redis(url, OPTIONS);
  storeClient.on('error', (error) => log.debug({ error }, 'Redis connection'));
  const limiters = new BudgetLimiters(
    (budget) =>
      new RateLimiterRedis({
        storeClient,
        rejectIfRedisNotReady: true,
        keyPrefix: `${prefix}rate:${budget.name}`,
        points: budget.pointsPerMinute,
        duration: MINUTE_SECONDS,
        insuranceLimiter: memoryLimiter(budget),
      }),
  );
  return {
    spend: (budget, key, points) => limiters.spend(budget, key, points),
    close: async () => storeClient.disconnect(),
  };
}
