import { NOW } from '../reservations/reservation-json.js';
import { type Queryable, statement } from '../statement.js';

/** Two count at most: the new one, and for a while the newest of those before. */
const ADD = statement<never>(
  'secret-add',
  `with clock as materialized (select date_trunc('milliseconds', ${NOW}) as now
   ), live as materialized (
     select s.id, row_number() over (order by s.id desc) as place from api_secret k join session s on s.id = k.id, clock
     where k.client_id = $3 and s.revoked_at is null and s.expires_at > now
   ), ending as (
     update session s set expires_at = least(s.expires_at, clock.now + $5 * interval '1 ms'),
       revoked_at = case when live.place > 1 then clock.now end
     from live, clock where s.id = live.id
   ), opened as (
     insert into session (id, user_id, created_at, expires_at, last_used_at, tokens_from)
     select $2, $3, now, 'infinity', now, now from clock
   )
   insert into api_secret (id, client_id, hash) values ($2, $3, $4)`,
);

/** Gives a locked client another secret, of which only the hash is kept; the one before counts for `overlapMs` more. */
export async function addSecret(
  tx: Queryable,
  now: string | null,
  secret: { readonly id: string; readonly clientId: string; readonly hash: Buffer },
  overlapMs: number,
): Promise<void> {
  await tx.query(ADD, [now, secret.id, secret.clientId, secret.hash, overlapMs]);
}
