import {
  type DocumentNode,
  type ExecutionArgs,
  type ExecutionResult,
  GraphQLError,
  type GraphQLSchema,
  getVariableValues,
  Kind,
  type OperationDefinitionNode,
  valueFromAST,
} from 'graphql';
import { compileQuery, isCompiledQuery } from 'graphql-jit';
import { withGiven } from './given.js';
import { hoistArguments } from './hoist.js';

type Answer = ExecutionResult | Promise<ExecutionResult>;

/** Runs one operation of a document. Null when this call needs graphql-js. */
export type CompiledOperation = (args: ExecutionArgs) => Answer | null;

/** The most complaints about one call's variables. */
export const MAX_COERCION_ERRORS = 10;

/** Variables that do not fit are the client's to mend. */
export const refused = (errors: readonly GraphQLError[]): ExecutionResult => ({
  errors: errors.map((error) =>
    error.extensions.code === undefined
      ? new GraphQLError(error.message, {
          nodes: error.nodes ?? null,
          originalError: error.originalError ?? null,
          extensions: { ...error.extensions, code: 'BAD_USER_INPUT' },
        })
      : error,
  ),
});

/** Several fields of a mutation must run one after the other: only a single one is left to the compiler. */
const serial = ({ operation, selectionSet }: OperationDefinitionNode) =>
  operation === 'mutation' &&
  (selectionSet.selections.length !== 1 || selectionSet.selections[0]?.kind !== Kind.FIELD);

/** Compiles one operation, or null when it is one for graphql-js: see hoist.ts. The document must be valid. */
export function compileOperation(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
): CompiledOperation | null {
  if (serial(operation)) return null;
  const rewritten = hoistArguments(schema, document, operation);
  if (!rewritten) return null;
  const compiled = compileQuery(withGiven(schema), rewritten.document, operation.name?.value ?? '', {
    disablingCapturingStackErrors: true,
    resolverInfoEnricher: () => ({ schema }),
  });
  if (!isCompiledQuery(compiled)) return null;
  const variables = operation.variableDefinitions ?? [];
  const { hoisted } = rewritten;
  const { query } = compiled;
  return ({ rootValue, contextValue, variableValues }) => {
    const { coerced, errors } = getVariableValues(schema, variables, variableValues ?? {}, {
      maxErrors: MAX_COERCION_ERRORS,
    });
    if (!coerced) return refused(errors ?? []);
    const values: Record<string, unknown> = coerced;
    for (const { variable, node, type } of hoisted) {
      const value = valueFromAST(node, type, coerced);
      if (value === undefined) return null;
      values[variable] = value;
    }
    return query(rootValue, contextValue, values) as Answer;
  };
}
