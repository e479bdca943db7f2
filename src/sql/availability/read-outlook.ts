import type { UseFact } from '../reservations/read-facts.js';
import { NOW } from '../reservations/reservation-json.js';
import { type Placement, placementColumns } from '../rules/read-placements.js';
import { BOOK_VERSION } from '../rules/read-rule-book.js';
import { type Queryable, statement } from '../statement.js';

/** A resource as a search sees it: where it stands, and what is in use of it in the span that is searched. */
export interface OutlookRow extends Placement {
  readonly capacity: number;
  readonly seats: number | null;
  /** It and all of its parts take new reservations. */
  readonly active: boolean;
  /** By start; no more than were asked for. */
  readonly uses: readonly UseFact[];
}

export interface Outlook {
  /** The instant of the reading, in ms since 1970, and the version of the rule book at it. */
  readonly now: number;
  readonly bookVersion: number;
  /** In the order of the ids; unknown ones are missing. */
  readonly resources: readonly OutlookRow[];
}

export interface OutlookWish {
  readonly resourceIds: readonly string[];
  /** Where windows may lie, in ms since 1970; the reading reaches as much further as the buffers do. */
  readonly from: number;
  readonly to: number;
  /** The widest buffers of any rule, in minutes; those of the resources themselves are known here. */
  readonly setupMinutes: number;
  readonly teardownMinutes: number;
  /** How many spans of one resource come along at most. */
  readonly most: number;
  /** Reservations that do not count: those being moved. */
  readonly besides: readonly string[];
}

type Row = OutlookRow & { readonly now: string; readonly bookVersion: string };

/**
 * By claim_day, bounded by the longest claim of each resource, as all day reads. Arrays of numbers in one JSON
 * value a resource: a row for each span costs the client more than the JSON costs PostgreSQL.
 */
const READ = statement<Row>(
  'read-outlook',
  `select ${placementColumns('r')}, r.capacity, r.seats, r.status = 'ACTIVE' and not exists (
      select from resource_part l join resource p on p.id = l.part_id
      where l.whole_id = r.id and p.status <> 'ACTIVE') as active,
    used.uses, (extract(epoch from ${NOW}) * 1000)::bigint as now, ${BOOK_VERSION} as "bookVersion"
  from unnest($2::uuid[]) with ordinality as w (id, place)
  join resource r on r.id = w.id
  cross join (
    select $3::timestamptz - greatest(max(b.setup_minutes), $7::integer) * interval '1 minute' as from_at,
      $4::timestamptz + greatest(max(b.teardown_minutes), $8::integer) * interval '1 minute' as to_at
    from resource b where b.id = any ($2::uuid[])) reach
  join stream s on s.resource_id = r.id
  cross join lateral (
    select coalesce(json_agg(json_build_array((extract(epoch from lower(u.occupied)) * 1000)::bigint,
      (extract(epoch from upper(u.occupied)) * 1000)::bigint, u.quantity) order by lower(u.occupied)), '[]') as uses
    from (select c.occupied, c.quantity from claim c
      where c.resource_id = r.id and c.occupies and c.occupies_until > ${NOW}
        and lower(c.occupied) < reach.to_at and upper(c.occupied) > reach.from_at
        and lower(c.occupied) > reach.from_at - s.longest - interval '1 ms'
        and c.reservation_id <> all ($6::uuid[])
      order by lower(c.occupied) limit $5::integer) u) used
  order by w.place`,
);

/** All that is in use of the resources between two instants, in one snapshot; null where none of them exists. */
export async function readOutlook(
  on: Queryable,
  now: string | null,
  wish: OutlookWish,
): Promise<Outlook | null> {
  const rows = await on.query(READ, [
    now,
    wish.resourceIds,
    new Date(wish.from).toISOString(),
    new Date(wish.to).toISOString(),
    wish.most,
    wish.besides,
    wish.setupMinutes,
    wish.teardownMinutes,
  ]);
  const [first] = rows;
  if (!first) return null;
  return {
    now: Number(first.now),
    bookVersion: Number(first.bookVersion),
    resources: rows.map(({ now: _now, bookVersion: _version, ...row }) => row),
  };
}
