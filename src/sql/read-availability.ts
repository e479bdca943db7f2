import { NOW } from './reservation-json.js';
import { type Queryable, statement } from './statement.js';

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
  readonly timeZone: string;
  readonly capacity: number;
  readonly busy: readonly BusyRow[];
}

interface FlatRow extends BusyRow {
  readonly resourceId: string;
  readonly version: string;
  readonly timeZone: string;
  readonly capacity: number;
}

/**
 * Version and spans come from one snapshot of the database, so a reader who knows the version knows exactly
 * which changes are already in the spans. Day reads go by claim_day, bounded by the longest claim of the
 * resource: GiST needs 4 × as long for the same rows. Flat rows: as JSON the same answer costs PostgreSQL
 * twice the processor time.
 */
const READ = statement<FlatRow>(
  'read-availability',
  `select r.id as "resourceId", s.version, r.time_zone as "timeZone", r.capacity,
      lower(c.occupied) as "startsAt", upper(c.occupied) as "endsAt", c.quantity,
      nullif(c.occupies_until, 'infinity') as "heldUntil", c.reservation_id as "reservationId"
    from unnest($2::uuid[]) with ordinality as w (id, place)
    join resource r on r.id = w.id
    join stream s on s.resource_id = r.id
    left join claim c on c.resource_id = r.id and c.occupies and c.occupies_until > ${NOW}
      and lower(c.occupied) < $4::timestamptz and upper(c.occupied) > $3::timestamptz
      and lower(c.occupied) > $3::timestamptz - s.longest - interval '1 ms'
    order by w.place, lower(c.occupied), c.reservation_id`,
);

/** The busy spans that reach into the window, for each resource that exists, in the order asked for. */
export async function readAvailability(
  on: Queryable,
  now: string | null,
  resourceIds: readonly string[],
  window: { readonly startsAt: Date; readonly endsAt: Date },
): Promise<AvailabilityRow[]> {
  const { startsAt, endsAt } = window;
  const rows = await on.query(READ, [now, resourceIds, startsAt.toISOString(), endsAt.toISOString()]);
  const found: (AvailabilityRow & { busy: BusyRow[] })[] = [];
  for (const row of rows) {
    let last = found.at(-1);
    if (last?.resourceId !== row.resourceId) {
      const { resourceId, timeZone, capacity } = row;
      last = { resourceId, version: Number(row.version), timeZone, capacity, busy: [] };
      found.push(last);
    }
    if (row.reservationId !== null) {
      const { startsAt: from, endsAt: to, quantity, heldUntil, reservationId } = row;
      last.busy.push({ startsAt: from, endsAt: to, quantity, heldUntil, reservationId });
    }
  }
  return found;
}
