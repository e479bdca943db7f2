import type { FastifyReply } from 'fastify';
import type { ExecutionResult, FormattedExecutionResult } from 'graphql';
import { cacheControlOf, stateTag, tagOf } from '../../graphql/documents/fresh.js';
import type { AdmittedDocument, PersistedDocument } from '../../graphql/documents/persisted.js';
import type { GivenVariables } from '../../graphql/limits/size.js';
import { isKnown } from '../etag.js';
import type { FastLaneParts } from '../graphql/fast-lane.js';
import type { OperationContext } from '../graphql/operation-context.js';

export interface Reading {
  readonly admitted: AdmittedDocument;
  readonly variables: GivenVariables;
  readonly ctx: OperationContext;
  readonly ifNoneMatch: string | undefined;
}

/** Adds to what makes answers differ; other parts of the server have said theirs before. */
export function addVary(reply: FastifyReply, ...names: string[]): void {
  const said = String(reply.getHeader('vary') ?? '').split(', ');
  reply.header('vary', [...new Set([...said, ...names])].filter((name) => name !== '').join(', '));
}

/** Tells whoever calls a document that its end was announced (RFC 9745, RFC 8594). */
export function addDeprecation(reply: FastifyReply, { deprecatedAt, endsAt }: PersistedDocument): void {
  if (deprecatedAt !== null) reply.header('deprecation', `@${Math.floor(deprecatedAt / 1000)}`);
  if (endsAt !== null) reply.header('sunset', new Date(endsAt).toUTCString());
}

/**
 * Runs a query for GET: with a tag, and with nothing at all where the caller has shown the tag of what the answer would
 * be. Where the states of resources settle the answer that costs one cheap statement, else the answer has to be read.
 * @returns the answer, or null where the caller has it already
 */
export async function readConditionally(
  { operations }: FastLaneParts,
  reply: FastifyReply,
  { admitted, variables, ctx, ifNoneMatch }: Reading,
): Promise<FormattedExecutionResult | null> {
  const { persisted } = admitted;
  // Whether there is any answer, which is what * asks for, can only be told by reading it.
  const shown = ifNoneMatch?.trim() === '*' ? undefined : ifNoneMatch;
  const isTold = (etag: string): boolean => {
    reply.headers({ etag, 'cache-control': cacheControlOf(persisted) });
    return isKnown(shown, etag);
  };
  let state: string | null = null;
  let result: ExecutionResult;
  try {
    state = await stateTag(operations.schema, persisted, variables, ctx);
    if (state && isTold(state)) return null;
    result = await operations.run(admitted, variables, ctx);
  } catch (error) {
    result = { errors: [error] as unknown as NonNullable<ExecutionResult['errors']> };
  }
  const answer = operations.show(result, ctx);
  if (answer.errors) {
    reply.removeHeader('etag');
    reply.header('cache-control', 'no-store');
    return answer;
  }
  return !state && isTold(tagOf(answer.data)) ? null : answer;
}
