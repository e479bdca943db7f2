import { NOW } from '../reservations/reservation-json.js';
import { type Queryable, statement } from '../statement.js';
import { type OperationKind, type OperationRow, operationJson } from './operation-row.js';

export interface NewOperation {
  readonly id: string;
  readonly clientId: string;
  readonly name: string;
  readonly number: number;
  readonly text: string;
  readonly hash: Buffer;
  readonly kind: OperationKind;
  readonly creatorId: string;
}

const INSERT = statement<{ row: OperationRow }>(
  'operation-insert',
  `with made as (
     insert into persisted_operation (id, client_id, name, number, text, hash, kind, creator_id, created_at)
     values ($2, $3, $4, $5, $6, $7, $8, $9, date_trunc('milliseconds', ${NOW})) returning *
   )
   select ${operationJson('made')} as row from made`,
);

/** Adds one that nobody has decided about. */
export async function insertOperation(
  tx: Queryable,
  now: string | null,
  operation: NewOperation,
): Promise<OperationRow> {
  const { id, clientId, name, number, text, hash, kind, creatorId } = operation;
  const [made] = await tx.query(INSERT, [now, id, clientId, name, number, text, hash, kind, creatorId]);
  return (made as { row: OperationRow }).row;
}

/** Of the operation $1, under the next number of the book. */
const changing = (assignments: string) => `with book as (
     update operation_book set version = version + 1
   ), changed as (
     update persisted_operation set ${assignments}, version = version + 1 where id = $1 returning *
   )
   select ${operationJson('changed')} as row from changed`;

const DECIDE = statement<{ row: OperationRow }>(
  'operation-decide',
  changing(
    `status = $2, decider_id = $3, words = $4,
     decided_at = date_trunc('milliseconds', coalesce($5::timestamptz, statement_timestamp()))`,
  ),
);

/** Writes down who has decided about a locked one, and how. */
export async function decideOperation(
  tx: Queryable,
  now: string | null,
  id: string,
  decision: { readonly status: 'APPROVED' | 'REJECTED'; readonly deciderId: string; readonly words: string },
): Promise<OperationRow> {
  const { status, deciderId, words } = decision;
  const [changed] = await tx.query(DECIDE, [id, status, deciderId, words, now]);
  return (changed as { row: OperationRow }).row;
}

const DEPRECATE = statement<{ row: OperationRow }>(
  'operation-deprecate',
  changing('deprecated_at = $2, ends_at = $3'),
);

/** Says from when on a locked one is deprecated and refused (RFC 3339); null for never. */
export async function deprecateOperation(
  tx: Queryable,
  id: string,
  deprecatedAt: string | null,
  endsAt: string | null,
): Promise<OperationRow> {
  const [changed] = await tx.query(DEPRECATE, [id, deprecatedAt, endsAt]);
  return (changed as { row: OperationRow }).row;
}
