import { NOW } from '../reservations/reservation-json.js';
import { type Queryable, statement } from '../statement.js';

/** How long before whoever has chosen nothing is reminded. */
export const DEFAULT_LEAD_MINUTES = 60;

const READ = statement<{ minutes: number }>(
  'reminder-leads',
  'select minutes from reminder_lead where user_id = $1 order by minutes desc',
);

/** How many minutes before a start the person is reminded, the longest first. */
export async function readLeads(on: Queryable, userId: string): Promise<number[]> {
  const leads = (await on.query(READ, [userId])).map(({ minutes }) => minutes);
  return leads.length > 0 ? leads : [DEFAULT_LEAD_MINUTES];
}

/** What was chosen before stays so, and what counts without a choice has always been chosen. */
const WRITE = statement<never>(
  'reminder-leads-write',
  `with gone as (
    delete from reminder_lead where user_id = $2 and minutes <> all ($3::integer[])
  )
  insert into reminder_lead (user_id, minutes, since)
  select $2, m, case when m = $4 and not exists (select from reminder_lead where user_id = $2)
    then '-infinity' else date_trunc('milliseconds', ${NOW}) end
  from unnest($3::integer[]) m
  on conflict (user_id, minutes) do nothing`,
);

/** Keeps how many minutes before the person is reminded, once for each; those that are new count from now on. */
export async function writeLeads(
  tx: Queryable,
  now: string | null,
  userId: string,
  minutes: readonly number[],
): Promise<void> {
  await tx.query(WRITE, [now, userId, minutes, DEFAULT_LEAD_MINUTES]);
}
