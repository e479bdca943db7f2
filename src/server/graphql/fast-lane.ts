import type { FastifyReply, FastifyRequest } from 'fastify';
import { type FormattedExecutionResult, GraphQLError } from 'graphql';
import type { Entrance, GivenCall } from '../../graphql/documents/entrance.js';
import { openContext } from './http-context.js';
import { type MediaType, mediaTypeOf } from './media-type.js';
import type { Shared } from './operation-context.js';
import type { Operations } from './operations.js';
import { headersOfError, statusOf, statusOfRefusal } from './status.js';

const JSON_BODY = /^application\/json\s*(;|$)/i;
/** Whether it is what `{…}` stands for in JSON. */
export const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The operation of the plainest kind of request: a POST of a JSON object that has nothing special about it. */
function plainOperation({ method, headers, body }: FastifyRequest): GivenCall | null {
  if (method !== 'POST' || !JSON_BODY.test(headers['content-type'] ?? '') || !isObject(body)) return null;
  const { query, documentId, operationName, variables, extensions } = body;
  if (query != null && typeof query !== 'string') return null;
  if (documentId != null && typeof documentId !== 'string') return null;
  const persistedQuery = isObject(extensions) ? extensions.persistedQuery : null;
  if ((extensions != null && !isObject(extensions)) || (persistedQuery != null && !isObject(persistedQuery)))
    return null;
  if (query == null && documentId == null && persistedQuery == null) return null;
  if (operationName != null && typeof operationName !== 'string') return null;
  if (variables != null && !isObject(variables)) return null;
  return {
    query,
    documentId,
    ...(persistedQuery && { extensions: { persistedQuery } }),
    operationName: operationName ?? null,
    variables: variables ?? null,
  };
}

export interface FastLaneParts {
  readonly entrance: Entrance;
  readonly operations: Operations;
  readonly shared: Shared;
}

/** The body of an answer, of that type. */
export const print = (reply: FastifyReply, type: MediaType, answer: FormattedExecutionResult): string => {
  reply.header('content-type', `${type}; charset=utf-8`);
  return `${JSON.stringify(answer)}\n`;
};

/** The answer to a request that has not got as far as an operation. */
export function refuse(reply: FastifyReply, type: MediaType, error: GraphQLError): string {
  const refusal = error.toJSON();
  reply.headers(headersOfError(refusal)).code(statusOfRefusal(type, refusal));
  return print(reply, type, { errors: [refusal] });
}

/**
 * Answers plain requests, with the same checks and the same answers as by Apollo; everything else is Apollo's,
 * for which it resolves to null. Apollo's own way through a request costs more than all the rest of a small
 * query.
 */
export function fastLane({ entrance, operations, shared }: FastLaneParts) {
  return async (request: FastifyRequest, reply: FastifyReply): Promise<string | null> => {
    const given = plainOperation(request);
    const type = given && mediaTypeOf(request.headers.accept);
    if (!type) return null;
    const ctx = await openContext(shared, request, reply);
    if (ctx instanceof GraphQLError) return refuse(reply, type, ctx);
    const admitted = entrance.enter(given, ctx);
    const result =
      'document' in admitted
        ? await operations.run(admitted, given.variables, ctx)
        : { errors: operations.refuse(admitted, ctx) };
    const answer = operations.show(result, ctx);
    operations.log(ctx, 'document' in admitted ? admitted.operation : null, {
      via: 'http',
      errors: answer.errors,
    });
    reply.code(statusOf(type, answer));
    return print(reply, type, answer);
  };
}
