import { randomBytes } from 'node:crypto';
import { availableParallelism } from 'node:os';
import { hash, verify } from '@node-rs/argon2';
import type { BreachedPasswords } from '../../ports/breached-passwords.js';
import type { Ctx } from '../act.js';
import { Unavailable } from '../failure.js';
import { normalPassword } from './password-policy.js';

/** OWASP's floor for argon2id (Password Storage Cheat Sheet): 19 MiB, two passes, one lane. */
const COST = { algorithm: 2, memoryCost: 19_456, timeCost: 2, parallelism: 1, outputLen: 32 } as const;

const PHC = /^\$argon2id\$v=(\d+)\$m=(\d+),t=(\d+),p=\d+\$/;

const base64 = (size: number) => randomBytes(size).toString('base64').replace(/=+$/, '');

/** Costs as much to verify as a real one, and nothing matches it. */
export const NOBODY = `$argon2id$v=19$m=${COST.memoryCost},t=${COST.timeCost},p=${COST.parallelism}$${base64(16)}$${base64(32)}`;

export interface HasherLimits {
  /** Hashes computed at once. They fill libuv's pool of four threads, where name look-ups and files wait too. */
  readonly atOnce: number;
  /** How many more may wait. */
  readonly queue: number;
}

export const HASHER_LIMITS: HasherLimits = { atOnce: Math.min(3, availableParallelism()), queue: 64 };

/** Makes and compares password hashes, a few at a time. */
export class PasswordHasher {
  private running = 0;
  private readonly waiting: (() => void)[] = [];

  constructor(private readonly limits: HasherLimits = HASHER_LIMITS) {}

  /**
   * The PHC string of a password.
   * @throws Unavailable when too many wait already
   */
  hash(password: string): Promise<string> {
    return this.inTurn(() => hash(normalPassword(password), COST));
  }

  /**
   * Whether the password is the one behind the hash. Null stands for a person who is not there or has no
   * password: takes the same time and is never right.
   * @throws Unavailable when too many wait already
   */
  verify(phc: string | null, password: string): Promise<boolean> {
    return this.inTurn(() => verify(phc ?? NOBODY, normalPassword(password)));
  }

  /** Whether the hash was made with less effort than is made today. */
  isOutdated(phc: string): boolean {
    const [, version, memory, time] = PHC.exec(phc) ?? [];
    return version !== '19' || Number(memory) < COST.memoryCost || Number(time) < COST.timeCost;
  }

  private async inTurn<T>(work: () => Promise<T>): Promise<T> {
    if (this.running < this.limits.atOnce) this.running++;
    else await this.turn();
    try {
      return await work();
    } finally {
      // the one who goes on takes over this place, so that nobody slips in between
      const next = this.waiting.shift();
      if (next) next();
      else this.running--;
    }
  }

  private turn(): Promise<void> {
    if (this.waiting.length >= this.limits.queue)
      throw new Unavailable('too many passwords wait to be hashed');
    return new Promise((resolve) => this.waiting.push(resolve));
  }
}

/** The context of acts that make a password; auth's own context is one. */
export interface HashingCtx extends Ctx {
  readonly identity: { readonly hasher: PasswordHasher; readonly breached: BreachedPasswords };
}
