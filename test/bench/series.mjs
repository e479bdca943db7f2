import { findPostgres } from '../kit/run/postgres.mjs';
import { benchDatabase, FREE_FROM, globalId, resourceId } from './database.mjs';
import { start } from './programs.mjs';
import { Table } from './table.mjs';
import { quiet, SECRET, tokenFor } from './token.mjs';

/** A year of weekdays, 260 occurrences, in one request: on a free room, and where every fifth of them is taken. */
const ROUNDS = process.argv.includes('--quick') ? 5 : 20;
const DAY = 86_400_000;
const QUERY = `mutation series($input: SeriesCreateInput!) { seriesCreate(input: $input) { __typename
  ... on SeriesReport { series { id } occurrences { startsLocal outcome } } ... on UserError { message } } }`;
const monday = (ms) => ms + ((8 - new Date(ms).getUTCDay()) % 7) * DAY;
const FIRST = new Date(monday(Date.now() + 7 * DAY)).toISOString().slice(0, 10);

const inputOf = (room, hour, rule, more) => ({
  title: 'Standup',
  resources: [{ resourceId: globalId('res', resourceId(room)) }],
  startsLocal: `${FIRST}T${hour}:00`,
  endsLocal: `${FIRST}T${hour}:30`,
  timeZone: 'UTC',
  rrule: rule,
  ...more,
});

const releases = [];
try {
  const postgres = await findPostgres(quiet);
  releases.push(() => postgres.stop());
  console.error(`… filling the database; free from ${new Date(FREE_FROM).getUTCFullYear()} on`);
  const database = await benchDatabase(postgres.url);
  releases.push(() => database.drop());
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
  const api = await start('dist/main/api.js', env);
  releases.push(() => api.stop());
  const ask = async (input) => {
    const began = performance.now();
    const answer = await fetch(api.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
      body: JSON.stringify({ query: QUERY, variables: { input } }),
    });
    const { data, errors } = await answer.json();
    const ms = performance.now() - began;
    if (errors || !data.seriesCreate.occurrences) throw new Error(JSON.stringify(errors ?? data));
    return { ms, count: data.seriesCreate.occurrences.length };
  };
  const weekdays = 'FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR;COUNT=260';
  const times = { free: [], skip: [] };
  for (let round = -2; round < ROUNDS; round++) {
    const room = 400 + 2 * (round + 2);
    const free = await ask(inputOf(room, '03', weekdays));
    await ask(inputOf(room + 1, '03', 'FREQ=WEEKLY;BYDAY=WE;COUNT=52'));
    const skip = await ask(inputOf(room + 1, '03', weekdays, { mode: 'SKIP' }));
    if (free.count !== 260 || skip.count !== 260) throw new Error('not 260 occurrences');
    if (round < 0) continue;
    times.free.push(free.ms);
    times.skip.push(skip.ms);
  }
  const median = (all) => all.toSorted((a, b) => a - b)[Math.floor(all.length / 2)];
  const table = new Table();
  const bounds = { must: 1_000, aim: 300, most: true };
  table.row('260 occurrences on a free room, p50 ms', median(times.free), bounds);
  table.row('260 of which 52 are taken and left out, p50 ms', median(times.skip), bounds);
  table.print();
} finally {
  for (const release of releases.toReversed()) await release();
}
