import type { FastifyReply, FastifyRequest } from 'fastify';
import { type FormattedExecutionResult, GraphQLError } from 'graphql';
import type { Gate, GivenOperation } from '../../graphql/limits/gate.js';
import { httpContext } from './http-context.js';
import { type MediaType, mediaTypeOf } from './media-type.js';
import type { Shared } from './operation-context.js';
import type { Operations } from './operations.js';
import { sayWhenAgain, statusOf } from './status.js';

const JSON_BODY = /^application\/json\s*(;|$)/i;
const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The operation of the plainest kind of request: a POST of a JSON object that has nothing special about it. */
function plainOperation({ method, headers, body }: FastifyRequest): GivenOperation | null {
  if (method !== 'POST' || !JSON_BODY.test(headers['content-type'] ?? '') || !isObject(body)) return null;
  const { query, operationName, variables, extensions } = body;
  if (typeof query !== 'string' || extensions != null) return null;
  if (operationName != null && typeof operationName !== 'string') return null;
  if (variables != null && !isObject(variables)) return null;
  return { query, operationName: operationName ?? null, variables: variables ?? null };
}

export interface FastLaneParts {
  readonly gate: Gate;
  readonly operations: Operations;
  readonly shared: Shared;
}

const send = (reply: FastifyReply, type: MediaType, answer: FormattedExecutionResult): string => {
  reply.code(statusOf(type, answer)).header('content-type', `${type}; charset=utf-8`);
  return `${JSON.stringify(answer)}\n`;
};

/**
 * Answers plain requests, with the same checks and the same answers as by Apollo; everything else is Apollo's,
 * for which it resolves to null. Apollo's own way through a request costs more than all the rest of a small
 * query.
 */
export function fastLane({ gate, operations, shared }: FastLaneParts) {
  return async (request: FastifyRequest, reply: FastifyReply): Promise<string | null> => {
    const given = plainOperation(request);
    const type = given && mediaTypeOf(request.headers.accept);
    if (!type) return null;
    let ctx: Awaited<ReturnType<typeof httpContext>>;
    try {
      ctx = await httpContext(shared, request, reply);
    } catch (error) {
      if (!(error instanceof GraphQLError)) throw error;
      sayWhenAgain(reply, error);
      return send(reply, type, { errors: [error.toJSON()] });
    }
    reply.raw.once('close', () => {
      if (!reply.raw.writableFinished) ctx.time.abort();
    });
    const admitted = gate.enter(given);
    const result =
      'document' in admitted
        ? await operations.run(admitted, given.variables, ctx)
        : { errors: operations.refuse(admitted, ctx) };
    const answer = operations.show(result, ctx);
    operations.log(ctx, 'document' in admitted ? admitted.operation : null, {
      via: 'http',
      errors: answer.errors,
    });
    return send(reply, type, answer);
  };
}
