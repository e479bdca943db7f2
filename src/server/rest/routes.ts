import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { GraphQLError } from 'graphql';
import { Unavailable } from '../../domain/failure.js';
import { internal, unauthenticated, unavailable } from '../../graphql/errors.js';
import { takesAnyToken } from '../../graphql/permissions.js';
import { addDeprecation, addVary } from '../documents/run-document.js';
import type { FastLaneParts } from '../graphql/fast-lane.js';
import { openContext } from '../graphql/http-context.js';
import { answerCall, problemOf } from './call.js';
import { describeApi } from './openapi.js';
import { problem, problemOfErrors, sendProblem } from './problem.js';

const PATH = /^([a-z][a-z0-9-]*)(?:\/v([1-9]\d{0,8}))?$/;
const READING = ['GET', 'HEAD', 'POST'];

/** Which methods run what the document does: what changes something is never run by a GET. */
const methodsFor = (operation: string): readonly string[] => (operation === 'query' ? READING : ['POST']);

const send = (reply: FastifyReply, body: unknown): string => {
  reply.header('content-type', 'application/json; charset=utf-8');
  return `${JSON.stringify(body)}\n`;
};

/** Answers what has not got as far as a document: bodies that cannot be read, what is away, and our own bugs. */
function failed(
  parts: FastLaneParts,
  error: FastifyError | Unavailable,
  request: FastifyRequest,
  reply: FastifyReply,
) {
  const { log } = parts.shared;
  if (error instanceof Unavailable) {
    log.warn({ err: error, requestId: request.id }, 'a dependency is away');
    return sendProblem(reply, problemOf(unavailable()), request.id);
  }
  const { statusCode = 500 } = error;
  if (statusCode < 500)
    return sendProblem(reply, problem('BAD_USER_INPUT', statusCode, error.message), request.id);
  log.error({ err: error, requestId: request.id }, 'a request has failed');
  return sendProblem(reply, problemOf(internal(request.id)), request.id);
}

async function answer(parts: FastLaneParts, request: FastifyRequest, reply: FastifyReply): Promise<string> {
  const refuse = (told: Parameters<typeof sendProblem>[1]) => sendProblem(reply, told, request.id);
  reply.headers({ 'x-content-type-options': 'nosniff', 'cache-control': 'no-store' });
  addVary(reply, 'Authorization');
  const ctx = await openContext(parts.shared, request, reply);
  if (ctx instanceof GraphQLError) return refuse(problemOf(ctx));
  const [, name = '', number] = PATH.exec((request.params as { '*': string })['*']) ?? [];
  const now = ctx.clock.now().getTime();
  const persisted = parts.entrance.named(ctx.viewer, name, number ? Number(number) : null, now);
  const mayBeStale = persisted && 'operation' in persisted && takesAnyToken(persisted.operation);
  if (ctx.isStale && !mayBeStale) return refuse(problemOf(unauthenticated()));
  if (!persisted || ('operation' in persisted && persisted.operation.operation === 'subscription')) {
    return refuse(problem('NotFound', 404, 'There is no such document.'));
  }
  if (!('document' in persisted)) return refuse(problemOfErrors(persisted.map((error) => error.toJSON())));
  const methods = methodsFor(persisted.operation.operation);
  if (!methods.includes(request.method)) {
    reply.header('allow', methods.join(', '));
    return refuse(problem('MethodNotAllowed', 405, `This document is run by ${methods.join(' or ')}.`));
  }
  addDeprecation(reply, persisted);
  const result = await answerCall(parts, { persisted, ctx, request, reply });
  if (result === null) {
    reply.code(304);
    return '';
  }
  return 'body' in result ? send(reply, result.body) : refuse(result);
}

/** `/rest/<name>` and `/rest/<name>/v<number>`: the documents that are known here as plain HTTP, and their description. */
export async function addRest(
  app: FastifyInstance,
  parts: FastLaneParts,
  publicUrl: string | null,
): Promise<void> {
  await app.register(async (inner) => {
    inner.removeContentTypeParser('text/plain');
    inner.setErrorHandler(async (error: FastifyError | Unavailable, request, reply) =>
      failed(parts, error, request, reply),
    );
    inner.get('/rest/openapi.json', async (request, reply) => {
      addVary(reply, 'Authorization');
      const ctx = await openContext(parts.shared, request, reply);
      if (ctx instanceof GraphQLError) return sendProblem(reply, problemOf(ctx), request.id);
      if (ctx.isStale) return sendProblem(reply, problemOf(unauthenticated()), request.id);
      reply.headers({ 'x-content-type-options': 'nosniff', 'cache-control': 'private, no-cache' });
      return send(reply, describeApi(parts.operations.schema, parts.entrance, ctx, publicUrl));
    });
    inner.route({
      method: ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'],
      url: '/rest/*',
      handler: (request, reply) => answer(parts, request, reply),
    });
  });
}
