import type { Viewer } from '../../domain/act.js';
import { originOf } from '../../domain/auth/sign-in-throttle.js';
import type { Counter, Counters } from '../../ports/counters.js';
import type { Log } from '../../ports/log.js';

export interface MeterLimits {
  /** Operations of one person within a minute, over HTTP and sockets together. */
  readonly perUser: number;
  /** Operations of nobody within a minute from one address. */
  readonly perAddress: number;
}

export interface MeterParts {
  readonly counters: Counters;
  readonly limits: MeterLimits;
  readonly log: Log;
}

/** So many operations a minute for each of those that are counted by it. */
interface Budget {
  readonly perMinute: number;
  readonly counter: Counter;
}

/** What one caller may still do by what is known here. */
interface Account {
  readonly budget: Budget;
  readonly key: string;
  /** Of the budget, by what was counted last. */
  left: number;
  /** When it is whole again, by `performance.now()`. */
  wholeAt: number;
  /** Done since, and not counted yet. */
  pending: number;
}

const COUNT_MS = 100;
const MINUTE_SECONDS = 60;

/**
 * How many operations each caller may have answered. They are counted here and handed to the counters several times a
 * second, all of one caller at once: no operation waits for a store, and what somebody has done elsewhere counts here
 * a moment later. Within that moment each instance gives at most what was left.
 */
export class Meter {
  readonly #accounts = new Map<string, Account>();
  readonly #user: Budget;
  readonly #address: Budget;
  readonly #timer: NodeJS.Timeout;

  constructor(private readonly parts: MeterParts) {
    this.#user = this.#budget('operations-user', parts.limits.perUser);
    this.#address = this.#budget('operations-address', parts.limits.perAddress);
    this.#timer = setInterval(() => this.#settle(), COUNT_MS);
    this.#timer.unref();
  }

  /** Counts one operation; null lets it pass, else the whole seconds to wait. What is refused costs nothing. */
  count({
    viewer,
    address,
  }: {
    readonly viewer: Viewer | null;
    readonly address: string | null;
  }): number | null {
    const account = viewer
      ? this.#account(this.#user, viewer.userId)
      : this.#account(this.#address, originOf(address));
    const now = performance.now();
    if (now >= account.wholeAt) account.left = account.budget.perMinute;
    if (account.pending >= account.left) return Math.max(1, Math.ceil((account.wholeAt - now) / 1_000));
    account.pending++;
    return null;
  }

  close(): void {
    clearInterval(this.#timer);
  }

  #budget(name: string, perMinute: number): Budget {
    return { perMinute, counter: this.parts.counters({ name, limit: perMinute, seconds: MINUTE_SECONDS }) };
  }

  #account(budget: Budget, key: string): Account {
    const known = this.#accounts.get(key);
    if (known) return known;
    const account = { budget, key, left: budget.perMinute, wholeAt: 0, pending: 0 };
    this.#accounts.set(key, account);
    return account;
  }

  #settle(): void {
    const now = performance.now();
    for (const [key, account] of this.#accounts) {
      if (account.pending > 0) void this.#spend(account);
      else if (account.wholeAt <= now) this.#accounts.delete(key);
    }
  }

  async #spend(account: Account): Promise<void> {
    const { budget, key, pending } = account;
    account.pending = 0;
    account.left -= pending;
    // until it is counted
    account.wholeAt = Math.max(account.wholeAt, performance.now() + COUNT_MS);
    try {
      const { count, msLeft } = await budget.counter.add(key, pending);
      account.left = budget.perMinute - count;
      account.wholeAt = performance.now() + msLeft;
    } catch (error) {
      this.parts.log.error({ err: error }, 'operations could not be counted');
    }
  }
}
