import { createHash } from 'node:crypto';
import {
  type FieldNode,
  type GraphQLSchema,
  getArgumentValues,
  getVariableValues,
  Kind,
  lexicographicSortSchema,
  printSchema,
} from 'graphql';
import { resourceStates } from '../../sql/streams/resource-states.js';
import type { GraphQLContext } from '../context.js';
import type { GivenVariables } from '../limits/size.js';
import { judgeRootField } from '../permissions.js';
import { bareId } from '../schema/ids.js';
import type { PersistedDocument } from './persisted.js';

/**
 * Fields whose values are settled by the states of the resources that are named, and are the same for everybody who may
 * ask: see resource-states.ts. A document with any other field is not tagged by states.
 */
const SETTLED = new Set([
  'Query.availability',
  'Query.resource',
  'Availability.window',
  'Availability.version',
  'Availability.cursor',
  'Availability.resource',
  'Availability.busy',
  'Availability.free',
  'BusySpan.startsAt',
  'BusySpan.endsAt',
  'BusySpan.quantity',
  'BusySpan.heldUntil',
  'FreeSpan.startsAt',
  'FreeSpan.endsAt',
  'FreeSpan.quantity',
  'Window.startsAt',
  'Window.endsAt',
  'Resource.id',
  'Resource.name',
  'Resource.description',
  'Resource.timeZone',
  'Resource.capacity',
  'Resource.seats',
  'Resource.status',
  'Resource.statusReason',
  'Resource.tags',
  'Resource.version',
  'Resource.createdAt',
  'Resource.isPool',
]);

const MOST_RESOURCES = 1_000;

/** Places and types change a few times a year; what else there is may change while somebody looks at it. */
const CATALOGUE =
  /^(Query\.(places?|resourceTypes?)|(Place|ResourceType)(Connection|Edge)?\.\w+|(PageInfo|AttributeDefinition)\.\w+)$/;
const CATALOGUE_SECONDS = 60;

/** How long an answer to the document may be shown again without asking (RFC 9111, 5.2.2). */
export const cacheControlOf = ({ uses }: PersistedDocument): string =>
  uses.fields.every((field) => CATALOGUE.test(field))
    ? `private, max-age=${CATALOGUE_SECONDS}`
    : 'private, no-cache';

const rootsOf = ({ operation }: PersistedDocument): readonly FieldNode[] | null => {
  const { selections } = operation.selectionSet;
  return selections.every((node) => node.kind === Kind.FIELD) ? selections : null;
};

const printed = new WeakMap<GraphQLSchema, string>();

/** Another program may print the same states otherwise. */
function fingerprint(schema: GraphQLSchema): string {
  const text =
    printed.get(schema) ??
    createHash('sha256')
      .update(printSchema(lexicographicSortSchema(schema)))
      .digest('hex');
  printed.set(schema, text);
  return text;
}

/** A weak tag for whatever depends on these facts alone. */
export const tagOf = (facts: unknown): string =>
  `W/"${createHash('sha256').update(JSON.stringify(facts)).digest('base64url')}"`;

/** The resources (bare ids) that one root field names; null where it does not say which it is about. */
function named(schema: GraphQLSchema, field: FieldNode, variables: Record<string, unknown>): string[] | null {
  const name = field.name.value;
  if (name === '__typename') return [];
  const definition = schema.getQueryType()?.getFields()[name];
  if (!definition) return null;
  const { id, resources, filter } = getArgumentValues(definition, field, variables) as {
    id?: string;
    resources?: readonly string[] | null;
    filter?: object | null;
  };
  if (name === 'resource' && id !== undefined) return [bareId('Resource', id)];
  return name === 'availability' && resources != null && filter == null
    ? resources.map((each) => bareId('Resource', each))
    : null;
}

/**
 * A tag for the answer to come, by one cheap statement; null where only the answer itself can tell. It must be asked for
 * before the answer is read: a change between the two makes the tag older than the answer, and never newer, so that
 * whoever presents it is never told that an old answer still holds.
 */
export async function stateTag(
  schema: GraphQLSchema,
  persisted: PersistedDocument,
  given: GivenVariables,
  ctx: GraphQLContext,
): Promise<string | null> {
  const roots = rootsOf(persisted);
  if (!roots || !persisted.uses.fields.every((field) => SETTLED.has(field))) return null;
  const { coerced } = getVariableValues(schema, persisted.operation.variableDefinitions ?? [], given);
  if (!coerced) return null;
  const ids: string[] = [];
  try {
    for (const root of roots) {
      if (root.name.value !== '__typename') judgeRootField(`Query.${root.name.value}`, ctx.viewer);
      const mine = named(schema, root, coerced);
      if (!mine) return null;
      ids.push(...mine);
    }
  } catch {
    // What the arguments or the rights lack is told by the operation itself.
    return null;
  }
  if (ids.length > MOST_RESOURCES) return null;
  const states = await resourceStates(ctx.db, ctx.clock.fixed(), [...new Set(ids)]);
  const { userId, role } = ctx.viewer ?? {};
  return tagOf([fingerprint(schema), persisted.id, coerced, userId, role, states]);
}
