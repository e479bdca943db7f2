import type { ApolloServer } from '@apollo/server';
import { fastifyApolloHandler } from '@as-integrations/fastify';
import type { FastifyInstance } from 'fastify';
import { GraphQLError } from 'graphql';
import { type FastLaneParts, fastLane } from './fast-lane.js';
import { httpContext } from './http-context.js';
import { mediaTypeOf } from './media-type.js';
import type { OperationContext } from './operation-context.js';
import { sayWhenAgain, statusOf } from './status.js';

/** Adds `/graphql` for HTTP. */
export function addGraphqlRoutes(
  app: FastifyInstance,
  apollo: ApolloServer<OperationContext>,
  parts: FastLaneParts,
) {
  const plain = fastLane(parts);
  const byApollo = fastifyApolloHandler(apollo, {
    context: async (request, reply) => {
      try {
        const ctx = await httpContext(parts.shared, request as never, reply as never);
        reply.raw.once('close', () => {
          if (!reply.raw.writableFinished) ctx.time.abort();
        });
        return ctx;
      } catch (error) {
        if (!(error instanceof GraphQLError)) throw error;
        sayWhenAgain(reply as never, error);
        const status = statusOf(mediaTypeOf(request.headers.accept), { errors: [error.toJSON()] });
        throw new GraphQLError(error.message, { extensions: { ...error.extensions, http: { status } } });
      }
    },
  });
  app.route({
    method: ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'],
    url: '/graphql',
    handler: async (request, reply) => {
      reply.header('cache-control', 'no-store').header('x-content-type-options', 'nosniff');
      return (await plain(request, reply)) ?? byApollo.call(app, request as never, reply as never);
    },
  });
}
