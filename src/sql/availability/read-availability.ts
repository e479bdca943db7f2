import { composedStatement } from '../composed-statement.js';
import {
  type ResourceKey,
  type ResourceRow,
  resourceColumns,
  resourceFrom,
} from '../resources/resource-row.js';
import type { Queryable } from '../statement.js';
import {
  BUSY_KEYS,
  type BusyKey,
  type BusyRow,
  busyFrom,
  busyLateral,
  type PackedBusy,
} from './busy-columns.js';

/** One resource's busy spans in a window, and the stream version that they were read at. */
export interface AvailabilityRow {
  readonly resourceId: string;
  readonly version: number;
  readonly capacity: number;
  /** By start. */
  readonly busy: readonly BusyRow[];
  /** Where it was asked for. */
  readonly resource?: ResourceRow;
}

/** What will be shown, and so is read: of each resource besides its spans, and of each span besides its ends. */
export interface AvailabilityShown {
  readonly resource: readonly ResourceKey[] | null;
  readonly busy: readonly BusyKey[];
}

/** A row as `availabilityColumns` and `busyLateral` select it. */
export interface PackedRow extends PackedBusy, Readonly<Record<string, unknown>> {
  readonly resourceId: string;
  readonly version: string;
  readonly capacity: number;
}

export const availabilityColumns = ({ resource }: AvailabilityShown): string =>
  `r.id as "resourceId", s.version, r.capacity, busy.*
    ${resource ? `, ${resourceColumns('r', 'r_', resource)}` : ''}`;

/** Reads such a row. */
export function availabilityOf(row: PackedRow, { resource }: AvailabilityShown): AvailabilityRow {
  const { resourceId, version, capacity } = row;
  const facts = { resourceId, version: Number(version), capacity, busy: busyFrom(row) };
  return resource ? { ...facts, resource: resourceFrom('r_', resource)(row) } : facts;
}

/**
 * Version and spans come from one snapshot of the database, so a reader who knows the version knows exactly
 * which changes are already in the spans.
 */
const textFor = (shown: AvailabilityShown): string =>
  `select ${availabilityColumns(shown)}
    from unnest($2::uuid[]) with ordinality as w (id, place)
    join resource r on r.id = w.id
    join stream s on s.resource_id = r.id
    ${busyLateral(shown.busy, '$3::timestamptz', '$4::timestamptz')}
    order by w.place`;

const EVERYTHING: AvailabilityShown = { resource: null, busy: BUSY_KEYS };

/** The busy spans that reach into the window, for each resource that exists, in the order asked for. */
export async function readAvailability(
  on: Queryable,
  now: string | null,
  resourceIds: readonly string[],
  window: { readonly startsAt: Date; readonly endsAt: Date },
  shown = EVERYTHING,
): Promise<AvailabilityRow[]> {
  const { startsAt, endsAt } = window;
  const statement = composedStatement<PackedRow>('read-availability', textFor(shown));
  const rows = await on.query(statement, [now, resourceIds, startsAt.toISOString(), endsAt.toISOString()]);
  return rows.map((row) => availabilityOf(row, shown));
}
