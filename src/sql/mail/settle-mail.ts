import { NOW } from '../reservations/reservation-json.js';
import { type Queryable, statement } from '../statement.js';

/** How one attempt has ended. */
export interface MailAttempt {
  readonly id: string;
  readonly lease: string;
  readonly isSent: boolean;
  readonly error: string | null;
  /** Until the next attempt; null: there is none. */
  readonly waitMs: number | null;
}

/** The lease is the fencing token: who has been overtaken changes nothing. */
const SETTLE = statement<never>(
  'settle-mail',
  `update mail set lease = null, attempts = attempts + 1, last_at = date_trunc('milliseconds', ${NOW}), last_error = $5,
     sent_at = case when $4::boolean then date_trunc('milliseconds', ${NOW}) end,
     next_at = ${NOW} + $6::bigint * interval '1 ms'
   where id = $2 and lease = $3::uuid`,
);

/** Writes down how the attempt has ended; nothing where its lease had passed to another. */
export async function settleMail(on: Queryable, now: string | null, attempt: MailAttempt): Promise<void> {
  const { id, lease, isSent, error, waitMs } = attempt;
  await on.query(SETTLE, [now, id, lease, isSent, error, waitMs]);
}
