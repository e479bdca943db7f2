import type { Viewer } from '../../src/domain/act.js';
import { setResourceParts } from '../../src/domain/resources/set-resource-parts.js';
import type { OpenDatabase } from '../../src/infra/postgres/database.js';
import { testCtx } from './ctx.js';
import { person } from './people.js';

let manager: Viewer | null = null;

/** Divides the resource by the act itself, as some manager; throws where that is refused. */
export async function divided(db: OpenDatabase, id: string, partIds: readonly string[]): Promise<void> {
  manager ??= (await person(db, 'MANAGER')).viewer;
  const result = await setResourceParts(testCtx(db, manager), { id, partIds });
  if ('kind' in result) throw new Error(JSON.stringify(result));
}

/** How often, over all reservations, a whole and one of its parts or one room are in use at the same time. */
export const DOUBLE_USE = `
  with used as (
    select c.reservation_id, x.id, c.occupied from claim c
    cross join lateral (select c.resource_id as id
      union all select l.part_id from resource_part l where l.whole_id = c.resource_id) x
    where c.occupies and c.kind = 'OWN' and not c.pooled
  )
  select count(*)::integer as count from used a
  join used b on b.id = a.id and b.reservation_id > a.reservation_id and b.occupied && a.occupied`;
