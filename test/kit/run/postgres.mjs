import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';

const PREFIX = 'holdfast-test-';
const GUESSES = [
  'postgres://postgres@127.0.0.1:5432/postgres',
  'postgres://postgres:postgres@127.0.0.1:5432/postgres',
];

export async function onServer(url, work) {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5_000 });
  client.on('error', () => {});
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

const mayCreate = (url) =>
  onServer(url, async (client) => {
    const { rows } = await client.query(
      'select rolcreatedb or rolsuper as may from pg_roles where rolname = current_user',
    );
    return rows[0]?.may === true;
  }).catch(() => false);

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

/** Servers of runs that were killed before their end. */
function sweepLeftovers() {
  for (const name of readdirSync(tmpdir())) {
    const owner = /^holdfast-test-(\d+)-/.exec(name)?.[1];
    if (!owner || isAlive(Number(owner))) continue;
    const folder = join(tmpdir(), name);
    try {
      const [pid] = readFileSync(join(folder, 'cluster', 'postmaster.pid'), 'utf8').split('\n');
      process.kill(Number(pid), 'SIGQUIT');
    } catch {}
    rmSync(folder, { recursive: true, force: true });
  }
}

/** `{ url, stop }` of a real server: the one that the environment names, else what answers, else one of our own. */
export async function findPostgres(quiet) {
  const named = process.env.TEST_DATABASE_URL || process.env.DATABASE_URL;
  if (named) {
    if (await mayCreate(named)) return { url: named, stop: async () => {} };
    throw new Error(
      'The tests need a PostgreSQL where they may create databases; the one that DATABASE_URL names does not let them.',
    );
  }
  for (const url of GUESSES) if (await mayCreate(url)) return { url, stop: async () => {} };
  sweepLeftovers();
  const { startEmbeddedPostgres } = await import('../../../dist/infra/postgres/embedded.js');
  const folder = mkdtempSync(join(tmpdir(), `${PREFIX}${process.pid}-`));
  const server = await startEmbeddedPostgres({ folder, log: quiet, noSync: true });
  const stop = async () => {
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  };
  return { url: server.url, stop };
}
