import { type Queryable, statement } from '../statement.js';
import type { PlaceKind } from './place-row.js';

const LOCK = statement<never>('place-tree-lock', `select pg_advisory_xact_lock(hashtext('place-tree'))`);

/** Holds the whole tree until the transaction ends: two moves that cross each other could close a circle. */
export async function lockPlaceTree(tx: Queryable): Promise<void> {
  await tx.query(LOCK, []);
}

const CHILD_KINDS = statement<{ kind: PlaceKind }>(
  'place-child-kinds',
  'select distinct kind from place where parent_id = $1',
);

/** The kinds that lie directly below a place. */
export async function childKinds(on: Queryable, id: string): Promise<PlaceKind[]> {
  return (await on.query(CHILD_KINDS, [id])).map((row) => row.kind);
}

const REBASE = statement<never>(
  'place-rebase',
  `update place p set path = $2::uuid[] || p.path[array_position(p.path, $1::uuid):]
   where p.path @> array[$1::uuid]`,
);

/** Hangs the subtree of a place below `above`, the path of its new parent: every path in it begins anew. */
export async function rebaseSubtree(tx: Queryable, id: string, above: readonly string[]): Promise<void> {
  await tx.query(REBASE, [id, above]);
}

const NEAREST_ZONE = statement<{ timeZone: string }>(
  'place-nearest-zone',
  `select a.time_zone as "timeZone" from place p join place a on a.id = any (p.path)
   where p.id = $1 and a.time_zone is not null order by cardinality(a.path) desc limit 1`,
);

/** The zone of the place or of the nearest one above that has one; null where none has. */
export async function nearestTimeZone(on: Queryable, id: string): Promise<string | null> {
  return (await on.query(NEAREST_ZONE, [id]))[0]?.timeZone ?? null;
}
