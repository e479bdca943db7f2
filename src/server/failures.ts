import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { Unavailable } from '../domain/failure.js';
import type { Log } from '../ports/log.js';
import { TooManyRequests } from './limits/too-many-requests.js';

const isGraphql = (request: FastifyRequest) => request.url.split('?', 1)[0] === '/graphql';

/** What a request is told that never reached an operation. */
const body = (request: FastifyRequest, message: string, code: string) =>
  isGraphql(request)
    ? { errors: [{ message, extensions: { code, ...(code === 'INTERNAL' && { requestId: request.id }) } }] }
    : { error: message };

const isPage = ({ headers }: FastifyRequest) => headers.accept?.includes('text/html') ?? false;

/** Refuses whoever has had enough, and says when to come again: people as a sentence. */
function slowDown(request: FastifyRequest, reply: FastifyReply, { message, retryAfter }: TooManyRequests) {
  reply.code(429).header('retry-after', String(retryAfter));
  if (!isPage(request)) return body(request, message, 'RATE_LIMITED');
  return reply.type('text/plain; charset=utf-8').send(message);
}

const statusOfClientsFault = (error: Partial<FastifyError>) =>
  error.code === 'ERR_INVALID_URL' ? 400 : error.statusCode;

/** Answers what no route answers, as JSON: unknown paths, bodies that cannot be read, and our own bugs. */
export function addFailures(app: FastifyInstance, log: Log): void {
  app.setNotFoundHandler(async (_request, reply) => {
    reply.code(404).header('x-content-type-options', 'nosniff');
    return { error: 'There is nothing under this address.' };
  });
  app.setErrorHandler(async (error: FastifyError | Unavailable, request, reply) => {
    const clients = statusOfClientsFault(error);
    reply.header('x-content-type-options', 'nosniff');
    if (error instanceof TooManyRequests) return slowDown(request, reply, error);
    if (clients && clients >= 400 && clients < 500) {
      reply.code(clients);
      return body(request, error.message, 'BAD_USER_INPUT');
    }
    if (error instanceof Unavailable) {
      log.warn({ err: error, requestId: request.id }, 'a dependency is away');
      reply.code(503).header('retry-after', '1');
      return body(request, 'The service cannot answer right now. Try again shortly.', 'UNAVAILABLE');
    }
    log.error({ err: error, requestId: request.id }, 'a request has failed');
    reply.code(500);
    return body(request, `Something went wrong on our side. Request id: ${request.id}`, 'INTERNAL');
  });
}
