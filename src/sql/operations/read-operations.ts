import { type Queryable, statement } from '../statement.js';
import { type OperationRow, type OperationStatus, operationJson } from './operation-row.js';

/** Operation `o` of a client that this person ($n) looks after, or that this account is; null for all. */
const seenBy = (n: number) => `($${n}::uuid is null or exists (
  select from api_client c where c.id = o.client_id and $${n} in (c.owner_id, c.id)))`;

const BY_IDS = statement<{ row: OperationRow }>(
  'operations-by-ids',
  `select ${operationJson('o')} as row from persisted_operation o where o.id = any ($1::uuid[]) and ${seenBy(2)}`,
);

/**
 * The operations by id; those that do not exist are missing from the map.
 * @param of only those of clients that this person looks after, or that this account is; null for all
 */
export async function operationsByIds(
  on: Queryable,
  ids: readonly string[],
  of: string | null,
): Promise<Map<string, OperationRow>> {
  const rows = await on.query(BY_IDS, [ids, of]);
  return new Map(rows.map(({ row }) => [row.id, row]));
}

export interface OperationPage {
  readonly of: string | null;
  readonly clientId: string | null;
  readonly status: OperationStatus | null;
  /** Only these. */
  readonly ids: readonly string[] | null;
  /** The last id of the page before. */
  readonly after: string | null;
  readonly limit: number;
}

const PAGE = statement<{ row: OperationRow }>(
  'operations-page',
  `select ${operationJson('o')} as row from persisted_operation o
   where ${seenBy(1)} and ($2::uuid is null or o.client_id = $2) and ($3::text is null or o.status = $3)
     and ($4::uuid[] is null or o.id = any ($4)) and ($5::uuid is null or o.id < $5)
   order by o.id desc limit $6`,
);

/** Up to `limit` operations, the newest first; `of` as above. */
export async function operationPage(on: Queryable, page: OperationPage): Promise<OperationRow[]> {
  const { of, clientId, status, ids, after, limit } = page;
  return (await on.query(PAGE, [of, clientId, status, ids, after, limit])).map(({ row }) => row);
}

const LOCK = statement<{ row: OperationRow }>(
  'operation-lock',
  `select ${operationJson('o')} as row from persisted_operation o where o.id = $1 and ${seenBy(2)} for no key update`,
);

/** The operation, kept as it is until the transaction ends; `of` as above. */
export async function lockOperation(
  tx: Queryable,
  id: string,
  of: string | null,
): Promise<OperationRow | null> {
  return (await tx.query(LOCK, [id, of]))[0]?.row ?? null;
}

const NUMBERS = statement<{ last: number; total: number; same: OperationRow | null }>(
  'operation-numbers',
  `select coalesce(max(o.number) filter (where o.name = $2), 0) as last, count(*)::integer as total,
     (select ${operationJson('s')} from persisted_operation s where s.client_id = $1 and s.hash = $3) as same
   from persisted_operation o where o.client_id = $1`,
);

/** Of a locked client: the last number under that name, how many operations it has, and the one with that hash. */
export async function operationNumbers(
  tx: Queryable,
  clientId: string,
  name: string,
  hash: Buffer,
): Promise<{ last: number; total: number; same: OperationRow | null }> {
  const [numbers] = await tx.query(NUMBERS, [clientId, name, hash]);
  return numbers ?? { last: 0, total: 0, same: null };
}
