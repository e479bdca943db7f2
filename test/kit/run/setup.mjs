import { randomBytes } from 'node:crypto';
import { buildWhenStale } from './build.mjs';
import { findPostgres, onServer } from './postgres.mjs';
import { findRedis } from './redis.mjs';
import { provideSlapd } from './slapd.mjs';

const quiet = { debug() {}, info() {}, warn: console.warn, error: console.error, child: () => quiet };

const on = (url, database) => Object.assign(new URL(url), { pathname: `/${database}` }).href;

/** One real PostgreSQL with a migrated template and one real Redis for the whole run; workers read their names. */
export default async function setup() {
  buildWhenStale();
  provideSlapd();
  const stops = [];
  globalThis.holdfastTestStops = stops;
  try {
    const postgres = await findPostgres(quiet);
    stops.push(postgres.stop);
    const run = `hft_${randomBytes(4).toString('hex')}`;
    const template = `${run}_template`;
    await onServer(postgres.url, (client) => client.query(`create database ${template}`));
    stops.push(() => dropDatabases(postgres.url, run));
    const { migrate } = await import('../../../dist/infra/postgres/migrate.js');
    await migrate(on(postgres.url, template), quiet);
    const redis = await findRedis();
    stops.push(redis.stop);
    Object.assign(process.env, { KIT_POSTGRES: postgres.url, KIT_RUN: run, KIT_REDIS: redis.url });
  } catch (error) {
    for (const stop of stops.reverse()) await stop();
    throw error;
  }
}

const dropDatabases = (url, run) =>
  onServer(url, async (client) => {
    const { rows } = await client.query('select datname from pg_database where starts_with(datname, $1)', [
      run,
    ]);
    for (const { datname } of rows) await client.query(`drop database if exists ${datname} with (force)`);
  });
