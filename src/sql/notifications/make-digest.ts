import { NOW } from '../reservations/reservation-json.js';
import { type Queryable, statement } from '../statement.js';
import type { DigestToLookAt } from './digests.js';

/**
 * The version gives each digest to one of any number of sweepers: another waits for its row, and finds it changed. All
 * is one statement, so a sweeper that dies leaves either everything or nothing, and what is collected meanwhile, which
 * it does not see, waits for the next. That no day has two, whatever was chosen meanwhile, says an index. What is today is told as people_told
 * prints it to those whom a change would be told; who has left is told nothing.
 */
const MAKE = statement<{ made: number }>(
  'digest-make',
  `with clock as materialized (select date_trunc('milliseconds', ${NOW}) as now
  ), mine as (
    update digest set last_day = $4::date, look_at = $5::timestamptz, version = version + 1
    where user_id = $2 and version = $3 returning user_id
  ), person as materialized (
    select u.id, u.active, u.time_zone from mine join app_user u on u.id = mine.user_id
  ), news as materialized (
    select m.id from person p join mail m on m.user_id = p.id where m.collected_at is not null and m.digest_id is null
  ), near as (
    select v.id, v.starts_at, p.id as user_id from clock, person p join reservation v on v.id in (
      select id from reservation where owner_id = p.id and starts_at < $6::timestamptz
      union select reservation_id from participant where user_id = p.id and response <> 'DECLINED')
    where v.state in ('CONFIRMED', 'CHECKED_IN') and v.starts_at < $6 and v.ends_at > clock.now
      and (exists (select from news)
        or exists (select from notification_preference f where f.user_id = p.id and f.by_mail and f.digest))
    order by v.starts_at, v.id limit 100
  ), today as (
    select coalesce(jsonb_agg(t.reservation || '{"details": ""}' order by near.starts_at, near.id), '[]') as told
    from near, people_told('digest', null, near.id, null, null, true, array[near.user_id], 'CHANGED') t
  ), made as (
    insert into mail (id, user_id, kind, event, created_at, next_at)
    select uuid_at(clock.now), p.id, 'DIGEST',
      jsonb_build_object('day', $4::date, 'timeZone', p.time_zone, 'today', today.told), clock.now, clock.now
    from clock, person p, today where p.active and (today.told <> '[]' or exists (select from news))
    on conflict (user_id, (event ->> 'day')) where kind = 'DIGEST' do nothing
    returning id
  ), gathered as (
    update mail m set digest_id = made.id from made where m.id in (select id from news)
  ), dropped as (
    delete from mail m using person p where not p.active and m.id in (select id from news)
  )
  select count(*)::integer as made from made`,
);

/** A day whose digest is due. */
export interface DueDigest {
  /** YYYY-MM-DD. */
  readonly day: string;
  /** Until when what begins is of that day; null where it is over, and only what was collected is told. */
  readonly until: Date | null;
}

/**
 * Makes one mail of what was collected for the person and of what they have that day, in its order; none where there
 * is nothing to say, and nothing at all where the digest has changed since it was read.
 * @param nextAt when to look for the next
 * @returns whether there is a mail
 */
export async function makeDigest(
  on: Queryable,
  now: string | null,
  { userId, version }: Pick<DigestToLookAt, 'userId' | 'version'>,
  { day, until }: DueDigest,
  nextAt: Date,
): Promise<boolean> {
  const values = [now, userId, version, day, nextAt.toISOString(), until?.toISOString() ?? '-infinity'];
  return (await on.query(MAKE, values))[0]?.made === 1;
}
