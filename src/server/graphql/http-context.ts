import type { FastifyReply, FastifyRequest } from 'fastify';
import { GraphQLError } from 'graphql';
import { noteRefusedToken } from '../../domain/auth/note-refused-token.js';
import { Unavailable } from '../../domain/failure.js';
import { internal, rateLimited, unavailable } from '../../graphql/errors.js';
import { cookiesOf } from './cookies.js';
import { OperationContext, type Shared } from './operation-context.js';

/**
 * The context of an HTTP request. A token that was presented and does not count makes it stale: a client learns that
 * its token has ended, and is never taken for a guest; see Operations.
 * @throws GraphQLError RATE_LIMITED, UNAVAILABLE or INTERNAL
 */
export async function httpContext(
  shared: Shared,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<OperationContext> {
  const { headers, id, ip } = request;
  let somebody: Awaited<ReturnType<Shared['identity']['authenticate']>>;
  try {
    somebody = await shared.identity.authenticate(headers.authorization);
  } catch (error) {
    const away = error instanceof Unavailable;
    shared.log[away ? 'warn' : 'error']({ err: error, requestId: id }, 'a caller could not be authenticated');
    throw away ? unavailable() : internal(id);
  }
  const userAgent = headers['user-agent'] ?? null;
  const isStale = somebody === 'INVALID';
  if (isStale) noteRefusedToken(shared, { requestId: id, address: ip, userAgent }, headers.authorization);
  const viewer = somebody === 'INVALID' ? null : (somebody?.viewer ?? null);
  const wait = shared.meter.count({ viewer, address: ip });
  if (wait !== null) throw rateLimited(wait);
  return new OperationContext(shared, {
    requestId: id,
    viewer,
    isStale,
    cookies: cookiesOf(shared, request, reply),
    address: ip,
    userAgent,
  });
}

/** The same where a refusal is a result; the operation's signal aborts when nobody waits for the answer any more. */
export async function openContext(
  shared: Shared,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<OperationContext | GraphQLError> {
  let ctx: OperationContext;
  try {
    ctx = await httpContext(shared, request, reply);
  } catch (error) {
    if (error instanceof GraphQLError) return error;
    throw error;
  }
  reply.raw.once('close', () => {
    if (!reply.raw.writableFinished) ctx.time.abort();
  });
  return ctx;
}
