import type { AttributeValue, ResourceStatus } from './resource-row.js';
import { prefixQuery } from './resource-search.js';

/** What one attribute of a resource must be; a resource without the attribute never passes. */
export interface AttributeCondition {
  readonly key: string;
  readonly equals?: AttributeValue | null | undefined;
  readonly atLeast?: number | null | undefined;
  readonly atMost?: number | null | undefined;
  readonly oneOf?: readonly AttributeValue[] | null | undefined;
}

/** Which resources are meant. Conditions that are null or missing do not count; the others must all hold. */
export interface ResourceFilter {
  readonly ids?: readonly string[] | null | undefined;
  readonly typeIds?: readonly string[] | null | undefined;
  /** In one of these places or anywhere below it. */
  readonly placeIds?: readonly string[] | null | undefined;
  /** All of them, in lower case. */
  readonly tags?: readonly string[] | null | undefined;
  readonly attributes?: readonly AttributeCondition[] | null | undefined;
  readonly seatsAtLeast?: number | null | undefined;
  readonly pooled?: boolean | null | undefined;
  /** Without it, all but RETIRED. */
  readonly statuses?: readonly ResourceStatus[] | null | undefined;
  readonly timeZone?: string | null | undefined;
  /** Words, each of which must begin a word of the resource. */
  readonly search?: string | null | undefined;
}

export interface FilterSql {
  /** A boolean expression over `resource r`; never empty. */
  readonly where: string;
  /** The tsquery to rank by, where the filter searches. */
  readonly tsquery: string | null;
}

/** One jsonpath predicate for all conditions, so that their number and kind leave the statement's text alone. */
function attributePath(conditions: readonly AttributeCondition[]): string {
  const predicates = conditions.flatMap(({ key, equals, atLeast, atMost, oneOf }) => {
    const value = `$.${JSON.stringify(key)}`;
    const equal = (wanted: AttributeValue) => `${value} == ${JSON.stringify(wanted)}`;
    return [
      ...(equals == null ? [] : [equal(equals)]),
      ...(atLeast == null ? [] : [`${value} >= ${atLeast}`]),
      ...(atMost == null ? [] : [`${value} <= ${atMost}`]),
      ...(oneOf == null ? [] : [oneOf.map(equal).join(' || ')]),
    ];
  });
  return predicates.map((predicate) => `(${predicate})`).join(' && ');
}

/**
 * The filter as SQL over the alias `r` of table `resource`, for use inside any statement:
 *
 *     const values: unknown[] = [ctx.clock.fixed(), …];              // what the statement itself needs first
 *     const { where } = resourceFilterSql(filter, values);           // appends its own values behind
 *     composedStatement('free', `select … from resource r where ${where} and …`)
 *
 * The text depends only on which conditions are given, so it suits composedStatement. Values are never put
 * into the text. Call checkResourceFilter (domain/resources) on outside input first: it bounds the lists and
 * refuses text that PostgreSQL does not take. By the indexes: ids (primary key), types, places (GIN on path),
 * tags, attributes (GIN jsonb_path_ops, equality only), search (GIN); the rest is filtered.
 */
export function resourceFilterSql(filter: ResourceFilter, values: unknown[]): FilterSql {
  const parameter = (value: unknown) => `$${values.push(value)}`;
  const conditions: string[] = [];
  const given = <T>(value: T | null | undefined, condition: (placeholder: string) => string) => {
    if (value != null) conditions.push(condition(parameter(value)));
  };
  if (filter.statuses == null) conditions.push(`r.status <> 'RETIRED'`);
  given(filter.statuses, (p) => `r.status = any (${p}::text[])`);
  given(filter.ids, (p) => `r.id = any (${p}::uuid[])`);
  given(filter.typeIds, (p) => `r.type_id = any (${p}::uuid[])`);
  given(filter.placeIds, (p) => `r.place_id in (select p.id from place p where p.path && ${p}::uuid[])`);
  given(filter.tags?.length ? filter.tags : null, (p) => `r.tags @> ${p}::text[]`);
  const path = attributePath(filter.attributes ?? []);
  given(path === '' ? null : path, (p) => `r.attributes @@ ${p}::jsonpath`);
  given(filter.seatsAtLeast, (p) => `r.seats >= ${p}::integer`);
  given(filter.pooled, (p) => `r.pooled = ${p}::boolean`);
  given(filter.timeZone, (p) => `r.time_zone = ${p}::text`);
  const words = filter.search == null ? null : prefixQuery(filter.search);
  const tsquery = words === null ? null : `to_tsquery('simple', ${parameter(words)}::text)`;
  if (tsquery) conditions.push(`r.search @@ ${tsquery}`);
  return { where: conditions.join(' and '), tsquery };
}
