import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { originOf, type SignInThrottle, THROTTLE_LIMITS, type ThrottleLimits } from './sign-in-throttle.js';

const STRIKES_SECONDS = 3_600;

/** Counts in the memory of this process; what it keeps of a stranger is bounded by the limit per address. */
export class MemoryThrottle implements SignInThrottle {
  private readonly accounts: RateLimiterMemory;
  private readonly addresses: RateLimiterMemory;
  private readonly strikes: RateLimiterMemory;

  constructor(private readonly limits: ThrottleLimits = THROTTLE_LIMITS) {
    const duration = limits.windowSeconds;
    this.accounts = new RateLimiterMemory({ points: limits.perAccount, duration });
    this.addresses = new RateLimiterMemory({ points: limits.perAddress, duration });
    this.strikes = new RateLimiterMemory({ points: 1, duration: STRIKES_SECONDS });
  }

  async attempt(account: string, address: string | null): Promise<number | null> {
    const origin = originOf(address);
    return (
      (await this.spend(this.addresses, this.limits.perAddress, origin)) ??
      (await this.spend(this.accounts, this.limits.perAccount, `${origin} ${account}`))
    );
  }

  async forgive(account: string, address: string | null): Promise<void> {
    const origin = originOf(address);
    await this.accounts.delete(`${origin} ${account}`);
    await this.strikes.delete(`${origin} ${account}`);
    const spent = (await this.addresses.get(origin))?.consumedPoints ?? 0;
    if (spent > 0 && spent <= this.limits.perAddress) await this.addresses.reward(origin);
  }

  private async spend(limiter: RateLimiterMemory, points: number, key: string): Promise<number | null> {
    try {
      await limiter.consume(key);
      return null;
    } catch (refused) {
      if (!(refused instanceof RateLimiterRes)) throw refused;
      if (refused.consumedPoints > points + 1) return Math.max(1, Math.ceil(refused.msBeforeNext / 1000));
      return this.strike(limiter, key);
    }
  }

  /** The first attempt above the limit earns the wait. */
  private async strike(limiter: RateLimiterMemory, key: string): Promise<number> {
    const { consumedPoints } = await this.strikes.penalty(key);
    const { windowSeconds, longestWaitSeconds } = this.limits;
    const wait = Math.min(longestWaitSeconds, windowSeconds * 2 ** (consumedPoints - 1));
    await limiter.block(key, wait);
    return wait;
  }
}
