import { NOW } from '../reservations/reservation-json.js';
import { type Queryable, statement } from '../statement.js';

/** A scan by start, which is rare enough to need no index of its own; ends are never before it. */
const RESERVATIONS = statement<{ id: string }>(
  'forget-titles',
  `update reservation set title = 'Erased', details = '' where id in (
     select id from reservation
     where starts_at < ${NOW} - $2 * interval '1 day' and ends_at < ${NOW} - $2 * interval '1 day'
       and (title <> 'Erased' or details <> '') limit $3)
   returning id`,
);
const WORDS = statement<never>(
  'forget-words',
  `update approval_word set words = '' where words <> '' and reservation_id = any ($1::uuid[])`,
);
/** A series whose reservations have lost theirs, the last of them among these. */
const SERIES = statement<{ id: string }>(
  'forget-titles-of-series',
  `update series s set title = 'Erased', details = ''
   where s.id in (select series_id from reservation where id = any ($1::uuid[])) and (s.title <> 'Erased' or s.details <> '')
     and not exists (select from reservation v where v.series_id = s.id and v.title <> 'Erased')
   returning s.id`,
);
const AUDIT = statement<never>('forget-titles-of-audit', 'select audit_forget_titles($1::uuid[])');

/**
 * Takes titles, details and words out of up to `limit` reservations that ended more than so many days ago, and out of the
 * audit, in the transaction; returns how many.
 */
export async function forgetTitles(
  tx: Queryable,
  now: string | null,
  days: number,
  limit: number,
): Promise<number> {
  const ids = (await tx.query(RESERVATIONS, [now, days, limit])).map(({ id }) => id);
  if (ids.length === 0) return 0;
  await tx.query(WORDS, [ids]);
  const series = (await tx.query(SERIES, [ids])).map(({ id }) => id);
  await tx.query(AUDIT, [[...ids, ...series]]);
  return ids.length;
}
