import { rotateKeys } from '../domain/auth/rotate-keys.js';
import { openAdapters } from './adapters.js';
import { openIdentity } from './app.js';
import { databaseOf } from './database.js';
import { run } from './run.js';

/** Replaces the keys that sign access tokens; whoever is signed in stays so. */
await run(async (program) => {
  const adapters = await openAdapters(program, await databaseOf(program));
  const identity = await openIdentity(program, adapters);
  const nobody = { requestId: 'keys-rotate', viewer: null, address: null, userAgent: null };
  const { kid, retired } = await rotateKeys({ ...adapters, identity, ...nobody });
  process.stdout.write(`The key ${kid} signs in five minutes; ${retired} others retire after it.\n`);
  return 'done';
});
