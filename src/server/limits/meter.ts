import type { Viewer } from '../../domain/act.js';
import { originOf } from '../../domain/auth/sign-in-throttle.js';
import type { Counter, Counters } from '../../ports/counters.js';
import type { Log } from '../../ports/log.js';

export interface MeterLimits {
  /** Operations of one person within a minute, over HTTP and sockets together. */
  readonly perUser: number;
  /** Operations of nobody within a minute from one address. */
  readonly perAddress: number;
  /** Requests within a minute from one address for what is no operation: files, feeds, pages, tokens. */
  readonly requestsPerAddress: number;
}

export interface MeterParts {
  readonly counters: Counters;
  readonly limits: MeterLimits;
  readonly log: Log;
}

/** What one caller has of one limit, by what is known here. */
interface Account {
  readonly counter: Counter;
  readonly key: string;
  /** How many operations it is while it is whole. */
  most: number;
  /** Of these, by what was counted last. */
  left: number;
  /** When it is whole again, by `performance.now()`. */
  wholeAt: number;
  /** Done since, and not counted yet. */
  pending: number;
}

type Kind = 'user' | 'address' | 'client' | 'client-day' | 'request';

const COUNT_MS = 100;
const MINUTE_SECONDS = 60;
const DAY_SECONDS = 86_400;

/**
 * How many operations each caller may have answered: a person by the server's limit, a program by its own ones, and
 * nobody by the limit of an address. They are counted here and handed to the counters several times a second, all of
 * one caller at once: no operation waits for a store, and what somebody has done elsewhere counts here a moment later.
 * Within that moment each instance gives at most what was left.
 */
export class Meter {
  readonly #accounts = new Map<string, Account>();
  readonly #counters: Readonly<Record<Kind, Counter>>;
  readonly #timer: NodeJS.Timeout;

  constructor(private readonly parts: MeterParts) {
    const { perUser, perAddress, requestsPerAddress } = parts.limits;
    this.#counters = {
      user: this.#counter('user', perUser, MINUTE_SECONDS),
      address: this.#counter('address', perAddress, MINUTE_SECONDS),
      // each program has limits of its own, which count() judges by
      client: this.#counter('client', Number.MAX_SAFE_INTEGER, MINUTE_SECONDS),
      'client-day': this.#counter('client-day', Number.MAX_SAFE_INTEGER, DAY_SECONDS),
      request: this.#counter('request', requestsPerAddress, MINUTE_SECONDS),
    };
    this.#timer = setInterval(() => this.#settle(), COUNT_MS);
    this.#timer.unref();
  }

  /** Counts one operation; null lets it pass, else the whole seconds to wait. What is refused costs nothing. */
  count(caller: { readonly viewer: Viewer | null; readonly address: string | null }): number | null {
    return this.#spendOne(this.#accountsOf(caller));
  }

  /** The same for one request that is no operation, whoever it is from. */
  countRequest(address: string): number | null {
    return this.#spendOne([
      this.#account('request', originOf(address), this.parts.limits.requestsPerAddress),
    ]);
  }

  close(): void {
    clearInterval(this.#timer);
  }

  #spendOne(accounts: readonly Account[]): number | null {
    const now = performance.now();
    let spentUntil = Number.NEGATIVE_INFINITY;
    for (const account of accounts) {
      if (now >= account.wholeAt) account.left = account.most;
      if (account.pending >= account.left) spentUntil = Math.max(spentUntil, account.wholeAt);
    }
    if (spentUntil > Number.NEGATIVE_INFINITY) return Math.max(1, Math.ceil((spentUntil - now) / 1_000));
    for (const account of accounts) account.pending++;
    return null;
  }

  #counter(kind: Kind, limit: number, seconds: number): Counter {
    return this.parts.counters({ name: `operations-${kind}`, limit, seconds });
  }

  #accountsOf({ viewer, address }: Parameters<Meter['count']>[0]): readonly Account[] {
    const { perUser, perAddress } = this.parts.limits;
    if (!viewer) return [this.#account('address', originOf(address), perAddress)];
    const { userId, client } = viewer;
    if (!client) return [this.#account('user', userId, perUser)];
    const minute = this.#account('client', userId, client.perMinute);
    return client.perDay === null ? [minute] : [minute, this.#account('client-day', userId, client.perDay)];
  }

  #account(kind: Kind, key: string, most: number): Account {
    const name = `${kind} ${key}`;
    const known = this.#accounts.get(name);
    if (known) {
      // a program's limit may have been changed
      known.left += most - known.most;
      known.most = most;
      return known;
    }
    const account = { counter: this.#counters[kind], key, most, left: most, wholeAt: 0, pending: 0 };
    this.#accounts.set(name, account);
    return account;
  }

  #settle(): void {
    const now = performance.now();
    for (const [name, account] of this.#accounts) {
      if (account.pending > 0) void this.#spend(account);
      else if (account.wholeAt <= now) this.#accounts.delete(name);
    }
  }

  async #spend(account: Account): Promise<void> {
    const { counter, key, pending } = account;
    account.pending = 0;
    account.left -= pending;
    // until it is counted
    account.wholeAt = Math.max(account.wholeAt, performance.now() + COUNT_MS);
    try {
      const { count, msLeft } = await counter.add(key, pending);
      account.left = account.most - count;
      account.wholeAt = performance.now() + msLeft;
    } catch (error) {
      this.parts.log.error({ err: error }, 'operations could not be counted');
    }
  }
}
