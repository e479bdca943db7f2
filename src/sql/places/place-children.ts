import { type Queryable, statement } from '../statement.js';
import type { AfterName } from './place-page.js';
import { type PlaceRow, placeJson } from './place-row.js';

/** One index range of place_name_key for each parent. */
const CHILDREN = statement<{ row: PlaceRow }>(
  'place-children',
  `select child.row from unnest($1::uuid[]) as parent (id)
   cross join lateral (
     select ${placeJson('p')} as row from place p
     where p.parent_id = parent.id and ($2::text is null or (p.name, p.id) > ($2, $3::uuid))
     order by p.name, p.id limit $4) child`,
);

/** Up to `limit` children of each place, by name; a place without any is missing from the map. */
export async function placeChildren(
  on: Queryable,
  parentIds: readonly string[],
  after: AfterName | null,
  limit: number,
): Promise<Map<string, PlaceRow[]>> {
  const rows = await on.query(CHILDREN, [parentIds, after?.name ?? null, after?.id ?? null, limit]);
  return Map.groupBy(
    rows.map(({ row }) => row),
    (row) => row.parentId as string,
  );
}
