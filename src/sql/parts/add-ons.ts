import { type Queryable, statement } from '../statement.js';

/** A pool that a resource offers beside itself. */
export interface AddOnRow {
  readonly poolId: string;
  /** How many one reservation may add; null: as many as there are. */
  readonly most: number | null;
}

const READ = statement<{ id: string; addOns: AddOnRow[] }>(
  'add-ons-of',
  `select a.resource_id as id,
     json_agg(json_build_object('poolId', a.pool_id, 'most', a.most) order by r.name, r.id) as "addOns"
   from resource_add_on a join resource r on r.id = a.pool_id
   where a.resource_id = any ($1::uuid[]) group by a.resource_id`,
);

/** What each resource offers, by the names of the pools; those that offer nothing are missing from the map. */
export const addOnsOf = async (on: Queryable, resourceIds: readonly string[]) =>
  new Map((await on.query(READ, [resourceIds])).map(({ id, addOns }) => [id, addOns]));

const REPLACE = statement<never>(
  'add-ons-replace',
  `with gone as (
    delete from resource_add_on where resource_id = $1 and pool_id <> all ($2::uuid[])
  )
  insert into resource_add_on as a (resource_id, pool_id, most)
  select $1, w.pool_id, w.most from unnest($2::uuid[], $3::integer[]) as w (pool_id, most)
  on conflict (resource_id, pool_id) do update set most = excluded.most where a.most is distinct from excluded.most`,
);

/** Makes exactly these the add-ons of the resource. */
export async function replaceAddOns(
  tx: Queryable,
  resourceId: string,
  addOns: readonly AddOnRow[],
): Promise<void> {
  await tx.query(REPLACE, [resourceId, addOns.map(({ poolId }) => poolId), addOns.map(({ most }) => most)]);
}

const TIED = statement<{ tie: 'PARTS' | 'OFFERED' }>(
  'resource-ties',
  `select 'PARTS' as tie where exists (select from resource_part where $1 in (whole_id, part_id))
   union all select 'OFFERED' where exists (select from resource_add_on where pool_id = $1)`,
);

/** What keeps the resource a pool or no pool: links to parts or wholes, or being offered as an add-on. */
export const tiesOf = async (on: Queryable, resourceId: string): Promise<('PARTS' | 'OFFERED')[]> =>
  (await on.query(TIED, [resourceId])).map(({ tie }) => tie);

const NEXT_VERSION = statement<never>(
  'resource-next-version',
  'update resource set version = version + 1 where id = $1',
);

/** Counts a change of what belongs to the resource, its parts or add-ons. */
export async function countChange(tx: Queryable, resourceId: string): Promise<void> {
  await tx.query(NEXT_VERSION, [resourceId]);
}
