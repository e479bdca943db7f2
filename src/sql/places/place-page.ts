import { type Queryable, statement } from '../statement.js';
import { type PlaceKind, type PlaceRow, placeJson } from './place-row.js';

export interface PlaceFilter {
  /** Only what lies directly below this place. */
  readonly parentId?: string | null | undefined;
  /** Only places without a parent. */
  readonly roots?: boolean | null | undefined;
  readonly kind?: PlaceKind | null | undefined;
}

/** Where a page by name starts: behind this name and id. */
export interface AfterName {
  readonly name: string;
  readonly id: string;
}

const PAGE = statement<{ row: PlaceRow }>(
  'place-page',
  `select ${placeJson('p')} as row from place p
   where ($1::uuid is null or p.parent_id = $1) and (not $2::boolean or p.parent_id is null)
     and ($3::text is null or p.kind = $3) and ($4::text is null or (p.name, p.id) > ($4, $5::uuid))
   order by p.name, p.id limit $6`,
);

/** Up to `limit` places by name. */
export async function placePage(
  on: Queryable,
  filter: PlaceFilter,
  after: AfterName | null,
  limit: number,
): Promise<PlaceRow[]> {
  const rows = await on.query(PAGE, [
    filter.parentId ?? null,
    filter.roots ?? false,
    filter.kind ?? null,
    after?.name ?? null,
    after?.id ?? null,
    limit,
  ]);
  return rows.map(({ row }) => row);
}
