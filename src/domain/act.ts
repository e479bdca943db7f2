import type { Clock } from '../ports/clock.js';
import type { EventBus } from '../ports/event-bus.js';
import type { Log } from '../ports/log.js';
import type { Database } from '../sql/statement.js';
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

/** What every act gets. */
export interface Ctx {
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

/** An act's context when somebody must be signed in: the permission table has seen to it. */
export interface ViewerCtx extends Ctx {
  readonly viewer: Viewer;
}
