import { NOW } from '../reservations/reservation-json.js';
import { type Queryable, statement } from '../statement.js';

/** A passkey as its owner sees it; instants as text. */
export interface PasskeyRow {
  readonly node: 'Passkey';
  readonly id: string;
  readonly userId: string;
  readonly name: string;
  readonly createdAt: string;
  readonly lastUsedAt: string | null;
}

/** What a signature is judged by. */
export interface PasskeyKey {
  readonly id: string;
  readonly userId: string;
  readonly name: string;
  readonly publicKey: Buffer;
}

/** How an authenticator is asked for a key. */
export interface PasskeyHandle {
  readonly credentialId: Buffer;
  readonly transports: readonly string[];
}

export interface NewPasskey extends PasskeyHandle {
  readonly id: string;
  readonly userId: string;
  readonly name: string;
  readonly publicKey: Buffer;
  readonly signCount: number;
}

const COLUMNS = `'Passkey' as node, id, user_id as "userId", name, created_at as "createdAt", last_used_at as "lastUsedAt"`;

const INSERT = statement<PasskeyRow>(
  'passkey-insert',
  `insert into passkey (id, user_id, name, credential_id, public_key, sign_count, transports, created_at)
   values ($2, $3, $4, $5, $6, $7, $8, ${NOW}) on conflict (credential_id) do nothing returning ${COLUMNS}`,
);

const OF = statement<PasskeyRow>(
  'passkeys-of',
  `select ${COLUMNS} from passkey where user_id = any ($1::uuid[]) order by id`,
);

const BY_IDS = statement<PasskeyRow>(
  'passkeys-by-ids',
  `select ${COLUMNS} from passkey where user_id = $1 and id = any ($2::uuid[])`,
);

const HANDLES = statement<PasskeyHandle>(
  'passkey-handles',
  `select credential_id as "credentialId", transports from passkey where user_id = $1 order by id`,
);

const FIND = statement<PasskeyKey>(
  'passkey-find',
  `select id, user_id as "userId", name, public_key as "publicKey" from passkey where credential_id = $1`,
);

const USE = statement<{ id: string }>(
  'passkey-use',
  `update passkey set sign_count = $3, last_used_at = ${NOW}
   where id = $2 and (sign_count < $3 or sign_count = 0 and $3 = 0) returning id`,
);

const RENAME = statement<PasskeyRow>(
  'passkey-rename',
  `update passkey set name = $3 where user_id = $1 and id = $2 returning ${COLUMNS}`,
);

const REMOVE = statement<PasskeyRow>(
  'passkey-remove',
  `delete from passkey where user_id = $1 and id = $2 returning ${COLUMNS}`,
);

/** Keeps a new passkey; null where its authenticator's id is known already. */
export async function insertPasskey(
  tx: Queryable,
  now: string | null,
  key: NewPasskey,
): Promise<PasskeyRow | null> {
  const { id, userId, name, credentialId, publicKey, signCount, transports } = key;
  const values = [now, id, userId, name, credentialId, publicKey, signCount, transports];
  return (await tx.query(INSERT, values))[0] ?? null;
}

/** The passkeys of these people, the oldest first. */
export const passkeysOf = (db: Queryable, userIds: readonly string[]): Promise<PasskeyRow[]> =>
  db.query(OF, [userIds]);

/** The person's passkeys by id; those of others are missing from the map. */
export const passkeysByIds = async (
  db: Queryable,
  userId: string,
  ids: readonly string[],
): Promise<Map<string, PasskeyRow>> =>
  new Map((await db.query(BY_IDS, [userId, ids])).map((row) => [row.id, row]));

/** How authenticators are asked for the person's passkeys. */
export const passkeyHandles = (db: Queryable, userId: string): Promise<PasskeyHandle[]> =>
  db.query(HANDLES, [userId]);

/** The passkey that its authenticator calls so; null where there is none. */
export const findPasskey = async (db: Queryable, credentialId: Buffer): Promise<PasskeyKey | null> =>
  (await db.query(FIND, [credentialId]))[0] ?? null;

/** Writes a use with the authenticator's own count; false where that has not grown, as with a copy. */
export const usePasskey = async (
  tx: Queryable,
  now: string | null,
  id: string,
  signCount: number,
): Promise<boolean> => (await tx.query(USE, [now, id, signCount])).length > 0;

/** Names the person's passkey anew; null where it is not there. */
export const renamePasskey = async (
  tx: Queryable,
  userId: string,
  id: string,
  name: string,
): Promise<PasskeyRow | null> => (await tx.query(RENAME, [userId, id, name]))[0] ?? null;

/** Removes the person's passkey; null where it is not there. */
export const removePasskey = async (tx: Queryable, userId: string, id: string): Promise<PasskeyRow | null> =>
  (await tx.query(REMOVE, [userId, id]))[0] ?? null;
