import { type GraphQLSchema, isObjectType, type OperationDefinitionNode } from 'graphql';
import { type Problem, problem, problemOfFailure } from './problem.js';
import { onlyRoot } from './variant.js';

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
  operation: OperationDefinitionNode,
  data: Readonly<Record<string, unknown>>,
): { readonly body: unknown } | Problem {
  const root = onlyRoot(operation);
  const only = root && data[(root.alias ?? root.name).value];
  // A directive may have left it out.
  if (!root || only === undefined) return { body: data };
  if (only === null) return problem('NotFound', 404, 'There is nothing here for you to see.');
  return isFailure(schema, only) ? problemOfFailure(only) : { body: only };
}
