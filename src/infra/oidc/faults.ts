import { ClientError, ResponseBodyError } from 'openid-client';

/** What cannot be read is most often the page of a proxy whose provider is down. */
const UNREADABLE = [
  'OAUTH_TIMEOUT',
  'OAUTH_ABORT',
  'OAUTH_RESPONSE_IS_NOT_JSON',
  'OAUTH_PARSE_ERROR',
  'OAUTH_RESPONSE_IS_NOT_CONFORM',
];

/** fetch rejects with one where nobody answers; by its name, since each realm has a class of its own. */
const isTypeError = (error: unknown): boolean => (error as Error | undefined)?.name === 'TypeError';

/** Whether the provider could not answer, so that it may later; anything else is a wrong answer to a wrong question. */
export function isProvidersFault(error: unknown): boolean {
  if (isTypeError(error) || isTypeError((error as Error).cause)) return true;
  if (error instanceof ResponseBodyError) return error.status >= 500 || error.error === 'invalid_client';
  return error instanceof ClientError && UNREADABLE.includes(error.code ?? '');
}

/** Nobody fills the log by what comes back from a provider. */
const MOST_REASON = 300;

/** Why, for the log: codes and claims, never a token. */
export const reasonOf = (error: unknown): string => reason(error).slice(0, MOST_REASON);

function reason(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error instanceof ResponseBodyError) return `${error.message}: ${error.error}`;
  const { cause } = error;
  return cause instanceof Error ? `${error.message}: ${cause.message}` : error.message;
}
