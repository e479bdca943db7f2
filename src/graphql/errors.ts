import { GraphQLError } from 'graphql';

/** The codes that `errors[].extensions.code` may carry; anything else that throws is masked as INTERNAL. */
export type ErrorCode =
  | 'UNAUTHENTICATED'
  | 'FORBIDDEN'
  | 'BAD_USER_INPUT'
  | 'COST_EXCEEDED'
  | 'RATE_LIMITED'
  | 'PERSISTED_OPERATION_REQUIRED'
  | 'TIMEOUT'
  | 'UNAVAILABLE'
  | 'INTERNAL';

const coded = (code: ErrorCode, message: string, facts: object = {}) =>
  new GraphQLError(message, { extensions: { code, ...facts } });

export const unauthenticated = () => coded('UNAUTHENTICATED', 'Sign in first.');
export const forbidden = () => coded('FORBIDDEN', 'Your role does not permit this.');
export const outOfScope = (scope: string | null) =>
  coded(
    'FORBIDDEN',
    scope === null ? 'API clients cannot do this.' : `This API client lacks the scope "${scope}".`,
  );
export const badUserInput = (message: string) => coded('BAD_USER_INPUT', message);
export const costExceeded = (message: string, facts: object) => coded('COST_EXCEEDED', message, facts);
export const rateLimited = (retryAfter: number) =>
  coded('RATE_LIMITED', `Too many attempts. Try again in ${retryAfter} s.`, { retryAfter });
export const persistedOperationRequired = () =>
  coded(
    'PERSISTED_OPERATION_REQUIRED',
    'Only documents that are registered run here: name one by its documentId.',
  );
export const unavailable = () =>
  coded('UNAVAILABLE', 'The service cannot answer right now. Try again shortly.');
export const timedOut = (seconds: number) =>
  coded('TIMEOUT', `The operation was given up after ${seconds} s.`);
export const internal = (requestId: string) =>
  coded('INTERNAL', `Something went wrong on our side. Request id: ${requestId}`, { requestId });
