export type PlaceKind = 'SITE' | 'BUILDING' | 'FLOOR' | 'AREA';

/** A node of the place tree, as PostgreSQL prints it. */
export interface PlaceRow {
  readonly node: 'Place';
  readonly id: string;
  readonly parentId: string | null;
  readonly kind: PlaceKind;
  readonly name: string;
  /** The place's own zone; null where the nearest place above decides. */
  readonly timeZone: string | null;
  /** Ids from the root down to this place itself. */
  readonly path: readonly string[];
  readonly version: number;
  readonly createdAt: string;
}

/** SQL that prints the row with alias `p` as a PlaceRow. */
export const placeJson = (p: string): string => `json_build_object(
  'node', 'Place', 'id', ${p}.id, 'parentId', ${p}.parent_id, 'kind', ${p}.kind, 'name', ${p}.name,
  'timeZone', ${p}.time_zone, 'path', ${p}.path, 'version', ${p}.version, 'createdAt', ${p}.created_at)`;
