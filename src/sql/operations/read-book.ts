import { type Queryable, statement } from '../statement.js';
import { type OperationRow, operationJson } from './operation-row.js';

const VERSION = statement<{ version: string }>(
  'operation-book-version',
  'select version from operation_book',
);

/** The number that grows with every change of what may run. */
export async function bookVersion(on: Queryable): Promise<string> {
  const [book] = await on.query(VERSION, []);
  if (!book) throw new Error('there is no operation book');
  return book.version;
}

/** Number and rows come from one snapshot. */
const BOOK = statement<{ version: string; rows: OperationRow[] | null }>(
  'operation-book',
  `select b.version, (select json_agg(${operationJson('o')}) from persisted_operation o where o.status = 'APPROVED') as rows
   from operation_book b`,
);

/** Everything that is approved, with the number as of which it is so. */
export async function readBook(on: Queryable): Promise<{ version: string; rows: readonly OperationRow[] }> {
  const [book] = await on.query(BOOK, []);
  if (!book) throw new Error('there is no operation book');
  return { version: book.version, rows: book.rows ?? [] };
}
