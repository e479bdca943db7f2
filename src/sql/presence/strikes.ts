import { type Queryable, statement } from '../statement.js';

const TAKE = statement<{ seriesId: string }>(
  'take-strike',
  `delete from series_strike where series_id = (
    select series_id from series_strike limit 1 for update skip locked)
  returning series_id as "seriesId"`,
);

/**
 * The id of a series of which an occurrence was not attended, for this transaction alone: any number of sweepers take
 * each once, and what one of them had begun when it died is there again. Null: there is none.
 */
export const takeStrike = async (tx: Queryable): Promise<string | null> =>
  (await tx.query(TAKE, []))[0]?.seriesId ?? null;
