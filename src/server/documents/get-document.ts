import type { FastifyReply, FastifyRequest } from 'fastify';
import { GraphQLError } from 'graphql';
import { badUserInput, unauthenticated } from '../../graphql/errors.js';
import type { GivenVariables } from '../../graphql/limits/size.js';
import { type FastLaneParts, isObject, print, refuse } from '../graphql/fast-lane.js';
import { openContext } from '../graphql/http-context.js';
import { type MediaType, mediaTypeOf } from '../graphql/media-type.js';
import type { OperationContext } from '../graphql/operation-context.js';
import { statusOf } from '../graphql/status.js';
import { addDeprecation, addVary, readConditionally } from './run-document.js';

type Parameters = Readonly<Record<string, unknown>>;

interface Call {
  readonly documentId: string;
  readonly operationName: string | null;
  readonly variables: GivenVariables;
}

/** The object that a parameter holds as JSON; empty where it is left out, null for anything else. */
function objectIn(text: unknown): Record<string, unknown> | null {
  if (text === undefined || text === '') return {};
  try {
    const value: unknown = JSON.parse(String(text));
    return isObject(value) ? value : null;
  } catch {
    return null;
  }
}

function callOf({ documentId, operationName, variables: text, extensions }: Parameters): Call | GraphQLError {
  if (typeof documentId !== 'string') return badUserInput('documentId must be named once.');
  const variables = objectIn(text);
  if (!variables) return badUserInput('variables must be a JSON object.');
  if (!objectIn(extensions)) return badUserInput('extensions must be a JSON object.');
  const name = typeof operationName === 'string' && operationName !== '' ? operationName : null;
  return { documentId, operationName: name, variables };
}

/** Whether this is a request for the lane below. */
export const namesDocument = ({ method, query }: FastifyRequest): boolean =>
  (method === 'GET' || method === 'HEAD') && (query as Parameters).documentId !== undefined;

/**
 * `GET /graphql?documentId=…&variables=…`: a query that is known here, with a tag for conditional requests. It needs no
 * header against forged requests: it changes nothing, and no browser adds a token to it by itself.
 */
export function documentLane(parts: FastLaneParts) {
  const { entrance, operations, shared } = parts;
  const fail = (
    reply: FastifyReply,
    type: MediaType,
    ctx: OperationContext,
    errors: readonly GraphQLError[],
  ) => {
    const answer = operations.show({ errors }, ctx);
    operations.log(ctx, null, { via: 'http', errors: answer.errors });
    reply.code(statusOf(type, answer));
    return print(reply, type, answer);
  };
  return async (request: FastifyRequest, reply: FastifyReply): Promise<string> => {
    const type = mediaTypeOf(request.headers.accept) ?? 'application/json';
    addVary(reply, 'Authorization', 'Accept');
    const ctx = await openContext(shared, request, reply);
    if (ctx instanceof GraphQLError) return refuse(reply, type, ctx);
    if (ctx.isStale) return fail(reply, type, ctx, [unauthenticated()]);
    const call = callOf(request.query as Parameters);
    if (call instanceof GraphQLError) return fail(reply, type, ctx, [call]);
    const admitted = entrance.byId(call.documentId, call, ctx);
    if (!('document' in admitted)) return fail(reply, type, ctx, admitted);
    if (admitted.operation.operation !== 'query') {
      const body = fail(reply, type, ctx, [badUserInput('Only queries run over GET.')]);
      reply.code(405).header('allow', 'POST');
      return body;
    }
    addDeprecation(reply, admitted.persisted);
    const ifNoneMatch = request.headers['if-none-match'];
    const answer = await readConditionally(parts, reply, { ...call, admitted, ctx, ifNoneMatch });
    operations.log(ctx, admitted.operation, { via: 'http', errors: answer?.errors });
    if (answer) return print(reply.code(statusOf(type, answer)), type, answer);
    reply.code(304);
    return '';
  };
}
