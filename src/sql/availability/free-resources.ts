import { composedStatement } from '../composed-statement.js';
import { NOW } from '../reservations/reservation-json.js';
import { type ResourceFilter, resourceFilterSql } from '../resources/resource-filter.js';
import {
  type ResourceKey,
  type ResourceRow,
  resourceColumns,
  resourceFrom,
} from '../resources/resource-row.js';
import { BOOK_VERSION } from '../rules/read-rule-book.js';
import type { Queryable } from '../statement.js';

/** A resource that has room for the wish, with how much is left at the window's fullest instant. */
export interface FreeRow {
  readonly resource: ResourceRow;
  readonly freeQuantity: number;
}

/** Null columns but for the version where nothing is free. */
type FlatRow = Readonly<Record<string, unknown>> & {
  readonly freeQuantity: number | null;
  readonly bookVersion: string;
};

export interface FreePage {
  readonly rows: readonly FreeRow[];
  /** The version of the rule book at that instant. */
  readonly bookVersion: number;
}

export interface FreeWish {
  readonly window: { readonly startsAt: Date; readonly endsAt: Date };
  readonly quantity: number;
  readonly filter: ResourceFilter;
  readonly limit: number;
  /** Name and id of the resource to go on behind. */
  readonly after: { readonly name: string; readonly id: string } | null;
  /** What will be shown of each resource; no more of it is read. */
  readonly resource: readonly ResourceKey[];
}

/**
 * Active resources whose occupied span would be free, by name, as far as their own buffers go; the rules are for the
 * caller to judge. An anti-join along claim_day: 5.5–7.5 ms among 1,000 resources, where the GiST index needs
 * 23–28 ms. Pools count the peak of what is in use (O4), without the lock that placing a claim takes. `offset 0`
 * has each span computed once, not at every claim it meets.
 */
export async function readFreeResources(
  on: Queryable,
  now: string | null,
  wish: FreeWish,
): Promise<FreePage> {
  const values: unknown[] = [now];
  const text = textFor(wish, values);
  const rows = await on.query(composedStatement<FlatRow>('free-resources', text), values);
  const resource = resourceFrom('r_', wish.resource);
  return {
    rows: rows.flatMap((row) =>
      row.freeQuantity === null ? [] : { resource: resource(row), freeQuantity: row.freeQuantity },
    ),
    bookVersion: Number(rows[0]?.bookVersion),
  };
}

function textFor({ window, quantity, limit, filter, after, resource }: FreeWish, values: unknown[]): string {
  values.push(window.startsAt.toISOString(), window.endsAt.toISOString(), quantity, limit);
  const { where } = resourceFilterSql(filter, values);
  const behind = after
    ? `and (r.name, r.id) > ($${values.push(after.name)}::text, $${values.push(after.id)}::uuid)`
    : '';
  const inTheWay = `c.resource_id = r.id and c.occupies and c.occupies_until > ${NOW}
    and lower(c.occupied) < upper(span.occupied) and upper(c.occupied) > lower(span.occupied)
    and lower(c.occupied) > lower(span.occupied) - s.longest - interval '1 ms'`;
  return `select book.version as "bookVersion", free.* from (select ${BOOK_VERSION} as version) book left join (
    select ${resourceColumns('r', 'r_', resource)}, r.capacity - coalesce(used.peak, 0) as "freeQuantity",
      row_number() over (order by r.name, r.id) as place
    from resource r
    join stream s on s.resource_id = r.id
    cross join lateral (select tstzrange($2::timestamptz - coalesce(r.setup_minutes, 0) * interval '1 minute',
      $3::timestamptz + coalesce(r.teardown_minutes, 0) * interval '1 minute') as occupied offset 0) span
    left join lateral (
      select max(running)::integer as peak from (
        select sum(step) over (order by at, step rows unbounded preceding) as running
        from claim c cross join lateral (values (lower(c.occupied * span.occupied), c.quantity),
          (upper(c.occupied * span.occupied), -c.quantity)) as edge (at, step)
        where ${inTheWay}) steps
    ) used on r.pooled
    where ${where} ${behind} and r.status = 'ACTIVE' and r.capacity >= $4::integer and not r.add_on_only
      and case when r.pooled then r.capacity - coalesce(used.peak, 0) >= $4::integer
        else not exists (select from claim c where ${inTheWay}) end
      and not exists (select from resource_part l join resource p on p.id = l.part_id
        where l.whole_id = r.id and p.status <> 'ACTIVE')
    order by r.name, r.id limit $5::integer) free on true
    order by free.place`;
}
