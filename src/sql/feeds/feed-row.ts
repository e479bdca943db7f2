/** A calendar feed without its token: bare uuids, instants as JSON text in UTC. */
export interface FeedRow {
  readonly node: 'Feed';
  readonly id: string;
  readonly ownerId: string;
  readonly name: string;
  /** What it shows; with neither, the owner's own reservations. */
  readonly resourceId: string | null;
  readonly placeId: string | null;
  readonly version: number;
  readonly createdAt: string;
}

/** SQL that prints feed `f` as a FeedRow. */
export const feedJson = (f: string): string => `json_build_object(
  'node', 'Feed', 'id', ${f}.id, 'ownerId', ${f}.owner_id, 'name', ${f}.name, 'resourceId', ${f}.resource_id,
  'placeId', ${f}.place_id, 'version', ${f}.version, 'createdAt', ${f}.created_at)`;
