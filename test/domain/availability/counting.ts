import type { OpenDatabase } from '../../../src/infra/postgres/database.js';
import type { Statement } from '../../../src/sql/statement.js';

/** The same database, which writes down the names of the statements that it is asked outside of transactions. */
export function counting(db: OpenDatabase): { db: OpenDatabase; asked: string[] } {
  const asked: string[] = [];
  const counted = Object.create(db) as OpenDatabase;
  const query = <Row>(statement: Statement<Row>, values: readonly unknown[]) => {
    asked.push(statement.name);
    return db.query(statement, values);
  };
  return { asked, db: Object.assign(counted, { query }) };
}
