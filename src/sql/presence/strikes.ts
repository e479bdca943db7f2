import { type Queryable, statement } from '../statement.js';

const NEXT = statement<{ seriesId: string }>(
  'next-strike',
  'select series_id as "seriesId" from series_strike order by series_id limit 1',
);
const TAKE = statement<{ seriesId: string }>(
  'take-strike',
  'delete from series_strike where series_id = $1 returning series_id as "seriesId"',
);

/** The id of a series of which an occurrence was not attended, and which nobody has judged since; null: there is none. */
export const nextStrike = async (on: Queryable): Promise<string | null> =>
  (await on.query(NEXT, []))[0]?.seriesId ?? null;

/**
 * Takes the note from everybody else; false where somebody has. What another occurrence notes meanwhile waits for this
 * transaction, and is there again where it is rolled back. Take the locks of the resources before: whoever notes has theirs.
 */
export const takeStrike = async (tx: Queryable, seriesId: string): Promise<boolean> =>
  (await tx.query(TAKE, [seriesId])).length > 0;
