import { NOW } from '../reservations/reservation-json.js';
import { type Queryable, statement } from '../statement.js';
import { BOOK_VERSION, type RuleScope } from './read-rule-book.js';
import { inScope, scopeValues } from './scope.js';

/** One resource of a live reservation that is not over: whose it is, and its window in ms since 1970. */
export interface UpcomingClaim {
  readonly reservationId: string;
  readonly ownerId: string;
  readonly resourceId: string;
  readonly quantity: number;
  readonly from: number;
  readonly to: number;
}

export interface Upcoming {
  readonly now: string;
  /** The version of the rule book at that instant. */
  readonly bookVersion: number;
  /** By start, then by reservation. */
  readonly claims: readonly UpcomingClaim[];
}

/** By claim_day from the longest claim of each resource on, so that history costs nothing. Parts and shades were not asked for. */
const READ = statement<{ upcoming: Upcoming }>(
  'read-upcoming',
  `with clock as materialized (select ${NOW} as now)
  select json_build_object('now', clock.now, 'bookVersion', ${BOOK_VERSION}, 'claims', (
    select coalesce(json_agg(json_build_object('reservationId', u.id, 'ownerId', u.owner_id,
      'resourceId', u.resource_id, 'quantity', u.quantity,
      'from', (extract(epoch from u.starts_at) * 1000)::bigint,
      'to', (extract(epoch from u.ends_at) * 1000)::bigint)), '[]')
    from (
      select v.id, v.owner_id, v.starts_at, v.ends_at, c.resource_id, c.quantity
      from resource r
      join place p on p.id = r.place_id
      join stream s on s.resource_id = r.id
      join claim c on c.resource_id = r.id and c.kind = 'OWN' and c.occupies and c.occupies_until > clock.now
        and lower(c.occupied) > clock.now - s.longest - interval '1 ms'
      join reservation v on v.id = c.reservation_id and v.ends_at > clock.now
      where ${inScope('r', 'p', 2)}
      order by v.starts_at, v.id, c.resource_id limit $5) u)) as upcoming
  from clock`,
);

/** What is reserved on the resources of the scope and not over yet, up to `limit` claims. */
export async function readUpcoming(
  on: Queryable,
  now: string | null,
  scope: RuleScope,
  limit: number,
): Promise<Upcoming> {
  const [row] = await on.query(READ, [now, ...scopeValues(scope), limit]);
  return (row as { upcoming: Upcoming }).upcoming;
}
