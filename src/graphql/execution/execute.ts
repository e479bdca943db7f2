import {
  type ExecutionArgs,
  type ExecutionResult,
  execute,
  type GraphQLSchema,
  getOperationAST,
  type OperationDefinitionNode,
} from 'graphql';
import { type CompiledOperation, compileOperation, MAX_COERCION_ERRORS, refused } from './compile.js';

interface Known {
  readonly schema: GraphQLSchema;
  uses: number;
  compiled: CompiledOperation | null;
}

/** Goes away with the document, whose cache is bounded: see limits/documents.ts. */
const known = new WeakMap<OperationDefinitionNode, Known>();

/** Compiling costs about a hundred executions, so a document that came once is not compiled. */
const COMPILE_AT_USE = 2;

function compiledFor({ schema, document, operationName }: ExecutionArgs): CompiledOperation | null {
  const operation = getOperationAST(document, operationName);
  if (!operation) return null;
  let entry = known.get(operation);
  if (entry?.schema !== schema) {
    entry = { schema, uses: 0, compiled: null };
    known.set(operation, entry);
  }
  if (++entry.uses === COMPILE_AT_USE) entry.compiled = compileOperation(schema, document, operation);
  return entry.compiled;
}

/**
 * Executes one operation of a valid document; queries, single-field mutations and a subscription's events run
 * compiled from their second use on. The result is that of graphql-js, given that a field without a resolver
 * reads a plain value (no function, no promise). Never rejects for a resolver's failure.
 */
export function executeOperation(args: ExecutionArgs): ExecutionResult | Promise<ExecutionResult> {
  const answer = compiledFor(args)?.(args);
  if (answer) return answer;
  const result = execute({ ...args, options: { maxCoercionErrors: MAX_COERCION_ERRORS } });
  const began = result instanceof Promise || result.data !== undefined;
  return began ? result : refused(result.errors ?? []);
}
