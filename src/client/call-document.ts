import { randomUUID } from 'node:crypto';
import type { TypedDocumentString } from './generated/graphql.js';

/** A document of schema/operations, as it was generated: with its id, its result and its variables. */
export type Document<TResult, TVariables> = TypedDocumentString<TResult, TVariables>;

/** The server has answered, but with an error in place of a result. */
export class AnsweredError extends Error {
  constructor(
    /** As the schema tells programs: UNAUTHENTICATED, RATE_LIMITED … */
    readonly code: string,
    message: string,
    readonly requestId: string,
    /** Seconds to wait, where the server says so. */
    readonly retryAfter: number | null,
  ) {
    super(message);
  }
}

/** There was no answer. */
export class NoAnswer extends Error {
  constructor(
    message: string,
    /** Whether the server may have carried it out all the same. */
    readonly mayHaveActed: boolean,
  ) {
    super(message);
  }
}

export interface Caller {
  /** Where the server is, without a slash at its end. */
  readonly server: string;
  readonly userAgent: string;
  /** Behind `Bearer`; null for nobody. */
  readonly token: string | null;
}

interface Answer {
  readonly data?: unknown;
  readonly errors?: readonly {
    readonly message: string;
    readonly extensions?: { readonly code?: string; readonly retryAfter?: number };
  }[];
}

const TIMEOUT_MS = 15_000;
/** Of these the request cannot have arrived. */
const BEFORE_SENDING =
  /^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|UND_ERR_CONNECT_TIMEOUT|ERR_SSL|CERT|.*_CERT)/;

function noAnswer(server: string, error: unknown): NoAnswer {
  const { cause, name, message } = error as Error & { cause?: { code?: string; message?: string } };
  const code = cause?.code ?? '';
  const why = name === 'TimeoutError' ? `no answer within ${TIMEOUT_MS / 1_000} s` : code || cause?.message;
  return new NoAnswer(`${server} cannot be reached (${why || message}).`, !BEFORE_SENDING.test(code));
}

/** Posts something and reads the JSON that comes back. Throws NoAnswer where none does. */
export async function post(
  { server, userAgent, token }: Caller,
  path: string,
  body: string,
  headers: Readonly<Record<string, string>>,
): Promise<{ status: number; json: unknown }> {
  let status: number;
  let text: string;
  try {
    const response = await fetch(`${server}${path}`, {
      method: 'POST',
      headers: { 'user-agent': userAgent, ...(token && { authorization: `Bearer ${token}` }), ...headers },
      body,
      redirect: 'error',
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    status = response.status;
    text = await response.text();
  } catch (error) {
    throw noAnswer(server, error);
  }
  try {
    return { status, json: JSON.parse(text) };
  } catch {
    const said = `${server} does not answer as Holdfast does (HTTP ${status}).`;
    throw new NoAnswer(said, status >= 500);
  }
}

async function send(caller: Caller, request: object): Promise<unknown> {
  const requestId = randomUUID();
  const { status, json } = await post(caller, '/graphql', JSON.stringify(request), {
    'content-type': 'application/json',
    accept: 'application/graphql-response+json, application/json',
    'x-request-id': requestId,
  });
  const { data, errors } = json as Answer;
  const [error] = errors ?? [];
  if (error?.extensions?.code === 'UNAVAILABLE') throw new NoAnswer(error.message, true);
  if (error) {
    const { code = 'FAILED', retryAfter = null } = error.extensions ?? {};
    throw new AnsweredError(code, error.message, requestId, retryAfter);
  }
  if (data == null)
    throw new NoAnswer(`${caller.server} does not answer as Holdfast does (HTTP ${status}).`, false);
  return data;
}

/** The id that a document runs by. */
export const idOf = (document: Document<never, never>): string => document.__meta__?.hash;

/**
 * Runs a document by its id.
 * @throws AnsweredError where the server refuses to run it, NoAnswer where nothing comes back
 */
export const callDocument = <TResult, TVariables>(
  caller: Caller,
  document: Document<TResult, TVariables>,
  variables: TVariables,
): Promise<TResult> => send(caller, { documentId: idOf(document as never), variables }) as Promise<TResult>;

/** Runs a document that somebody has written, or has named by its id. Throws as callDocument does. */
export const callText = (caller: Caller, text: string, variables: object): Promise<unknown> =>
  send(caller, {
    ...(/^sha256:[0-9a-f]{64}$/.test(text) ? { documentId: text } : { query: text }),
    variables,
  });
