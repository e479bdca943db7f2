import type { Viewer } from '../../domain/act.js';
import type { Identity } from '../../domain/auth/identity.js';
import type { GraphQLContext } from '../../graphql/context.js';
import type { Clock } from '../../ports/clock.js';
import type { EventBus } from '../../ports/event-bus.js';
import type { Log } from '../../ports/log.js';
import type { Database } from '../../sql/statement.js';
import { OperationTime } from './operation-time.js';

/** What all operations share. */
export interface Shared {
  readonly db: Database;
  readonly clock: Clock;
  readonly bus: EventBus;
  readonly log: Log;
  readonly identity: Identity;
}

/** Who asks, and from where. */
export interface Caller {
  readonly requestId: string;
  readonly viewer: Viewer | null;
  readonly address: string | null;
  readonly userAgent: string | null;
}

/**
 * The context of one operation. Its fields are plain properties and getters on the prototype, since Apollo
 * copies a context by its properties.
 */
export class OperationContext implements GraphQLContext {
  readonly db: Database;
  readonly clock: Clock;
  readonly bus: EventBus;
  readonly identity: Identity;
  readonly requestId: string;
  readonly viewer: Viewer | null;
  readonly address: string | null;
  readonly userAgent: string | null;
  readonly startedAt = performance.now();
  readonly time = new OperationTime();
  private readonly parentLog: Log;
  private ownLog: Log | null = null;

  constructor(shared: Shared, caller: Caller) {
    this.db = shared.db;
    this.clock = shared.clock;
    this.bus = shared.bus;
    this.identity = shared.identity;
    this.parentLog = shared.log;
    this.requestId = caller.requestId;
    this.viewer = caller.viewer;
    this.address = caller.address;
    this.userAgent = caller.userAgent;
  }

  get signal(): AbortSignal {
    return this.time.signal;
  }

  /** Names the request in every line. */
  get log(): Log {
    this.ownLog ??= this.parentLog.child({ requestId: this.requestId });
    return this.ownLog;
  }
}
