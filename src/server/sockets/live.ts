import type { ExecutionArgs, ExecutionResult, FormattedExecutionResult, GraphQLError } from 'graphql';
import type { GraphQLContext } from '../../graphql/context.js';

/** The root field whose subscriptions go to Live and not through graphql-js. */
export const LIVE_FIELD = 'availability';

/** One subscription as its stream sees it. */
export interface LiveSubscriber {
  /** Unique within its socket; every frame carries it. */
  readonly id: string;
  /** The admitted operation; its variables are not coerced yet. */
  readonly args: ExecutionArgs;
  readonly ctx: GraphQLContext;
  /** A result as clients may see it: errors masked. */
  show(result: ExecutionResult): FormattedExecutionResult;
  /** Writes one complete message of graphql-transport-ws: `{"id":…,"type":"next","payload":…}`. Never throws. */
  send(frame: string | Buffer): void;
  /** Bytes written to the socket and not yet taken by the network. */
  bufferedAmount(): number;
  /** Closes the whole socket: 1013 for a reader that is too slow. */
  close(code: number, reason: string): void;
}

/** Source of the frames of live subscriptions. */
export interface Live {
  /**
   * Begins to write to the subscriber. Refusals come back as errors and end this one operation.
   * @returns `detach`, which is called once: when the client completes, or its socket is gone
   */
  attach(subscriber: LiveSubscriber): Promise<{ detach(): void } | { errors: readonly GraphQLError[] }>;
}
