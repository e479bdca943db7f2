import { migrate } from '../infra/postgres/migrate.js';
import { databaseOf } from './database.js';
import { run } from './run.js';

await run(async (program) => {
  const done = await migrate(await databaseOf(program), program.log);
  const told = done.length > 0 ? `Migrated: ${done.join(', ')}.` : 'The database is up to date.';
  process.stdout.write(`${told}\n`);
  return 'done';
});
