import { type Queryable, statement } from '../statement.js';
import { type PlaceRow, placeJson } from './place-row.js';

const BY_IDS = statement<{ row: PlaceRow }>(
  'place-by-ids',
  `select ${placeJson('p')} as row from place p where p.id = any ($1::uuid[])`,
);

/** The places by id; what does not exist is missing from the map. */
export async function placesByIds(on: Queryable, ids: readonly string[]): Promise<Map<string, PlaceRow>> {
  const rows = await on.query(BY_IDS, [ids]);
  return new Map(rows.map(({ row }) => [row.id, row]));
}
