import { RateLimiterMemory } from 'rate-limiter-flexible';
import type { Counters } from '../../ports/counters.js';

/** Counts in the memory of this process. */
export const memoryCounters: Counters = ({ name, limit, seconds }) => {
  const limiter = new RateLimiterMemory({ keyPrefix: name, points: limit, duration: seconds });
  return {
    async add(key, points = 1) {
      const { consumedPoints, msBeforeNext } = await limiter.penalty(key, points);
      return { count: consumedPoints, msLeft: msBeforeNext };
    },
    async takeBack(key) {
      if (((await limiter.get(key))?.consumedPoints ?? 0) > 0) await limiter.reward(key);
    },
    async block(key, blockSeconds) {
      await limiter.block(key, blockSeconds);
    },
    async forget(key) {
      await limiter.delete(key);
    },
  };
};
