import type { Clock } from '../ports/clock.js';
import type { EventBus } from '../ports/event-bus.js';
import type { Log } from '../ports/log.js';
import type { Database, Queryable } from '../sql/statement.js';
import type { Scope } from './scopes.js';

export type Role = 'ADMINISTRATOR' | 'MANAGER' | 'MEMBER' | 'GUEST';

/** What a program may do that acts under an account of its own, besides what its role says. */
export interface ClientGrant {
  readonly scopes: readonly Scope[];
  /** Only documents that are registered. */
  readonly persistedOnly: boolean;
  /** Operations in a minute, and in a day; null: as many as it likes. */
  readonly perMinute: number;
  readonly perDay: number | null;
}

/** Who asks. Ids in the domain are bare uuids; the prefixed form exists only outside. */
export interface Viewer {
  readonly userId: string;
  /** For a program, the secret that its token was given for. */
  readonly sessionId: string;
  readonly role: Role;
  /** Where the viewer is a program and no person. */
  readonly client?: ClientGrant;
}

/** What frees something: reservations that end, and resources of which something is kept for those who wait. */
export interface Freeing {
  readonly reservationIds: readonly string[];
  /** Locked in any case. */
  readonly resourceIds: readonly string[];
}

/** What a transaction that passes on has done beside its own work. */
export interface Passed<T> {
  /** What the work returned. */
  readonly done: T;
  /** Every resource whose availability has changed by offers: to be woken after the commit. */
  readonly touched: readonly string[];
}

/**
 * Passes on what becomes free to those who wait for it (O6). The rooms that free things come before the waitlist, whose
 * acts these are, so they are handed to them.
 */
export interface Waitlist {
  /**
   * Does the work, which ends the reservations, and offers what that frees, in its transaction. Call it before anything
   * else is locked, and free nothing behind it.
   * @throws what isNotPlaced knows where facts have changed meanwhile: roll back and try again
   */
  passOn<T>(ctx: PassingCtx, tx: Queryable, freeing: Freeing, work: () => Promise<T>): Promise<Passed<T>>;
  /** Passes on what is free of these resources, in a transaction of its own. */
  passOnDue(ctx: PassingCtx, resourceIds: readonly string[]): Promise<void>;
}

/** What every act gets. */
export interface Ctx {
  readonly waitlist: Waitlist;
  readonly db: Database;
  readonly clock: Clock;
  readonly bus: EventBus;
  readonly log: Log;
  readonly requestId: string;
  readonly viewer: Viewer | null;
  /** Address and program of the caller, as far as known. */
  readonly address: string | null;
  readonly userAgent: string | null;
}

/** What passing on needs of a context: it acts for nobody. */
export type PassingCtx = Pick<Ctx, 'db' | 'bus' | 'clock' | 'requestId'>;

/** For whom something is judged, and by what. */
export interface JudgingCtx extends Pick<Ctx, 'clock'> {
  readonly db: Queryable;
  readonly viewer: Pick<Viewer, 'userId' | 'role'>;
}

/** An act's context when somebody must be signed in: the permission table has seen to it. */
export interface ViewerCtx extends Ctx {
  readonly viewer: Viewer;
}
