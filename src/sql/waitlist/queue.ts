import { type PersonFacts, personJson } from '../people/read-people.js';
import { NOW } from '../reservations/reservation-json.js';
import { type Queryable, statement } from '../statement.js';
import { type FreedSpan, MARGIN, WANTED_OF } from './reach.js';

/** One resource that would do for a need. */
export interface TargetRow {
  readonly need: number;
  readonly resourceId: string;
  readonly quantity: number;
}

/** Somebody whose turn it may be. Instants in ms since 1970. */
export interface WaitingRow {
  readonly id: string;
  readonly person: PersonFacts;
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

const QUEUE = statement<{ waiting: WaitingRow }>(
  'wait-queue',
  `with ${MARGIN}, freed as materialized (
    select f.resource_id, tstzrange(f.from_at, f.to_at) as span
    from unnest($2::uuid[], $3::timestamptz[], $4::timestamptz[]) as f (resource_id, from_at, to_at)
  )
  select json_build_object('id', w.id, 'person', ${personJson('u')},
    'firstStart', ${ms('w.first_start')}, 'lastStart', ${ms('w.last_start')},
    'lengthMs', ${ms('w.last_end - w.last_start')},
    'targets', (select json_agg(json_build_object('need', t.need, 'resourceId', t.resource_id, 'quantity', t.quantity)
      order by t.need, t.rank) from wait_target t where t.wait_id = w.id),
    'turn', json_build_array(w.priority, w.asked_at, w.id)) as waiting
  from wait w
  join app_user u on u.id = w.user_id and u.active
  where w.state = 'WAITING' and w.last_start > ${NOW}
    and (-w.priority, w.asked_at, w.id) > (-$5::integer, $6::timestamptz, $7::uuid)
    and w.id in (select t.wait_id from freed f ${WANTED_OF})
  order by -w.priority, w.asked_at, w.id limit $8`,
);

/** Up to `limit` who wait for some of what is free, in the order of their turns, behind that one. */
export async function readQueue(
  tx: Queryable,
  now: string | null,
  spans: readonly FreedSpan[],
  [priority, askedAt, id]: Turn,
  limit: number,
): Promise<WaitingRow[]> {
  const rows = await tx.query(QUEUE, [
    now,
    spans.map(([resourceId]) => resourceId),
    spans.map(([, from]) => new Date(from).toISOString()),
    spans.map(([, , to]) => new Date(to).toISOString()),
    priority,
    askedAt,
    id,
    limit,
  ]);
  return rows.map(({ waiting }) => waiting);
}
