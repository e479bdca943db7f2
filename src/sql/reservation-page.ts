import { composedStatement } from './composed-statement.js';
import { NOW, type ReservationRow, type ReservationState, reservationJson } from './reservation-json.js';
import { type ResourceRow, resourceJson } from './resource-row.js';
import type { Queryable } from './statement.js';
import { type UserRow, userColumns } from './user-columns.js';

/** Which reservations; conditions that are null do not count. */
export interface ReservationFilter {
  readonly window: { readonly startsAt: Date; readonly endsAt: Date } | null;
  readonly resourceIds: readonly string[] | null;
  readonly ownerId: string | null;
  /** Only those that this user owns or has made: for guests. */
  readonly visibleTo: string | null;
  readonly states: readonly ReservationState[] | null;
}

export interface ReservationPage {
  readonly filter: ReservationFilter;
  readonly descending: boolean;
  readonly limit: number;
  /** Start and id of the row to go on behind. */
  readonly after: { readonly startsAt: string; readonly id: string } | null;
  /** What to read along in the same statement, because it will be shown. */
  readonly withOwner: boolean;
  readonly withResources: boolean;
}

/** A reservation that may carry what was read along with it. */
export interface ReservationRowWith extends ReservationRow {
  readonly owner?: UserRow;
  readonly claims: readonly (ReservationRow['claims'][number] & { readonly resource?: ResourceRow })[];
}

const claims = (withResources: boolean) => `(
  select coalesce(json_agg(json_build_object('resourceId', c.resource_id, 'quantity', c.quantity,
    'startsAt', lower(c.occupied), 'endsAt', upper(c.occupied)
    ${withResources ? `, 'resource', ${resourceJson('x')}` : ''}) order by c.resource_id), '[]')
  from claim c ${withResources ? 'join resource x on x.id = c.resource_id' : ''} where c.reservation_id = r.id)`;

const owner = `(select row_to_json(u) from (select ${userColumns('o')} from app_user o where o.id = r.owner_id) u)`;

function conditions(page: ReservationPage, values: unknown[]): string {
  const { filter, after, descending } = page;
  const parameter = (value: unknown) => `$${values.push(value)}`;
  const all: string[] = [];
  if (filter.window) {
    const startsAt = parameter(filter.window.startsAt.toISOString());
    const endsAt = parameter(filter.window.endsAt.toISOString());
    all.push(`r.starts_at < ${endsAt}::timestamptz and r.ends_at > ${startsAt}::timestamptz`);
    // No reservation reaches further back than the longest claim of any resource: bounds the index scan.
    all.push(`r.starts_at > ${startsAt}::timestamptz - (select max(longest) from stream) - interval '1 ms'`);
  }
  if (filter.resourceIds) {
    all.push(
      `r.id in (select reservation_id from claim where resource_id = any (${parameter(filter.resourceIds)}::uuid[]))`,
    );
  }
  if (filter.ownerId) all.push(`r.owner_id = ${parameter(filter.ownerId)}::uuid`);
  if (filter.visibleTo) {
    const viewer = parameter(filter.visibleTo);
    all.push(`(r.owner_id = ${viewer}::uuid or r.creator_id = ${viewer}::uuid)`);
  }
  if (filter.states) {
    all.push(`case when r.state = 'HELD' and r.expires_at <= ${NOW} then 'EXPIRED' else r.state end
      = any (${parameter(filter.states)}::text[])`);
  }
  if (after) {
    const [start, id] = [parameter(after.startsAt), parameter(after.id)];
    all.push(`(r.starts_at, r.id) ${descending ? '<' : '>'} (${start}::timestamptz, ${id}::uuid)`);
  }
  return all.length > 0 ? all.join(' and ') : 'true';
}

/**
 * One statement whatever the page shows: owner and resources come as JSON of the same row where they are
 * wanted (joins cost a third of what loaders cost for the same page). Sorted by start, then id, along the
 * index reservation_start, so a page is read without sorting the table.
 */
export async function readReservationPage(
  on: Queryable,
  now: string | null,
  page: ReservationPage,
): Promise<ReservationRowWith[]> {
  const values: unknown[] = [now];
  const where = conditions(page, values);
  const limit = `$${values.push(page.limit)}`;
  const order = page.descending ? 'desc' : 'asc';
  const more = page.withOwner ? `, 'owner', ${owner}` : '';
  const row = reservationJson('r', NOW, claims(page.withResources), more);
  const text = `select coalesce(json_agg(page.row), '[]') as rows from (
    select ${row} as row from (
      select * from reservation r where ${where} order by r.starts_at ${order}, r.id ${order} limit ${limit}) r
    order by r.starts_at ${order}, r.id ${order}) page`;
  const [found] = await on.query(
    composedStatement<{ rows: ReservationRowWith[] }>('reservation-page', text),
    values,
  );
  return found?.rows ?? [];
}
