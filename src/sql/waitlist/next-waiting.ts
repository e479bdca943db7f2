import type { Role } from '../../domain/act.js';
import { NOW } from '../reservations/reservation-json.js';
import { type Queryable, statement } from '../statement.js';
import type { FreedSpan } from './reach.js';

/** One resource that would do for a need. */
export interface TargetRow {
  readonly need: number;
  readonly resourceId: string;
  readonly quantity: number;
}

/** Somebody whose turn it may be. Instants in ms since 1970. */
export interface WaitingRow {
  readonly id: string;
  readonly userId: string;
  readonly role: Role;
  readonly title: string;
  readonly details: string;
  readonly firstStart: number;
  readonly lastStart: number;
  readonly lengthMs: number;
  /** By needs, the one that was asked for first. */
  readonly targets: readonly TargetRow[];
  /** Names its place in the queue. */
  readonly turn: Turn;
}

export type Turn = readonly [priority: number, askedAt: string, id: string];

/** Before everybody. */
export const FIRST: Turn = [2_147_483_647, '-infinity', '00000000-0000-0000-0000-000000000000'];

const ms = (at: string) => `(extract(epoch from ${at}) * 1000)::bigint`;

/**
 * One at a time, since each offer changes what is left for the next. Whoever needs an instant at which every resource
 * that would do is taken is passed over here, without a closer look: of a hundred who wait for the same hour one is served.
 * Every window of a wish covers the time from its last start to its first end, if there is any.
 */
const NEXT = statement<{ waiting: WaitingRow }>(
  'wait-next',
  `with freed as materialized (
    select f.resource_id, tstzrange(f.from_at, f.to_at) as span
    from unnest($2::uuid[], $3::timestamptz[], $4::timestamptz[]) as f (resource_id, from_at, to_at)
  )
  select json_build_object('id', w.id, 'userId', w.user_id, 'role', u.role, 'title', w.title, 'details', w.details,
    'firstStart', ${ms('w.first_start')}, 'lastStart', ${ms('w.last_start')},
    'lengthMs', ${ms('w.last_end - w.last_start')},
    'targets', (select json_agg(json_build_object('need', t.need, 'resourceId', t.resource_id, 'quantity', t.quantity)
      order by t.need, t.rank) from wait_target t where t.wait_id = w.id),
    'turn', json_build_array(w.priority, w.asked_at, w.id)) as waiting
  from wait w
  join app_user u on u.id = w.user_id and u.active
  where w.state = 'WAITING' and w.last_start > ${NOW}
    and (-w.priority, w.asked_at, w.id) > (-$5::integer, $6::timestamptz, $7::uuid)
    and exists (select from wait_target t join freed f on f.resource_id = t.resource_id and f.span && t.reach
      where t.wait_id = w.id)
    and not exists (
      select from wait_target t join resource r on r.id = t.resource_id join stream s on s.resource_id = r.id
      where t.wait_id = w.id
      group by t.need
      having not bool_or(r.status = 'ACTIVE' and (r.pooled or not exists (
        select from claim c where c.resource_id = r.id and c.occupies and c.occupies_until > ${NOW}
          and lower(c.occupied) < w.first_start + (w.last_end - w.last_start) and upper(c.occupied) > w.last_start
          and lower(c.occupied) > w.last_start - s.longest - interval '1 ms'
          and w.last_start < w.first_start + (w.last_end - w.last_start)))))
  order by -w.priority, w.asked_at, w.id limit 1`,
);

/** The next in the queue behind that turn who waits for some of what is free and might get all of their wish; or null. */
export async function nextWaiting(
  tx: Queryable,
  now: string | null,
  spans: readonly FreedSpan[],
  [priority, askedAt, id]: Turn,
): Promise<WaitingRow | null> {
  const [next] = await tx.query(NEXT, [
    now,
    spans.map(([resourceId]) => resourceId),
    spans.map(([, from]) => new Date(from).toISOString()),
    spans.map(([, , to]) => new Date(to).toISOString()),
    priority,
    askedAt,
    id,
  ]);
  return next?.waiting ?? null;
}
