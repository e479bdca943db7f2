import { randomBytes } from 'node:crypto';
import {
  type ExecutionArgs,
  type ExecutionResult,
  type GraphQLError,
  Kind,
  type OperationDefinitionNode,
  subscribe,
} from 'graphql';
import type { Entrance, GivenCall } from '../../graphql/documents/entrance.js';
import { rateLimited, unavailable } from '../../graphql/errors.js';
import type { AdmittedOperation, Gate } from '../../graphql/limits/gate.js';
import { OperationContext, type Shared } from '../graphql/operation-context.js';
import type { Operations } from '../graphql/operations.js';
import { LIVE_FIELD, type Live } from './live.js';
import type { Peer } from './peer.js';
import { untilEnded } from './until-ended.js';

export interface SocketOperationsParts {
  readonly gate: Gate;
  readonly entrance: Entrance;
  readonly operations: Operations;
  readonly shared: Shared;
  readonly live: Live | null;
  readonly subscriptionsPerSocket: number;
  readonly messagesPerSocket: number;
}

/** What graphql-ws hands back to us of an operation that we have let in. */
export interface SocketArgs extends ExecutionArgs {
  readonly contextValue: OperationContext;
  readonly peer: Peer;
  readonly id: string;
  readonly admitted: AdmittedOperation;
}

const SECOND = 1;
const ID_BYTES = 16;

const isLive = ({ operation, selectionSet }: OperationDefinitionNode) => {
  const [field] = selectionSet.selections;
  return operation === 'subscription' && field?.kind === Kind.FIELD && field.name.value === LIVE_FIELD;
};

const callerOf = ({ authenticated, address }: Peer) => ({ viewer: authenticated?.viewer ?? null, address });

const refused = (errors: readonly unknown[]): ExecutionResult => ({
  errors: errors as readonly GraphQLError[],
});

/** Operations that come over sockets: the same gate, masks and log as over HTTP. */
export class SocketOperations {
  constructor(private readonly parts: SocketOperationsParts) {}

  /** Lets an operation in, or says why not: one operation's errors never close its socket. */
  enter(peer: Peer, id: string, open: number, given: GivenCall): SocketArgs | readonly GraphQLError[] {
    const { gate, entrance, shared, subscriptionsPerSocket, messagesPerSocket } = this.parts;
    if (peer.heard > messagesPerSocket) return [rateLimited(peer.calmIn)];
    const wait = shared.meter.count(callerOf(peer));
    if (wait !== null) return [rateLimited(wait)];
    if (open > subscriptionsPerSocket) return [rateLimited(SECOND)];
    const contextValue = this.context(peer);
    const admitted = entrance.enter(given, contextValue);
    if (!('document' in admitted)) return admitted;
    // The library keeps each message for as long as its subscription; one copy of the text is enough for all.
    Object.assign(given, { query: admitted.document.loc?.source.body });
    return {
      schema: gate.schema,
      document: admitted.document,
      operationName: admitted.operation.name?.value,
      variableValues: given.variables ?? undefined,
      contextValue,
      peer,
      id,
      admitted,
    };
  }

  execute({ peer, admitted, variableValues, contextValue }: SocketArgs): Promise<ExecutionResult> {
    return peer.answering(() => this.parts.operations.run(admitted, variableValues, contextValue));
  }

  async subscribe(args: SocketArgs): Promise<AsyncIterable<ExecutionResult> | ExecutionResult> {
    try {
      return isLive(args.admitted.operation) ? await this.live(args) : await subscribe(args);
    } catch (error) {
      return refused([error]);
    }
  }

  /** A result as it leaves: masked. Answers of queries and mutations, and refused subscriptions, are logged. */
  show({ contextValue, admitted }: SocketArgs, result: ExecutionResult): ExecutionResult {
    const { operations } = this.parts;
    const shown = operations.show(result, contextValue);
    if (admitted.operation.operation !== 'subscription' || shown.data === undefined) {
      operations.log(contextValue, admitted.operation, { via: 'socket', errors: shown.errors });
    }
    return shown as ExecutionResult;
  }

  /** The errors of operations that never began. */
  mask(errors: readonly unknown[], peer: Peer) {
    return this.parts.operations.mask(errors, this.context(peer));
  }

  private async live(args: SocketArgs): Promise<AsyncIterable<never> | ExecutionResult> {
    const { peer, id, contextValue: ctx, admitted } = args;
    if (!this.parts.live) return refused([unavailable()]);
    const attached = await this.parts.live.attach({
      id,
      args,
      ctx,
      show: (result) => this.parts.operations.show(result, ctx),
      send: (frame) => peer.send(frame),
      bufferedAmount: () => peer.socket.bufferedAmount,
      close: (code, reason) => peer.close([code, reason]),
    });
    if ('errors' in attached) return refused(attached.errors);
    return untilEnded(() => {
      attached.detach();
      ctx.time.abort();
      this.parts.operations.log(ctx, admitted.operation, { via: 'socket' });
    });
  }

  private context({ authenticated, address, userAgent }: Peer): OperationContext {
    return new OperationContext(this.parts.shared, {
      // In one piece: a UUID of Node's is a chain of 19 strings, which every subscription would keep.
      requestId: randomBytes(ID_BYTES).toString('hex'),
      viewer: authenticated?.viewer ?? null,
      isStale: false,
      cookies: null,
      address,
      userAgent,
    });
  }
}
