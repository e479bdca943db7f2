import { type Queryable, statement } from '../statement.js';

const TURNS = statement<{ id: string; turn: number }>(
  'resource-link-turns',
  `select r.id, coalesce(l.turn, 0) as turn from resource r left join resource_link l on l.resource_id = r.id
   where r.id = any ($1::uuid[])`,
);

/** How often the link of each resource was changed; an unknown resource is missing from the map. */
export async function linkTurns(on: Queryable, resourceIds: readonly string[]): Promise<Map<string, number>> {
  const rows = await on.query(TURNS, [resourceIds]);
  return new Map(rows.map(({ id, turn }) => [id, turn]));
}

const NEXT = statement<{ turn: number }>(
  'resource-link-next',
  `insert into resource_link as l (resource_id, turn) select id, 1 from resource where id = $1
   on conflict (resource_id) do update set turn = l.turn + 1 returning turn`,
);

/** Makes all links of the resource void that were given out before. */
export async function nextTurn(tx: Queryable, resourceId: string): Promise<void> {
  await tx.query(NEXT, [resourceId]);
}
