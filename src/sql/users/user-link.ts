import { type Queryable, statement } from '../statement.js';

const DROP_PASSWORD = statement<{ id: string }>(
  'user-drop-password',
  `update app_user set password_hash = null, version = version + 1
   where id = $1 and password_hash is not null returning id`,
);
const DROP_LINK = statement<{ id: string }>(
  'user-drop-link',
  `update app_user set external_id = null, closed_by_directory = false, version = version + 1
   where id = $1 and external_id is not null returning id`,
);

/** Takes a password away; false where there was none. */
export const dropPassword = async (tx: Queryable, id: string): Promise<boolean> =>
  (await tx.query(DROP_PASSWORD, [id])).length > 0;

/** Takes the link to the directory away; false where there was none. */
export const dropLink = async (tx: Queryable, id: string): Promise<boolean> =>
  (await tx.query(DROP_LINK, [id])).length > 0;
