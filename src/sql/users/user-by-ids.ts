import { type Queryable, statement } from '../statement.js';
import { type UserRow, userColumns } from './user-columns.js';

/** Bitmap or index scan of the primary key; one statement for any number of ids. */
const BY_IDS = statement<UserRow>(
  'user-by-ids',
  `select ${userColumns('u')} from app_user u where u.id = any($1::uuid[])`,
);

/** The users with these bare ids, in no particular order; ids that name nobody are left out. */
export const usersByIds = (db: Queryable, ids: readonly string[]): Promise<UserRow[]> =>
  db.query(BY_IDS, [ids]);
