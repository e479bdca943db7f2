import { NOW, type ReservationRow, reservationJson } from '../reservations/reservation-json.js';
import type { RuleScope } from '../rules/read-rule-book.js';
import { inScope, scopeValues } from '../rules/scope.js';
import { type Queryable, statement } from '../statement.js';

/** A span that will be closed for the resources of one zone, in ms since 1970. */
export interface ClosedSpan {
  readonly timeZone: string;
  readonly from: number;
  readonly to: number;
}

/** A live reservation whose window meets what will be closed, with the resources at which it does. */
export interface MetReservation {
  readonly row: ReservationRow;
  readonly resources: readonly { readonly id: string; readonly timeZone: string }[];
}

/**
 * The reservations whose window meets the spans, in one pass over the claims between the first and the last of
 * them: the spans of a zone make one multirange, in which a window is looked up by halving, so a rule with hundreds
 * of occurrences costs hardly more than one. What was asked for decides, as it does for a new wish; what closes a
 * single resource meets reservations of the wholes around it too.
 */
const MET = `with zone as materialized (
    select ($5::text[])[s.zone] as time_zone, range_agg(tstzrange(l.from_at, l.to_at)) as closed,
      min(l.from_at) as first, max(l.to_at) as last
    from unnest($6::int[], $7::float8[], $8::float8[]) as s (zone, from_ms, to_ms)
    cross join lateral (select to_timestamp(s.from_ms / 1000) as from_at, to_timestamp(s.to_ms / 1000) as to_at) l
    group by s.zone
  ), met as materialized (
    select c.reservation_id as id, json_agg(json_build_object('id', r.id, 'timeZone', r.time_zone)
      order by r.id) as resources
    from zone z
    join resource r on r.time_zone = z.time_zone
    join place p on p.id = r.place_id
    join stream t on t.resource_id = r.id
    join claim c on c.resource_id = r.id and (c.kind = 'OWN' or (c.kind = 'PART' and $2::uuid is not null)) and c.occupies and c.occupies_until > ${NOW}
      and upper(c.occupied) > z.first and lower(c.occupied) < z.last
      and lower(c.occupied) > z.first - t.longest - interval '1 ms'
    join reservation v on v.id = c.reservation_id and v.ends_at > ${NOW}
      and tstzrange(v.starts_at, v.ends_at) && z.closed
    where ${inScope('r', 'p', 2)}
    group by c.reservation_id
  )`;

const FIND = statement<MetReservation & { total: string }>(
  'closure-meets',
  `${MET}
  select ${reservationJson('v', NOW)} as row, met.resources, count(*) over () as total
  from met join reservation v on v.id = met.id order by v.starts_at, v.id limit $9`,
);

const LOCK = statement<{ id: string }>(
  'closure-meets-locked',
  `${MET} select v.id from met join reservation v on v.id = met.id order by v.id for update of v`,
);

/** An array as PostgreSQL reads it; the driver would quote number by number, which takes long where they are many. */
const array = (numbers: readonly number[]): string => `{${numbers.join(',')}}`;

function values(now: string | null, scope: RuleScope, spans: readonly ClosedSpan[]) {
  const zones = [...new Set(spans.map(({ timeZone }) => timeZone))];
  const place = new Map(zones.map((zone, index) => [zone, index + 1]));
  return [
    now,
    ...scopeValues(scope),
    zones,
    array(spans.map(({ timeZone }) => place.get(timeZone) as number)),
    array(spans.map(({ from }) => from)),
    array(spans.map(({ to }) => to)),
  ];
}

/**
 * The live reservations on resources of the scope that meet the spans, by start.
 * @param limit how many to read; null reads all
 * @returns them, and how many there are in all
 */
export async function findMet(
  on: Queryable,
  now: string | null,
  scope: RuleScope,
  spans: readonly ClosedSpan[],
  limit: number | null,
): Promise<{ met: MetReservation[]; totalCount: number }> {
  const rows = await on.query(FIND, [...values(now, scope, spans), limit]);
  return {
    met: rows.map(({ row, resources }) => ({ row, resources })),
    totalCount: Number(rows[0]?.total ?? 0),
  };
}

const LOCK_STREAMS = statement<never>(
  'closure-lock-streams',
  `select from stream s
   where s.resource_id in (select r.id from resource r join place p on p.id = r.place_id where ${inScope('r', 'p', 1)})
     or s.resource_id in (select l.whole_id from resource_part l where l.part_id = $1)
     or s.resource_id in (select c.resource_id from claim c where c.reservation_id = any ($4::uuid[]))
     or s.resource_id in (select t.resource_id from wait w, wait_targets(w) t
       where w.reservation_id = any ($4) and w.state = 'OFFERED')
   order by s.resource_id for update`,
);

/**
 * Keeps the reservations that meet the spans as they are until the transaction ends, and after them the streams of
 * the scope, of all that they claim, and of what those wait for again whose offers are among them: in the order of those who change a reservation, so that none of them and
 * this one wait for each other.
 */
export async function lockMet(
  tx: Queryable,
  now: string | null,
  scope: RuleScope,
  spans: readonly ClosedSpan[],
): Promise<void> {
  const locked = await tx.query(LOCK, values(now, scope, spans));
  await tx.query(LOCK_STREAMS, [...scopeValues(scope), locked.map(({ id }) => id)]);
}
