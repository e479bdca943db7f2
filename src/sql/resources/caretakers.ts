import { type Queryable, statement } from '../statement.js';
import { looksAfterPlace } from './care.js';

/** Who is named as looking after one thing; groups stand for whoever is in them at the time. */
export interface Caretakers {
  readonly userIds: readonly string[];
  readonly groupIds: readonly string[];
}

export const NOBODY: Caretakers = { userIds: [], groupIds: [] };

type Cared = 'resource' | 'place';

/** People at a resource have a table of their own. */
const PEOPLE: Record<Cared, string> = {
  resource: 'select m.resource_id, m.user_id from resource_manager m',
  place: 'select c.place_id, c.user_id from care c where c.place_id is not null and c.user_id is not null',
};

const read = (cared: Cared) =>
  statement<Caretakers & { id: string }>(
    `${cared}-caretakers`,
    `select t.id,
       array(select p.user_id::text from (${PEOPLE[cared]}) p (id, user_id) join app_user u on u.id = p.user_id
         where p.id = t.id order by u.name, u.id) as "userIds",
       array(select c.group_id::text from care c join user_group g on g.id = c.group_id
         where c.${cared}_id = t.id order by g.name, g.id) as "groupIds"
     from unnest($1::uuid[]) t (id)`,
  );

const replace = (table: string, cared: Cared, by: 'user' | 'group') =>
  statement<never>(
    `${cared}-${by}-caretakers`,
    `with gone as (
       delete from ${table} where ${cared}_id = $1 and ${by}_id is not null and ${by}_id <> all ($2::uuid[]))
     insert into ${table} (${cared}_id, ${by}_id)
     select $1, wanted.id from unnest($2::uuid[]) as wanted (id) on conflict do nothing`,
  );

const STATEMENTS = {
  resource: {
    read: read('resource'),
    people: replace('resource_manager', 'resource', 'user'),
    groups: replace('care', 'resource', 'group'),
  },
  place: {
    read: read('place'),
    people: replace('care', 'place', 'user'),
    groups: replace('care', 'place', 'group'),
  },
};

/** Who is named at each of the resources or places themselves, by name; each of the ids is in the map. */
export async function caretakersOf(
  on: Queryable,
  cared: Cared,
  ids: readonly string[],
): Promise<Map<string, Caretakers>> {
  const rows = await on.query(STATEMENTS[cared].read, [ids]);
  return new Map(rows.map(({ id, userIds, groupIds }) => [id, { userIds, groupIds }]));
}

/** Makes exactly these the ones that are named at the resource or place. */
export async function replaceCaretakers(
  tx: Queryable,
  cared: Cared,
  id: string,
  { userIds, groupIds }: Caretakers,
): Promise<void> {
  await tx.query(STATEMENTS[cared].people, [id, userIds]);
  await tx.query(STATEMENTS[cared].groups, [id, groupIds]);
}

const MANAGED = statement<{ id: string }>(
  'place-managed-by',
  `select p.id from place p where p.id = any ($2::uuid[]) and ${looksAfterPlace('p.path', '$1::uuid')}`,
);

/** Which of the places this user looks after, there or by a place above. */
export async function placesManagedBy(
  on: Queryable,
  userId: string,
  placeIds: readonly string[],
): Promise<Set<string>> {
  return new Set((await on.query(MANAGED, [userId, placeIds])).map((row) => row.id));
}

const GROUPS = statement<{ id: string }>(
  'caretaker-groups',
  'select id from user_group where id = any ($1::uuid[]) for key share',
);

/** Which of the ids name groups. They stay until the transaction ends. */
export async function existingGroups(tx: Queryable, ids: readonly string[]): Promise<Set<string>> {
  return new Set((await tx.query(GROUPS, [ids])).map((row) => row.id));
}
