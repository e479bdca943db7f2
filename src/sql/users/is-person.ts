import { type Queryable, statement } from '../statement.js';

const PERSON = statement<{ found: number }>(
  'user-is-person',
  `select 1 as found from app_user u where u.id = $1 and not exists (select from erasure e where e.user_id = u.id)
     and not exists (select from api_client c where c.id = u.id)`,
);

/** Whether this is somebody: neither a program, nor the pseudonym of who was erased, nor nobody. */
export const isPerson = async (on: Queryable, id: string): Promise<boolean> =>
  (await on.query(PERSON, [id])).length > 0;
