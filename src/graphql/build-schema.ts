import 'reflect-metadata';
import type { GraphQLSchema } from 'graphql';
import { type BuildSchemaOptions, buildSchemaSync } from 'type-graphql';
import { callDirectly } from './direct-resolvers.js';
import { guardRootFields } from './permissions.js';
import { resolvers } from './resolvers.js';
import { resolveTypesAtOnce } from './schema/resolve-type.js';

/** Subscriptions here read streams (see domain/events); type-graphql wants a PubSub to be named all the same. */
const noPubSub: NonNullable<BuildSchemaOptions['pubSub']> = {
  publish: () => {
    throw new Error('Changes are published by streams, not by type-graphql');
  },
  subscribe: () => {
    throw new Error('Subscriptions name their own source');
  },
};

/** The whole schema, with the permission table before its root fields. */
export function buildHoldfastSchema(): GraphQLSchema {
  const schema = buildSchemaSync({
    resolvers: resolvers as unknown as BuildSchemaOptions['resolvers'],
    pubSub: noPubSub,
    validate: false,
  });
  return guardRootFields(callDirectly(resolveTypesAtOnce(schema)));
}
