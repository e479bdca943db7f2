/** What programs read: how a command ended. */
export const EXIT = {
  ok: 0,
  failed: 1,
  usage: 2,
  refused: 3,
  notSignedIn: 4,
  notFound: 5,
  unreachable: 7,
  interrupted: 130,
} as const;

export type Exit = (typeof EXIT)[keyof typeof EXIT];

export interface FailureFacts {
  /** What to do about it, in a sentence. */
  readonly hint?: string | undefined;
  /** By which the server's log knows the request. */
  readonly requestId?: string | undefined;
  /** What programs are told beside it, under these names. */
  readonly more?: Readonly<Record<string, unknown>> | undefined;
  /** It is in the result already: only the exit code is left to say. */
  readonly isTold?: boolean;
  /** What people are told below the message, line by line. */
  readonly lines?: readonly string[] | undefined;
}

/** Ends a command with its exit code. */
export class Failure extends Error {
  constructor(
    readonly exit: Exit,
    readonly code: string,
    message: string,
    readonly facts: FailureFacts = {},
  ) {
    super(message);
  }
}

export const wrongUsage = (message: string, hint?: string): Failure =>
  new Failure(EXIT.usage, 'USAGE', message, { hint });

export const notFound = (message: string, hint?: string): Failure =>
  new Failure(EXIT.notFound, 'NOT_FOUND', message, { hint });

export const notSignedIn = (message = 'You are not signed in.'): Failure =>
  new Failure(EXIT.notSignedIn, 'UNAUTHENTICATED', message, { hint: 'Sign in with: holdfast login' });

export const interrupted = (): Failure => new Failure(EXIT.interrupted, 'INTERRUPTED', 'Interrupted.');
