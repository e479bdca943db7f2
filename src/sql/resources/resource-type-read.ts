import type { AfterName } from '../places/place-page.js';
import { type Queryable, statement } from '../statement.js';
import { type ResourceTypeRow, resourceTypeJson } from './resource-type-row.js';

const BY_IDS = statement<{ row: ResourceTypeRow }>(
  'resource-type-by-ids',
  `select ${resourceTypeJson('t')} as row from resource_type t where t.id = any ($1::uuid[])`,
);

/** The types by id; what does not exist is missing from the map. */
export async function resourceTypesByIds(
  on: Queryable,
  ids: readonly string[],
): Promise<Map<string, ResourceTypeRow>> {
  const rows = await on.query(BY_IDS, [ids]);
  return new Map(rows.map(({ row }) => [row.id, row]));
}

const KEPT = statement<{ row: ResourceTypeRow }>(
  'resource-type-kept',
  `select ${resourceTypeJson('t')} as row from resource_type t where t.id = $1 for share`,
);

/** The type, which stays as it is until the transaction ends; null where there is none. */
export async function keepResourceType(tx: Queryable, id: string): Promise<ResourceTypeRow | null> {
  return (await tx.query(KEPT, [id]))[0]?.row ?? null;
}

const PAGE = statement<{ row: ResourceTypeRow }>(
  'resource-type-page',
  `select ${resourceTypeJson('t')} as row from resource_type t
   where ($1::text is null or (t.name, t.id) > ($1, $2::uuid)) order by t.name, t.id limit $3`,
);

/** Up to `limit` types by name. */
export async function resourceTypePage(
  on: Queryable,
  after: AfterName | null,
  limit: number,
): Promise<ResourceTypeRow[]> {
  const rows = await on.query(PAGE, [after?.name ?? null, after?.id ?? null, limit]);
  return rows.map(({ row }) => row);
}
