import type {
  ExecutionResult,
  FormattedExecutionResult,
  GraphQLError,
  GraphQLFormattedError,
  GraphQLSchema,
} from 'graphql';
import { badUserInput, unauthenticated } from '../../graphql/errors.js';
import { executeOperation } from '../../graphql/execution/execute.js';
import type { AdmittedOperation, GivenOperation } from '../../graphql/limits/gate.js';
import { takesAnyToken } from '../../graphql/permissions.js';
import { maskErrors } from './masking.js';
import type { OperationContext } from './operation-context.js';

/** Of an operation's name as the log keeps it: nobody fills it by a long one. */
const LONGEST_NAME = 100;

export interface OperationsOptions {
  readonly schema: GraphQLSchema;
  readonly operationMs: number;
  readonly hideSuggestions: boolean;
}

/** Runs, masks and logs operations, whatever has brought them. */
export class Operations {
  constructor(private readonly options: OperationsOptions) {}

  get schema(): GraphQLSchema {
    return this.options.schema;
  }

  /** Runs one admitted query or mutation within its time. Never rejects: what went wrong is in the result. */
  async run(
    { document, operation }: AdmittedOperation,
    variables: GivenOperation['variables'],
    ctx: OperationContext,
  ): Promise<ExecutionResult> {
    if (ctx.isStale && !takesAnyToken(operation)) return { errors: [unauthenticated()] };
    if (operation.operation === 'subscription') {
      return { errors: [badUserInput('Subscribe over a WebSocket, not over HTTP.')] };
    }
    try {
      const result = executeOperation({
        schema: this.options.schema,
        document,
        operationName: operation.name?.value,
        variableValues: variables ?? undefined,
        contextValue: ctx,
      });
      return await (result instanceof Promise ? ctx.time.within(result, this.options.operationMs) : result);
    } catch (error) {
      return { errors: [error] as ExecutionResult['errors'] & object };
    }
  }

  /** What is said of an operation that the gate has not let in; to whom is not let in either, only that. */
  refuse(refused: readonly GraphQLError[], { isStale }: OperationContext): readonly GraphQLError[] {
    return isStale ? [unauthenticated()] : refused;
  }

  /** The errors as the client may see them. */
  mask(errors: readonly unknown[], ctx: OperationContext): GraphQLFormattedError[] {
    const { requestId, log } = ctx;
    return maskErrors(errors, { requestId, log, hideSuggestions: this.options.hideSuggestions });
  }

  /** The result as it leaves: data, and errors masked. */
  show({ data, errors }: ExecutionResult, ctx: OperationContext): FormattedExecutionResult {
    if (!errors || errors.length === 0) return { data: data ?? null };
    return { errors: this.mask(errors, ctx), ...(data !== undefined && { data }) };
  }

  /** The one line that each operation leaves in the log; its variables never do. */
  log(ctx: OperationContext, operation: AdmittedOperation['operation'] | null, facts: OperationFacts): void {
    ctx.log.info(
      {
        operation: operation?.name?.value.slice(0, LONGEST_NAME) ?? null,
        kind: operation?.operation ?? null,
        ms: Math.round((performance.now() - ctx.startedAt) * 10) / 10,
        status: facts.errors?.[0]?.extensions?.code ?? 'OK',
        via: facts.via,
        ...(ctx.viewer && { userId: ctx.viewer.userId }),
      },
      'operation',
    );
  }
}

export interface OperationFacts {
  readonly via: 'http' | 'rest' | 'socket';
  readonly errors?: readonly GraphQLFormattedError[] | undefined;
}
