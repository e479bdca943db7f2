import { type Queryable, statement } from '../statement.js';
import { type UserRow, userColumns } from './user-columns.js';

/**
 * Always in the order of ids, so that two administrators who demote each other wait instead of deadlocking:
 * the second one finds the first no longer among the administrators. `no key update` leaves reservations
 * that refer to these people alone. Programs do not count: none of them can sign in and administer.
 */
const LOCK = statement<UserRow>(
  'user-lock',
  `select ${userColumns('u')} from app_user u
   where u.id = $1::uuid or ($2::boolean and u.role = 'ADMINISTRATOR' and u.active
     and not exists (select from api_client c where c.id = u.id))
   order by u.id
   for no key update`,
);

/**
 * Locks a user until the transaction ends, and on demand every active administrator beside.
 * @returns the user (null where there is none) and how many active administrators others than this user are
 *   left, which means something only when they were locked
 */
export async function lockUser(
  tx: Queryable,
  id: string,
  administrators: boolean,
): Promise<{ user: UserRow | null; otherAdministrators: number }> {
  const rows = await tx.query(LOCK, [id, administrators]);
  const user = rows.find((row) => row.id === id) ?? null;
  return { user, otherAdministrators: rows.length - (user ? 1 : 0) };
}
