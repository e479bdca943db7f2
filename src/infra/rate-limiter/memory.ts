import { RateLimiterMemory, type RateLimiterRes } from 'rate-limiter-flexible';
import type { RateLimit, RateLimiter } from '../../ports/rate-limiter.js';

/** Null where what was spent is within the limit, else the ms until the window ends. */
export const judged = (spent: RateLimiterRes, { points }: RateLimit): number | null =>
  spent.consumedPoints <= points ? null : Math.max(1, spent.msBeforeNext);

/** Counts in the memory of this process. A key goes with its window. */
export class MemoryRateLimiter implements RateLimiter {
  private readonly windows = new Map<number, RateLimiterMemory>();

  async spend(key: string, limit: RateLimit): Promise<number | null> {
    return judged(await this.window(limit.seconds).penalty(key), limit);
  }

  async close(): Promise<void> {
    this.windows.clear();
  }

  /** One for each length; there are as many as the program has kinds of limits. */
  private window(seconds: number): RateLimiterMemory {
    const window = this.windows.get(seconds) ?? new RateLimiterMemory({ points: 1, duration: seconds });
    this.windows.set(seconds, window);
    return window;
  }
}
