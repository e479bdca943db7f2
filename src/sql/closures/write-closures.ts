import { NOW } from '../reservations/reservation-json.js';
import type { RuleScope } from '../rules/read-rule-book.js';
import { scopeValues } from '../rules/scope.js';
import { type Queryable, statement } from '../statement.js';
import { type ClosureNode, closureNodeJson } from './closure-node.js';

/** What is written of a closure; scope, creator and time of creation stay for good. */
export interface ClosureWrite {
  readonly id: string;
  readonly title: string;
  readonly startsLocal: string;
  readonly endsLocal: string;
  readonly rrule: string | null;
  readonly exdates: readonly string[];
  /** The act that writes it. */
  readonly closingId: string | null;
}

const GIVEN = (parameter: string) => `jsonb_to_recordset(${parameter}::jsonb) as g ("id" uuid, "title" text,
  "startsLocal" timestamp, "endsLocal" timestamp, "rrule" text, "exdates" text[], "closingId" uuid, "sourceUid" text)`;

const INSERT = statement<{ row: ClosureNode }>(
  'closures-insert',
  `with made as (
     insert into closure (id, title, resource_id, type_id, place_id, starts_local, ends_local, rrule, exdates,
       closing_id, source_uid, creator_id, created_at)
     select g.id, g.title, $3::uuid, $4::uuid, $5::uuid, g."startsLocal", g."endsLocal", g.rrule, g.exdates,
       g."closingId", g."sourceUid", $6::uuid, ${NOW}
     from ${GIVEN('$2')} returning *
   )
   select ${closureNodeJson('made')} as row from made order by starts_local, id`,
);

/** Makes closures for one scope, by start. */
export async function insertClosures(
  tx: Queryable,
  now: string | null,
  scope: RuleScope,
  creatorId: string,
  closures: readonly (ClosureWrite & { readonly sourceUid: string | null })[],
): Promise<ClosureNode[]> {
  const rows = await tx.query(INSERT, [now, JSON.stringify(closures), ...scopeValues(scope), creatorId]);
  return rows.map(({ row }) => row);
}

const UPDATE = statement<{ row: ClosureNode }>(
  'closures-update',
  `with changed as (
     update closure c set title = g.title, starts_local = g."startsLocal", ends_local = g."endsLocal",
       rrule = g.rrule, exdates = g.exdates, closing_id = g."closingId", version = c.version + 1
     from ${GIVEN('$1')} where c.id = g.id returning c.*
   )
   select ${closureNodeJson('changed')} as row from changed order by starts_local, id`,
);

/** Gives closures new facts and their next version. */
export async function updateClosures(
  tx: Queryable,
  closures: readonly ClosureWrite[],
): Promise<ClosureNode[]> {
  return (await tx.query(UPDATE, [JSON.stringify(closures)])).map(({ row }) => row);
}

const DELETE = statement<never>('closures-delete', 'delete from closure where id = any ($1::uuid[])');

/** Removes closures. The reservations that they have cancelled stay so, and forget which one it was. */
export async function deleteClosures(tx: Queryable, ids: readonly string[]): Promise<void> {
  await tx.query(DELETE, [ids]);
}
