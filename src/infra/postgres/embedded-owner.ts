import { Client } from 'pg';

const DATABASE = 'holdfast';
/** The advisory lock that says whose server this is; it goes with the process that holds it. */
const OWNER_LOCK = 4_735_182_001;

const urlOf = (port: number, password: string, database: string) =>
  `postgres://postgres:${encodeURIComponent(password)}@127.0.0.1:${port}/${database}`;

/** Ends the claim on the server. */
export type Disown = () => Promise<void>;

/**
 * Connects, claims the server for this process, and makes sure of its database. Null when another live
 * process has claimed it.
 */
export async function ownServer(
  port: number,
  password: string,
): Promise<{ url: string; disown: Disown } | null> {
  const client = new Client({
    connectionString: urlOf(port, password, 'postgres'),
    connectionTimeoutMillis: 5_000,
  });
  client.on('error', () => {});
  await client.connect();
  const { rows } = await client.query('select pg_try_advisory_lock($1) as mine', [OWNER_LOCK]);
  if (!rows[0].mine) {
    await client.end();
    return null;
  }
  const found = await client.query('select from pg_database where datname = $1', [DATABASE]);
  if (found.rowCount === 0) await client.query(`create database ${DATABASE}`);
  return { url: urlOf(port, password, DATABASE), disown: () => client.end() };
}
