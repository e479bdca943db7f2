import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Migration, Migrator } from '@mikro-orm/migrations';
import { MikroORM } from '@mikro-orm/postgresql';
import { Client } from 'pg';
import { parse } from 'pg-connection-string';
import type { Log } from '../../ports/log.js';

/** Beside src and dist, so that it is the same folder from either. */
const FOLDER = join(dirname(fileURLToPath(import.meta.url)), '..', '..', '..', 'migrations');
const MIGRATION_LOCK = 4_735_182_002;

interface Step {
  readonly name: string;
  readonly class: new (...args: ConstructorParameters<typeof Migration>) => Migration;
}

/** Each `migrations/*.sql` as a migration, in the order of their names. */
function steps(folder: string): Step[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith('.sql'))
    .sort()
    .map((file) => {
      const text = readFileSync(join(folder, file), 'utf8');
      return {
        name: file.replace(/\.sql$/, ''),
        class: class extends Migration {
          override up(): void {
            this.addSql(text);
          }
        },
      };
    });
}

/** Runs the work while no other process migrates the same database. */
async function alone<T>(url: string, work: () => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 10_000, keepAlive: true });
  client.on('error', () => {});
  await client.connect();
  try {
    await client.query('select pg_advisory_lock($1)', [MIGRATION_LOCK]);
    return await work();
  } finally {
    await client.end();
  }
}

/**
 * Brings the database forward to this program's schema and returns the names of the migrations that ran, all
 * of them in one transaction. Safe to call from several instances at once: the others wait.
 * @throws Error with one sentence when the database has a migration that this program does not know
 */
export function migrate(url: string, log: Log, folder = FOLDER): Promise<string[]> {
  return alone(url, async () => {
    const known = steps(folder);
    const orm = await MikroORM.init({
      clientUrl: url,
      entities: [],
      discovery: { warnWhenNoEntities: false },
      driverOptions: { ...parse(url), options: '-c timezone=UTC' },
      pool: { min: 0, max: 2 },
      extensions: [Migrator],
      migrations: {
        migrationsList: known,
        tableName: 'migration',
        allOrNothing: true,
        snapshot: false,
        disableForeignKeys: false,
      },
      logger: (message: string) => log.debug({}, message),
    });
    try {
      const migrator = orm.migrator;
      const names = new Set(known.map((step) => step.name));
      const strangers = (await migrator.getExecuted())
        .map((row) => row.name)
        .filter((name) => !names.has(name));
      if (strangers.length > 0) {
        throw new Error(
          `The database has been migrated by a newer Holdfast (${strangers.join(', ')}); ` +
            'start that version, or restore a backup from before.',
        );
      }
      const done = (await migrator.up()).map((step) => step.name);
      if (done.length > 0) log.info({ migrations: done }, 'migrated the database');
      return done;
    } finally {
      await orm.close(true);
    }
  });
}
