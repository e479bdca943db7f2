import { Redis, type RedisOptions } from 'ioredis';
import { RateLimiterRedis } from 'rate-limiter-flexible';
import type { Log } from '../../ports/log.js';
import type { RateLimit, RateLimiter } from '../../ports/rate-limiter.js';
import { judged, MemoryRateLimiter } from './memory.js';

const OPTIONS = {
  connectTimeout: 2_000,
  keepAlive: 5_000,
  enableOfflineQueue: false,
  enableAutoPipelining: true,
  maxRetriesPerRequest: 0,
  commandTimeout: 500,
  retryStrategy: (attempt: number) => Math.min(50 * 2 ** attempt, 1_000),
} satisfies RedisOptions;

/** After a failure the process counts for itself for so long, so that not every request waits for a silent Redis. */
const PAUSE_MS = 1_000;

/** Counts in Redis for every process on the same prefix, and in memory while Redis is away. */
class RedisRateLimiter implements RateLimiter {
  private readonly client: Redis;
  private readonly windows = new Map<number, RateLimiterRedis>();
  private readonly memory = new MemoryRateLimiter();
  private pausedUntil = Number.NEGATIVE_INFINITY;

  constructor(
    url: string,
    private readonly prefix: string,
    private readonly log: Log,
  ) {
    this.client = new Redis(url, OPTIONS);
    this.client.on('error', (error) => log.debug({ error }, 'Redis connection'));
  }

  async spend(key: string, limit: RateLimit): Promise<number | null> {
    if (performance.now() < this.pausedUntil) return this.memory.spend(key, limit);
    try {
      return judged(await this.window(limit.seconds).penalty(key), limit);
    } catch (error) {
      this.pausedUntil = performance.now() + PAUSE_MS;
      this.log.warn({ err: error }, 'limits are counted by each process for itself');
      return this.memory.spend(key, limit);
    }
  }

  async close(): Promise<void> {
    this.client.disconnect();
    await this.memory.close();
  }

  private window(seconds: number): RateLimiterRedis {
    const keyPrefix = `${this.prefix}limit:${seconds}`;
    const window =
      this.windows.get(seconds) ??
      new RateLimiterRedis({ storeClient: this.client, keyPrefix, points: 1, duration: seconds });
    this.windows.set(seconds, window);
    return window;
  }
}

/** Limits that hold for all processes on the same Redis and prefix. */
export const redisRateLimiter = (url: string, prefix: string, log: Log): RateLimiter =>
  new RedisRateLimiter(url, prefix, log);
