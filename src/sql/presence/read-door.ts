import { NOW, type ReservationState, stateOf } from '../reservations/reservation-json.js';
import { BOOK_VERSION } from '../rules/read-rule-book.js';
import { type Queryable, statement } from '../statement.js';
import { opensAt } from './check-in.js';

/** A reservation as a door shows it: when, and no more of whose or what for. Instants as JSON in UTC. */
export interface DoorEntry {
  readonly id: string;
  readonly state: ReservationState;
  readonly startsAt: string;
  readonly endsAt: string;
  /** With its buffers. */
  readonly occupiedFrom: string;
  readonly occupiedTo: string;
  readonly quantity: number;
  /** Null where nobody must check in, or it is not asked for here but for a part or a whole. */
  readonly checkIn: {
    readonly opensAt: string;
    readonly releaseAt: string | null;
    readonly anonymous: boolean;
  } | null;
}

/** What hangs at a door. */
export interface DoorRead {
  readonly name: string;
  readonly timeZone: string;
  readonly status: string;
  readonly capacity: number;
  readonly pooled: boolean;
  /** How often its link was changed. */
  readonly turn: number;
  readonly now: string;
  readonly bookVersion: number;
  /** By start: what is on, and the next ones of two days. */
  readonly entries: readonly DoorEntry[];
}

/** What a large pool has at once, and then some. */
const MOST_ENTRIES = 500;

const READ = statement<{ door: DoorRead }>(
  'read-door',
  `select json_build_object('name', r.name, 'timeZone', r.time_zone, 'status', r.status, 'capacity', r.capacity,
    'pooled', r.pooled, 'turn', coalesce(l.turn, 0), 'now', date_trunc('milliseconds', ${NOW}), 'bookVersion', ${BOOK_VERSION},
    'entries', (
      select coalesce(json_agg(e.entry), '[]') from (
        select json_build_object('id', v.id, 'state', ${stateOf('v', NOW)}, 'startsAt', v.starts_at, 'endsAt', v.ends_at,
          'occupiedFrom', lower(c.occupied), 'occupiedTo', upper(c.occupied), 'quantity', c.quantity,
          'checkIn', case when v.check_in is not null and c.kind = 'OWN' then json_build_object(
            'opensAt', ${opensAt('v')}, 'releaseAt', v.release_at,
            'anonymous', (v.check_in ->> 'anonymous')::boolean) end) as entry
        from claim c join reservation v on v.id = c.reservation_id
        where c.resource_id = r.id and c.occupies and c.occupies_until > ${NOW}
          and upper(c.occupied) > ${NOW} and lower(c.occupied) > ${NOW} - s.longest - interval '1 ms'
          and lower(c.occupied) < ${NOW} + interval '48 hours'
        order by v.starts_at, v.id limit ${MOST_ENTRIES}) e)) as door
   from resource r join stream s on s.resource_id = r.id left join resource_link l on l.resource_id = r.id
   where r.id = $2`,
);

/** What is on at the resource by the clock, and what is next, in one statement; null where it is unknown. */
export const readDoor = async (
  on: Queryable,
  now: string | null,
  resourceId: string,
): Promise<DoorRead | null> => (await on.query(READ, [now, resourceId]))[0]?.door ?? null;
