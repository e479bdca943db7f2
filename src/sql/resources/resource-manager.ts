import { type Queryable, statement } from '../statement.js';
import { looksAfter } from './care.js';

const MANAGED = statement<{ id: string }>(
  'resource-managed-by',
  `select r.id from unnest($2::uuid[]) r (id) where ${looksAfter('r.id', '$1::uuid')}`,
);

/** Which of the resources this user looks after. */
export async function managedBy(
  on: Queryable,
  userId: string,
  resourceIds: readonly string[],
): Promise<Set<string>> {
  return new Set((await on.query(MANAGED, [userId, resourceIds])).map((row) => row.id));
}

const ACTIVE = statement<{ id: string }>(
  'resource-manager-candidates',
  'select id from app_user where active and id = any ($1::uuid[]) for key share',
);

/** Which of the ids name active users. They stay until the transaction ends. */
export async function activeUsers(tx: Queryable, userIds: readonly string[]): Promise<Set<string>> {
  return new Set((await tx.query(ACTIVE, [userIds])).map((row) => row.id));
}
