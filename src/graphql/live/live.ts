import {
  type ExecutionArgs,
  type ExecutionResult,
  type FormattedExecutionResult,
  GraphQLError,
} from 'graphql';
import type { StreamReader } from '../../domain/events/stream-reader.js';
import { Unavailable } from '../../domain/failure.js';
import type { Clock } from '../../ports/clock.js';
import type { Log } from '../../ports/log.js';
import type { Database } from '../../sql/statement.js';
import { streamVersions } from '../../sql/streams/read-changes.js';
import type { GraphQLContext } from '../context.js';
import { badUserInput, internal, unavailable } from '../errors.js';
import { executeOperation } from '../execution/execute.js';
import { clearLoaders } from '../loader.js';
import type { LiveEvent } from './events.js';
import { Group } from './group.js';
import type { Sink } from './member.js';
import { readWanted, type Wanted } from './wanted.js';

export interface LiveParts {
  readonly db: Database;
  readonly clock: Clock;
  readonly log: Log;
  readonly reader: StreamReader;
}

/** A socket's end of one subscription. */
export interface LiveSubscriber extends Sink {
  readonly args: ExecutionArgs;
  readonly ctx: GraphQLContext;
  /** A result as clients may see it: errors masked. */
  show(result: ExecutionResult): FormattedExecutionResult;
}

export interface Attachment {
  /** Ends the subscription; nothing is sent after it. */
  detach(): void;
}

/** The subscriptions of this process, grouped so that equal ones cost one execution for each change. */
export class Live {
  readonly #parts: LiveParts;
  readonly #groups = new Map<string, Group>();

  constructor(parts: LiveParts) {
    this.#parts = parts;
  }

  /** Starts one subscription; frames go straight to its sink. Returns errors instead where it cannot start. */
  async attach(subscriber: LiveSubscriber): Promise<Attachment | { errors: readonly GraphQLError[] }> {
    const { args, ctx } = subscriber;
    try {
      const wanted = await readWanted(args, ctx);
      if (!('key' in wanted)) return { errors: wanted };
      await this.#mustExist(wanted);
      const group = this.#group(wanted, subscriber);
      const leave = await group.join(subscriber, wanted.after).catch((error: unknown) => {
        this.#forgetEmpty(wanted.key, group);
        throw error;
      });
      return {
        detach: () => {
          leave();
          this.#forgetEmpty(wanted.key, group);
        },
      };
    } catch (error) {
      return { errors: [this.#shown(error, ctx)] };
    }
  }

  async #mustExist({ resourceIds }: Wanted): Promise<void> {
    const known = await streamVersions(this.#parts.db, resourceIds);
    if (known.length < resourceIds.length) throw badUserInput('There is no such resource.');
  }

  #group(wanted: Wanted, { args, ctx, show }: LiveSubscriber): Group {
    const known = this.#groups.get(wanted.key);
    if (known) return known;
    const { resourceIds, window } = wanted;
    // The group outlives the connection that opened it.
    const own: GraphQLContext = { ...ctx, signal: new AbortController().signal };
    const print = async (event: LiveEvent) => {
      clearLoaders(own);
      const shown = show(await executeOperation({ ...args, contextValue: own, rootValue: event }));
      if (shown.errors?.some(({ extensions }) => extensions?.code === 'UNAVAILABLE'))
        throw new Unavailable('an event cannot be told right now');
      return JSON.stringify(shown);
    };
    const group = new Group({ ...this.#parts, resourceIds, window, print });
    this.#groups.set(wanted.key, group);
    return group;
  }

  #forgetEmpty(key: string, group: Group): void {
    if (group.size === 0 && this.#groups.get(key) === group) this.#groups.delete(key);
  }

  #shown(error: unknown, ctx: GraphQLContext): GraphQLError {
    if (error instanceof GraphQLError) return error;
    if (error instanceof Unavailable) return unavailable();
    this.#parts.log.error({ err: error, requestId: ctx.requestId }, 'a subscription could not start');
    return internal(ctx.requestId);
  }
}
