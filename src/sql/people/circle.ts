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
const statementsFor = (table: 'user_group' | 'training', node: CircleRow['node']) => {
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
    remove: statement<never>(`${table}-remove`, `delete from ${table} where id = $1`),
  };
};

const STATEMENTS = {
  Group: statementsFor('user_group', 'Group'),
  Training: statementsFor('training', 'Training'),
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

/** Removes one, with everybody's part in it. */
export async function removeCircle(tx: Queryable, node: CircleRow['node'], id: string): Promise<void> {
  await tx.query(STATEMENTS[node].remove, [id]);
}
