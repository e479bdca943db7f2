import { type Queryable, statement } from '../statement.js';

const MANAGERS = statement<{ resourceId: string; userIds: string[] }>(
  'resource-managers',
  `select m.resource_id as "resourceId", json_agg(m.user_id order by u.name, u.id) as "userIds"
   from resource_manager m join app_user u on u.id = m.user_id
   where m.resource_id = any ($1::uuid[]) group by m.resource_id`,
);

/** Ids of each resource's own managers, by their names; a resource without any is missing from the map. */
export async function managersOf(
  on: Queryable,
  resourceIds: readonly string[],
): Promise<Map<string, readonly string[]>> {
  const rows = await on.query(MANAGERS, [resourceIds]);
  return new Map(rows.map((row) => [row.resourceId, row.userIds]));
}

const MANAGED = statement<{ id: string }>(
  'resource-managed-by',
  `select resource_id as id from resource_manager where user_id = $1 and resource_id = any ($2::uuid[])`,
);

/** Which of the resources name this user as a manager of their own. */
export async function managedBy(
  on: Queryable,
  userId: string,
  resourceIds: readonly string[],
): Promise<Set<string>> {
  return new Set((await on.query(MANAGED, [userId, resourceIds])).map((row) => row.id));
}

const REPLACE = statement<never>(
  'resource-managers-replace',
  `with gone as (
     delete from resource_manager where resource_id = $1 and user_id <> all ($2::uuid[]))
   insert into resource_manager (resource_id, user_id)
   select $1, wanted.id from unnest($2::uuid[]) as wanted (id) on conflict do nothing`,
);

/** Makes exactly these users the resource's own managers. */
export async function replaceManagers(
  tx: Queryable,
  resourceId: string,
  userIds: readonly string[],
): Promise<void> {
  await tx.query(REPLACE, [resourceId, userIds]);
}

const ACTIVE = statement<{ id: string }>(
  'resource-manager-candidates',
  'select id from app_user where active and id = any ($1::uuid[]) for key share',
);

/** Which of the ids name active users. They stay until the transaction ends. */
export async function activeUsers(tx: Queryable, userIds: readonly string[]): Promise<Set<string>> {
  return new Set((await tx.query(ACTIVE, [userIds])).map((row) => row.id));
}
