import type { GraphQLSchema } from 'graphql';
import type { FileLimits } from '../domain/attachments/attach-file.js';
import type { FileParts } from '../domain/attachments/receive-file.js';
import type { Identity } from '../domain/auth/identity.js';
import type { NoticeReader } from '../domain/notifications/notice-reader.js';
import type { OperationBook } from '../domain/operations/operation-book.js';
import type { UsageCounter } from '../domain/operations/usage-counter.js';
import type { DoorLinks } from '../domain/presence/door-links.js';
import type { Clock } from '../ports/clock.js';
import type { Counters } from '../ports/counters.js';
import type { EventBus } from '../ports/event-bus.js';
import type { Log } from '../ports/log.js';
import type { Database } from '../sql/statement.js';
import type { Live } from './sockets/live.js';

/** Bounds that an operator may move; see DEFAULTS in http.ts. */
export interface ServerLimits {
  /** Longest time that one operation may take, in ms. */
  readonly operationMs: number;
  /** How long a request may be, over HTTP as over a socket. */
  readonly bodyBytes: number;
  readonly socketsPerUser: number;
  readonly subscriptionsPerSocket: number;
  /** How many messages a socket may send within ten seconds; from twice as many on it is closed. */
  readonly messagesPerSocket: number;
  /** How many operations one person may have answered within a minute, and nobody from one address. */
  readonly operationsPerUser: number;
  readonly operationsPerAddress: number;
  /** How many requests one address may make within a minute for what is no operation. */
  readonly requestsPerAddress: number;
  /** How often a socket must show that it is alive, in ms. */
  readonly keepAliveMs: number;
  /** How long to go on serving after readiness has turned red, in ms: as long as a balancer needs to see it. */
  readonly drainDelayMs: number;
  /** How long the whole end may take, in ms. */
  readonly closeMs: number;
}

/** What files are kept with, and how much of them. */
export interface Files extends FileParts {
  readonly limits: FileLimits;
}

/** What the server is made of. It opens nothing but its own port, and closes nothing else. */
export interface ServerParts {
  readonly host: string;
  /** 0 takes a free one. */
  readonly port: number;
  readonly schema: GraphQLSchema;
  readonly db: Database;
  readonly bus: EventBus;
  readonly clock: Clock;
  readonly log: Log;
  readonly identity: Identity;
  /** Counts the operations of each caller. */
  readonly counters: Counters;
  /** The streams of availability; null refuses them. */
  readonly live: Live | null;
  /** New notifications; null refuses to tell of them. */
  readonly notices: NoticeReader | null;
  /** The folder of the built playground, or null where it is not served. */
  readonly playground: string | null;
  /** The folder of the built scripts of the pages at doors; without it they do without. */
  readonly pageScripts?: string | null;
  /** Other origins whose pages may call: `https://intranet.example.org`. */
  readonly allowedOrigins: readonly string[];
  /** Hides the schema: no introspection, no suggestions. */
  readonly production: boolean;
  /** What people reach it under, for addresses that it gives out: https://rooms.example.com; without it they are paths. */
  readonly publicUrl?: string | null;
  /** Signs the links at the doors of resources; without it there are none. */
  readonly links?: DoorLinks | null;
  /** Our own documents: texts by their ids. */
  readonly documents?: Readonly<Record<string, string>>;
  /** What clients have registered; null or left out: nothing. */
  readonly book?: OperationBook | null;
  /** Counts what is used; null or left out: nothing is counted. */
  readonly usage?: UsageCounter | null;
  /** Whether everybody has to name documents that are known here. */
  readonly persistedOnly?: boolean;
  /** The proxies whose X-Forwarded-For is believed: addresses or networks; none by default. */
  readonly trustedProxies?: readonly string[];
  /** Without it no files are kept. */
  readonly files?: Files | null;
  readonly limits?: Partial<ServerLimits>;
}
