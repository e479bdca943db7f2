import { type Queryable, statement } from '../statement.js';
import { type UserRow, userColumns } from '../users/user-columns.js';

const ADD = statement<{ id: string }>(
  'group-members-add',
  `insert into group_member (group_id, user_id) select $1, id from unnest($2::uuid[]) as wanted (id) order by id
   on conflict do nothing returning user_id as id`,
);
const REMOVE = statement<{ id: string }>(
  'group-members-remove',
  'delete from group_member where group_id = $1 and user_id = any ($2::uuid[]) returning user_id as id',
);

/** Adds people to the group; returns who was not in it before. */
export async function addMembers(tx: Queryable, groupId: string, ids: readonly string[]): Promise<string[]> {
  return (await tx.query(ADD, [groupId, ids])).map(({ id }) => id);
}

/** Takes people out of the group; returns who was in it. */
export async function removeMembers(
  tx: Queryable,
  groupId: string,
  ids: readonly string[],
): Promise<string[]> {
  return (await tx.query(REMOVE, [groupId, ids])).map(({ id }) => id);
}

const BY_NAMES = statement<{ id: string; name: string }>(
  'groups-by-names',
  'select id, name from user_group where name = any ($1::text[])',
);

/** The groups with these names. */
export const groupsByNames = (
  on: Queryable,
  names: readonly string[],
): Promise<{ id: string; name: string }[]> => on.query(BY_NAMES, [names]);

const SETTLE = statement<{ groupId: string; isIn: boolean }>(
  'group-members-settle',
  `with gone as (
     delete from group_member where user_id = $1 and group_id = any ($2::uuid[]) and not group_id = any ($3::uuid[])
     returning group_id),
   come as (
     insert into group_member (group_id, user_id) select id, $1 from user_group where id = any ($3::uuid[]) order by id
     on conflict do nothing returning group_id)
   select group_id as "groupId", false as "isIn" from gone
   union all select group_id, true from come`,
);

/** Makes a person belong, of these groups, to the wanted ones alone; returns what has changed. */
export const settleMember = (
  tx: Queryable,
  userId: string,
  groupIds: readonly string[],
  wantedIds: readonly string[],
): Promise<{ groupId: string; isIn: boolean }[]> => tx.query(SETTLE, [userId, groupIds, wantedIds]);

/** One page of each group in one statement, however many groups a list shows. */
const PAGES = statement<UserRow & { readonly groupId: string }>(
  'group-members-pages',
  `select wanted.id as "groupId", member.* from unnest($1::uuid[]) as wanted (id)
   cross join lateral (
     select ${userColumns('u')} from group_member m join app_user u on u.id = m.user_id
     where m.group_id = wanted.id and ($2::text is null or (u.name, u.id) > ($2, $3::uuid))
     order by u.name, u.id limit $4) member`,
);

/** Up to `limit` members of each group by name; a group without any is missing from the map. */
export async function memberPages(
  on: Queryable,
  groupIds: readonly string[],
  after: { readonly name: string; readonly id: string } | null,
  limit: number,
): Promise<Map<string, UserRow[]>> {
  const rows = await on.query(PAGES, [groupIds, after?.name ?? null, after?.id ?? null, limit]);
  return Map.groupBy(rows, ({ groupId }) => groupId);
}

const GROUPS_OF = statement<{ userId: string; groupId: string }>(
  'groups-of-users',
  `select m.user_id as "userId", m.group_id as "groupId" from group_member m join user_group g on g.id = m.group_id
   where m.user_id = any ($1::uuid[]) order by g.name, g.id`,
);

/** The ids of each person's groups, by name. */
export async function groupsOf(on: Queryable, userIds: readonly string[]): Promise<Map<string, string[]>> {
  const rows = await on.query(GROUPS_OF, [userIds]);
  const groups = Map.groupBy(rows, ({ userId }) => userId);
  return new Map([...groups].map(([userId, mine]) => [userId, mine.map(({ groupId }) => groupId)]));
}
