import { composedStatement } from './composed-statement.js';
import { type ClaimRow, NOW, type ReservationRow, type ReservationState } from './reservation-json.js';
import { type ResourceKey, type ResourceRow, resourceColumns, resourceFrom } from './resource-row.js';
import type { Queryable } from './statement.js';
import { type UserKey, type UserRow, userFrom, userPrefixed } from './user-columns.js';

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
  /** What to read along in the same statement, because it will be shown; null reads it not at all. */
  readonly owner: readonly UserKey[] | null;
  readonly resource: readonly ResourceKey[] | null;
}

/** A reservation that may carry what was read along with it: no more of it than the page asked for. */
export interface ReservationRowWith extends ReservationRow {
  readonly owner?: UserRow;
  readonly claims: readonly Claim[];
}

type Claim = ClaimRow & { readonly resource?: ResourceRow };

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

const CLAIM = `c.resource_id as "resourceId", c.quantity, lower(c.occupied) as "claimFrom", upper(c.occupied) as "claimTo"`;

const RESERVATION = `r.id, r.title, r.details, r.owner_id as "ownerId", r.creator_id as "creatorId",
  case when r.state = 'HELD' and r.expires_at <= ${NOW} then 'EXPIRED' else r.state end as state,
  r.starts_at as "startsAt", r.ends_at as "endsAt", r.expires_at as "expiresAt", r.version,
  r.created_at as "createdAt", r.updated_at as "updatedAt"`;

/** A page's row: one for each claim, the reservation's own columns repeated. */
interface FlatRow extends Omit<ReservationRow, 'node' | 'claims'>, Readonly<Record<string, unknown>> {
  readonly resourceId: string | null;
  readonly quantity: number;
  readonly claimFrom: string;
  readonly claimTo: string;
}

function reservationFrom(row: FlatRow, page: ReservationPage): ReservationRowWith {
  const { id, title, details, ownerId, creatorId, state } = row;
  const { startsAt, endsAt, expiresAt, version, createdAt, updatedAt } = row;
  const facts = {
    id,
    title,
    details,
    ownerId,
    creatorId,
    state,
    startsAt,
    endsAt,
    expiresAt,
    version,
    createdAt,
    updatedAt,
  };
  const reservation = { node: 'Reservation' as const, ...facts, claims: [] };
  return page.owner ? { ...reservation, owner: userFrom(row, 'o_', page.owner) } : reservation;
}

function claimFrom(row: FlatRow, page: ReservationPage): Claim {
  const { resourceId, quantity, claimFrom: startsAt, claimTo: endsAt } = row;
  const claim = { resourceId: resourceId as string, quantity, startsAt, endsAt };
  return page.resource ? { ...claim, resource: resourceFrom(row, 'x_', page.resource) } : claim;
}

/** Gathers the rows of one reservation, which stand together. */
function gathered(rows: readonly FlatRow[], page: ReservationPage): ReservationRowWith[] {
  const reservations: (ReservationRowWith & { claims: Claim[] })[] = [];
  for (const row of rows) {
    let last = reservations.at(-1);
    if (last?.id !== row.id) {
      last = { ...reservationFrom(row, page), claims: [] };
      reservations.push(last);
    }
    if (row.resourceId !== null) last.claims.push(claimFrom(row, page));
  }
  return reservations;
}

/**
 * One statement whatever the page shows: owner and resources come along where they are wanted (loaders cost a
 * third more for the same page). Sorted by start, then id, along the index reservation_start, so a page is
 * read without sorting the table. Flat rows: printed as JSON by PostgreSQL the same page costs three times the
 * processor time (1,000/s against 2,800/s), which on one machine counts for more than the parsing saved here.
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
  const owner = page.owner ? `, ${userPrefixed('o', 'o_', page.owner)}` : '';
  const resource = page.resource ? `, ${resourceColumns('x', 'x_', page.resource)}` : '';
  const text = `select ${RESERVATION}, ${CLAIM}${owner}${resource} from (
      select * from reservation r where ${where} order by r.starts_at ${order}, r.id ${order} limit ${limit}) r
    left join claim c on c.reservation_id = r.id
    ${page.owner ? 'join app_user o on o.id = r.owner_id' : ''}
    ${page.resource ? 'left join resource x on x.id = c.resource_id' : ''}
    order by r.starts_at ${order}, r.id ${order}, c.resource_id`;
  return gathered(await on.query(composedStatement<FlatRow>('reservation-page', text), values), page);
}
