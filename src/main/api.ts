import { databaseUrlOf, openAdapters } from './adapters.js';
import { openIdentity, serve } from './app.js';
import { run } from './run.js';

await run(async (program) => {
  const adapters = await openAdapters(program, databaseUrlOf(program));
  await serve(program, adapters, await openIdentity(program, adapters));
  return 'running';
});
