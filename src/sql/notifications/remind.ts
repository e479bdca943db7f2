import { NOW } from '../reservations/reservation-json.js';
import { type Queryable, statement } from '../statement.js';
import { MAILS, telling } from './tell.js';

/**
 * The row of `reminder` gives each start of each reservation to one of any number of sweepers; one that is moved is
 * reminded of anew. What was made when less than that was left needs no reminder. Mails are written as by the trigger
 * notify_people.
 */
const REMIND = statement<{ reminded: number }>(
  'remind',
  `with clock as materialized (
    select date_trunc('milliseconds', ${NOW}) as now,
      ${MAILS(NOW)} as mails
  ), taken as (
    insert into reminder (reservation_id, starts_at)
    select v.id, v.starts_at from reservation v, clock
    where v.state = 'CONFIRMED' and v.starts_at > clock.now and v.starts_at <= clock.now + $2 * interval '1 ms'
      and v.created_at < v.starts_at - $2 * interval '1 ms'
      and not exists (select from reminder r where r.reservation_id = v.id and r.starts_at = v.starts_at)
    order by v.starts_at, v.id limit $3
    for key share of v skip locked
    on conflict do nothing returning reservation_id
  ), ${telling(`select clock.now as at, t.*
      from clock, taken, people_told('remind', null, taken.reservation_id, null, null, clock.mails) t`)}
  select count(*)::integer as reminded from taken`,
);

/** Reminds owners of up to `limit` reservations that begin within that time, each start once; returns how many. */
export const remindOf = async (
  on: Queryable,
  now: string | null,
  withinMs: number,
  limit: number,
): Promise<number> => (await on.query(REMIND, [now, withinMs, limit]))[0]?.reminded ?? 0;

const PRUNE = statement<never>(
  'prune-reminders',
  `delete from reminder where starts_at < ${NOW} - interval '1 day'`,
);

/** Forgets reminders of what began a day ago. */
export async function pruneReminders(on: Queryable, now: string | null): Promise<void> {
  await on.query(PRUNE, [now]);
}
