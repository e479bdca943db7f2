import type { FastifyReply, FastifyRequest } from 'fastify';
import type { FormattedExecutionResult } from 'graphql';
import { GraphQLError } from 'graphql';
import type { PersistedDocument } from '../../graphql/documents/persisted.js';
import { readConditionally } from '../documents/run-document.js';
import type { FastLaneParts } from '../graphql/fast-lane.js';
import type { OperationContext } from '../graphql/operation-context.js';
import { restAnswer } from './answer.js';
import {
  BadParameters,
  type Variables,
  variablesIn,
  variablesOf,
  variableTypes,
  withKey,
} from './parameters.js';
import { type Problem, problem, problemOfErrors } from './problem.js';
import { variantOf } from './variant.js';

/** Who calls which document. */
export interface RestCall {
  readonly persisted: PersistedDocument;
  readonly ctx: OperationContext;
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
}

const isReading = ({ method }: FastifyRequest) => method === 'GET' || method === 'HEAD';

const queryOf = ({ url }: FastifyRequest) =>
  new URLSearchParams(url.slice(url.indexOf('?') + 1 || url.length));

/** The variables as the request's method carries them. */
function variablesFor(parts: FastLaneParts, { persisted, request }: RestCall): Variables | BadParameters {
  const types = variableTypes(parts.operations.schema, persisted.operation);
  if (isReading(request)) return variablesIn(types, queryOf(request));
  const variables = variablesOf(types, request.body);
  if (variables instanceof BadParameters) return variables;
  return withKey(types, variables, request.headers['idempotency-key']);
}

/** Runs the document; null where the caller of a GET has the answer already. */
async function run(
  parts: FastLaneParts,
  call: RestCall,
  variables: Variables,
): Promise<FormattedExecutionResult | null> {
  const { entrance, operations } = parts;
  const { persisted, ctx, request, reply } = call;
  const admitted = entrance.admit(persisted, { variables }, ctx);
  if (!('document' in admitted)) return operations.show({ errors: admitted }, ctx);
  const varied = { ...admitted, ...variantOf(operations.schema, persisted) };
  if (isReading(request)) {
    const ifNoneMatch = request.headers['if-none-match'];
    return readConditionally(parts, reply, { admitted: varied, variables, ctx, ifNoneMatch });
  }
  return operations.show(await operations.run(varied, variables, ctx), ctx);
}

/** Runs a document with what the request carries. Null: the caller has it already. */
export async function answerCall(
  parts: FastLaneParts,
  call: RestCall,
): Promise<{ readonly body: unknown } | Problem | null> {
  const { ctx, persisted } = call;
  const { operations } = parts;
  const variables = variablesFor(parts, call);
  if (variables instanceof BadParameters) {
    const [first = '', ...more] = variables.sentences;
    return problem('BAD_USER_INPUT', 400, first, more.length > 0 ? { more } : {});
  }
  const result = await run(parts, call, variables);
  operations.log(ctx, persisted.operation, { via: 'rest', errors: result?.errors });
  if (!result) return null;
  if (result.errors) return problemOfErrors(result.errors);
  return restAnswer(operations.schema, persisted.operation, result.data ?? {});
}

/** The problem that a refusal to open a context is. */
export const problemOf = (error: GraphQLError): Problem => problemOfErrors([error.toJSON()]);
