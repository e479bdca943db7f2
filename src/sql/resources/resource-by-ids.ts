import { type Queryable, statement } from '../statement.js';
import { type ResourceRow, resourceColumns } from './resource-row.js';

const BY_IDS = statement<ResourceRow>(
  'resource-by-ids',
  `select 'Resource' as node, ${resourceColumns('r', '')} from resource r where r.id = any ($1::uuid[])`,
);

/** The resources by id, whatever their status; what does not exist is missing from the map. */
export async function resourcesByIds(
  on: Queryable,
  ids: readonly string[],
): Promise<Map<string, ResourceRow>> {
  const rows = await on.query(BY_IDS, [ids]);
  return new Map(rows.map((row) => [row.id, row]));
}
