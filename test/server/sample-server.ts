import { memoryCounters } from '../../src/domain/auth/memory-counters.js';
import { Unavailable } from '../../src/domain/failure.js';
import { InProcessBus } from '../../src/infra/event-bus/in-process.js';
import type { Counters } from '../../src/ports/counters.js';
import { type RunningServer, startServer } from '../../src/server/http.js';
import type { ServerLimits } from '../../src/server/parts.js';
import type { Live } from '../../src/server/sockets/live.js';
import type { Database } from '../../src/sql/statement.js';
import { SilentLog } from '../kit/log.js';
import { SampleIdentity } from './sample-identity.js';
import { type Seen, sampleSchema } from './sample-schema.js';

export interface SampleServer extends RunningServer {
  readonly url: string;
  readonly wsUrl: string;
  readonly identity: SampleIdentity;
  readonly log: SilentLog;
  readonly seen: Seen;
  readonly bus: InProcessBus & { sick?: boolean };
  /** Whether the database answers. */
  readonly database: { away: boolean };
  post(body: object, headers?: Record<string, string>): Promise<Answer>;
}

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  // The tests say what they expect to find in it.
  // biome-ignore lint/suspicious/noExplicitAny: an answer can be anything
  readonly body: any;
}

export interface SampleOptions {
  readonly production?: boolean;
  readonly allowedOrigins?: readonly string[];
  readonly live?: Live | null;
  readonly limits?: Partial<ServerLimits>;
  readonly counters?: Counters;
  readonly playground?: string | null;
}

/** The real server on a free port, with a sample schema and nothing behind it. */
export async function startSample(options: SampleOptions = {}): Promise<SampleServer> {
  const identity = new SampleIdentity();
  const log = new SilentLog();
  const seen: Seen = { counted: 0, aborted: false, begun: 0, ended: 0, contexts: [] };
  const database = { away: false };
  const bus: SampleServer['bus'] = new InProcessBus();
  const healthy = bus.healthy.bind(bus);
  bus.healthy = () => !bus.sick && healthy();
  const db = {
    query: async () => {
      if (database.away) throw new Unavailable('no database');
      return [{ alive: 1 }];
    },
  } as unknown as Database;
  const server = await startServer({
    host: '127.0.0.1',
    port: 0,
    schema: sampleSchema(seen),
    db,
    bus,
    notices: null,
    clock: { fixed: () => null, now: () => new Date() },
    log,
    identity: identity.asIdentity(),
    counters: options.counters ?? memoryCounters,
    live: options.live ?? null,
    playground: options.playground ?? null,
    allowedOrigins: options.allowedOrigins ?? [],
    production: options.production ?? false,
    limits: { operationsPerUser: 100_000, operationsPerAddress: 100_000, ...options.limits },
  });
  const url = `http://127.0.0.1:${server.port}`;
  return {
    port: server.port,
    close: () => server.close(),
    url,
    wsUrl: `ws://127.0.0.1:${server.port}/graphql`,
    identity,
    log,
    seen,
    bus,
    database,
    post: async (body, headers = {}) => {
      const response = await fetch(`${url}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body: JSON.stringify(body),
      });
      return { status: response.status, headers: response.headers, body: await response.json() };
    },
  };
}
