import type { Counter, Counters } from '../../ports/counters.js';
import { type Attempt, originOf, type SignInThrottle, type ThrottleLimits } from './sign-in-throttle.js';

const STRIKES_SECONDS = 3_600;

interface Limited {
  readonly counter: Counter;
  readonly limit: number;
  readonly key: string;
}

/**
 * Counts attempts by where they come from, by account and place together, and by account for all places together.
 * What it keeps of a stranger is bounded by the limit per address.
 */
export class CountingThrottle implements SignInThrottle {
  private readonly accounts: Counter;
  private readonly addresses: Counter;
  private readonly strangers: Counter;
  private readonly strikes: Counter;

  constructor(
    private readonly limits: ThrottleLimits,
    counters: Counters,
    /** Keeps the counts of several apart. */
    name = 'sign-in',
  ) {
    const { perAccount, perAddress, strangersPerAccount, windowSeconds: seconds } = limits;
    this.accounts = counters({ name: `${name}-account`, limit: perAccount, seconds });
    this.addresses = counters({ name: `${name}-address`, limit: perAddress, seconds });
    this.strangers = counters({ name: `${name}-strangers`, limit: strangersPerAccount, seconds });
    this.strikes = counters({ name: `${name}-strikes`, limit: 1, seconds: STRIKES_SECONDS });
  }

  async attempt(attempt: Attempt): Promise<number | null> {
    const { own, address, strangers } = this.countedBy(attempt);
    if (!address || !strangers) return this.spend(own);
    const wait = (await this.spend(address)) ?? (await this.spend(own));
    if (wait !== null) return wait;
    const strangersWait = await this.spend(strangers);
    return strangersWait === null || (await attempt.isFamiliar?.()) ? null : strangersWait;
  }

  async forgive(attempt: Attempt): Promise<void> {
    const { own, address, strangers } = this.countedBy(attempt);
    await own.counter.forget(own.key);
    await this.strikes.forget(own.key);
    await address?.counter.takeBack(address.key);
    await strangers?.counter.takeBack(strangers.key);
  }

  /** A device that the account knows is counted by itself: what others do at its address is not its fault. */
  private countedBy({ account, address, device }: Attempt): {
    own: Limited;
    address?: Limited;
    strangers?: Limited;
  } {
    const { perAccount, perAddress, strangersPerAccount } = this.limits;
    const own = (key: string) => ({ counter: this.accounts, limit: perAccount, key });
    if (device) return { own: own(`device ${device} ${account}`) };
    const origin = originOf(address);
    return {
      own: own(`${origin} ${account}`),
      address: { counter: this.addresses, limit: perAddress, key: origin },
      strangers: { counter: this.strangers, limit: strangersPerAccount, key: `all ${account}` },
    };
  }

  private async spend({ counter, limit, key }: Limited): Promise<number | null> {
    const { count, msLeft } = await counter.add(key);
    if (count <= limit) return null;
    if (count > limit + 1) return Math.max(1, Math.ceil(msLeft / 1000));
    return this.strike(counter, key);
  }

  /** The first attempt above the limit earns the wait. */
  private async strike(counter: Counter, key: string): Promise<number> {
    const { count } = await this.strikes.add(key);
    const { windowSeconds, longestWaitSeconds } = this.limits;
    const wait = Math.min(longestWaitSeconds, windowSeconds * 2 ** (count - 1));
    await counter.block(key, wait);
    return wait;
  }
}
