import { join } from 'node:path';
import { startEmbeddedPostgres } from '../infra/postgres/embedded.js';
import type { Program } from './run.js';

/** The database that DATABASE_URL names, else one of our own in the data folder, stopped by the releases. */
export async function databaseOf({ config, log, releases }: Program): Promise<string> {
  if (config.databaseUrl) return config.databaseUrl;
  const server = await startEmbeddedPostgres({ folder: join(config.dataDir, 'postgres'), log });
  releases.add('embedded PostgreSQL', () => server.stop());
  return server.url;
}
