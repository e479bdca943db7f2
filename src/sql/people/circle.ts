import { type Queryable, statement } from '../statement.js';

/** What people can belong to or have: a group, or a training. The two are described alike. */
export interface CircleRow {
  readonly node: 'Group' | 'Training';
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly version: number;
  readonly createdAt: string;
}

/** The statements that a circle's table needs. */
const statementsFor = (table: 'user_group' | 'training', node: CircleRow['node'], lost: string) => {
  const columns = `'${node}' as node, id, name, description, version, created_at as "createdAt"`;
  return {
    byIds: statement<CircleRow>(
      `${table}-by-ids`,
      `select ${columns} from ${table} where id = any ($1::uuid[])`,
    ),
    locked: statement<CircleRow>(
      `${table}-locked`,
      `select ${columns} from ${table} where id = $1 for no key update`,
    ),
    page: statement<CircleRow>(
      `${table}-page`,
      `select ${columns} from ${table}
       where $1::text is null or (name, id) > ($1, $2::uuid) order by name, id limit $3`,
    ),
    insert: statement<CircleRow>(
      `${table}-insert`,
      `insert into ${table} (id, name, description, created_at) values ($1, $2, $3, $4) returning ${columns}`,
    ),
    update: statement<CircleRow>(
      `${table}-update`,
      `update ${table} set name = $2, description = $3, version = version + 1 where id = $1 returning ${columns}`,
    ),
    remove: statement<{ lost: object }>(
      `${table}-remove`,
      `delete from ${table} where id = $1 returning ${lost} as lost`,
    ),
  };
};

/** What goes along with one that is removed: the delete still sees it, since cascades run behind it. */
const MEMBERS_LOST = `json_build_object('userIds', array(
  select m.user_id from group_member m where m.group_id = user_group.id order by m.user_id),
  'resourceIds', array(select c.resource_id from care c where c.group_id = user_group.id and c.resource_id is not null order by 1),
  'placeIds', array(select c.place_id from care c where c.group_id = user_group.id and c.place_id is not null order by 1))`;
const GRANTS_LOST = `json_build_object('granted', (
  select coalesce(json_agg(json_build_object('userId', t.user_id, 'validUntil', t.valid_until) order by t.user_id), '[]')
  from user_training t where t.training_id = training.id))`;

const STATEMENTS = {
  Group: statementsFor('user_group', 'Group', MEMBERS_LOST),
  Training: statementsFor('training', 'Training', GRANTS_LOST),
};

/** The groups or trainings by id; what does not exist is missing. */
export async function circlesByIds(
  on: Queryable,
  node: CircleRow['node'],
  ids: readonly string[],
): Promise<Map<string, CircleRow>> {
  const rows = await on.query(STATEMENTS[node].byIds, [ids]);
  return new Map(rows.map((row) => [row.id, row]));
}

/** The one, kept from other changes until the transaction ends; null where there is none. */
export async function lockCircle(
  tx: Queryable,
  node: CircleRow['node'],
  id: string,
): Promise<CircleRow | null> {
  return (await tx.query(STATEMENTS[node].locked, [id]))[0] ?? null;
}

/** Up to `limit` of them by name. */
export const circlePage = (
  on: Queryable,
  node: CircleRow['node'],
  after: { readonly name: string; readonly id: string } | null,
  limit: number,
): Promise<CircleRow[]> => on.query(STATEMENTS[node].page, [after?.name ?? null, after?.id ?? null, limit]);

/** Adds one; fails with a unique violation where the name is taken. */
export async function insertCircle(
  tx: Queryable,
  node: CircleRow['node'],
  fields: {
    readonly id: string;
    readonly name: string;
    readonly description: string;
    readonly createdAt: Date;
  },
): Promise<CircleRow> {
  const { id, name, description, createdAt } = fields;
  const [row] = await tx.query(STATEMENTS[node].insert, [id, name, description, createdAt.toISOString()]);
  return row as CircleRow;
}

/** Describes one anew; fails with a unique violation where the name is taken. */
export async function updateCircle(
  tx: Queryable,
  node: CircleRow['node'],
  fields: { readonly id: string; readonly name: string; readonly description: string },
): Promise<CircleRow> {
  const [row] = await tx.query(STATEMENTS[node].update, [fields.id, fields.name, fields.description]);
  return row as CircleRow;
}

/** Removes one, with everybody's part in it; returns that part: `userIds` of a group, `granted` of a training. */
export async function removeCircle(tx: Queryable, node: CircleRow['node'], id: string): Promise<object> {
  return (await tx.query(STATEMENTS[node].remove, [id]))[0]?.lost ?? {};
}
