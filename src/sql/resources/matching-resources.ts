import { composedStatement } from '../composed-statement.js';
import type { Queryable } from '../statement.js';
import { type ResourceFilter, resourceFilterSql } from './resource-filter.js';

/** The ids of the resources that the filter finds, by name, at most `limit`. */
export async function matchingResources(
  on: Queryable,
  filter: ResourceFilter,
  limit: number,
): Promise<string[]> {
  const values: unknown[] = [limit];
  const { where } = resourceFilterSql(filter, values);
  const text = `select r.id from resource r where ${where} order by r.name, r.id limit $1::integer`;
  const rows = await on.query(composedStatement<{ id: string }>('matching-resources', text), values);
  return rows.map(({ id }) => id);
}
