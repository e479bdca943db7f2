import { readFileSync } from 'node:fs';
import { createIdentity, type Identity } from '../../src/domain/auth/identity.js';
import { memoryCounters } from '../../src/domain/auth/memory-counters.js';
import { relyingPartyOf } from '../../src/domain/auth/passkeys/relying-party.js';
import { StreamReader } from '../../src/domain/events/stream-reader.js';
import { OperationBook } from '../../src/domain/operations/operation-book.js';
import { UsageCounter } from '../../src/domain/operations/usage-counter.js';
import { buildHoldfastSchema } from '../../src/graphql/build-schema.js';
import { Live } from '../../src/graphql/live/live.js';
import { InProcessBus } from '../../src/infra/event-bus/in-process.js';
import type { OpenDatabase } from '../../src/infra/postgres/database.js';
import type { Clock } from '../../src/ports/clock.js';
import type { EventBus } from '../../src/ports/event-bus.js';
import { startServer } from '../../src/server/http.js';
import type { ServerParts } from '../../src/server/parts.js';
import type { Database, Queryable } from '../../src/sql/statement.js';
import { ManualClock } from './clock.js';
import { SilentLog } from './log.js';
import { SECRET } from './program.js';

// biome-ignore lint/suspicious/noExplicitAny: the tests say what they expect to find in it
type Body = any;

export interface Answered {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Body;
}

/** One api instance inside the test's own process: the real schema and server over a real database. */
export interface TestServer {
  readonly url: string;
  readonly wsUrl: string;
  readonly identity: Identity;
  readonly book: OperationBook;
  readonly usage: UsageCounter;
  readonly log: SilentLog;
  /** Names of the statements that requests have run, one for each round trip. */
  readonly said: string[];
  fetch(path: string, init?: RequestInit): Promise<Answered>;
  /** A GraphQL operation by POST. */
  post(token: string | null, body: object, headers?: Record<string, string>): Promise<Answered>;
}

/** The same database, telling each statement that goes over its wire. */
function told(db: OpenDatabase, said: string[], before?: TestServerOptions['before']): Database {
  const over = (on: Queryable): Queryable => ({
    query: async (statement, values) => {
      await before?.(statement.name);
      said.push(statement.name);
      return on.query(statement, values);
    },
  });
  return {
    ...over(db),
    transaction: (work) => db.transaction((tx) => work(over(tx))),
    unitOfWork: (work) => db.unitOfWork((em, tx) => work(em, over(tx))),
    em: () => db.em(),
  };
}

const closes: (() => Promise<unknown>)[] = [];
afterAll(async () => {
  for (const close of closes.reverse()) await close();
});

export interface TestServerOptions {
  readonly bus?: EventBus;
  readonly clock?: Clock;
  readonly production?: boolean;
  /** How often it looks for what was ended elsewhere. */
  readonly pollMs?: number;
  readonly parts?: Partial<ServerParts>;
  /** Called before each statement of a request. */
  readonly before?: (statement: string) => Promise<void> | undefined;
}

const schema = buildHoldfastSchema();

/** What the program brings along, as the build copies it. */
export const ownDocuments: Readonly<Record<string, string>> = JSON.parse(
  readFileSync('src/client/generated/persisted-documents.json', 'utf8'),
);

/** Starts one; it ends after the test file. */
export async function testServer(db: OpenDatabase, options: TestServerOptions = {}): Promise<TestServer> {
  const clock = options.clock ?? new ManualClock();
  const bus = options.bus ?? new InProcessBus();
  const log = new SilentLog();
  const said: string[] = [];
  const pollMs = options.pollMs ?? 500;
  const identity = await createIdentity({
    db,
    clock,
    bus,
    log,
    secret: SECRET,
    issuer: 'kit',
    audience: 'kit',
    pollMs,
    passkeys: relyingPartyOf(options.parts?.publicUrl ?? null, []),
  });
  const reader = new StreamReader({ db, bus, log, catchUpMs: 500 });
  await reader.start();
  const book = new OperationBook({ db, bus, log, pollMs });
  await book.start();
  const usage = new UsageCounter({ db, clock, log });
  const server = await startServer({
    host: '127.0.0.1',
    port: 0,
    schema,
    db: told(db, said, options.before),
    bus,
    clock,
    log,
    identity,
    live: new Live({ db, clock, log, reader }),
    notices: null,
    documents: ownDocuments,
    book,
    usage,
    counters: memoryCounters,
    playground: null,
    allowedOrigins: [],
    production: options.production ?? false,
    ...options.parts,
  });
  closes.push(() =>
    server.close().then(() => Promise.all([identity.close(), reader.stop(), book.close(), usage.close()])),
  );
  const url = `http://127.0.0.1:${server.port}`;
  const call = async (path: string, init: RequestInit = {}): Promise<Answered> => {
    const response = await fetch(`${url}${path}`, init);
    const text = await response.text();
    const isJson = /json/.test(response.headers.get('content-type') ?? '');
    return { status: response.status, headers: response.headers, body: isJson ? JSON.parse(text) : text };
  };
  return {
    url,
    wsUrl: `ws://127.0.0.1:${server.port}/graphql`,
    identity,
    book,
    usage,
    log,
    said,
    fetch: call,
    post: (token, body, headers = {}) =>
      call('/graphql', {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          accept: 'application/graphql-response+json',
          ...(token && { authorization: `Bearer ${token}` }),
          ...headers,
        },
        body: JSON.stringify(body),
      }),
  };
}
