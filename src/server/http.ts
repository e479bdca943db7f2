import type { AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { AutomaticDocuments } from '../graphql/documents/automatic.js';
import { Entrance } from '../graphql/documents/entrance.js';
import { readOwnDocuments } from '../graphql/documents/own-documents.js';
import { RegisteredDocuments } from '../graphql/documents/registered.js';
import { Gate } from '../graphql/limits/gate.js';
import { createApp } from './app.js';
import type { Shared } from './graphql/operation-context.js';
import { Operations } from './graphql/operations.js';
import { Meter } from './limits/meter.js';
import type { ServerLimits, ServerParts } from './parts.js';
import { serveSockets } from './sockets/serve-sockets.js';

export const DEFAULTS: ServerLimits = {
  operationMs: 10_000,
  bodyBytes: 100 * 1024,
  socketsPerUser: 10,
  subscriptionsPerSocket: 50,
  messagesPerSocket: 500,
  operationsPerUser: 600,
  operationsPerAddress: 60,
  requestsPerAddress: 1_200,
  keepAliveMs: 12_000,
  drainDelayMs: 0,
  closeMs: 10_000,
};

export interface RunningServer {
  readonly port: number;
  /**
   * Ends in order: readiness turns red; after the drain delay nothing new is accepted, sockets close with
   * 1012 as their answers are out, and requests in flight are answered. What is left at the end of closeMs
   * is cut. Safe to call twice.
   */
  close(): Promise<void>;
}

/** What is kept of closeMs for cutting off, in ms. */
const LAST_MS = 500;
const SWEEP_MS = 50;

/** What lets operations in, whatever brings them, and which documents it knows. */
function doorOf({ schema, production, book, log, documents, persistedOnly, usage }: ServerParts) {
  const gate = new Gate(schema, !production);
  const registered = book ? new RegisteredDocuments(book, gate, log) : null;
  const entrance = new Entrance({
    gate,
    registered,
    own: readOwnDocuments(gate, documents ?? {}),
    automatic: production ? null : new AutomaticDocuments(),
    persistedOnly: persistedOnly ?? false,
    usage: usage ?? null,
  });
  return { gate, registered, entrance };
}

const meterOf = ({ counters, log }: ServerParts, limits: ServerLimits): Meter =>
  new Meter({
    counters,
    limits: {
      perUser: limits.operationsPerUser,
      perAddress: limits.operationsPerAddress,
      requestsPerAddress: limits.requestsPerAddress,
    },
    log,
  });

/** Starts to serve HTTP and WebSocket on one port. Rejects when the port cannot be taken. */
export async function startServer(parts: ServerParts): Promise<RunningServer> {
  const limits: ServerLimits = { ...DEFAULTS, ...parts.limits };
  const { schema, production } = parts;
  const meter = meterOf(parts, limits);
  let draining = false;
  const { gate, registered, entrance } = doorOf(parts);
  const shared: Shared = { ...parts, meter, registered };
  const operations = new Operations({
    schema,
    operationMs: limits.operationMs,
    hideSuggestions: production,
  });
  const common = { gate, entrance, operations, shared, draining: () => draining };
  const app = await createApp(parts, { ...common, limits });
  const sockets = serveSockets(app.server, {
    ...common,
    live: parts.live,
    allowedOrigins: parts.allowedOrigins,
    messageBytes: limits.bodyBytes,
    socketsPerUser: limits.socketsPerUser,
    subscriptionsPerSocket: limits.subscriptionsPerSocket,
    messagesPerSocket: limits.messagesPerSocket,
    keepAliveMs: limits.keepAliveMs,
  });
  try {
    await app.listen({ host: parts.host, port: parts.port });
  } catch (error) {
    await Promise.all([app.close(), sockets.close(0)]);
    meter.close();
    throw error;
  }

  const end = async () => {
    draining = true;
    const startedAt = performance.now();
    const left = () => Math.max(0, limits.closeMs - LAST_MS - (performance.now() - startedAt));
    await pause(Math.min(limits.drainDelayMs, left()));
    const cut = setTimeout(() => app.server.closeAllConnections(), left());
    // A connection that was busy when the port closed becomes idle after its answer, and would stay.
    const sweep = setInterval(() => app.server.closeIdleConnections(), SWEEP_MS);
    await Promise.all([app.close(), sockets.close(left())]);
    clearTimeout(cut);
    clearInterval(sweep);
    meter.close();
  };
  let ending: Promise<void> | null = null;
  return {
    port: (app.server.address() as AddressInfo).port,
    close: () => {
      ending ??= end();
      return ending;
    },
  };
}
