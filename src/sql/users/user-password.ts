import { type Queryable, statement } from '../statement.js';
import { type UserRow, userColumns } from './user-columns.js';

export interface Account {
  readonly id: string;
  readonly isActive: boolean;
  /** PHC string, or null where the person has no password here. */
  readonly passwordHash: string | null;
}

const BY_EMAIL = statement<Account>(
  'user-account-by-email',
  `select id, active as "isActive", password_hash as "passwordHash" from app_user where email = $1`,
);
const BY_ID = statement<Account>(
  'user-account-by-id',
  `select id, active as "isActive", password_hash as "passwordHash" from app_user where id = $1`,
);
const SET = statement<UserRow>(
  'user-password-set',
  `update app_user u set password_hash = $2, version = u.version + 1
   where u.id = $1 and ($3::text is null or u.password_hash = $3)
   returning ${userColumns('u')}`,
);

const LOCAL_ADMINISTRATORS = statement<{ id: string }>(
  'user-local-administrators',
  `select id from app_user
   where role = 'ADMINISTRATOR' and active and password_hash is not null and id <> $1`,
);

/** How many active administrators others than this person have a password here. */
export const otherLocalAdministrators = async (tx: Queryable, id: string): Promise<number> =>
  (await tx.query(LOCAL_ADMINISTRATORS, [id])).length;

/** The person has not changed by it, so neither has the version. */
const RENEW = statement<{ id: string }>(
  'user-password-renew',
  'update app_user set password_hash = $2 where id = $1 and password_hash = $3 returning id',
);

/** Replaces the hash of a password by another one of the same password; false where it is another password by now. */
export const renewPasswordHash = async (
  db: Queryable,
  id: string,
  hash: string,
  expected: string,
): Promise<boolean> => (await db.query(RENEW, [id, hash, expected])).length > 0;

/** What is needed to judge a sign-in with this address (lower case); null for nobody. */
export const accountByEmail = async (db: Queryable, email: string): Promise<Account | null> =>
  (await db.query(BY_EMAIL, [email]))[0] ?? null;

/** The same by the bare id. */
export const accountById = async (db: Queryable, id: string): Promise<Account | null> =>
  (await db.query(BY_ID, [id]))[0] ?? null;

/**
 * Replaces the password's hash.
 * @param expected the hash that was judged before; null replaces whatever is there
 * @returns null when there is no such user, or another hash by now
 */
export async function setPasswordHash(
  tx: Queryable,
  id: string,
  hash: string,
  expected: string | null,
): Promise<UserRow | null> {
  const [row] = await tx.query(SET, [id, hash, expected]);
  return row ?? null;
}
