import {
  type GraphQLResolveInfo,
  type GraphQLSchema,
  isInterfaceType,
  isIntrospectionType,
  isObjectType,
} from 'graphql';
import { Arg, Ctx, FieldResolver, Info, Int, Query, Resolver, Root } from 'type-graphql';
import type { FieldUseRow } from '../../sql/operations/read-usage.js';
import { usageOfFields } from '../../sql/operations/read-usage.js';
import { ApiClient } from '../clients/client.view.js';
import { clientById } from '../clients/loaders.js';
import type { GraphQLContext } from '../context.js';
import { badUserInput } from '../errors.js';
import { decodeCursor, pageOf, pageSize } from '../schema/connection.js';
import { FieldUse, SchemaFieldUsageConnection } from './operation.view.js';

interface SchemaField {
  readonly field: string;
  readonly deprecationReason: string | null;
}

const known = new WeakMap<GraphQLSchema, readonly SchemaField[]>();

/** Every `Type.field` of the schema, by name. */
function fieldsOfSchema(schema: GraphQLSchema): readonly SchemaField[] {
  const found = known.get(schema);
  if (found) return found;
  const fields = Object.values(schema.getTypeMap())
    .filter((type) => isObjectType(type) || isInterfaceType(type))
    .filter((type) => !isIntrospectionType(type))
    .flatMap((type) =>
      Object.values(type.getFields()).map(({ name, deprecationReason }) => ({
        field: `${type.name}.${name}`,
        deprecationReason: deprecationReason ?? null,
      })),
    )
    .sort((a, b) => (a.field < b.field ? -1 : 1));
  known.set(schema, fields);
  return fields;
}

const MOST_DAYS = 90;

@Resolver(() => FieldUse)
export class SchemaUsageResolver {
  @Query(() => SchemaFieldUsageConnection, {
    description:
      'Fields of the schema by name, and which API clients ask for them: a field that nobody asks for can go. Fields are counted as they stand in documents, also where their values were not read. For administrators.',
  })
  async schemaUsage(
    @Arg('first', () => Int, { defaultValue: 50, description: 'How many at most, up to 200.' }) first: number,
    @Arg('after', () => String, { nullable: true, description: 'The cursor to go on behind.' })
    after: string | null | undefined,
    @Arg('field', () => String, { nullable: true, description: 'Only this field: Resource.name.' })
    field: string | null | undefined,
    @Arg('deprecatedOnly', () => Boolean, { defaultValue: false, description: 'Only deprecated fields.' })
    deprecatedOnly: boolean,
    @Arg('days', () => Int, {
      defaultValue: 30,
      description: `Within how many days, today included: 1 to ${MOST_DAYS}.`,
    })
    days: number,
    @Ctx() ctx: GraphQLContext,
    @Info() { schema }: GraphQLResolveInfo,
  ) {
    if (days < 1 || days > MOST_DAYS)
      throw badUserInput(`days must be between 1 and ${MOST_DAYS}; got ${days}.`);
    const last = after == null ? '' : String(decodeCursor(after, 1)[0]);
    const fields = fieldsOfSchema(schema)
      .filter((each) => each.field > last && (field == null || each.field === field))
      .filter(({ deprecationReason }) => !deprecatedOnly || deprecationReason !== null)
      .slice(0, pageSize(first) + 1);
    const names = fields.map((each) => each.field);
    const uses = Map.groupBy(await usageOfFields(ctx.db, ctx.clock.fixed(), names, days), (row) => row.field);
    const rows = fields.map((each) => ({ ...each, uses: uses.get(each.field) ?? [] }));
    return pageOf(rows, first, after, (row) => [row.field]);
  }

  @FieldResolver(() => ApiClient, { nullable: true, description: 'Which client; null: people.' })
  client(@Root() { clientId }: FieldUseRow, @Ctx() ctx: GraphQLContext) {
    return clientId === null ? null : clientById(ctx).load(clientId);
  }

  @FieldResolver(() => [String], {
    description: 'Which of its registered documents name the field, as name/v1; empty: it sends text.',
  })
  documents(@Root() { clientId, field }: FieldUseRow, @Ctx() ctx: GraphQLContext): string[] {
    const registered = (clientId && ctx.registered?.all(clientId)) || [];
    return registered
      .filter(({ uses }) => uses.fields.includes(field))
      .map(({ name, number }) => `${name}/v${number}`);
  }
}
