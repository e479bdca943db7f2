import { ApolloServer, type ApolloServerOptionsWithGateway, type ApolloServerPlugin } from '@apollo/server';
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginLandingPageDisabled,
} from '@apollo/server/plugin/disabled';
import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import { internal } from '../../graphql/errors.js';
import type { DocumentCache } from '../../graphql/limits/documents.js';
import { type Gate, PARSE_OPTIONS } from '../../graphql/limits/gate.js';
import { LIMITS } from '../../graphql/limits/limits.js';
import type { Log } from '../../ports/log.js';
import { codeOf } from './masking.js';
import { mediaTypeOf } from './media-type.js';
import type { OperationContext } from './operation-context.js';
import type { Operations } from './operations.js';
import { statusOf } from './status.js';

type Gateway = NonNullable<ApolloServerOptionsWithGateway<OperationContext>['gateway']>;
type DocumentStore = NonNullable<ApolloServerOptionsWithGateway<OperationContext>['documentStore']>;

const FINGERPRINT = 64;
/** Apollo puts a prefix of its own before the text's fingerprint. */
const documentStore = (documents: DocumentCache): DocumentStore => ({
  get: async (key) => documents.get(key.slice(-FINGERPRINT)),
  set: async (key, document) => documents.set(key.slice(-FINGERPRINT), document),
  delete: async (key) => documents.delete(key.slice(-FINGERPRINT)),
});

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

/** Limits that variables decide, what clients see of errors, HTTP's status, and the line in the log. */
const operationPlugin = (gate: Gate, operations: Operations): ApolloServerPlugin<OperationContext> => ({
  requestDidStart: async () => ({
    didResolveOperation: async ({ document, operation, request }) => {
      if (!operation) return;
      const admitted = gate.admit(document, {
        operationName: operation.name?.value ?? null,
        variables: request.variables ?? null,
      });
      if ('document' in admitted) return;
      const [refusal] = admitted;
      if (refusal) throw refusal;
    },
    willSendResponse: async ({ contextValue, operation, response, request, errors }) => {
      if (response.body.kind !== 'single') return;
      const { singleResult } = response.body;
      if (errors && errors.length > 0) singleResult.errors = operations.mask(errors, contextValue);
      const { data, errors: shown } = singleResult;
      if (response.http.status !== 405) {
        response.http.status = statusOf(mediaTypeOf(request.http?.headers.get('accept')), {
          data,
          errors: shown,
        });
      }
      operations.log(contextValue, operation ?? null, { via: 'http', errors: shown });
    },
  }),
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

/** Apollo Server, executing by way of Operations and checking by the rules of the gate. */
export function createApollo(
  gate: Gate,
  operations: Operations,
  options: { readonly production: boolean; readonly log: Log },
): ApolloServer<OperationContext> {
  return new ApolloServer<OperationContext>({
    gateway: compiledExecution(gate, operations),
    documentStore: documentStore(gate.documents),
    validationRules: [...gate.rules],
    validationOptions: { maxErrors: LIMITS.errors },
    parseOptions: PARSE_OPTIONS,
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
      ApolloServerPluginLandingPageDisabled(),
      operationPlugin(gate, operations),
    ],
  });
}
