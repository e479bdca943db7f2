import { type Queryable, statement } from '../statement.js';

const LOCK = statement<never>('user-first-administrator-lock', `select pg_advisory_xact_lock(4735182003)`);
const ANY = statement<{ id: string }>(
  'user-first-administrator-any',
  `select u.id from app_user u where u.role = 'ADMINISTRATOR' and u.active
     and not exists (select from api_client c where c.id = u.id) limit 1`,
);

/**
 * Whether nobody administers this database. Instances that start together ask one after the other: the
 * answer holds until the transaction ends.
 */
export async function lacksAdministrator(tx: Queryable): Promise<boolean> {
  await tx.query(LOCK, []);
  return (await tx.query(ANY, [])).length === 0;
}
