import type { RuleScope } from '../rules/read-rule-book.js';
import { isScope, scopeValues } from '../rules/scope.js';
import { type Queryable, statement } from '../statement.js';
import { type ClosureNode, closureNodeJson } from './closure-node.js';

const BY_IDS = statement<{ row: ClosureNode }>(
  'closures-by-ids',
  `select ${closureNodeJson('c')} as row from closure c where c.id = any ($1::uuid[])`,
);

/** The closures by id; what does not exist is missing from the map. */
export async function closuresByIds(
  on: Queryable,
  ids: readonly string[],
): Promise<Map<string, ClosureNode>> {
  const rows = await on.query(BY_IDS, [ids]);
  return new Map(rows.map(({ row }) => [row.id, row]));
}

/** One closure, or null. */
export const closureById = async (on: Queryable, id: string): Promise<ClosureNode | null> =>
  (await closuresByIds(on, [id])).get(id) ?? null;

const IMPORTED = statement<{ row: ClosureNode }>(
  'closures-imported',
  `select ${closureNodeJson('c')} as row from closure c where c.source_uid = any ($4::text[]) and ${isScope('c', 1)}`,
);

/** The closures of exactly this scope that come from these events. */
export async function importedClosures(
  on: Queryable,
  scope: RuleScope,
  sourceUids: readonly string[],
): Promise<ClosureNode[]> {
  return (await on.query(IMPORTED, [...scopeValues(scope), sourceUids])).map(({ row }) => row);
}

/** Where a page of closures goes on: behind this start and id. */
export interface AfterClosure {
  readonly startsLocal: string;
  readonly id: string;
}

const PAGE = statement<{ row: ClosureNode }>(
  'closures-page',
  `select ${closureNodeJson('c')} as row from closure c
   where (not $4::boolean or ${isScope('c', 1)})
     and ($5::timestamp is null or (c.starts_local, c.id) > ($5, $6::uuid))
     and ($7::timestamp is null or c.rrule is not null or c.ends_local > $7)
     and ($8::timestamp is null or c.starts_local < $8)
   order by c.starts_local, c.id limit $9`,
);

/**
 * Up to `limit` closures by start.
 * @param scope null finds those of every scope
 * @param wall wall-clock times between which they must lie as far as that shows without following their rules
 */
export async function closuresPage(
  on: Queryable,
  scope: RuleScope | null,
  wall: { readonly from: string; readonly to: string } | null,
  after: AfterClosure | null,
  limit: number,
): Promise<ClosureNode[]> {
  const rows = await on.query(PAGE, [
    ...(scope ? scopeValues(scope) : [null, null, null]),
    scope !== null,
    after?.startsLocal ?? null,
    after?.id ?? null,
    wall?.from ?? null,
    wall?.to ?? null,
    limit,
  ]);
  return rows.map(({ row }) => row);
}
