import type { FastifyRequest } from 'fastify';
import { noteRefusedToken } from '../../domain/auth/note-refused-token.js';
import { Unavailable } from '../../domain/failure.js';
import { internal, unauthenticated, unavailable } from '../../graphql/errors.js';
import { OperationContext, type Shared } from './operation-context.js';

/**
 * The context of an HTTP request. Something that was presented and does not count is refused as a whole, so
 * that a client learns that its token has ended, and is never taken for a guest.
 * @throws GraphQLError UNAUTHENTICATED, UNAVAILABLE or INTERNAL
 */
export async function httpContext(shared: Shared, request: FastifyRequest): Promise<OperationContext> {
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
  if (somebody === 'INVALID') {
    noteRefusedToken(shared, { requestId: id, address: ip, userAgent }, headers.authorization);
    throw unauthenticated();
  }
  return new OperationContext(shared, {
    requestId: id,
    viewer: somebody?.viewer ?? null,
    address: ip,
    userAgent,
  });
}
