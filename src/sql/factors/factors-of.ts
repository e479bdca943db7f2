import type { Role } from '../../domain/act.js';
import { type Queryable, statement } from '../statement.js';

/** What a person can prove besides a password; instants as text. */
export interface FactorsRow {
  readonly userId: string;
  readonly role: Role;
  readonly hasPassword: boolean;
  readonly totpSince: string | null;
  readonly recoveryCodesLeft: number;
  readonly passkeyCount: number;
}

const OF = statement<FactorsRow>(
  'factors-of',
  `select u.id as "userId", u.role, u.password_hash is not null as "hasPassword", t.confirmed_at as "totpSince",
     (select count(*)::integer from recovery_code c where c.user_id = u.id and c.used_at is null) as "recoveryCodesLeft",
     (select count(*)::integer from passkey p where p.user_id = u.id) as "passkeyCount"
   from app_user u left join totp t on t.user_id = u.id and t.confirmed_at is not null
   where u.id = any($1::uuid[])`,
);

/** The factors of these people, in no particular order. */
export const factorsOf = (db: Queryable, userIds: readonly string[]): Promise<FactorsRow[]> =>
  db.query(OF, [userIds]);
