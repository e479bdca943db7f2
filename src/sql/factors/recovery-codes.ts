import { NOW } from '../reservations/reservation-json.js';
import { type Queryable, statement } from '../statement.js';

const FORGET = statement<never>('recovery-codes-forget', 'delete from recovery_code where user_id = $1');

const KEEP = statement<never>(
  'recovery-codes-keep',
  'insert into recovery_code (user_id, hash) select $1, h.hash from unnest($2::bytea[]) as h (hash)',
);

const SPEND = statement<{ left: number }>(
  'recovery-code-spend',
  `with spent as (
     update recovery_code set used_at = ${NOW} where user_id = $2 and hash = $3 and used_at is null returning hash)
   select (select count(*)::integer from recovery_code c where c.user_id = $2 and c.used_at is null and c.hash <> s.hash) as left
   from spent s`,
);

/** Gives the person these codes in place of all before; none for no codes. */
export async function replaceRecoveryCodes(
  tx: Queryable,
  userId: string,
  hashes: readonly Buffer[],
): Promise<void> {
  await tx.query(FORGET, [userId]);
  if (hashes.length > 0) await tx.query(KEEP, [userId, hashes]);
}

/** Spends a code of the person. Returns how many are left, or null where there is none like it or it is spent. */
export const spendRecoveryCode = async (
  tx: Queryable,
  now: string | null,
  userId: string,
  hash: Buffer,
): Promise<number | null> => (await tx.query(SPEND, [now, userId, hash]))[0]?.left ?? null;
