import type { FastifyReply } from 'fastify';
import type { GraphQLFormattedError } from 'graphql';
import { headersOfError, statusOfError } from '../graphql/status.js';

/** Problem details (RFC 9457); `kind` is the failure's GraphQL type or the error's code, with its own facts beside it. */
export interface Problem extends Readonly<Record<string, unknown>> {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly kind: string;
}

/** Refusals are conflicts with the state of things, but for these. */
const STATUS: Readonly<Record<string, number>> = {
  InvalidInput: 400,
  NotFound: 404,
  SignInRefused: 401,
  RefreshRefused: 401,
  WrongPassword: 401,
};
const CONFLICT = 409;

/** `ReservationRefused` and `RATE_LIMITED` in words with hyphens. */
const words = (kind: string): string =>
  kind
    .replace(/(?<=[a-z0-9])[A-Z]/g, (letter) => `-${letter}`)
    .replaceAll('_', '-')
    .toLowerCase();

export function problem(kind: string, status: number, detail: string, facts: object = {}): Problem {
  const name = words(kind);
  const title = name[0]?.toUpperCase() + name.slice(1).replaceAll('-', ' ');
  return { ...facts, type: `urn:holdfast:problem:${name}`, title, status, detail, kind };
}

/** An expected refusal, with all that the document has asked about it. */
export function problemOfFailure({
  __typename,
  message,
  ...facts
}: Readonly<Record<string, unknown>>): Problem {
  const kind = String(__typename);
  return problem(kind, STATUS[kind] ?? CONFLICT, String(message ?? kind), facts);
}

/** An error that is no result: the first of them decides. */
export function problemOfErrors(errors: readonly GraphQLFormattedError[]): Problem {
  const [first = { message: 'Unknown error.' }, ...more] = errors;
  const { code = 'INTERNAL', ...facts } = first.extensions ?? {};
  const also = more.length > 0 ? { errors: errors.map(({ message, path }) => ({ message, path })) } : {};
  return problem(String(code), statusOfError(first), first.message, { ...facts, ...also });
}

const SOON = '1';

/** Answers with the problem, and with what HTTP wants to be told beside it. */
export function sendProblem(reply: FastifyReply, told: Problem, requestId: string): string {
  const { status, retryAfter } = told;
  reply.removeHeader('etag');
  reply
    .code(status)
    .headers({ 'content-type': 'application/problem+json; charset=utf-8', 'cache-control': 'no-store' });
  if (status === 401) reply.header('www-authenticate', 'Bearer realm="holdfast"');
  if (status === 503) reply.header('retry-after', SOON);
  reply.headers(headersOfError({ message: '', extensions: { retryAfter } }));
  return `${JSON.stringify({ ...told, requestId })}\n`;
}
