import { byProgram, fromSource, sourceJson } from '../audit/source.js';
import { NOW, type Visibility } from '../reservations/reservation-json.js';
import { type Queryable, statement } from '../statement.js';
import { type WaitRow, waitJson } from './wait-row.js';

/** One resource that would do, with the place of what was asked for. */
export interface WaitTarget {
  readonly need: number;
  readonly resourceId: string;
  readonly quantity: number;
  readonly rank: number;
}

/** Somebody's wish that is to be kept. */
export interface NewWait {
  readonly id: string;
  readonly userId: string;
  /** Who has put them on the waitlist; null: they themselves. */
  readonly creatorId: string | null;
  readonly title: string;
  readonly details: string;
  readonly visibility: Visibility;
  readonly firstStart: Date;
  readonly lastStart: Date;
  readonly lastEnd: Date;
  readonly resources: readonly { readonly resourceId: string; readonly quantity: number }[];
  readonly orEquivalent: boolean;
  readonly sameAttributes: readonly string[];
  readonly priority: number;
  readonly targets: readonly WaitTarget[];
}

/** What is free of its resources already counts as freed for it: so whoever passes that on finds it. */
const INSERT = statement<never>(
  'wait-insert',
  `with made as (
    insert into wait (id, user_id, title, details, first_start, last_start, last_end, resources, or_equivalent,
      same_attributes, priority, asked_at, visibility, creator_id)
    values ($2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, date_trunc('milliseconds', ${NOW}), $17, $18) returning *
  ), target as (
    insert into wait_target (wait_id, need, resource_id, quantity, rank, reach)
    select made.id, t.need, t.resource_id, t.quantity, t.rank,
      tstzrange(made.first_start - interval '7 days', made.last_end + interval '7 days')
    from made, unnest($13::integer[], $14::uuid[], $15::integer[], $16::integer[]) as t (need, resource_id, quantity, rank)
    returning resource_id, reach
  )
  insert into wait_due (resource_id, span, ended) select distinct resource_id, reach, false from target`,
);

const LOCK_STREAMS = statement<never>(
  'wait-lock-streams',
  'select from stream where resource_id = any ($1::uuid[]) order by resource_id for update',
);

/** Keeps the wish, last behind the locks of its streams: what is freed there from now on is kept for it. */
export async function insertWait(tx: Queryable, now: string | null, wait: NewWait): Promise<void> {
  const { targets } = wait;
  await tx.query(INSERT, [
    now,
    wait.id,
    wait.userId,
    wait.title,
    wait.details,
    wait.firstStart.toISOString(),
    wait.lastStart.toISOString(),
    wait.lastEnd.toISOString(),
    JSON.stringify(wait.resources),
    wait.orEquivalent,
    wait.sameAttributes,
    wait.priority,
    targets.map(({ need }) => need),
    targets.map(({ resourceId }) => resourceId),
    targets.map(({ quantity }) => quantity),
    targets.map(({ rank }) => rank),
    wait.visibility,
    wait.creatorId,
  ]);
  await tx.query(LOCK_STREAMS, [targets.map(({ resourceId }) => resourceId)]);
}

const COUNT = statement<{ count: number }>(
  'wait-count-open',
  `select count(*)::integer as count from wait w left join reservation v on v.id = w.reservation_id
   where w.user_id = $2 and (w.state = 'WAITING' and w.last_start > ${NOW}
     or w.state = 'OFFERED' and v.expires_at > ${NOW})`,
);

/** For how much somebody waits, or has an offer of. */
export const countOpenWaits = async (on: Queryable, now: string | null, userId: string): Promise<number> =>
  (await on.query(COUNT, [now, userId]))[0]?.count ?? 0;

const WITHDRAW = statement<{ row: WaitRow }>(
  'wait-withdraw',
  `with left_it as (
    update wait set state = 'WITHDRAWN' where id = $2 and state = 'WAITING' and last_start > ${NOW} returning *
  ), gone as (
    delete from wait_target using left_it where wait_id = left_it.id
  )
  select ${waitJson('w')} as row from left_it w`,
);

/** Ends the waiting of somebody who has no offer; null where they do not wait any more. */
export const withdrawWait = async (tx: Queryable, now: string | null, id: string): Promise<WaitRow | null> =>
  (await tx.query(WITHDRAW, [now, id]))[0]?.row ?? null;

const EXPIRE = statement<{ id: string }>(
  'wait-expire',
  `with dead as materialized (
    select id from wait where state = 'WAITING' and last_start <= ${NOW} order by last_start limit $2
    for update skip locked
  ), expired as (
    update wait w set state = 'EXPIRED' from dead where w.id = dead.id returning w.id
  ), noted as (
    insert into audit (id, at, action, subject_id, before, after, request_id, source)
    select uuid_at(${NOW}), date_trunc('milliseconds', ${NOW}), 'waitlist.expire', id,
      jsonb_build_object('state', 'WAITING'), jsonb_build_object('state', 'EXPIRED'), ${fromSource('$3')} from expired
  ), gone as (
    delete from wait_target where wait_id in (select id from expired)
  )
  select id from expired`,
);

/** Ends the waiting of up to `limit` people for whom it is too late; returns how many. */
export const expireWaits = async (
  on: Queryable,
  now: string | null,
  limit: number,
  requestId: string,
): Promise<number> => (await on.query(EXPIRE, [now, limit, sourceJson(byProgram(requestId))])).length;
