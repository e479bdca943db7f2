import { type GraphQLSchema, isObjectType } from 'graphql';
import { type Problem, problem, problemOfFailure } from './problem.js';

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function isFailure(schema: GraphQLSchema, value: unknown): value is Readonly<Record<string, unknown>> {
  if (!isObject(value) || typeof value.__typename !== 'string') return false;
  const type = schema.getType(value.__typename);
  return isObjectType(type) && type.getInterfaces().some(({ name }) => name === 'UserError');
}

/**
 * What REST answers for an operation's data: of a single root field its value alone, which makes a refusal a problem
 * and nothing a 404; of several the whole.
 */
export function restAnswer(
  schema: GraphQLSchema,
  data: Readonly<Record<string, unknown>>,
): { readonly body: unknown } | Problem {
  const [only, ...more] = Object.values(data);
  if (more.length > 0) return { body: data };
  if (only === null) return problem('NotFound', 404, 'There is nothing here for you to see.');
  return isFailure(schema, only) ? problemOfFailure(only) : { body: only };
}
