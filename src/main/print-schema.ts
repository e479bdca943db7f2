import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { lexicographicSortSchema, printSchema } from 'graphql';
import { buildHoldfastSchema } from '../graphql/build-schema.js';
import { startEmbeddedPostgres } from '../infra/postgres/embedded.js';
import { migrate } from '../infra/postgres/migrate.js';
import { printDatabase } from '../infra/postgres/print-database.js';
import { run } from './run.js';

await run(async ({ log, releases }) => {
  writeFileSync('schema/schema.graphql', `${printSchema(lexicographicSortSchema(buildHoldfastSchema()))}\n`);
  const folder = mkdtempSync(join(tmpdir(), 'holdfast-schema-'));
  releases.add('folder', () => rmSync(folder, { recursive: true }));
  const server = await startEmbeddedPostgres({ folder, log, noSync: true });
  releases.add('embedded PostgreSQL', () => server.stop());
  await migrate(server.url, log);
  writeFileSync('schema/database.sql', await printDatabase(server.url));
  process.stdout.write('Printed schema/schema.graphql and schema/database.sql.\n');
  return 'done';
});
