import { NOW } from '../reservations/reservation-json.js';
import { type Queryable, statement } from '../statement.js';

/** Who somebody is at a provider; instants as text. */
export interface IdentityRow {
  readonly userId: string;
  readonly issuer: string;
  readonly subject: string;
  readonly email: string | null;
  readonly createdAt: string;
}

const COLUMNS = `user_id as "userId", issuer, subject, email, created_at as "createdAt"`;

const FIND = statement<{ userId: string }>(
  'identity-find',
  'select user_id as "userId" from user_identity where issuer = $1 and subject = $2',
);

const OF = statement<IdentityRow>(
  'identities-of',
  `select ${COLUMNS} from user_identity where user_id = any ($1::uuid[]) order by issuer`,
);

const LINK = statement<IdentityRow>(
  'identity-link',
  `insert into user_identity (issuer, subject, user_id, email, created_at) values ($2, $3, $4, $5, ${NOW})
   on conflict do nothing returning ${COLUMNS}`,
);

const UNLINK = statement<IdentityRow>(
  'identity-unlink',
  `delete from user_identity where user_id = $1 and issuer = $2 returning ${COLUMNS}`,
);

const PERMIT = statement<never>(
  'identity-permit',
  `update app_user set link_until = ${NOW} + $3 * interval '1 s' where id = $2`,
);

const TAKE_PERMIT = statement<{ id: string }>(
  'identity-permit-take',
  `update app_user set link_until = null where id = $2 and link_until > ${NOW} returning id`,
);

/** The bare id of whoever has this identity, or null. */
export const userOfIdentity = async (
  db: Queryable,
  issuer: string,
  subject: string,
): Promise<string | null> => (await db.query(FIND, [issuer, subject]))[0]?.userId ?? null;

/** The identities of these people. */
export const identitiesOf = (db: Queryable, userIds: readonly string[]): Promise<IdentityRow[]> =>
  db.query(OF, [userIds]);

/** Links an identity to the person; null where it is somebody's already, or the person has another one there. */
export const linkIdentity = async (
  tx: Queryable,
  now: string | null,
  identity: Omit<IdentityRow, 'createdAt'>,
): Promise<IdentityRow | null> => {
  const { issuer, subject, userId, email } = identity;
  return (await tx.query(LINK, [now, issuer, subject, userId, email]))[0] ?? null;
};

/** Takes the person's identity at that provider away; null where there is none. */
export const unlinkIdentity = async (
  tx: Queryable,
  userId: string,
  issuer: string,
): Promise<IdentityRow | null> => (await tx.query(UNLINK, [userId, issuer]))[0] ?? null;

/** Lets whoever proves the account's address at a provider link it within so many seconds. */
export async function permitLink(
  tx: Queryable,
  now: string | null,
  userId: string,
  seconds: number,
): Promise<void> {
  await tx.query(PERMIT, [now, userId, seconds]);
}

/** Uses that permission up; false where there is none. */
export const takeLinkPermit = async (tx: Queryable, now: string | null, userId: string): Promise<boolean> =>
  (await tx.query(TAKE_PERMIT, [now, userId])).length > 0;
