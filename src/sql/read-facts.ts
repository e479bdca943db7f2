import { NOW, type ReservationRow } from './reservation-json.js';
import { type Queryable, statement } from './statement.js';

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

/** What the decision about one resource needs. */
export interface ResourceFact {
  readonly id: string;
  readonly name: string;
  readonly timeZone: string;
  readonly status: string;
  readonly statusReason: string | null;
  readonly pooled: boolean;
  readonly capacity: number;
  readonly setupMinutes: number;
  readonly teardownMinutes: number;
  readonly conflicts: readonly ConflictFact[];
  /** Exclusive and in conflict only: where the first gap begins into which the occupied span would fit. */
  readonly freeFrom: string | null;
}

export interface Facts {
  readonly now: string;
  /** One for each wish, in the order of the wishes; a wish for an unknown resource has none. */
  readonly resources: readonly ResourceFact[];
  readonly answer: { readonly payloadHash: string; readonly answer: ReservationRow } | null;
}

/** How many conflicts a refusal lists for one resource. */
const MOST_CONFLICTS = 50;
/** A pool's peak is judged from all its claims in the span; a pool is never this large. */
const MOST_OF_POOL = 100_000;
/** How far ahead the next free window is looked for. */
const LOOK_AHEAD = `interval '60 days'`;

/**
 * All that a decision looks at, in one snapshot and one statement. By the btree claim_day bounded by the
 * longest claim of the resource; GiST costs 4 × as much for the same rows. Dead holds come along marked.
 */
const READ_FACTS = statement<{ facts: Facts }>(
  'read-facts',
  `with clock as materialized (select ${NOW} as now
  ), wish as materialized (
    select w.place, r.*, span.from_at, span.to_at, span.from_at - s.longest - interval '1 ms' as reach
    from unnest($2::uuid[], $3::timestamptz[], $4::timestamptz[]) with ordinality
      as w (id, starts_at, ends_at, place)
    join resource r on r.id = w.id
    join stream s on s.resource_id = r.id
    cross join lateral (select w.starts_at - r.setup_minutes * interval '1 minute' as from_at,
      w.ends_at + r.teardown_minutes * interval '1 minute' as to_at) span
  )
  select json_build_object(
    'now', clock.now,
    'answer', (select json_build_object('payloadHash', encode(i.payload_hash, 'hex'), 'answer', i.answer)
      from idempotency i where i.actor_id = $6::uuid and i.operation = $7 and i.key = $8
        and i.at > clock.now - interval '24 hours'),
    'resources', (select coalesce(json_agg(json_build_object(
        'id', w.id, 'name', w.name, 'timeZone', w.time_zone, 'status', w.status, 'statusReason', w.status_reason,
        'pooled', w.pooled, 'capacity', w.capacity, 'setupMinutes', w.setup_minutes,
        'teardownMinutes', w.teardown_minutes, 'conflicts', met.conflicts, 'freeFrom', ahead.free_from)
        order by w.place), '[]')
      from wish w
      cross join lateral (select coalesce(json_agg(found.conflict), '[]') as conflicts,
          count(*) > 0 as some from (
        select json_build_object('reservationId', v.id, 'ownerId', v.owner_id,
          'state', v.state, 'quantity', c.quantity, 'startsAt', v.starts_at, 'endsAt', v.ends_at,
          'occupiedFrom', lower(c.occupied), 'occupiedTo', upper(c.occupied),
          'heldUntil', v.expires_at, 'dead', c.occupies_until <= clock.now) as conflict
        from claim c join reservation v on v.id = c.reservation_id
        where c.resource_id = w.id and c.occupies and upper(c.occupied) > w.from_at
          and lower(c.occupied) < w.to_at and lower(c.occupied) > w.reach
          and c.reservation_id <> all ($5::uuid[])
        order by lower(c.occupied) limit case when w.pooled then ${MOST_OF_POOL} else ${MOST_CONFLICTS} end) found) met
      left join lateral (
        select upper_end as free_from from (
          select lower(c.occupied) as lower_end, upper(c.occupied) as upper_end,
            lead(lower(c.occupied)) over (order by lower(c.occupied)) as next_start
          from claim c
          where c.resource_id = w.id and c.occupies and c.occupies_until > clock.now
            and upper(c.occupied) > w.from_at and lower(c.occupied) > w.reach
            and lower(c.occupied) < w.to_at + ${LOOK_AHEAD}
            and c.reservation_id <> all ($5::uuid[])) later
        where coalesce(next_start, w.to_at + ${LOOK_AHEAD}) - upper_end >= w.to_at - w.from_at
        order by lower_end limit 1
      ) ahead on not w.pooled and met.some)
  ) as facts from clock`,
);

export interface WishFact {
  readonly resourceId: string;
  readonly startsAt: Date;
  readonly endsAt: Date;
}

/**
 * @param besides reservations that do not count as conflicts: those being moved (D7)
 * @param key the caller's idempotency key, or null
 */
export async function readFacts(
  on: Queryable,
  now: string | null,
  wishes: readonly WishFact[],
  besides: readonly string[],
  key: { readonly actorId: string; readonly operation: string; readonly key: string } | null,
): Promise<Facts> {
  const [row] = await on.query(READ_FACTS, [
    now,
    wishes.map((wish) => wish.resourceId),
    wishes.map((wish) => wish.startsAt.toISOString()),
    wishes.map((wish) => wish.endsAt.toISOString()),
    besides,
    key?.actorId ?? null,
    key?.operation ?? null,
    key?.key ?? null,
  ]);
  return (row as { facts: Facts }).facts;
}
