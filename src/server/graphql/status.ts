import type { FastifyReply } from 'fastify';
import type { GraphQLError, GraphQLFormattedError } from 'graphql';
import type { ErrorCode } from '../../graphql/errors.js';
import { codeOf } from './masking.js';
import type { MediaType } from './media-type.js';

const STATUS: Record<ErrorCode, number> = {
  UNAUTHENTICATED: 401,
  FORBIDDEN: 403,
  BAD_USER_INPUT: 400,
  COST_EXCEEDED: 400,
  RATE_LIMITED: 429,
  PERSISTED_OPERATION_REQUIRED: 400,
  TIMEOUT: 504,
  UNAVAILABLE: 503,
  INTERNAL: 500,
};

/**
 * HTTP's status for an answer to a well-formed request (GraphQL over HTTP, 6.4): 200 for whoever takes plain
 * JSON, since older clients read the body only then; otherwise 200 with data, and an error's status without.
 */
export function statusOf(
  mediaType: MediaType | null,
  answer: { readonly data?: unknown; readonly errors?: readonly GraphQLFormattedError[] | undefined },
): number {
  const first = answer.errors?.[0];
  if (!first || answer.data !== undefined || mediaType !== 'application/graphql-response+json') return 200;
  return STATUS[codeOf(first) ?? 'INTERNAL'];
}

/** Of a caller who has asked too much, says in the head as well when to ask again (RFC 9110, 10.2.3). */
export function sayWhenAgain(reply: FastifyReply, { extensions }: GraphQLError): void {
  if (typeof extensions.retryAfter === 'number') reply.header('retry-after', extensions.retryAfter);
}
