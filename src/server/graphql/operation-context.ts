import type { Viewer } from '../../domain/act.js';
import type { FileLimits } from '../../domain/attachments/attach-file.js';
import type { Identity } from '../../domain/auth/identity.js';
import type { NoticeReader } from '../../domain/notifications/notice-reader.js';
import type { UsageCounter } from '../../domain/operations/usage-counter.js';
import type { DoorLinks } from '../../domain/presence/door-links.js';
import { waitlist } from '../../domain/waitlist/waitlist.js';
import type { Cookies, GraphQLContext } from '../../graphql/context.js';
import type { RegisteredDocuments } from '../../graphql/documents/registered.js';
import type { Clock } from '../../ports/clock.js';
import type { EventBus } from '../../ports/event-bus.js';
import type { Log } from '../../ports/log.js';
import type { Database } from '../../sql/statement.js';
import type { Meter } from '../limits/meter.js';
import type { Files } from '../parts.js';
import { OperationTime } from './operation-time.js';
import { RequestLog } from './request-log.js';

/** What all operations share. */
export interface Shared {
  readonly db: Database;
  readonly clock: Clock;
  readonly bus: EventBus;
  readonly log: Log;
  readonly identity: Identity;
  readonly publicUrl?: string | null;
  readonly links?: DoorLinks | null;
  readonly notices: NoticeReader | null;
  readonly meter: Meter;
  /** Other origins whose pages may call. */
  readonly allowedOrigins: readonly string[];
  readonly files?: Files | null;
  readonly registered?: RegisteredDocuments | null;
  /** Null: nothing is counted. */
  readonly usage?: UsageCounter | null;
}

/** Who asks, and from where. */
export interface Caller {
  readonly requestId: string;
  readonly viewer: Viewer | null;
  /** A token was presented that does not count, or no longer. */
  readonly isStale: boolean;
  readonly cookies: Cookies | null;
  readonly address: string | null;
  readonly userAgent: string | null;
}

/**
 * The context of one operation. Its fields are plain properties, since Apollo copies a context by them; only
 * the signal is made on demand.
 */
export class OperationContext implements GraphQLContext {
  readonly db: Database;
  readonly clock: Clock;
  readonly bus: EventBus;
  readonly identity: Identity;
  readonly publicUrl: string | null;
  readonly links: DoorLinks | null;
  readonly notices: NoticeReader | null;
  readonly files: FileLimits | null;
  readonly registered: RegisteredDocuments | null;
  readonly requestId: string;
  readonly viewer: Viewer | null;
  readonly isStale: boolean;
  readonly cookies: Cookies | null;
  readonly address: string | null;
  readonly userAgent: string | null;
  readonly startedAt = performance.now();
  readonly time = new OperationTime();
  readonly log: Log;
  readonly waitlist = waitlist;

  constructor(shared: Shared, caller: Caller) {
    this.db = shared.db;
    this.clock = shared.clock;
    this.bus = shared.bus;
    this.identity = shared.identity;
    this.publicUrl = shared.publicUrl ?? null;
    this.links = shared.links ?? null;
    this.notices = shared.notices;
    this.files = shared.files?.limits ?? null;
    this.registered = shared.registered ?? null;
    this.log = new RequestLog(shared.log, caller.requestId);
    this.requestId = caller.requestId;
    this.viewer = caller.viewer;
    this.isStale = caller.isStale;
    this.cookies = caller.cookies;
    this.address = caller.address;
    this.userAgent = caller.userAgent;
  }

  get signal(): AbortSignal {
    return this.time.signal;
  }
}
