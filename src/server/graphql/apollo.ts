import { ApolloServer, type ApolloServerOptionsWithGateway, type ApolloServerPlugin } from '@apollo/server';
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginInlineTraceDisabled,
  ApolloServerPluginLandingPageDisabled,
  ApolloServerPluginSchemaReportingDisabled,
  ApolloServerPluginUsageReportingDisabled,
} from '@apollo/server/plugin/disabled';
import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import type { Entrance } from '../../graphql/documents/entrance.js';
import { internal } from '../../graphql/errors.js';
import type { AdmittedOperation, Gate } from '../../graphql/limits/gate.js';
import { LIMITS } from '../../graphql/limits/limits.js';
import type { Log } from '../../ports/log.js';
import { codeOf } from './masking.js';
import { mediaTypeOf } from './media-type.js';
import type { OperationContext } from './operation-context.js';
import type { Operations } from './operations.js';
import { statusOf } from './status.js';

type Gateway = NonNullable<ApolloServerOptionsWithGateway<OperationContext>['gateway']>;

/** Apollo's way of letting somebody else execute. */
const compiledExecution = (gate: Gate, operations: Operations): Gateway => ({
  onSchemaLoadOrUpdate(callback) {
    callback({ apiSchema: gate.schema, coreSupergraphSdl: '' });
    return () => undefined;
  },
  load: async () => ({
    executor: async ({ document, operation, request, context }) =>
      (await operations.run(
        { document, operation },
        request.variables,
        context as OperationContext,
      )) as Awaited<ReturnType<NonNullable<Awaited<ReturnType<Gateway['load']>>['executor']>>>,
  }),
  stop: async () => undefined,
});

/**
 * The gate, what clients see of errors, HTTP's status, and the line in the log. Apollo takes the document that
 * the gate has let in. Its own validation is off, so whatever else it may have got hold of is not executed.
 */
const operationPlugin = (
  entrance: Entrance,
  operations: Operations,
): ApolloServerPlugin<OperationContext> => ({
  requestDidStart: async () => {
    let admitted: AdmittedOperation | null = null;
    let refused: readonly GraphQLError[] | null = null;
    return {
      didResolveSource: async (requestContext) => {
        const { operationName, variables } = requestContext.request;
        const given = { query: requestContext.source, operationName, variables };
        const entered = entrance.enter(given, requestContext.contextValue);
        if ('document' in entered) {
          admitted = entered;
          Object.assign(requestContext, { document: entered.document });
        } else refused = operations.refuse(entered, requestContext.contextValue);
      },
      didResolveOperation: async ({ document }) => {
        const [refusal] = refused ?? [];
        if (refusal) throw refusal;
        if (document !== admitted?.document) throw new Error('an operation went past the gate');
      },
      willSendResponse: async ({ contextValue, operation, response, request, errors, source }) => {
        if (response.body.kind !== 'single') return;
        const { singleResult } = response.body;
        if (errors && errors.length > 0)
          singleResult.errors = operations.mask(refused ?? errors, contextValue);
        const { data, errors: shown } = singleResult;
        // A request without a document is malformed, and what Apollo says of it stands.
        if (source !== undefined && response.http.status !== 405) {
          const type = mediaTypeOf(request.http?.headers.get('accept'));
          response.http.status = statusOf(type, { data, errors: shown });
        }
        operations.log(contextValue, operation ?? null, { via: 'http', errors: shown });
      },
    };
  },
});

/** For errors outside of operations: no document, CSRF, a caller who is not let in. */
function formatError(formatted: GraphQLFormattedError, error: unknown): GraphQLFormattedError {
  const code = codeOf(formatted);
  if (code) return { ...formatted, extensions: { ...formatted.extensions, code } };
  return error instanceof GraphQLError ? formatted : internal('see the header x-request-id').toJSON();
}

/** Says nothing by itself: what matters is logged where it happens. */
const apolloLog = (log: Log) => ({
  debug: (message?: unknown) => log.debug({}, String(message)),
  info: (message?: unknown) => log.debug({}, String(message)),
  warn: (message?: unknown) => log.warn({}, String(message)),
  error: (message?: unknown) => log.error({}, String(message)),
});

export interface ApolloParts {
  readonly gate: Gate;
  readonly entrance: Entrance;
  readonly operations: Operations;
}

/** Apollo Server, checking by the entrance and executing by way of Operations. */
export function createApollo(
  { gate, entrance, operations }: ApolloParts,
  options: { readonly production: boolean; readonly log: Log },
): ApolloServer<OperationContext> {
  return new ApolloServer<OperationContext>({
    gateway: compiledExecution(gate, operations),
    documentStore: null,
    dangerouslyDisableValidation: true,
    parseOptions: { maxTokens: LIMITS.tokens },
    introspection: true,
    persistedQueries: false,
    csrfPrevention: true,
    allowBatchedHttpRequests: false,
    stopOnTerminationSignals: false,
    includeStacktraceInErrorResponses: false,
    hideSchemaDetailsFromClientErrors: options.production,
    nodeEnv: options.production ? 'production' : 'development',
    formatError,
    logger: apolloLog(options.log),
    plugins: [
      ApolloServerPluginCacheControlDisabled(),
      ApolloServerPluginInlineTraceDisabled(),
      ApolloServerPluginLandingPageDisabled(),
      ApolloServerPluginSchemaReportingDisabled(),
      ApolloServerPluginUsageReportingDisabled(),
      operationPlugin(entrance, operations),
    ],
  });
}
