import { type Queryable, statement } from '../statement.js';
import { BOOK_VERSION } from './read-rule-book.js';

/** Where a resource stands among the rules. */
export interface Placement {
  readonly id: string;
  readonly name: string;
  readonly typeId: string;
  readonly placeId: string;
  readonly timeZone: string;
  readonly pooled: boolean;
  /** Its own buffers; null leaves them to the rule. */
  readonly setupMinutes: number | null;
  readonly teardownMinutes: number | null;
  readonly addOnOnly: boolean;
}

/** SQL columns of a Placement for the resource with alias `r`. */
export const placementColumns = (r: string): string =>
  `${r}.id, ${r}.name, ${r}.type_id as "typeId", ${r}.place_id as "placeId", ${r}.time_zone as "timeZone",
   ${r}.pooled, ${r}.setup_minutes as "setupMinutes", ${r}.teardown_minutes as "teardownMinutes",
   ${r}.add_on_only as "addOnOnly"`;

type PlacementRow = Placement & { readonly bookVersion: string };

const READ = statement<PlacementRow>(
  'read-placements',
  `select ${placementColumns('r')}, ${BOOK_VERSION} as "bookVersion" from resource r where r.id = any ($1::uuid[])`,
);

/** Where these resources stand, with the version of the book at which that was so. Unknown ones are missing. */
export async function readPlacements(
  on: Queryable,
  ids: readonly string[],
): Promise<{ placements: Placement[]; bookVersion: number | null }> {
  const rows = await on.query(READ, [ids]);
  const version = rows[0]?.bookVersion;
  return {
    placements: rows.map(({ bookVersion, ...placement }) => placement),
    bookVersion: version === undefined ? null : Number(version),
  };
}
