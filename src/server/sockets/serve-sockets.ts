import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';
import { GRAPHQL_TRANSPORT_WS_PROTOCOL } from 'graphql-ws';
import { type ServerOptions, type WebSocket, WebSocketServer } from 'ws';
import type { Shared } from '../graphql/operation-context.js';
import { CLOSE } from './close-codes.js';
import { Peer } from './peer.js';
import { Peers } from './peers.js';
import { bindPeer, createProtocol } from './protocol.js';
import { SocketOperations, type SocketOperationsParts } from './socket-operations.js';
import { refusalOfUpgrade, refuseUpgrade } from './upgrade.js';

export interface SocketsParts extends SocketOperationsParts {
  readonly shared: Shared;
  readonly allowedOrigins: readonly string[];
  /** The longest message that is taken. */
  readonly messageBytes: number;
  readonly socketsPerUser: number;
  readonly keepAliveMs: number;
  readonly draining: () => boolean;
}

export interface Sockets {
  readonly size: number;
  /** Closes all sockets with 1012, spread over that time, each when its answers are out; then cuts what is left. */
  close(withinMs: number): Promise<void>;
}

const CLOSE_MS = 2_000;
/** So many are closed at once; their clients all come back within a moment. */
const SLICE = 200;
const PAUSE_MS = 50;

/** The types of ws do not know closeTimeout yet. */
const OPTIONS: ServerOptions & { readonly closeTimeout: number } = {
  noServer: true,
  perMessageDeflate: false,
  clientTracking: false,
  closeTimeout: CLOSE_MS,
  handleProtocols: (offered) =>
    offered.has(GRAPHQL_TRANSPORT_WS_PROTOCOL) ? GRAPHQL_TRANSPORT_WS_PROTOCOL : false,
};

function destroy(this: Duplex): void {
  this.destroy();
}

/** Serves graphql-transport-ws at `/graphql` of a listening HTTP server. */
export function serveSockets(server: Server, parts: SocketsParts): Sockets {
  const { shared, draining, allowedOrigins } = parts;
  const { identity, clock, log } = shared;
  const peers = new Peers({
    identity,
    clock,
    log,
    socketsPerUser: parts.socketsPerUser,
    keepAliveMs: parts.keepAliveMs,
  });
  const protocol = createProtocol({ identity, clock, log, peers }, new SocketOperations(parts));
  const sockets = new WebSocketServer({ ...OPTIONS, maxPayload: parts.messageBytes });
  // Only what is passed on here lives as long as the socket: the request and its headers must not.
  const welcome = (socket: WebSocket, address: string | null, userAgent: string | null) => {
    const peer = new Peer(socket, address, userAgent);
    peers.add(peer);
    socket.on('error', (error) => log.debug({ err: error }, 'a socket has failed'));
    socket.once('close', () => peers.remove(peer));
    bindPeer(protocol, peer, { log, mostMessages: 2 * parts.messagesPerSocket });
  };
  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    socket.on('error', destroy);
    const refusal = refusalOfUpgrade(request, allowedOrigins, draining());
    if (refusal) {
      refuseUpgrade(socket, refusal);
      return;
    }
    sockets.handleUpgrade(request, socket, head, (webSocket) => {
      welcome(webSocket, request.socket.remoteAddress ?? null, request.headers['user-agent'] ?? null);
    });
  });
  return {
    get size() {
      return peers.all.size;
    },
    close: async (withinMs) => {
      const deadline = performance.now() + withinMs;
      let sent = 0;
      for (const peer of [...peers.all]) {
        peer.closeWhenIdle(CLOSE.restart);
        if (++sent % SLICE === 0) await pause(PAUSE_MS);
      }
      while (peers.all.size > 0 && performance.now() < deadline) await pause(PAUSE_MS);
      for (const peer of peers.all) peer.socket.terminate();
      peers.stop();
    },
  };
}
