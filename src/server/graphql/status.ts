import type { GraphQLFormattedError } from 'graphql';
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

/** HTTP's status for an error. */
export const statusOfError = (error: GraphQLFormattedError): number => STATUS[codeOf(error) ?? 'INTERNAL'];

/** What goes with an error into the head of an answer: when to come again. */
export const headersOfError = ({ extensions }: GraphQLFormattedError): Record<string, string> =>
  typeof extensions?.retryAfter === 'number' ? { 'retry-after': String(extensions.retryAfter) } : {};

/**
 * The status for a request that has not got as far as an operation. An allowance that is spent is told to everybody:
 * whatever stands between here and the program has to know it too.
 */
export const statusOfRefusal = (mediaType: MediaType | null, error: GraphQLFormattedError): number =>
  codeOf(error) === 'RATE_LIMITED' ? STATUS.RATE_LIMITED : statusOf(mediaType, { errors: [error] });

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
  return statusOfError(first);
}
