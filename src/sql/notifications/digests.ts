import { NOW } from '../reservations/reservation-json.js';
import { type Queryable, statement } from '../statement.js';

/** When somebody gets digests, by the clocks of their zone. */
export interface DigestTimes {
  /** HH:MM. */
  readonly at: string;
  /** ISO: Monday is 1. */
  readonly days: readonly number[];
  readonly timeZone: string;
}

/** What a look at a digest needs to know. */
export interface DigestToLookAt extends DigestTimes {
  readonly userId: string;
  /** The last day (YYYY-MM-DD) that needs none any more. */
  readonly lastDay: string;
  /** Counts changes: who has read an older one changes nothing. */
  readonly version: number;
  /** The instant of this reading. */
  readonly now: string;
}

const READ = statement<DigestTimes & { readonly isExpected: boolean }>(
  'digest-times',
  `select to_char(coalesce(d.at, '07:00'), 'HH24:MI') as at, coalesce(d.days, '{1,2,3,4,5,6,7}') as days,
     u.time_zone as "timeZone", d.user_id is not null as "isExpected"
   from app_user u left join digest d on d.user_id = u.id where u.id = $1`,
);

/** When the person gets digests, or would get them; none is expected where nothing was chosen so far. */
export const readDigestTimes = async (on: Queryable, userId: string) => (await on.query(READ, [userId]))[0];

const WRITE = statement<never>(
  'digest-times-write',
  `insert into digest (user_id, at, days, last_day) values ($1, $2::text::time, $3::smallint[], $4::date)
   on conflict (user_id) do update set at = excluded.at, days = excluded.days, last_day = excluded.last_day,
     look_at = '-infinity', version = digest.version + 1`,
);

/** Keeps when the person gets digests: from the first such instant on a day behind `lastDay`. */
export async function writeDigestTimes(
  tx: Queryable,
  userId: string,
  { at, days, lastDay }: Pick<DigestToLookAt, 'at' | 'days' | 'lastDay'>,
): Promise<void> {
  await tx.query(WRITE, [userId, at, days, lastDay]);
}

const TO_LOOK_AT = statement<DigestToLookAt>(
  'digests-to-look-at',
  `select d.user_id as "userId", to_char(d.at, 'HH24:MI') as at, d.days, u.time_zone as "timeZone",
     d.last_day::text as "lastDay", d.version, date_trunc('milliseconds', ${NOW}) as now
   from digest d join app_user u on u.id = d.user_id
   where d.look_at <= date_trunc('milliseconds', ${NOW}) order by d.look_at limit $2`,
);

/** Up to `limit` digests of which one may be due. */
export const digestsToLookAt = (
  on: Queryable,
  now: string | null,
  limit: number,
): Promise<DigestToLookAt[]> => on.query(TO_LOOK_AT, [now, limit]);

const PUT_OFF = statement<never>(
  'digest-put-off',
  `update digest set look_at = $3::timestamptz, version = version + 1 where user_id = $1 and version = $2`,
);

/** Says that none is due before then; nothing where it has changed since it was read. */
export async function putDigestOff(
  on: Queryable,
  { userId, version }: Pick<DigestToLookAt, 'userId' | 'version'>,
  until: Date,
): Promise<void> {
  await on.query(PUT_OFF, [userId, version, until.toISOString()]);
}
