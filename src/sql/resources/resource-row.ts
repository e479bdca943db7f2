import { partOf } from '../part-of-row.js';

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
  /** Its own buffers; null leaves them to the rule. */
  readonly setupMinutes: number | null;
  readonly teardownMinutes: number | null;
  /** A pool that is reserved only together with a resource that offers it. */
  readonly addOnOnly: boolean;
  readonly version: number;
  readonly createdAt: string;
}

const COLUMNS = {
  id: 'id',
  name: 'name',
  description: 'description',
  typeId: 'type_id',
  placeId: 'place_id',
  timeZone: 'time_zone',
  pooled: 'pooled',
  capacity: 'capacity',
  seats: 'seats',
  status: 'status',
  statusReason: 'status_reason',
  tags: 'tags',
  attributes: 'attributes',
  setupMinutes: 'setup_minutes',
  teardownMinutes: 'teardown_minutes',
  addOnOnly: 'add_on_only',
  version: 'version',
  createdAt: 'created_at',
} as const satisfies Record<Exclude<keyof ResourceRow, 'node'>, string>;

export type ResourceKey = keyof typeof COLUMNS;
export const RESOURCE_KEYS = Object.keys(COLUMNS) as readonly ResourceKey[];

/** The columns of a ResourceRow, each with the prefix before its name; see resourceFrom. */
export const resourceColumns = (r: string, prefix: string, keys = RESOURCE_KEYS): string =>
  keys.map((key) => `${r}.${COLUMNS[key]} as "${prefix}${key}"`).join(', ');

/** The resource among the columns of a wider row; with fewer keys it has only those. */
export const resourceFrom = partOf<ResourceRow, ResourceKey>('Resource');
