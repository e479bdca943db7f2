import { NOW } from '../reservations/reservation-json.js';
import type { RuleScope } from '../rules/read-rule-book.js';
import { scopeValues } from '../rules/scope.js';
import { type Queryable, statement } from '../statement.js';
import type { ClosureWrite } from './write-closures.js';

/** What a closure was before an act made or changed it. */
export interface FormerClosure {
  readonly id: string;
  /** The version that the act gave it. */
  readonly version: number;
  /** Null for one that the act has made. */
  readonly before: Omit<ClosureWrite, 'id' | 'closingId'> | null;
  /** The closing before this one that made or changed it. */
  readonly closingId: string | null;
}

/** One act that has laid closures, all of one scope, over what was reserved. */
export interface ClosingRow extends RuleScope {
  readonly node: 'Closing';
  readonly id: string;
  /** Which came after which. */
  readonly number: number;
  readonly closedAt: string;
  readonly undoneAt: string | null;
  readonly former: readonly FormerClosure[];
}

const closingJson = (g: string): string => `json_build_object(
  'node', 'Closing', 'id', ${g}.id, 'number', ${g}.number, 'closedAt', ${g}.at, 'undoneAt', ${g}.undone_at,
  'resourceId', ${g}.resource_id,
  'typeId', ${g}.type_id, 'placeId', ${g}.place_id, 'former', ${g}.former)`;

const INSERT = statement<{ row: ClosingRow }>(
  'closing-insert',
  `with made as (
     insert into closing (id, actor_id, at, resource_id, type_id, place_id, former)
     values ($2, $3, ${NOW}, $4, $5, $6, $7) returning *
   )
   select ${closingJson('made')} as row from made`,
);

/** Writes the closing, before the closures that name it. Under lockRules, so that one comes after the other. */
export async function insertClosing(
  tx: Queryable,
  now: string | null,
  actorId: string,
  { id, former, ...scope }: RuleScope & Pick<ClosingRow, 'id' | 'former'>,
): Promise<ClosingRow> {
  const rows = await tx.query(INSERT, [now, id, actorId, ...scopeValues(scope), JSON.stringify(former)]);
  return (rows[0] as { row: ClosingRow }).row;
}

const BY_IDS = statement<{ row: ClosingRow }>(
  'closings-by-ids',
  `select ${closingJson('g')} as row from closing g where g.id = any ($1::uuid[])`,
);

/** The closings by id; what does not exist is missing from the map. */
export async function closingsByIds(on: Queryable, ids: readonly string[]): Promise<Map<string, ClosingRow>> {
  const rows = await on.query(BY_IDS, [ids]);
  return new Map(rows.map(({ row }) => [row.id, row]));
}

const NEWER = statement<{ id: string }>(
  'closures-newer',
  `select c.id from closure c join closing g on g.id = c.closing_id
   where g.number > $1::bigint`,
);

/** The closures that were made or changed after the closing with that number. */
export const closuresNewerThan = async (on: Queryable, number: number): Promise<Set<string>> =>
  new Set((await on.query(NEWER, [number])).map(({ id }) => id));

const UNDONE = statement<never>('closing-undone', `update closing set undone_at = ${NOW} where id = $2`);

/** Keeps that it has been undone, and when. */
export async function markUndone(tx: Queryable, now: string | null, id: string): Promise<void> {
  await tx.query(UNDONE, [now, id]);
}
