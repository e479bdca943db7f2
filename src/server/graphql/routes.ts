import { type ApolloServer, HeaderMap } from '@apollo/server';
import { fastifyApolloHandler } from '@as-integrations/fastify';
import type { FastifyInstance } from 'fastify';
import { GraphQLError } from 'graphql';
import { documentLane, namesDocument } from '../documents/get-document.js';
import { type FastLaneParts, fastLane } from './fast-lane.js';
import { httpContext } from './http-context.js';
import { mediaTypeOf } from './media-type.js';
import type { OperationContext } from './operation-context.js';
import { headersOfError, statusOfRefusal } from './status.js';

/** Adds `/graphql` for HTTP. */
export function addGraphqlRoutes(
  app: FastifyInstance,
  apollo: ApolloServer<OperationContext>,
  parts: FastLaneParts,
) {
  const plain = fastLane(parts);
  const byDocument = documentLane(parts);
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
        const refusal = error.toJSON();
        const status = statusOfRefusal(mediaTypeOf(request.headers.accept), refusal);
        const headers = new HeaderMap(Object.entries(headersOfError(refusal)));
        throw new GraphQLError(error.message, {
          extensions: { ...error.extensions, http: { status, headers } },
        });
      }
    },
  });
  app.route({
    method: ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'],
    url: '/graphql',
    handler: async (request, reply) => {
      reply.header('cache-control', 'no-store').header('x-content-type-options', 'nosniff');
      if (namesDocument(request)) return byDocument(request, reply);
      return (await plain(request, reply)) ?? byApollo.call(app, request as never, reply as never);
    },
  });
}
