import { type DocumentName, idOf, type Result, type Variables } from './documents.js';

/** Why there is no answer: nobody there, not signed in any more, or too often. */
export class NoAnswer extends Error {
  constructor(
    readonly code: string,
    readonly retryAfter: number | null = null,
  ) {
    super(code);
  }
}

interface Answer {
  readonly data?: Record<string, unknown> | null;
  readonly errors?: readonly {
    readonly message: string;
    readonly extensions?: { readonly code?: string; readonly retryAfter?: number };
  }[];
}

const PATIENCE_MS = 15_000;
let skew = 0;

/** The present instant by the clock of the server, as far as an answer has told it. */
export const serverNow = (): number => Date.now() + skew;

/** Runs one of our own documents, as nobody or as whoever the token speaks for. Throws NoAnswer. */
export async function ask<Name extends DocumentName>(
  name: Name,
  variables: Variables<Name>,
  token: string | null,
): Promise<Result<Name>> {
  const response = await fetch('/graphql', {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }) },
    body: JSON.stringify({ documentId: idOf(name), variables }),
    signal: AbortSignal.timeout(PATIENCE_MS),
  }).catch(() => null);
  const date = Date.parse(response?.headers.get('date') ?? '');
  // The header has whole seconds only.
  if (Math.abs(date - Date.now()) > 2_000) skew = date - Date.now();
  const answer = (await response?.json().catch(() => null)) as Answer | null | undefined;
  const [error] = answer?.errors ?? [];
  if (!answer || error) {
    const { code = 'UNAVAILABLE', retryAfter = null } = error?.extensions ?? {};
    throw new NoAnswer(code, retryAfter);
  }
  return Object.values(answer.data ?? {})[0] as Result<Name>;
}
