import { graphql } from 'graphql';
import type { Viewer } from '../../src/domain/act.js';
import type { Identity } from '../../src/domain/auth/identity.js';
import { buildHoldfastSchema } from '../../src/graphql/build-schema.js';
import type { TestCtx } from '../kit/ctx.js';

const schema = buildHoldfastSchema();

export interface Answer {
  // biome-ignore lint/suspicious/noExplicitAny: tests compare what has come, whatever it is
  readonly data: any;
  readonly errors: readonly { message: string; code: unknown; retryAfter: unknown }[];
}

/** Runs one operation as this viewer, without HTTP. */
export async function ask(
  ctx: TestCtx & { readonly identity: Identity },
  viewer: Viewer | null,
  source: string,
  variableValues: Record<string, unknown> = {},
): Promise<Answer> {
  const contextValue = { ...ctx, viewer, signal: new AbortController().signal };
  const { data, errors = [] } = await graphql({ schema, source, variableValues, contextValue });
  return {
    data: JSON.parse(JSON.stringify(data ?? null)),
    errors: errors.map(({ message, extensions: { code, retryAfter } }) => ({ message, code, retryAfter })),
  };
}
