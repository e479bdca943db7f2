import type { Clock } from '../ports/clock.js';
import type { EventBus } from '../ports/event-bus.js';
import type { Log } from '../ports/log.js';
import type { Database } from '../sql/statement.js';

export type Role = 'ADMINISTRATOR' | 'MANAGER' | 'MEMBER' | 'GUEST';

/** Who asks. Ids in the domain are bare uuids; the prefixed form exists only outside. */
export interface Viewer {
  readonly userId: string;
  readonly sessionId: string;
  readonly role: Role;
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
