import type { Role } from '../../domain/act.js';
import { isDead, NOW, type ReservationState, stateOf } from '../reservations/reservation-json.js';
import { type Queryable, statement } from '../statement.js';

/** Something that a reservation takes, by its name. */
export interface TakenName {
  readonly name: string;
  readonly quantity: number;
}

/** A reservation of a feed; instants in ms since 1970. */
export interface EntryRow {
  readonly id: string;
  readonly title: string;
  readonly details: string;
  readonly ownerId: string;
  readonly creatorId: string;
  readonly ownerName: string;
  /** By the clock: EXPIRED or NO_SHOW from the instant on at which a hold dies, or nobody has checked in. */
  readonly state: ReservationState;
  readonly startsAt: number;
  readonly endsAt: number;
  /** Whose clocks were meant; null where nobody said. */
  readonly timeZone: string | null;
  readonly seriesId: string | null;
  /** Which occurrence of the series, by the wall clock of the series' own zone. */
  readonly occurrence: string | null;
  readonly seriesZone: string | null;
  /** Of what is dead the version that sweeping gives it, so that sweeping changes nothing in the feed. */
  readonly version: number;
  /** When it became what it is; of what is dead, when it died. */
  readonly changedAt: number;
  /** What was asked for, and what of the feed's own resources it takes; by name. */
  readonly asked: readonly TakenName[];
  readonly shown: readonly TakenName[];
}

/** A feed with whoever it is for, and what it shows. */
export interface CalendarRead {
  readonly feedId: string;
  readonly name: string;
  readonly owner: { readonly userId: string; readonly role: Role };
  /** By start, then id. */
  readonly entries: readonly EntryRow[];
}

interface Row extends Omit<EntryRow, 'id'> {
  readonly feedId: string;
  readonly feedName: string;
  readonly feedOwnerId: string;
  readonly role: Role;
  readonly id: string | null;
}

const ms = (instant: string): string => `(extract(epoch from ${instant}) * 1000)::float8`;

const named = (from: string): string => `(
  select coalesce(json_agg(json_build_object('name', x.name, 'quantity', c.quantity) order by x.name, x.id), '[]')
  from claim c join ${from} x on x.id = c.resource_id where c.reservation_id = v.id`;

/**
 * SQL: ids and starts of whatever the feed shows that starts between two instants, by reservation_owner or claim_day.
 * Without the offset PostgreSQL would read the claims of all resources in that time.
 */
const startingIn = (from: string, to: string): string => `
  select v.id, v.starts_at as at from feed f join reservation v on v.owner_id = f.owner_id
  where f.resource_id is null and f.place_id is null and v.starts_at between ${from} and ${to} and v.ends_at > f.since
  union
  select c.id, c.at from feed f cross join scope r cross join lateral (
    select c.reservation_id as id, lower(c.occupied) as at from claim c
    where c.resource_id = r.id and lower(c.occupied) between ${from} and ${to} and upper(c.occupied) > f.since
    offset 0) c`;

/** In how many days around now as many reservations are looked for as a feed shows at most; in vain, all of them are read. */
const REACHES = [2, 8, 32, 128];
const around = (days: string): string =>
  startingIn(`f.now - ${days} * interval '1 day'`, `f.now + ${days} * interval '1 day'`);

/**
 * One row for each reservation, the feed's own columns repeated; one without a reservation where there is none.
 * More than the limit keeps those that start nearest to now: what is due counts more than what is long over or far
 * off. Those are looked for in ever wider reaches, so that a busy place is not read as a whole to show a part of it.
 */
const READ = statement<Row>(
  'read-calendar',
  `with feed as materialized (
    select f.id, f.name, f.owner_id, f.resource_id, f.place_id, u.role, ${NOW} as now,
      ${NOW} - $3 * interval '1 day' as since, ${NOW} + $4 * interval '1 day' as until,
      ${NOW} - $3 * interval '1 day' - (select max(longest) from stream) - interval '1 ms' as first
    from feed f join app_user u on u.id = f.owner_id and u.active
    where f.token_hash = $2
  ), scope as materialized (
    select r.id, r.name from feed f join resource r on r.id = f.resource_id
    union all
    select r.id, r.name from feed f join place p on p.path @> array[f.place_id] join resource r on r.place_id = p.id
  ), reach as materialized (
    select case ${REACHES.map((days) => `when (select count(*) from (${around(`${days}`)} limit $5) n) = $5 then ${days}`).join(' ')} end
      as days
  ), found as (
    ${startingIn(
      `greatest(f.first, f.now - (select days from reach) * interval '1 day')`,
      `least(f.until - interval '1 ms', f.now + (select days from reach) * interval '1 day')`,
    )}
  ), nearest as materialized (
    select n.id from found n, feed f group by n.id, f.now
    order by min(abs(extract(epoch from n.at - f.now))), n.id limit $5
  )
  select f.id as "feedId", f.name as "feedName", f.owner_id as "feedOwnerId", f.role, v.id, v.title, v.details,
    v.owner_id as "ownerId", v.creator_id as "creatorId", o.name as "ownerName",
    ${ms('v.starts_at')} as "startsAt", ${ms('v.ends_at')} as "endsAt", v.time_zone as "timeZone",
    v.series_id as "seriesId", v.occurrence, s.time_zone as "seriesZone",
    ${stateOf('v', 'f.now')} as state, v.version + dead::integer as version,
    ${ms(`case when dead then v.occupies_until
      when v.state = 'EXPIRED' then v.expires_at when v.state = 'NO_SHOW' then v.release_at else v.updated_at end`)} as "changedAt",
    ${named('resource')} and c.kind = 'OWN') as asked, ${named('scope')}) as shown
  from feed f
  left join nearest n on true
  left join reservation v on v.id = n.id
  left join app_user o on o.id = v.owner_id
  left join series s on s.id = v.series_id
  cross join lateral (select ${isDead('v', 'f.now')} as dead) by_clock
  order by v.starts_at, v.id`,
);

/** What of the past and of the future a feed shows, and how many reservations at most. */
export interface CalendarBounds {
  readonly daysBehind: number;
  readonly daysAhead: number;
  readonly most: number;
}

/** Reads the feed with this token, and everything that it shows, in one statement; null where it shows nobody anything. */
export async function readCalendar(
  on: Queryable,
  now: string | null,
  tokenHash: Buffer,
  { daysBehind, daysAhead, most }: CalendarBounds,
): Promise<CalendarRead | null> {
  const rows = await on.query(READ, [now, tokenHash, daysBehind, daysAhead, most]);
  const [feed] = rows;
  if (!feed) return null;
  return {
    feedId: feed.feedId,
    name: feed.feedName,
    owner: { userId: feed.feedOwnerId, role: feed.role },
    entries: rows.filter((row): row is Row & EntryRow => row.id !== null),
  };
}
