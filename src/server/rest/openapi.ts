import {
  type FieldNode,
  GraphQLNonNull,
  type GraphQLObjectType,
  type GraphQLSchema,
  getNullableType,
  Kind,
} from 'graphql';
import type { Viewer } from '../../domain/act.js';
import { SCOPES } from '../../domain/scopes.js';
import type { Entrance } from '../../graphql/documents/entrance.js';
import type { PersistedDocument } from '../../graphql/documents/persisted.js';
import { judgeRootField } from '../../graphql/permissions.js';
import { scopes } from '../../graphql/scopes.js';
import type { OperationContext } from '../graphql/operation-context.js';
import { AnswerSchemas } from './answer-schema.js';
import { bodyOf, KEY_HEADER, parametersOf } from './input-schema.js';
import { Components, type JsonSchema } from './json-schema.js';
import { keyedVariable, variableTypes } from './parameters.js';
import { onlyRoot, variantOf } from './variant.js';

const PROBLEM: JsonSchema = {
  type: 'object',
  description:
    'Problem details (RFC 9457). Refusals bring their own facts along: every reason, the present version.',
  properties: {
    type: { type: 'string', format: 'uri' },
    title: { type: 'string' },
    status: { type: 'integer' },
    detail: { type: 'string', description: 'A sentence for people.' },
    kind: { type: 'string', description: 'For programs: ReservationRefused, NotFound, RATE_LIMITED.' },
    requestId: { type: 'string' },
    retryAfter: { type: 'integer', description: 'RATE_LIMITED: seconds to wait.' },
    reasons: {
      type: 'array',
      description: 'Every reason of a refusal.',
      items: {
        type: 'object',
        properties: { code: { type: 'string' }, message: { type: 'string' } },
        required: ['code', 'message'],
      },
    },
  },
  required: ['type', 'title', 'status', 'detail', 'kind', 'requestId'],
};

const RESPONSES = {
  Problem: {
    description: 'It was not done.',
    content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
  },
  NotModified: { description: 'The caller has the answer already, by the tag that it has sent.' },
};

const rootsOf = ({ operation }: PersistedDocument): string[] => {
  const type = operation.operation === 'mutation' ? 'Mutation' : 'Query';
  return operation.selectionSet.selections
    .filter((node): node is FieldNode => node.kind === Kind.FIELD && !node.name.value.startsWith('__'))
    .map((node) => `${type}.${node.name.value}`);
};

function mayCall(persisted: PersistedDocument, viewer: Viewer | null): boolean {
  if (persisted.operation.operation === 'subscription') return false;
  try {
    for (const root of rootsOf(persisted)) judgeRootField(root, viewer);
    return true;
  } catch {
    return false;
  }
}

const isSuccess = (type: GraphQLObjectType) => !type.getInterfaces().some(({ name }) => name === 'UserError');

/** What the answer is when all goes well: refusals are problems, and nothing at all is a 404. */
function answerOf(components: Components, persisted: PersistedDocument): JsonSchema {
  const { document, operation } = variantOf(components.schema, persisted);
  const root = components.schema.getRootType(operation.operation) as GraphQLObjectType;
  const schemas = new AnswerSchemas(components, document);
  const only = onlyRoot(operation);
  const field = only && root.getFields()[only.name.value];
  if (!field) return schemas.value(new GraphQLNonNull(root), [operation.selectionSet]);
  const inner = only.selectionSet ? [only.selectionSet] : [];
  return schemas.value(new GraphQLNonNull(getNullableType(field.type)), inner, isSuccess);
}

interface Described {
  readonly components: Components;
  readonly persisted: PersistedDocument;
  readonly now: number;
}

/** Everything that reading and changing have in common. */
function operationOf({ components, persisted, now }: Described, suffix: string): Record<string, unknown> {
  const { name, number, deprecatedAt, endsAt } = persisted;
  const roots = rootsOf(persisted);
  const fields = roots.map((root) => {
    const [type = '', field = ''] = root.split('.');
    return (components.schema.getType(type) as GraphQLObjectType).getFields()[field]?.description ?? '';
  });
  const needed = [...new Set(roots.flatMap((root) => scopes[root] ?? []))];
  const ends = endsAt === null ? [] : [`Ends at ${new Date(endsAt).toISOString()}.`];
  return {
    operationId: `${name}-v${number}${suffix}`,
    description: [...fields, ...ends].join('\n\n'),
    ...(deprecatedAt !== null && deprecatedAt <= now && { deprecated: true }),
    security: [{ client: needed }, { person: [] }],
  };
}

const answered = (schema: JsonSchema) => ({
  description: 'Done.',
  content: { 'application/json': { schema } },
});

/** What can be done at the path of one document. */
function pathOf(described: Described): object {
  const { components, persisted } = described;
  const problems = { default: { $ref: '#/components/responses/Problem' } };
  const answer = answered(answerOf(components, persisted));
  const body = bodyOf(components, persisted);
  if (persisted.operation.operation === 'query') {
    const notModified = { 304: { $ref: '#/components/responses/NotModified' } };
    return {
      get: {
        ...operationOf(described, ''),
        parameters: parametersOf(components, persisted),
        responses: { 200: answer, ...notModified, ...problems },
      },
      post: {
        ...operationOf(described, '-by-post'),
        requestBody: body,
        responses: { 200: answer, ...problems },
      },
    };
  }
  const isKeyed = keyedVariable(variableTypes(components.schema, persisted.operation)) !== null;
  return {
    post: {
      ...operationOf(described, ''),
      ...(isKeyed && { parameters: [KEY_HEADER] }),
      requestBody: body,
      responses: { 200: answer, ...problems },
    },
  };
}

const SECURITY = {
  client: {
    type: 'oauth2',
    description: 'API clients.',
    flows: {
      clientCredentials: {
        tokenUrl: '/oauth/token',
        scopes: Object.fromEntries(SCOPES.map((scope) => [scope, `What the scope ${scope} permits.`])),
      },
    },
  },
  person: {
    type: 'http',
    scheme: 'bearer',
    bearerFormat: 'JWT',
    description: 'People, by their access token.',
  },
};

/**
 * The OpenAPI 3.1 description of what the viewer may call: the newest document of a name at `/rest/<name>`, older ones
 * at `/rest/<name>/v<number>`. Both forms are there for every document.
 */
export function describeApi(
  schema: GraphQLSchema,
  entrance: Entrance,
  { viewer, clock }: Pick<OperationContext, 'viewer' | 'clock'>,
  publicUrl: string | null,
): object {
  const now = clock.now().getTime();
  const components = new Components(schema);
  const callable = entrance
    .all(viewer)
    .filter((each) => mayCall(each, viewer) && (each.endsAt ?? Number.POSITIVE_INFINITY) > now)
    .sort((a, b) => (a.name === b.name ? b.number - a.number : a.name < b.name ? -1 : 1));
  const paths = callable.map((persisted, place) => {
    const isNewest = callable[place - 1]?.name !== persisted.name;
    const path = `/rest/${persisted.name}${isNewest ? '' : `/v${persisted.number}`}`;
    return [path, pathOf({ components, persisted, now })] as const;
  });
  return {
    openapi: '3.1.1',
    info: {
      title: 'Holdfast',
      version: '1',
      description: 'Documents of the GraphQL API as plain HTTP: one path for each.',
    },
    servers: [{ url: publicUrl ?? '/' }],
    paths: Object.fromEntries(paths),
    components: {
      schemas: { ...components.all(), Problem: PROBLEM },
      responses: RESPONSES,
      securitySchemes: SECURITY,
    },
  };
}
