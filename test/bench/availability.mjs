import pg from 'pg';
import { findPostgres } from '../kit/run/postgres.mjs';
import { benchDatabase, globalId, RESOURCES, resourceId } from './database.mjs';
import { start } from './programs.mjs';
import { Table } from './table.mjs';
import { quiet, SECRET, tokenFor } from './token.mjs';
import { DAY, fillWeek, RESERVATIONS_OF_WEEK, WEEK } from './week.mjs';

/**
 * One request for the colours of 1,000 resources in a week with 20,000 reservations and rules, one at a time,
 * beside the same reservations read by a plain statement through the same driver.
 */
const ROUNDS = process.argv.includes('--quick') ? 20 : 100;
const profile = process.argv.includes('--profile');
const iso = (ms) => new Date(ms).toISOString();
const numbers = Array.from({ length: RESOURCES }, (_, index) => index + 1);
const FIELDS = {
  spans: 'spans { startsAt endsAt colour }',
  line: 'line(stepMinutes: 15)',
  'spans with causes': 'spans { startsAt endsAt colour cause { code message title heldUntil } }',
  busy: 'busy { startsAt endsAt }',
};
const PLAIN = `select c.resource_id, lower(c.occupied) as starts_at, upper(c.occupied) as ends_at from claim c
  join stream s on s.resource_id = c.resource_id
  where c.resource_id = any ($1::uuid[]) and c.occupies and c.occupies_until > now()
    and lower(c.occupied) < $3 and upper(c.occupied) > $2 and lower(c.occupied) > $2::timestamptz - s.longest - interval '1 ms'
  order by c.resource_id, lower(c.occupied)`;

const bodyOf = (fields) =>
  JSON.stringify({
    query: `query week($resources: [ID!]!, $window: WindowInput!) { availability(resources: $resources, window: $window) { ${fields} } }`,
    variables: {
      resources: numbers.map((number) => globalId('res', resourceId(number))),
      window: { startsAt: iso(WEEK), endsAt: iso(WEEK + 7 * DAY) },
    },
  });

async function timed(work) {
  const began = performance.now();
  const result = await work();
  return { ms: performance.now() - began, result };
}

const releases = [];
try {
  const postgres = await findPostgres(quiet);
  releases.push(() => postgres.stop());
  console.error('… filling the database');
  const database = await benchDatabase(postgres.url);
  releases.push(() => database.drop());
  await fillWeek(database.url);
  const token = await tokenFor(database);
  const env = {
    HOST: '127.0.0.1',
    PORT: '0',
    NODE_ENV: 'production',
    DATABASE_URL: database.url,
    HOLDFAST_SECRET: SECRET,
    HOLDFAST_ISSUER: 'holdfast',
    HOLDFAST_OPERATIONS_PER_USER: '100000000',
    HOLDFAST_OPERATIONS_PER_ADDRESS: '100000000',
    HOLDFAST_REQUESTS_PER_ADDRESS: '100000000',
  };
  const api = await start('dist/main/api.js', env, profile ? ['--cpu-prof', '--cpu-prof-dir=.cpu-prof'] : []);
  releases.push(() => api.stop());
  const client = new pg.Client({ connectionString: database.url, options: '-c timezone=UTC' });
  await client.connect();
  releases.push(() => client.end());

  const ask = async (fields) => {
    const answer = await fetch(api.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
      body: bodyOf(fields),
    });
    return answer.text();
  };
  const plainValues = [numbers.map(resourceId), iso(WEEK), iso(WEEK + 7 * DAY)];
  const asText = { getTypeParser: () => (value) => value };
  const plain = async () =>
    (await client.query({ name: 'plain', text: PLAIN, values: plainValues, types: asText })).rows.length;

  const times = Object.fromEntries([...Object.keys(FIELDS), 'plain'].map((name) => [name, []]));
  const sizes = {};
  for (let round = -10; round < ROUNDS; round++) {
    for (const [name, fields] of Object.entries(FIELDS)) {
      const { ms, result } = await timed(() => ask(fields));
      if (result.includes('"errors"')) throw new Error(result.slice(0, 1_000));
      if (round >= 0) times[name].push(ms);
      else sizes[name] = { bytes: result.length, spans: result.split('"startsAt"').length - 1 };
    }
    const { ms, result } = await timed(plain);
    if (result !== RESERVATIONS_OF_WEEK) throw new Error(`${result} rows`);
    if (round >= 0) times.plain.push(ms);
  }
  const at = (name, part) => times[name].toSorted((a, b) => a - b)[Math.floor(times[name].length * part)];
  const table = new Table();
  table.row('plain statement, p50 ms', at('plain', 0.5));
  for (const name of Object.keys(FIELDS)) {
    const bounds = name === 'busy' ? {} : { must: 100, aim: 50, most: true };
    table.row(`${name}, p50 ms`, at(name, 0.5), bounds);
    table.row(`${name}, p95 ms`, at(name, 0.95));
    table.row(`${name} ÷ plain statement`, at(name, 0.5) / at('plain', 0.5));
    table.row(`${name}, MB`, sizes[name].bytes / 1e6);
    if (sizes[name].spans > 0) table.row(`${name}, spans`, sizes[name].spans);
  }
  table.print();
} finally {
  for (const release of releases.toReversed()) await release();
}
