import { NOW } from '../reservations/reservation-json.js';
import { type Queryable, statement } from '../statement.js';

export type ChallengePurpose =
  | 'SECOND_FACTOR'
  | 'PASSKEY_ADD'
  | 'PASSKEY_USE'
  | 'IDENTITY_LINK'
  | 'IDENTITY_FOUND';

export interface Challenge {
  readonly hash: Buffer;
  readonly purpose: ChallengePurpose;
  /** Null: nobody has said yet who it is. */
  readonly userId: string | null;
  /** Of SECOND_FACTOR: the hash that the password was found to match, null where the directory has judged. */
  readonly passwordHash: string | null;
  /** What was found out before it was asked, and the answer settles. */
  readonly facts: object | null;
}

const INSERT = statement<{ expiresAtMs: number }>(
  'challenge-insert',
  `insert into challenge (hash, purpose, user_id, password_hash, facts, created_at, expires_at)
   values ($2, $3, $4, $5, $6::jsonb, ${NOW}, ${NOW} + $7 * interval '1 s')
   returning (extract(epoch from expires_at) * 1000)::float8 as "expiresAtMs"`,
);

const FIND = `select hash, purpose, user_id as "userId", password_hash as "passwordHash", facts from challenge
   where hash = $2 and purpose = $3 and expires_at > ${NOW}`;
const FOUND = statement<Challenge>('challenge-find', FIND);
const LOCKED = statement<Challenge>('challenge-lock', `${FIND} for update`);

const SPEND = statement<never>('challenge-spend', 'delete from challenge where hash = $1');

const PRUNE = statement<{ hash: Buffer }>(
  'challenge-prune',
  `delete from challenge where expires_at < ${NOW} returning hash`,
);

/** Keeps a challenge for so long; returns when it ends (ms). */
export async function insertChallenge(
  db: Queryable,
  now: string | null,
  { hash, purpose, userId, passwordHash, facts }: Challenge,
  lifetimeSeconds: number,
): Promise<number> {
  const json = facts && JSON.stringify(facts);
  const values = [now, hash, purpose, userId, passwordHash, json, lifetimeSeconds];
  const [row] = await db.query(INSERT, values);
  return row?.expiresAtMs ?? 0;
}

/** A challenge that may still be answered; null where it is spent, too old, or was never given. */
export const findChallenge = async (
  db: Queryable,
  now: string | null,
  hash: Buffer,
  purpose: ChallengePurpose,
): Promise<Challenge | null> => (await db.query(FOUND, [now, hash, purpose]))[0] ?? null;

/** The same, locked until the transaction ends. */
export const lockChallenge = async (
  tx: Queryable,
  now: string | null,
  hash: Buffer,
  purpose: ChallengePurpose,
): Promise<Challenge | null> => (await tx.query(LOCKED, [now, hash, purpose]))[0] ?? null;

/** Lets nobody answer it again. */
export async function spendChallenge(tx: Queryable, hash: Buffer): Promise<void> {
  await tx.query(SPEND, [hash]);
}

/** Deletes what nobody can answer any more; returns how many. */
export const pruneChallenges = async (db: Queryable, now: string | null): Promise<number> =>
  (await db.query(PRUNE, [now])).length;
