import { NOW } from '../reservations/reservation-json.js';
import { type Queryable, statement } from '../statement.js';
import { MAILS, telling } from './tell.js';

/** SQL: whether nobody was reminded of this start of `v` that long before it. */
const UNTOLD = (minutes: string): string => `not exists (
      select from reminder r where r.reservation_id = v.id and r.starts_at = v.starts_at and r.minutes = ${minutes})`;

/**
 * The rows of `reminder` give each start of each reservation, with each lead, to one of any number of sweepers; one
 * that is moved is reminded of anew. What was made, or a lead that was chosen, when less than that was left needs no
 * reminder; leads that come due at once are one. Who has chosen leads is found by them, and the others by the next
 * hour, so that nobody's week is searched for nothing. Mails are written as by the trigger notify_people.
 */
const REMIND = statement<{ reminded: number }>(
  'remind',
  `with clock as materialized (
    select date_trunc('milliseconds', ${NOW}) as now,
      ${MAILS(NOW)} as mails
  ), due as materialized (
    select v.id, v.starts_at, $2::integer as minutes
    from clock, reservation v
    where v.state = 'CONFIRMED' and v.starts_at > clock.now and v.starts_at <= clock.now + $2 * interval '1 minute'
      and v.created_at < v.starts_at - $2 * interval '1 minute'
      and not exists (select from reminder_lead l where l.user_id = v.owner_id)
      and ${UNTOLD('$2')}
    union all
    select v.id, v.starts_at, l.minutes
    from clock, reminder_lead l join reservation v on v.owner_id = l.user_id
    where v.state = 'CONFIRMED' and v.starts_at > clock.now and v.starts_at <= clock.now + l.minutes * interval '1 minute'
      and greatest(v.created_at, l.since) < v.starts_at - l.minutes * interval '1 minute'
      and ${UNTOLD('l.minutes')}
  ), next as (
    select distinct id, starts_at from due order by starts_at, id limit $3
  ), held as (
    select v.id, v.starts_at from reservation v join next on next.id = v.id and next.starts_at = v.starts_at
    where v.state = 'CONFIRMED' order by v.starts_at, v.id
    for key share of v skip locked
  ), taken as (
    insert into reminder (reservation_id, starts_at, minutes)
    select due.id, due.starts_at, due.minutes from due join held using (id, starts_at)
    order by due.starts_at, due.id, due.minutes
    on conflict do nothing returning reservation_id
  ), told as (
    select distinct reservation_id from taken
  ), ${telling(`select clock.now as at, t.*
      from clock, told, people_told('remind', null, told.reservation_id, null, null, clock.mails) t`)}
  select count(*)::integer as reminded from told`,
);

/**
 * Reminds owners of up to `limit` reservations that begin within the time that they have chosen, each start once for
 * each such time; returns how many.
 * @param minutes how long before where nothing was chosen
 */
export const remindOf = async (
  on: Queryable,
  now: string | null,
  minutes: number,
  limit: number,
): Promise<number> => (await on.query(REMIND, [now, minutes, limit]))[0]?.reminded ?? 0;

const PRUNE = statement<never>(
  'prune-reminders',
  `delete from reminder where starts_at < ${NOW} - interval '1 day'`,
);

/** Forgets reminders of what began a day ago. */
export async function pruneReminders(on: Queryable, now: string | null): Promise<void> {
  await on.query(PRUNE, [now]);
}
