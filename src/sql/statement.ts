import type { EntityManager } from '@mikro-orm/postgresql';

/** A statement that PostgreSQL keeps prepared under its name on each connection. */
export interface Statement<Row> {
  readonly name: string;
  readonly text: string;
  /** Only carries the row's type. */
  readonly row?: Row;
}

/** Names a statement and the shape of its rows. The name must be unique in the program. */
export const statement = <Row>(name: string, text: string): Statement<Row> => ({ name, text });

export interface Queryable {
  /**
   * Runs one prepared statement and returns its rows. Columns arrive as PostgreSQL prints them: instants
   * as text in UTC, bigint and numeric as text, json parsed.
   * @throws Unavailable when the database cannot be reached or does not answer in time
   * @throws DatabaseError (pg) with its SQLSTATE otherwise
   */
  query<Row>(statement: Statement<Row>, values: readonly unknown[]): Promise<Row[]>;
}

export interface Database extends Queryable {
  /** Runs the work on one connection between begin and commit; rolls back when it throws. */
  transaction<T>(work: (tx: Queryable) => Promise<T>): Promise<T>;
  /**
   * The same for ordinary acts on entities: the manager flushes before the commit, and statements run by `tx`
   * share its transaction. Flush first where a statement must see what the entities have become.
   */
  unitOfWork<T>(work: (em: EntityManager, tx: Queryable) => Promise<T>): Promise<T>;
  /** A fresh unit of work for ordinary acts, on the same pool. */
  em(): EntityManager;
}
