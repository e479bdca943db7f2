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

/** After a failure the process counts for itself for so long: not every request shall wait for a silent Redis. */
const PAUSE_MS = 1_000;

/** Counts in Redis for every process on the same prefix, and in memory while Redis is away. */
class RedisRateLimiter implements RateLimiter {
  private readonly client: Redis;
  private readonly windows = new Map<number, RateLimiterRedis>();
  private readonly memory = new MemoryRateLimiter();
  private pausedUntil = Number.NEGATIVE_INFINITY;
  private troubled = false;

  constructor(
    url: string,
    private readonly prefix: string,
    private readonly log: Log,
  ) {
    this.client = new Redis(url, OPTIONS);
    this.client.on('error', (error) => log.debug({ error }, 'Redis connection'));
  }

  async spend(key: string, limit: RateLimit): Promise<number | null> {
    if (this.client.status !== 'ready' || performance.now() < this.pausedUntil) return this.alone(key, limit);
    try {
      const spent = await this.window(limit.seconds).penalty(key);
      if (this.troubled) this.log.info({}, 'limits are counted in Redis again');
      this.troubled = false;
      return judged(spent, limit);
    } catch (error) {
      this.log.debug({ err: error }, 'Redis has not counted');
      this.pausedUntil = performance.now() + PAUSE_MS;
      return this.alone(key, limit);
    }
  }

  async close(): Promise<void> {
    this.client.disconnect();
    await this.memory.close();
  }

  private alone(key: string, limit: RateLimit): Promise<number | null> {
    if (!this.troubled) this.log.warn({}, 'Redis is away: limits are counted by each process for itself');
    this.troubled = true;
    return this.memory.spend(key, limit);
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
