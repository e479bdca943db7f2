import { createClient } from 'graphql-ws/client';
import { AnsweredError, type Caller, type Document, idOf, NoAnswer } from './call-document.js';

/** Why sockets are closed by the server: the token does not count, or no longer. */
const TOKEN_CODES = [4401, 4403];

const closeOf = (error: unknown): { code?: number; reason?: string } =>
  typeof error === 'object' && error !== null && 'code' in error
    ? (error as { code: number; reason: string })
    : {};

function failureOf(server: string, error: unknown): Error {
  if (Array.isArray(error)) {
    const [{ message, extensions } = { message: 'The subscription has failed.', extensions: {} }] = error;
    return new AnsweredError(extensions?.code ?? 'FAILED', message, '', extensions?.retryAfter ?? null);
  }
  const { code, reason } = closeOf(error);
  if (code && TOKEN_CODES.includes(code))
    return new AnsweredError('UNAUTHENTICATED', reason || 'The session has ended.', '', null);
  return new NoAnswer(`The connection to ${server} is lost.`, false);
}

/**
 * Follows a subscription by its id over one connection, event by event.
 * @throws AnsweredError where the server refuses it, UNAUTHENTICATED also once the token has ended; NoAnswer when the
 * connection is lost: what was missed is asked for anew, by whoever knows how
 */
export async function* watchDocument<TResult, TVariables>(
  { server, token }: Caller,
  document: Document<TResult, TVariables>,
  variables: TVariables,
): AsyncGenerator<TResult> {
  const client = createClient({
    url: `${server.replace(/^http/, 'ws')}/graphql`,
    connectionParams: token === null ? {} : { authorization: `Bearer ${token}` },
    retryAttempts: 0,
    keepAlive: 10_000,
    lazyCloseTimeout: 0,
  });
  // The library's type wants a text; the server finds it by the id.
  const payload = {
    query: '',
    documentId: idOf(document as never),
    variables: variables as Record<string, unknown>,
  };
  try {
    for await (const { data, errors } of client.iterate<TResult>(payload)) {
      if (errors?.length) throw errors;
      if (data) yield data;
    }
  } catch (error) {
    throw failureOf(server, error);
  } finally {
    await client.dispose();
  }
}
