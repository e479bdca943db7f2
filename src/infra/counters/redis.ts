import { Redis } from 'ioredis';
import { RateLimiterRedis } from 'rate-limiter-flexible';
import type { Counter, Counters } from '../../ports/counters.js';
import type { Log } from '../../ports/log.js';

/** Fails within 500 ms rather than queue, and is not asked again for a second: somebody waits to sign in. */
const CLIENT = {
  connectTimeout: 2_000,
  enableOfflineQueue: false,
  maxRetriesPerRequest: 0,
  commandTimeout: 500,
  retryStrategy: (attempt: number) => Math.min(50 * 2 ** attempt, 1_000),
} as const;
const DOWN_MS = 1_000;

export interface SharedCounters {
  readonly counters: Counters;
  close(): Promise<void>;
}

/** Counts in Redis for all processes together, and by `alone` while Redis is away. */
export function redisCounters(url: string, prefix: string, alone: Counters, log: Log): SharedCounters {
  const client = new Redis(url, CLIENT);
  client.on('error', (error) => log.debug({ error }, 'Redis connection'));
  let downUntil = 0;
  const counters: Counters = (options) => {
    const { name, limit, seconds } = options;
    const shared = counterOf(
      new RateLimiterRedis({
        storeClient: client,
        keyPrefix: `${prefix}${name}`,
        points: limit,
        duration: seconds,
        rejectIfRedisNotReady: true,
      }),
    );
    const own = alone(options);
    const either = async <T>(work: (counter: Counter) => Promise<T>): Promise<T> => {
      if (performance.now() < downUntil) return work(own);
      try {
        return await work(shared);
      } catch (error) {
        downUntil = performance.now() + DOWN_MS;
        log.warn({ err: error }, 'Redis does not count: each process does by itself');
        return work(own);
      }
    };
    return {
      add: (key, points) => either((counter) => counter.add(key, points)),
      takeBack: (key) => either((counter) => counter.takeBack(key)),
      block: (key, blockSeconds) => either((counter) => counter.block(key, blockSeconds)),
      forget: (key) => either((counter) => counter.forget(key)),
    };
  };
  return {
    counters,
    async close() {
      client.disconnect();
    },
  };
}

const counterOf = (limiter: RateLimiterRedis): Counter => ({
  async add(key, points = 1) {
    const { consumedPoints, msBeforeNext } = await limiter.penalty(key, points);
    return { count: consumedPoints, msLeft: msBeforeNext };
  },
  async takeBack(key) {
    if (((await limiter.get(key))?.consumedPoints ?? 0) > 0) await limiter.reward(key);
  },
  async block(key, seconds) {
    await limiter.block(key, seconds);
  },
  async forget(key) {
    await limiter.delete(key);
  },
});
