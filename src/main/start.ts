import { migrate } from '../infra/postgres/migrate.js';
import { openAdapters } from './adapters.js';
import { firstAdministrator } from './administrator.js';
import { openIdentity, serve } from './app.js';
import { databaseOf } from './database.js';
import { demoOrganisation } from './demo.js';
import { run } from './run.js';
import { SweeperChild } from './sweeper-child.js';
import { welcome } from './welcome.js';

await run(async (program) => {
  const { config, log, releases } = program;
  const url = await databaseOf(program);
  await migrate(url, log);
  const adapters = await openAdapters(program, url);
  const identity = await openIdentity(program, adapters);
  const password = await firstAdministrator(program, adapters, identity);
  const demo = await demoOrganisation(program, adapters, identity);
  const sweeper = new SweeperChild(url, log);
  releases.add('sweeper', () => sweeper.stop());
  sweeper.start();
  const { port } = await serve(program, adapters, identity);
  process.stdout.write(welcome(config, port, password, demo));
  return 'running';
});
