import { BOOK_VERSION } from '../rules/read-rule-book.js';
import { type Queryable, statement } from '../statement.js';
import { NOW, type ReservationRow } from './reservation-json.js';

/** One claim that a wish meets. */
export interface ConflictFact {
  readonly reservationId: string;
  readonly ownerId: string;
  readonly state: string;
  readonly quantity: number;
  /** The reservation's window, and the span it occupies with its buffers. */
  readonly startsAt: string;
  readonly endsAt: string;
  readonly occupiedFrom: string;
  readonly occupiedTo: string;
  /** Set while it is a hold: the instant it dies. */
  readonly heldUntil: string | null;
  /** The clock has killed this hold already. */
  readonly dead: boolean;
}

/** A span that is in use: from, to (ms since 1970), quantity. */
export type UseFact = readonly [from: number, to: number, quantity: number];

export interface InactiveFact {
  readonly id: string;
  readonly name: string;
  readonly status: string;
  readonly statusReason: string | null;
}

/** What the decision about one wish needs to know of its resource. */
export interface ResourceFact {
  readonly id: string;
  readonly capacity: number;
  /** The resource itself and its parts, as far as they are not active. */
  readonly inactive: readonly InactiveFact[];
  /** By start, up to 50; of a pool all. */
  readonly conflicts: readonly ConflictFact[];
  /** What is in use from the wish on, by start, for finding what would pass; empty where that was not asked for. */
  readonly ahead: readonly UseFact[];
}

export interface Facts {
  readonly now: string;
  /** The version of the rule book at that instant. */
  readonly bookVersion: number;
  /** One for each wish, in the order of the wishes; a wish for an unknown resource has none. */
  readonly resources: readonly ResourceFact[];
  readonly answer: { readonly payloadHash: string; readonly answer: ReservationRow } | null;
}

/** How many conflicts a refusal lists for one resource. */
const MOST_CONFLICTS = 50;
/** A pool's peak is judged from all its claims in the span; a pool is never this large. */
const MOST_OF_POOL = 100_000;
/** How many spans come along unasked; what would pass is mostly near. See readAhead for the rest. */
export const MOST_AHEAD = 50;
/** How far ahead the next free window is looked for. */
export const LOOK_AHEAD_DAYS = 60;

/** SQL: what is in use of resource `id` from `from` on, alive at `now`, besides the reservations in `besides`. */
const ahead = (id: string, from: string, now: string, besides: string, most: number): string => `(
  select coalesce(json_agg(json_build_array((extract(epoch from lower(u.occupied)) * 1000)::bigint,
    (extract(epoch from upper(u.occupied)) * 1000)::bigint, u.quantity) order by lower(u.occupied)), '[]')
  from (select c.occupied, c.quantity from claim c join stream s on s.resource_id = c.resource_id
    where c.resource_id = ${id} and c.occupies and c.occupies_until > ${now}
      and upper(c.occupied) > ${from} and lower(c.occupied) > ${from} - s.longest - interval '1 ms'
      and lower(c.occupied) < ${from} + interval '${LOOK_AHEAD_DAYS} days'
      and c.reservation_id <> all (${besides})
    order by lower(c.occupied) limit ${most}) u)`;

/**
 * All that a decision looks at beside the rules, in one snapshot and one statement. By the btree claim_day
 * bounded by the longest claim of the resource; GiST costs 4 × as much for the same rows. Dead holds come along
 * marked. Shades and parts count as any claim: what a wish asks for itself must be free of all three kinds.
 */
const READ_FACTS = statement<{ facts: Facts }>(
  'read-facts',
  `with clock as materialized (select ${NOW} as now
  ), wish as materialized (
    select w.place, w.from_at, w.to_at, r.id, r.pooled, r.capacity, w.from_at - s.longest - interval '1 ms' as reach
    from unnest($2::uuid[], $3::timestamptz[], $4::timestamptz[]) with ordinality
      as w (id, from_at, to_at, place)
    join resource r on r.id = w.id
    join stream s on s.resource_id = r.id
  )
  select json_build_object(
    'now', clock.now,
    'bookVersion', ${BOOK_VERSION},
    'answer', (select json_build_object('payloadHash', encode(i.payload_hash, 'hex'), 'answer', i.answer)
      from idempotency i where i.actor_id = $6::uuid and i.operation = $7 and i.key = $8
        and i.at > clock.now - interval '24 hours'),
    'resources', (select coalesce(json_agg(json_build_object(
        'id', w.id, 'capacity', w.capacity, 'conflicts', met.conflicts,
        'inactive', (select coalesce(json_agg(json_build_object('id', p.id, 'name', p.name, 'status', p.status,
            'statusReason', p.status_reason) order by p.id), '[]')
          from resource p where p.status <> 'ACTIVE' and p.id = any (
            array(select l.part_id from resource_part l where l.whole_id = w.id) || w.id)),
        'ahead', case when $9::boolean then ${ahead('w.id', 'w.from_at', 'clock.now', '$5::uuid[]', MOST_AHEAD)}
          else '[]' end)
        order by w.place), '[]')
      from wish w
      cross join lateral (select coalesce(json_agg(found.conflict), '[]') as conflicts from (
        select json_build_object('reservationId', v.id, 'ownerId', v.owner_id,
          'state', v.state, 'quantity', c.quantity, 'startsAt', v.starts_at, 'endsAt', v.ends_at,
          'occupiedFrom', lower(c.occupied), 'occupiedTo', upper(c.occupied),
          'heldUntil', v.expires_at, 'dead', c.occupies_until <= clock.now) as conflict
        from claim c join reservation v on v.id = c.reservation_id
        where c.resource_id = w.id and c.occupies and upper(c.occupied) > w.from_at
          and lower(c.occupied) < w.to_at and lower(c.occupied) > w.reach
          and c.reservation_id <> all ($5::uuid[])
        order by lower(c.occupied) limit case when w.pooled then ${MOST_OF_POOL} else ${MOST_CONFLICTS} end) found) met)
  ) as facts from clock`,
);

/** A resource and the span that would be occupied there, buffers included; in ms since 1970. */
export interface WishFact {
  readonly resourceId: string;
  readonly from: number;
  readonly to: number;
}

/**
 * @param besides reservations that do not count as conflicts: those being moved (D7)
 * @param key the caller's idempotency key, or null
 * @param looksAhead whether what would pass is going to be looked for
 */
export async function readFacts(
  on: Queryable,
  now: string | null,
  wishes: readonly WishFact[],
  besides: readonly string[],
  key: { readonly actorId: string; readonly operation: string; readonly key: string } | null,
  looksAhead: boolean,
): Promise<Facts> {
  const [row] = await on.query(READ_FACTS, [
    now,
    wishes.map((wish) => wish.resourceId),
    wishes.map((wish) => new Date(wish.from).toISOString()),
    wishes.map((wish) => new Date(wish.to).toISOString()),
    besides,
    key?.actorId ?? null,
    key?.operation ?? null,
    key?.key ?? null,
    looksAhead,
  ]);
  return (row as { facts: Facts }).facts;
}

const READ_AHEAD = statement<{ ahead: UseFact[] }>(
  'read-ahead',
  `select ${ahead('$2::uuid', '$3::timestamptz', NOW, '$4::uuid[]', MOST_OF_POOL)} as ahead`,
);

/** Everything that is in use of the resource for the next 60 days from that instant on. */
export async function readAhead(
  on: Queryable,
  now: string | null,
  resourceId: string,
  from: number,
  besides: readonly string[],
): Promise<readonly UseFact[]> {
  const [row] = await on.query(READ_AHEAD, [now, resourceId, new Date(from).toISOString(), besides]);
  return row?.ahead ?? [];
}
