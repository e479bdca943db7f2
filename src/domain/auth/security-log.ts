import { createHmac, hkdfSync } from 'node:crypto';
import type { Clock } from '../../ports/clock.js';
import type { Log } from '../../ports/log.js';
import type { Database } from '../../sql/statement.js';
import { userIdsByEmail } from '../../sql/users/user-ids-by-email.js';
import type { Ctx } from '../act.js';
import { recordAudit } from '../audit/record.js';
import { normalEmail } from '../users/user-policy.js';
import { originOf } from './sign-in-throttle.js';

/** What happened to security without changing anything; changes write their audit themselves. */
export interface SecurityEvent {
  readonly action: /** Wrong password, no such account, a closed one, or the directory's refusal. */
    | 'security.signInRefused'
    /** Too many attempts: nothing was judged. */
    | 'security.signInThrottled'
    /** The present password was wrong when somebody signed in wanted another one. */
    | 'security.passwordRefused'
    /** A refresh token that is none, or no longer one. */
    | 'security.refreshRefused'
    /** A bearer token that is neither live nor merely over. */
    | 'security.tokenRefused'
    /** A root field that the role does not permit. */
    | 'security.forbidden'
    /** Behind a right password: a code of the app or a recovery code that is wrong, or one too many. */
    | 'security.factorRefused'
    /** What a passkey has signed is no answer, or the passkey is nobody's or seems to be a copy. */
    | 'security.passkeyRefused'
    /** Somebody signed in has not proved anew who sits there. */
    | 'security.proofRefused'
    /** A sign-in or a link by way of the provider. */
    | 'security.providerRefused'
    /** Credentials of an API client that are wrong, or that counted once. */
    | 'security.clientRefused'
    /** The link of a feed, an invitation, a door or an upload that leads nowhere, or nowhere any more. */
    | 'security.linkRefused';
  /** What was typed as the account; kept as whose it is, or as a hash. */
  readonly login?: string;
  /** Whose account it is, where that is known. */
  readonly userId?: string;
  /** The root field. */
  readonly field?: string;
  /** Why, or of which sort: a word of ours, and nothing that came along. */
  readonly reason?: string;
}

type Caller = Pick<Ctx, 'requestId' | 'address' | 'userAgent' | 'viewer'>;

interface Tally {
  readonly caller: Caller;
  readonly event: SecurityEvent;
  readonly firstAt: Date;
  lastAt: Date;
  count: number;
}

/** RFC 5321 allows no longer address, and nobody fills the memory with them. */
const LONGEST_LOGIN = 254;
const WINDOW_MS = 60_000;
/** So many different ones are told apart in a window; the others are counted together. */
const MOST = 100;
const NOBODY: Caller = { requestId: 'security', address: null, userAgent: null, viewer: null };

/**
 * Counts events in memory and writes them into the audit once a minute, equal ones from the same address or network as
 * one entry: so nobody fills the disk by knocking, and nobody who knocks waits for the disk. A process that is killed
 * takes the counts of its last minute along.
 */
export class SecurityLog {
  private tallies = new Map<string, Tally>();
  private readonly key: Buffer;
  private readonly timer: NodeJS.Timeout;

  constructor(
    private readonly parts: {
      readonly db: Database;
      readonly clock: Clock;
      readonly log: Log;
      readonly secret: string;
    },
  ) {
    this.key = Buffer.from(hkdfSync('sha256', parts.secret, '', 'holdfast unknown accounts v1', 32));
    this.timer = setInterval(() => void this.flush(), WINDOW_MS).unref();
  }

  /** Counts it; never waits and never fails. */
  note(caller: Caller, event: SecurityEvent): void {
    const { requestId, address, userAgent, viewer } = caller;
    const { action, userId = '', field = '', reason = '' } = event;
    const login = event.login?.slice(0, LONGEST_LOGIN);
    const told = [
      action,
      originOf(address),
      viewer?.userId ?? '',
      normalEmail(login ?? ''),
      userId,
      field,
      reason,
    ].join('\n');
    const isOne = this.tallies.has(told) || this.tallies.size < MOST;
    const key = isOne ? told : action;
    const now = this.parts.clock.now();
    const tally = this.tallies.get(key) ?? {
      caller: isOne ? { requestId, address, userAgent, viewer } : NOBODY,
      event: isOne ? { ...event, ...(login !== undefined && { login }) } : { action },
      firstAt: now,
      lastAt: now,
      count: 0,
    };
    tally.count++;
    tally.lastAt = now;
    this.tallies.set(key, tally);
  }

  /** Writes what was counted; what cannot be written now is counted on. */
  async flush(): Promise<void> {
    const tallies = this.tallies;
    if (tallies.size === 0) return;
    this.tallies = new Map();
    try {
      await this.write([...tallies.values()]);
    } catch (error) {
      this.parts.log.warn({ err: error, events: tallies.size }, 'events of security wait to be written');
      for (const [key, tally] of this.tallies) {
        const earlier = tallies.get(key);
        if (earlier) earlier.count += tally.count;
        if (earlier) earlier.lastAt = tally.lastAt;
        else if (tallies.size < 2 * MOST) tallies.set(key, tally);
      }
      this.tallies = tallies;
    }
  }

  /** Writes the rest. */
  async close(): Promise<void> {
    clearInterval(this.timer);
    await this.flush();
  }

  private async write(tallies: readonly Tally[]): Promise<void> {
    const { db, clock } = this.parts;
    const logins = tallies.flatMap(({ event }) =>
      event.login === undefined ? [] : normalEmail(event.login),
    );
    const known = await userIdsByEmail(
      db,
      [...new Set(logins)].filter((login) => !login.includes('\0')),
    );
    await db.transaction(async (tx) => {
      for (const { caller, event, count, firstAt, lastAt } of tallies) {
        const login = event.login === undefined ? null : normalEmail(event.login);
        const subjectId = event.userId ?? (login === null ? null : (known.get(login) ?? null));
        const account = login !== null && subjectId === null ? { account: this.hash(login) } : {};
        const { field, reason } = event;
        const entry = {
          action: event.action,
          subjectId,
          // JSON leaves out what is undefined
          after: { count, firstAt, lastAt, ...account, field, reason },
        };
        await recordAudit(tx, { clock, ...caller }, entry);
      }
    });
  }

  /** Tells attempts on one unknown account from those on another, and nothing of what was typed. */
  private hash(login: string): string {
    return createHmac('sha256', this.key).update(login).digest('hex').slice(0, 16);
  }
}
