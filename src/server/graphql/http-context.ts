import type { FastifyReply, FastifyRequest } from 'fastify';
import { GraphQLError } from 'graphql';
import { spendAllowance } from '../../domain/clients/spend-allowance.js';
import { Unavailable } from '../../domain/failure.js';
import { internal, rateLimited, unauthenticated, unavailable } from '../../graphql/errors.js';
import { OperationContext, type Shared } from './operation-context.js';

/**
 * The context of an HTTP request. Something that was presented and does not count is refused as a whole, so
 * that a client learns that its token has ended, and is never taken for a guest. Programs spend their allowance here.
 * @throws GraphQLError UNAUTHENTICATED, RATE_LIMITED, UNAVAILABLE or INTERNAL
 */
export async function httpContext(shared: Shared, request: FastifyRequest): Promise<OperationContext> {
  const { headers, id, ip } = request;
  let somebody: Awaited<ReturnType<Shared['identity']['authenticate']>>;
  let wait: number | null = null;
  try {
    somebody = await shared.identity.authenticate(headers.authorization);
    if (somebody === 'INVALID') throw unauthenticated();
    if (somebody?.viewer.client) wait = await spendAllowance(shared.limiter, somebody.viewer);
  } catch (error) {
    if (error instanceof GraphQLError) throw error;
    const away = error instanceof Unavailable;
    shared.log[away ? 'warn' : 'error']({ err: error, requestId: id }, 'a caller could not be authenticated');
    throw away ? unavailable() : internal(id);
  }
  if (wait !== null) throw rateLimited(wait);
  return new OperationContext(shared, {
    requestId: id,
    viewer: somebody?.viewer ?? null,
    address: ip,
    userAgent: headers['user-agent'] ?? null,
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
    ctx = await httpContext(shared, request);
  } catch (error) {
    if (error instanceof GraphQLError) return error;
    throw error;
  }
  reply.raw.once('close', () => {
    if (!reply.raw.writableFinished) ctx.time.abort();
  });
  return ctx;
}
