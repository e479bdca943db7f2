import { setTimeout as pause } from 'node:timers/promises';
import { buildSchema, GraphQLError, type GraphQLObjectType, type GraphQLSchema } from 'graphql';
import { Unavailable } from '../../src/domain/failure.js';
import type { GraphQLContext } from '../../src/graphql/context.js';
import { forbidden } from '../../src/graphql/errors.js';

type Resolve = (source: never, args: never, ctx: GraphQLContext) => unknown;

/** What the resolvers have seen, for tests to look at. */
export interface Seen {
  counted: number;
  aborted: boolean;
  /** Calls of `slow` that have begun, and that have ended. */
  begun: number;
  ended: number;
  contexts: GraphQLContext[];
}

const thing = { name: 'a thing', things: [] };

const resolversOf = (seen: Seen): Record<string, Record<string, Resolve>> => ({
  Query: {
    hello: (_s, { name }: { name?: string }) => `hello ${name ?? 'world'}`,
    whoami: (_s, _a, ctx) => {
      seen.contexts.push(ctx);
      return ctx.viewer?.userId ?? null;
    },
    broken: () => {
      throw new Error('the password is hunter2');
    },
    brokenList: () => [1, 2, 3].map(() => Promise.reject(seen.contexts)),
    away: async () => {
      throw new Unavailable('postgres://secret is down');
    },
    denied: () => {
      throw forbidden();
    },
    foreign: () => {
      throw new GraphQLError('internals', { extensions: { code: 'SOMEBODY_ELSES' } });
    },
    slow: async (_s, { ms }: { ms: number }, ctx) => {
      seen.begun++;
      const { signal } = ctx;
      signal.addEventListener('abort', () => {
        seen.aborted = true;
      });
      await pause(ms);
      seen.ended++;
      return 'slept';
    },
    things: (_s, { first }: { first: number }) => ({
      nodes: Array.from({ length: Math.min(first, 3) }, () => thing),
    }),
    thingsByIds: () => [],
  },
  Thing: { things: () => ({ nodes: [] }) },
  Mutation: { count: () => ++seen.counted },
});

/** A small schema with every way in which an operation can go. */
export function sampleSchema(seen: Seen): GraphQLSchema {
  const schema = buildSchema(/* GraphQL */ `
    type Thing { name: String!, things(first: Int = 50): Things! }
    type Things { nodes: [Thing!]! }
    type Query {
      hello(name: String): String!
      whoami: String
      broken: String
      brokenList: [Int]
      away: String
      denied: String
      foreign: String
      slow(ms: Int!): String
      things(first: Int = 50): Things!
      thingsByIds(ids: [ID!]!): [Thing!]!
    }
    type Mutation { count: Int! }
    type Subscription { availability(resources: [ID!]!): String, ticks: Int }
  `);
  for (const [type, resolvers] of Object.entries(resolversOf(seen))) {
    const fields = (schema.getType(type) as GraphQLObjectType).getFields();
    for (const [name, resolve] of Object.entries(resolvers))
      Object.assign(fields[name] as object, { resolve });
  }
  const ticks = schema.getSubscriptionType()?.getFields().ticks;
  Object.assign(ticks as object, {
    subscribe: async function* () {
      for (const tick of [1, 2, 3]) yield { ticks: tick };
    },
  });
  return schema;
}
