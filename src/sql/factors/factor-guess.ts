import { NOW } from '../reservations/reservation-json.js';
import { type Queryable, statement } from '../statement.js';

/** The first wait, which doubles with each further wrong code up to the longest. */
const COUNT = statement<{ wrong: number | null; waitSeconds: number }>(
  'factor-guess-count',
  `with counted as (
     insert into factor_guess as g (user_id, wrong, wait_until) values ($2, 1, ${NOW})
     on conflict (user_id) do update set wrong = g.wrong + 1, wait_until = ${NOW} + case
       when g.wrong + 1 < $3 then interval '0'
       else least($5::float8, $4 * 2::float8 ^ least(g.wrong + 1 - $3, 30)) * interval '1 s' end
     where g.wait_until <= ${NOW}
     returning g.wrong)
   select (select wrong from counted) as wrong,
     coalesce((select greatest(1, ceil(extract(epoch from g.wait_until - ${NOW})))::integer
       from factor_guess g where g.user_id = $2), 1) as "waitSeconds"`,
);

const FORGIVE = statement<never>('factor-guess-forgive', 'delete from factor_guess where user_id = $1');

export interface GuessLimits {
  /** From this many wrong codes in a row on each costs a wait. */
  readonly free: number;
  readonly firstWaitSeconds: number;
  readonly longestWaitSeconds: number;
}

/**
 * Counts a code of the person before it is judged, so that codes that come at the same time count as well.
 * @returns how many in a row were wrong if this one is, or the whole seconds until one is judged again
 */
export async function countGuess(
  db: Queryable,
  now: string | null,
  userId: string,
  limits: GuessLimits,
): Promise<{ readonly wrong: number } | { readonly waitSeconds: number }> {
  const { free, firstWaitSeconds, longestWaitSeconds } = limits;
  const [row] = await db.query(COUNT, [now, userId, free, firstWaitSeconds, longestWaitSeconds]);
  return row?.wrong == null ? { waitSeconds: row?.waitSeconds ?? 1 } : { wrong: row.wrong };
}

/** Forgets what was wrong: a right code has come. */
export async function forgiveGuesses(tx: Queryable, userId: string): Promise<void> {
  await tx.query(FORGIVE, [userId]);
}
