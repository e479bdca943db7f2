import { composedStatement } from './composed-statement.js';
import { NOW } from './reservation-json.js';
import { type ResourceKey, type ResourceRow, resourceColumns, resourceFrom } from './resource-row.js';
import type { Queryable } from './statement.js';

/** A span that a resource, or a part of a pool, is not free. */
export interface BusyRow {
  readonly startsAt: string;
  readonly endsAt: string;
  readonly quantity: number;
  /** Set while it is a hold: the instant it dies. */
  readonly heldUntil: string | null;
  readonly reservationId: string;
}

/** One resource's busy spans in a window, and the stream version that they were read at. */
export interface AvailabilityRow {
  readonly resourceId: string;
  readonly version: number;
  readonly capacity: number;
  readonly busy: readonly BusyRow[];
  /** Where it was asked for. */
  readonly resource?: ResourceRow;
}

const BUSY = {
  quantity: 'c.quantity',
  heldUntil: `nullif(c.occupies_until, 'infinity')`,
  reservationId: 'c.reservation_id',
} as const;

export type BusyKey = keyof typeof BUSY;
export const BUSY_KEYS = Object.keys(BUSY) as readonly BusyKey[];

/** What will be shown, and so is read: of each resource besides its spans, and of each span besides its ends. */
export interface AvailabilityShown {
  readonly resource: readonly ResourceKey[] | null;
  readonly busy: readonly BusyKey[];
}

interface FlatRow extends BusyRow, Readonly<Record<string, unknown>> {
  readonly resourceId: string;
  readonly version: string;
  readonly capacity: number;
}

/**
 * Version and spans come from one snapshot of the database, so a reader who knows the version knows exactly
 * which changes are already in the spans. Day reads go by claim_day, bounded by the longest claim of the
 * resource: GiST needs 4 × as long for the same rows. Flat rows: as JSON the same answer costs PostgreSQL
 * twice the processor time.
 */
const textFor = ({ resource, busy }: AvailabilityShown): string =>
  `select r.id as "resourceId", s.version, r.capacity,
      lower(c.occupied) as "startsAt", upper(c.occupied) as "endsAt"
      ${busy.map((key) => `, ${BUSY[key]} as "${key}"`).join('')}
      ${resource ? `, ${resourceColumns('r', 'r_', resource)}` : ''}
    from unnest($2::uuid[]) with ordinality as w (id, place)
    join resource r on r.id = w.id
    join stream s on s.resource_id = r.id
    left join claim c on c.resource_id = r.id and c.occupies and c.occupies_until > ${NOW}
      and lower(c.occupied) < $4::timestamptz and upper(c.occupied) > $3::timestamptz
      and lower(c.occupied) > $3::timestamptz - s.longest - interval '1 ms'
    order by w.place, lower(c.occupied), c.reservation_id`;

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
  const statement = composedStatement<FlatRow>('read-availability', textFor(shown));
  const rows = await on.query(statement, [now, resourceIds, startsAt.toISOString(), endsAt.toISOString()]);
  const resource = shown.resource && resourceFrom('r_', shown.resource);
  const found: (AvailabilityRow & { busy: BusyRow[]; resource?: ResourceRow })[] = [];
  for (const row of rows) {
    const { resourceId, version, capacity } = row;
    let last = found.at(-1);
    if (last?.resourceId !== resourceId) {
      last = { resourceId, version: Number(version), capacity, busy: [] };
      if (resource) last.resource = resource(row);
      found.push(last);
    }
    if (row.startsAt !== null) last.busy.push(row);
  }
  return found;
}
