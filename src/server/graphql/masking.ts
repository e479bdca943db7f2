import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import { Unavailable } from '../../domain/failure.js';
import { type ErrorCode, internal, unavailable } from '../../graphql/errors.js';
import type { Log } from '../../ports/log.js';

const OURS: Record<ErrorCode, true> = {
  UNAUTHENTICATED: true,
  FORBIDDEN: true,
  BAD_USER_INPUT: true,
  COST_EXCEEDED: true,
  RATE_LIMITED: true,
  PERSISTED_OPERATION_REQUIRED: true,
  TIMEOUT: true,
  UNAVAILABLE: true,
  INTERNAL: true,
};

/** Apollo's names for what is the client's to mend. */
const CLIENTS_FAULT = new Set([
  'GRAPHQL_PARSE_FAILED',
  'GRAPHQL_VALIDATION_FAILED',
  'BAD_REQUEST',
  'OPERATION_RESOLUTION_FAILURE',
  'PERSISTED_QUERY_NOT_FOUND',
  'PERSISTED_QUERY_NOT_SUPPORTED',
]);

export const codeOf = (error: Pick<GraphQLError, 'extensions'> | GraphQLFormattedError): ErrorCode | null => {
  const code = error.extensions?.code;
  if (typeof code !== 'string') return null;
  if (Object.hasOwn(OURS, code)) return code as ErrorCode;
  return CLIENTS_FAULT.has(code) ? 'BAD_USER_INPUT' : null;
};

const rootCause = (error: unknown): unknown => {
  let cause = error;
  for (let i = 0; i < 5 && cause instanceof GraphQLError && cause.originalError; i++)
    cause = cause.originalError;
  return cause;
};

const SUGGESTION = / ?Did you mean .*\?$/s;

export interface Masked {
  readonly requestId: string;
  readonly log: Log;
  readonly hideSuggestions: boolean;
}

/** What Apollo says in `http` is for the head of the answer, not for the client. */
function passed(error: GraphQLError, code: ErrorCode, hideSuggestions: boolean): GraphQLFormattedError {
  const { message, locations, path, extensions } = error.toJSON();
  const { http, stacktrace, ...facts } = extensions ?? {};
  return {
    message: hideSuggestions && code === 'BAD_USER_INPUT' ? message.replace(SUGGESTION, '') : message,
    ...(locations && { locations }),
    ...(path && { path }),
    extensions: { ...facts, code },
  };
}

const inPlaceOf = (error: unknown, shown: GraphQLError): GraphQLFormattedError => {
  const { locations, path } = error instanceof GraphQLError ? error.toJSON() : {};
  const { message, extensions } = shown.toJSON();
  return {
    message,
    ...(locations && { locations }),
    ...(path && { path }),
    ...(extensions && { extensions }),
  };
};

/**
 * The errors of one operation as its client may see them: those with a code of ours as they are; a dependency
 * that is away as UNAVAILABLE; anything else as INTERNAL with the request's id, and in the log with its stack.
 */
export function maskErrors(errors: readonly unknown[], { requestId, log, hideSuggestions }: Masked) {
  const told = new Set<unknown>();
  const tell = (level: 'warn' | 'error', error: unknown, cause: unknown, message: string) => {
    if (told.has(cause)) return;
    told.add(cause);
    log[level](
      { err: cause, path: error instanceof GraphQLError ? error.path?.join('.') : undefined },
      message,
    );
  };
  return errors.map((error): GraphQLFormattedError => {
    const cause = rootCause(error);
    if (cause instanceof Unavailable) {
      tell('warn', error, cause, 'a dependency is away');
      return inPlaceOf(error, unavailable());
    }
    const code = error instanceof GraphQLError ? codeOf(error) : null;
    if (code) return passed(error as GraphQLError, code, hideSuggestions);
    tell('error', error, cause, 'an operation has failed');
    return inPlaceOf(error, internal(requestId));
  });
}
