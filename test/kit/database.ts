import { randomBytes } from 'node:crypto';
import { Client } from 'pg';
import { type OpenDatabase, openDatabase } from '../../src/infra/postgres/database.js';
import { fromSetup } from './from-setup.js';
import { SilentLog } from './log.js';

/** A database of the test's own, as fresh migrations leave it. */
export interface TestDatabase {
  readonly url: string;
  readonly name: string;
  /** Opens a pool; closed by `drop`. */
  open(poolSize?: number): Promise<OpenDatabase>;
  /** One plain query on a connection of its own, as psql would do it. */
  psql<Row extends object>(text: string, values?: unknown[]): Promise<Row[]>;
  drop(): Promise<void>;
}

/** One query on a connection of its own. */
export async function psql<Row extends object>(
  url: string,
  text: string,
  values: unknown[] = [],
): Promise<Row[]> {
  const client = new Client({ connectionString: url, options: '-c timezone=UTC' });
  await client.connect();
  try {
    const { rows } = await client.query(text, values);
    return rows as Row[];
  } finally {
    await client.end();
  }
}

async function make(template: string): Promise<TestDatabase> {
  const server = fromSetup('KIT_POSTGRES');
  const name = `${fromSetup('KIT_RUN')}_${randomBytes(5).toString('hex')}`;
  await psql(server, `create database ${name} template ${template}`);
  const url = Object.assign(new URL(server), { pathname: `/${name}` }).href;
  const opened: OpenDatabase[] = [];
  return {
    url,
    name,
    async open(poolSize = 16) {
      const log = new SilentLog();
      const db = await openDatabase({ url, poolSize, connectTimeoutMs: 2_000, answerTimeoutMs: 10_000, log });
      opened.push(db);
      return db;
    },
    psql: (text, values) => psql(url, text, values),
    async drop() {
      await Promise.all(opened.map((db) => db.close()));
      await psql(server, `drop database if exists ${name} with (force)`);
    },
  };
}

/** A migrated database, copied from the run's template in some 50 ms. Drop it in afterAll. */
export const cloneDatabase = (): Promise<TestDatabase> => make(`${fromSetup('KIT_RUN')}_template`);

/** A database with nothing in it, for tests of migrations. */
export const emptyDatabase = (): Promise<TestDatabase> => make('template0');

/** A clone with an open pool for the whole test file, dropped after its last test. */
export async function useDatabase(): Promise<TestDatabase & { readonly db: OpenDatabase }> {
  const database = await cloneDatabase();
  const db = await database.open();
  afterAll(() => database.drop());
  return { ...database, db };
}
