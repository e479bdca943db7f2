export type ResourceStatus = 'ACTIVE' | 'MAINTENANCE' | 'RETIRED';
export type AttributeValue = string | number | boolean;

/** A resource as PostgreSQL prints it. */
export interface ResourceRow {
  readonly node: 'Resource';
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly typeId: string;
  readonly placeId: string;
  readonly timeZone: string;
  /** Several reservations may share it, up to its capacity. */
  readonly pooled: boolean;
  /** 1 unless pooled. */
  readonly capacity: number;
  readonly seats: number | null;
  readonly status: ResourceStatus;
  readonly statusReason: string | null;
  readonly tags: readonly string[];
  /** By attribute key; comes from JSON, so read it with Object.hasOwn or Object.entries only. */
  readonly attributes: Readonly<Record<string, AttributeValue>>;
  readonly setupMinutes: number;
  readonly teardownMinutes: number;
  readonly version: number;
  readonly createdAt: string;
}

/** SQL that prints the row with alias `r` as a ResourceRow. */
export const resourceJson = (r: string): string => `json_build_object(
  'node', 'Resource', 'id', ${r}.id, 'name', ${r}.name, 'description', ${r}.description,
  'typeId', ${r}.type_id, 'placeId', ${r}.place_id, 'timeZone', ${r}.time_zone, 'pooled', ${r}.pooled,
  'capacity', ${r}.capacity, 'seats', ${r}.seats, 'status', ${r}.status, 'statusReason', ${r}.status_reason,
  'tags', ${r}.tags, 'attributes', ${r}.attributes, 'setupMinutes', ${r}.setup_minutes,
  'teardownMinutes', ${r}.teardown_minutes, 'version', ${r}.version, 'createdAt', ${r}.created_at)`;
