import type { ExecutionResult, GraphQLError } from 'graphql';
import { makeServer } from 'graphql-ws';
import type { GivenCall } from '../../graphql/documents/entrance.js';
import type { Log } from '../../ports/log.js';
import { authenticatePeer, type PeerAuthentication } from './authenticate-peer.js';
import { CLOSE } from './close-codes.js';
import type { Peer } from './peer.js';
import type { SocketArgs, SocketOperations } from './socket-operations.js';

interface Extra {
  readonly peer: Peer;
}

/** graphql-ws declares its results without exact optional properties. */
type ReturnedByOnNext = Awaited<ReturnType<NonNullable<Parameters<typeof makeServer>[0]['onNext']>>>;

/** graphql-ws asks for errors in an array that it may change. */
type EnteredByLibrary = SocketArgs | GraphQLError[] | Promise<SocketArgs | GraphQLError[]>;

/**
 * The message as graphql-ws takes it: it insists on a text, which documents that are named by their id do not have.
 * What cannot be read is left to the library.
 */
function withText(message: string): string {
  if (!message.includes('"documentId"')) return message;
  try {
    const parsed = JSON.parse(message);
    if (typeof parsed?.payload?.documentId !== 'string' || parsed.payload.query != null) return message;
    return JSON.stringify({ ...parsed, payload: { ...parsed.payload, query: '' } });
  } catch {
    return message;
  }
}

/** How long a socket may stay open without saying who it is, in ms. */
const INIT_MS = 3_000;

/**
 * graphql-transport-ws for one socket after the other. The library keeps the protocol; what an operation may
 * do is decided by SocketOperations, before anything of it runs.
 */
export function createProtocol(authentication: PeerAuthentication, operations: SocketOperations) {
  return makeServer<Record<string, unknown>, Extra>({
    connectionInitWaitTimeout: INIT_MS,
    onConnect: async (ctx) => {
      const { peer } = ctx.extra;
      const closing = await authenticatePeer(authentication, peer, ctx.connectionParams);
      // The token has done its work; the library would keep it for as long as the socket is open.
      Object.assign(ctx, { connectionParams: undefined });
      if (closing) peer.close(closing);
      return closing === null;
    },
    onSubscribe: ({ extra: { peer }, subscriptions }, id, payload) =>
      operations.enter(peer, id, Object.keys(subscriptions).length, payload as GivenCall) as EnteredByLibrary,
    execute: (args) => operations.execute(args as SocketArgs),
    subscribe: (args) =>
      operations.subscribe(args as SocketArgs) as Promise<AsyncIterableIterator<ExecutionResult>>,
    onNext: (_ctx, _id, _payload, args, result) =>
      operations.show(args as SocketArgs, result as ExecutionResult) as object as ReturnedByOnNext,
    onError: ({ extra: { peer } }, _id, _payload, errors) => operations.mask(errors, peer),
  });
}

/**
 * Binds one socket to the protocol.
 * @param mostMessages one that sends more within ten seconds is closed, whatever it says
 */
export function bindPeer(
  protocol: ReturnType<typeof createProtocol>,
  peer: Peer,
  { log, mostMessages }: { readonly log: Log; readonly mostMessages: number },
): void {
  const { socket } = peer;
  const closed = protocol.opened(
    {
      protocol: socket.protocol,
      send: (message) => peer.send(message),
      close: (code = CLOSE.internal[0], reason = '') => peer.close([code, reason]),
      onMessage: (receive) => {
        socket.on('message', async (message) => {
          if (!peer.isOpen) return;
          peer.hear();
          if (peer.heard > mostMessages) {
            peer.close(CLOSE.busy);
            return;
          }
          try {
            await receive(withText(String(message)));
          } catch (error) {
            log.error({ err: error }, 'a message on a socket could not be handled');
            peer.close(CLOSE.internal);
          }
        });
      },
    },
    { peer },
  );
  socket.once('close', (code, reason) => {
    closed(code, String(reason)).catch((error: unknown) => {
      log.error({ err: error }, 'a socket could not be ended');
    });
  });
}
