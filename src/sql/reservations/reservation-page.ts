import { composedStatement } from '../composed-statement.js';
import {
  type ResourceKey,
  type ResourceRow,
  resourceColumns,
  resourceFrom,
} from '../resources/resource-row.js';
import type { Queryable } from '../statement.js';
import { type UserKey, type UserRow, userFrom, userPrefixed } from '../users/user-columns.js';
import { checkInJson } from './check-in-terms.js';
import {
  type ClaimRow,
  NOW,
  type ReservationRow,
  type ReservationState,
  stateOf,
} from './reservation-json.js';

/** Which reservations; conditions that are null do not count. */
export interface ReservationFilter {
  readonly window: { readonly startsAt: Date; readonly endsAt: Date } | null;
  readonly resourceIds: readonly string[] | null;
  readonly ownerId: string | null;
  readonly seriesId?: string | null;
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
  /** What will be shown, and so is read, all in the same statement; id, start and state always are. */
  readonly columns: readonly ReservationKey[];
  readonly claims: boolean;
  readonly owner: readonly UserKey[] | null;
  readonly resource: readonly ResourceKey[] | null;
}

/** A reservation with no more than the page asked for, and with what was read along with it. */
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
  if (filter.seriesId) all.push(`r.series_id = ${parameter(filter.seriesId)}::uuid`);
  if (filter.ownerId) all.push(`r.owner_id = ${parameter(filter.ownerId)}::uuid`);
  if (filter.visibleTo) {
    const viewer = parameter(filter.visibleTo);
    all.push(`(r.owner_id = ${viewer}::uuid or r.creator_id = ${viewer}::uuid)`);
  }
  if (filter.states) {
    all.push(`${stateOf('r', NOW)} = any (${parameter(filter.states)}::text[])`);
  }
  if (after) {
    const [start, id] = [parameter(after.startsAt), parameter(after.id)];
    all.push(`(r.starts_at, r.id) ${descending ? '<' : '>'} (${start}::timestamptz, ${id}::uuid)`);
  }
  return all.length > 0 ? all.join(' and ') : 'true';
}

const CLAIM = `c.resource_id as "resourceId", c.quantity, lower(c.occupied) as "claimFrom", upper(c.occupied) as "claimTo"`;

const COLUMNS = {
  title: 'r.title',
  details: 'r.details',
  ownerId: 'r.owner_id',
  creatorId: 'r.creator_id',
  state: stateOf('r', NOW),
  startsAt: 'r.starts_at',
  endsAt: 'r.ends_at',
  expiresAt: 'r.expires_at',
  version: 'r.version',
  createdAt: 'r.created_at',
  updatedAt: 'r.updated_at',
  seriesId: 'r.series_id',
  occurrence: 'r.occurrence',
  detached: 'r.detached',
  checkIn: checkInJson('r'),
} as const satisfies Record<
  Exclude<keyof ReservationRow, 'node' | 'id' | 'claims' | 'act' | 'asked'>,
  string
>;

export type ReservationKey = keyof typeof COLUMNS;
export const RESERVATION_KEYS = Object.keys(COLUMNS) as readonly ReservationKey[];

const ALWAYS: ReadonlySet<ReservationKey> = new Set(['startsAt', 'state']);

/** The statement's list of columns: those of the reservation, of one claim, of its owner and of its resource. */
function selected(page: ReservationPage): string {
  const { columns, claims, owner, resource } = page;
  const own = RESERVATION_KEYS.filter((key) => ALWAYS.has(key) || columns.includes(key));
  const parts = ['r.id', ...own.map((key) => `${COLUMNS[key]} as "${key}"`)];
  if (claims) parts.push(CLAIM);
  if (owner) parts.push(userPrefixed('o', 'o_', owner));
  if (claims && resource) parts.push(resourceColumns('x', 'x_', resource));
  return parts.join(', ');
}

/** A page's row: one for each claim, the reservation's own columns repeated. */
interface FlatRow extends ReservationRowWith, Readonly<Record<string, unknown>> {
  node: 'Reservation';
  claims: Claim[];
  owner?: UserRow;
  readonly resourceId?: string | null;
  readonly quantity: number;
  readonly claimFrom: string;
  readonly claimTo: string;
}

/** Makes each reservation of its first row, and gathers the claims of all its rows, which stand together. */
function gathered(rows: readonly FlatRow[], page: ReservationPage): ReservationRowWith[] {
  const owner = page.owner && userFrom('o_', page.owner);
  const resource = page.resource && resourceFrom('x_', page.resource);
  const reservations: FlatRow[] = [];
  for (const row of rows) {
    const { resourceId, quantity, claimFrom: startsAt, claimTo: endsAt } = row;
    const last = reservations.at(-1);
    const reservation = last?.id === row.id ? last : row;
    if (reservation === row) {
      row.node = 'Reservation';
      row.claims = [];
      if (owner) row.owner = owner(row);
      reservations.push(row);
    }
    if (resourceId == null) continue;
    const claim = { resourceId, quantity, startsAt, endsAt };
    reservation.claims.push(resource ? { ...claim, resource: resource(row) } : claim);
  }
  return reservations;
}

/**
 * One statement whatever the page shows: owner and resources come along where they are wanted (loaders cost a
 * third more for the same page). Sorted by start, then id, along the index reservation_start, so a page is
 * read without sorting the table. Flat rows: printed as JSON by PostgreSQL the same page costs three times the
 * processor time (1,000/s against 2,800/s), which on one machine counts for more than the parsing saved here.
 * Half of the columns take half of the time, on both sides.
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
  const text = `select ${selected(page)} from (
      select * from reservation r where ${where} order by r.starts_at ${order}, r.id ${order} limit ${limit}) r
    ${page.claims ? `left join claim c on c.reservation_id = r.id and c.kind = 'OWN'` : ''}
    ${page.owner ? 'join app_user o on o.id = r.owner_id' : ''}
    ${page.claims && page.resource ? 'left join resource x on x.id = c.resource_id' : ''}
    order by r.starts_at ${order}, r.id ${order}${page.claims ? ', c.resource_id' : ''}`;
  return gathered(await on.query(composedStatement<FlatRow>('reservation-page', text), values), page);
}
