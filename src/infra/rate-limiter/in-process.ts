import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import type { Balance, Budget, RateLimiter } from '../../ports/rate-limiter.js';

export const MINUTE_SECONDS = 60;

type Limiter = Pick<RateLimiterMemory, 'consume'>;

/** One limiter of the library for each budget, made when the budget is first spent of. */
export class BudgetLimiters implements Pick<RateLimiter, 'spend'> {
  readonly #limiters = new Map<string, Limiter>();

  constructor(private readonly make: (budget: Budget) => Limiter) {}

  async spend(budget: Budget, key: string, points: number): Promise<Balance> {
    let limiter = this.#limiters.get(budget.name);
    if (!limiter) {
      limiter = this.make(budget);
      this.#limiters.set(budget.name, limiter);
    }
    // The library rejects what overdraws, with the same facts.
    const { consumedPoints, msBeforeNext } = await limiter.consume(key, points).catch((refused: unknown) => {
      if (refused instanceof RateLimiterRes) return refused;
      throw refused;
    });
    return { left: budget.pointsPerMinute - consumedPoints, wholeInMs: msBeforeNext };
  }
}

export const memoryLimiter = ({ name, pointsPerMinute }: Budget): RateLimiterMemory =>
  new RateLimiterMemory({ keyPrefix: name, points: pointsPerMinute, duration: MINUTE_SECONDS });

/** Counts in the memory of this process. */
export function inProcessRateLimiter(): RateLimiter {
  const limiters = new BudgetLimiters(memoryLimiter);
  return {
    spend: (budget, key, points) => limiters.spend(budget, key, points),
    close: () => Promise.resolve(),
  };
}
