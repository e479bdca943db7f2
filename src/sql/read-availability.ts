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

/**
 * Version and spans come from one snapshot of the database, so a reader who knows the version knows exactly
 * which changes are already in the spans. Day reads go by claim_day, bounded by the longest claim of the
 * resource: GiST needs 4 × as long for the same rows.
 */
const READ = statement<{ rows: AvailabilityRow[] | null }>(
  'read-availability',
  `select json_agg(json_build_object('resourceId', r.id, 'version', s.version, 'timeZone', r.time_zone,
      'capacity', r.capacity, 'busy', coalesce(taken.busy, '[]')) order by w.place) as rows
    from unnest($2::uuid[]) with ordinality as w (id, place)
    join resource r on r.id = w.id
    join stream s on s.resource_id = r.id
    left join lateral (
      select json_agg(json_build_object('startsAt', lower(c.occupied), 'endsAt', upper(c.occupied),
        'quantity', c.quantity, 'heldUntil', nullif(c.occupies_until, 'infinity'),
        'reservationId', c.reservation_id) order by lower(c.occupied), c.reservation_id) as busy
      from claim c
      where c.resource_id = r.id and c.occupies and c.occupies_until > ${NOW}
        and lower(c.occupied) < $4::timestamptz and upper(c.occupied) > $3::timestamptz
        and lower(c.occupied) > $3::timestamptz - s.longest - interval '1 ms'
    ) taken on true`,
);

/** The busy spans that reach into the window, for each resource that exists, in the order asked for. */
export async function readAvailability(
  on: Queryable,
  now: string | null,
  resourceIds: readonly string[],
  window: { readonly startsAt: Date; readonly endsAt: Date },
): Promise<AvailabilityRow[]> {
  const [row] = await on.query(READ, [
    now,
    resourceIds,
    window.startsAt.toISOString(),
    window.endsAt.toISOString(),
  ]);
  return row?.rows ?? [];
}
