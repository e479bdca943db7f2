import { type Queryable, statement } from '../statement.js';
import { NOW } from './reservation-json.js';
import type { IdempotencyKey } from './reserve.js';

const READ = statement<{ payloadHash: string; answer: unknown }>(
  'idempotency-read',
  `select encode(payload_hash, 'hex') as "payloadHash", answer from idempotency
   where actor_id = $2 and operation = $3 and key = $4 and at > ${NOW} - interval '24 hours'`,
);

const KEEP = statement<never>(
  'idempotency-keep',
  `insert into idempotency (actor_id, operation, key, payload_hash, answer, at)
   values ($2, $3, $4, $5, $6, ${NOW})`,
);

const FORGET_OLD = statement<never>(
  'idempotency-forget-old',
  `delete from idempotency where actor_id = $2 and operation = $3 and key = $4
     and at <= ${NOW} - interval '24 hours'`,
);

/** The answer stored under the key within the last 24 hours, with the hash (hex) of what was asked then. */
export async function storedAnswer<Answer>(
  on: Queryable,
  now: string | null,
  actorId: string,
  key: IdempotencyKey,
): Promise<{ payloadHash: string; answer: Answer } | null> {
  const [row] = await on.query(READ, [now, actorId, key.operation, key.key]);
  return (row as { payloadHash: string; answer: Answer } | undefined) ?? null;
}

/** Stores an answer in the transaction that it tells of. Fails with a unique violation where the key is taken. */
export async function keepAnswer(
  tx: Queryable,
  now: string | null,
  actorId: string,
  key: IdempotencyKey,
  answer: unknown,
): Promise<void> {
  await tx.query(KEEP, [now, actorId, key.operation, key.key, key.payloadHash, JSON.stringify(answer)]);
}

/** Frees a key whose day is over, before the sweeper has pruned it. */
export async function forgetOldAnswer(
  on: Queryable,
  now: string | null,
  actorId: string,
  key: IdempotencyKey,
): Promise<void> {
  await on.query(FORGET_OLD, [now, actorId, key.operation, key.key]);
}
