import { findPostgres } from '../kit/run/postgres.mjs';
import { findRedis } from '../kit/run/redis.mjs';
import { benchDatabase } from './database.mjs';
import { fanOut } from './fan-out.mjs';
import { load, median } from './load.mjs';
import { pgbench, pgbenchPath } from './pgbench.mjs';
import { start } from './programs.mjs';
import { requests } from './requests.mjs';
import { statements } from './statements.mjs';
import { Table } from './table.mjs';
import { quiet, SECRET, tokenFor } from './token.mjs';

const quick = process.argv.includes('--quick');
const ROUNDS = quick ? 1 : 3;
const SECONDS = quick ? 2 : 4;
const releases = [];
const say = (text) => console.error(`… ${text}`);

/** Interleaves the measurements round by round, so that the machine's moods meet all of them. */
async function interleaved(measurements) {
  const results = new Map(measurements.map(([name]) => [name, []]));
  for (let round = 0; round < ROUNDS; round++) {
    for (const [name, measure] of measurements) {
      say(`${name}, round ${round + 1}`);
      results.get(name).push(await measure());
    }
  }
  return results;
}

/** 64 requests for one window at once, 50 times: exactly one winner each time. */
async function sameWindow(targets, headers) {
  const times = [];
  let wrong = 0;
  for (let round = 0; round < 50; round++) {
    const outcomes = await Promise.all(
      Array.from({ length: 64 }, async (_, index) => {
        const began = performance.now();
        const body = JSON.stringify(requests.same(round + (targets.length - 1) * 100));
        const answer = await fetch(targets[index % targets.length].url, {
          method: 'POST',
          headers: { 'content-type': 'application/json', ...headers },
          body,
        });
        const text = await answer.text();
        times.push(performance.now() - began);
        return text;
      }),
    );
    const winners = outcomes.filter((text) => text.includes('ReservationSuccess')).length;
    const refused = outcomes.filter((text) => text.includes('SLOT_TAKEN')).length;
    if (winners !== 1 || refused !== 63) wrong++;
  }
  times.sort((a, b) => a - b);
  return { p99: times[Math.floor(times.length * 0.99)], wrong };
}

try {
  const postgres = await findPostgres(quiet);
  releases.push(() => postgres.stop());
  const redis = await findRedis();
  releases.push(() => redis.stop?.());
  say('filling the database');
  const database = await benchDatabase(postgres.url);
  releases.push(() => database.drop());
  const env = {
    HOST: '127.0.0.1',
    PORT: '0',
    NODE_ENV: 'production',
    LOG_LEVEL: 'warn',
    DATABASE_URL: database.url,
    REDIS_URL: redis.url,
    HOLDFAST_REDIS_PREFIX: `${database.name}:`,
    HOLDFAST_SECRET: SECRET,
    HOLDFAST_ISSUER: 'holdfast',
    HOLDFAST_OPERATIONS_PER_USER: '100000000',
    HOLDFAST_OPERATIONS_PER_ADDRESS: '100000000',
    HOLDFAST_REQUESTS_PER_ADDRESS: '100000000',
    HOLDFAST_SOCKETS_PER_USER: '100000',
  };
  const api = async () => {
    const program = await start('dist/main/api.js', { ...env, LOG_LEVEL: 'info' });
    releases.push(() => program.stop());
    return program;
  };
  const token = await tokenFor(database);
  const headers = { authorization: `Bearer ${token}` };
  const ours = { ...(await api()), headers };
  const idle = ours.rss();
  const floor = await start('test/bench/peers/floor.mjs', { DATABASE_URL: database.url });
  releases.push(() => floor.stop());
  const mercurius = await start('test/bench/peers/mercurius.mjs', { DATABASE_URL: database.url });
  releases.push(() => mercurius.stop());
  const limit = pgbenchPath();
  if (!limit) say('pgbench is not installed: its ratios are left out');
  const texts = await statements();

  const plain = { connections: 16, seconds: SECONDS };
  const four = ['q1', 'q2', 'q3', 'm1'];
  say('warming up');
  for (const target of [ours, mercurius, floor]) {
    for (const name of four) await load(target, name, { connections: 16, seconds: quick ? 1 : 2 });
  }
  const results = await interleaved([
    ...four.flatMap((name) => [
      [`${name} Holdfast`, () => load(ours, name, plain)],
      [`${name} Mercurius`, () => load(mercurius, name, plain)],
      [`${name} floor`, () => load(floor, name, plain)],
      ...(limit
        ? [
            [
              `${name} pgbench`,
              async () => ({
                perSecond: await pgbench(limit, database.url, texts, name, SECONDS),
                p99: 0,
                bad: 0,
              }),
            ],
          ]
        : []),
    ]),
    ['m1, 64 connections', () => load(ours, 'm1', { ...plain, connections: 64 })],
    ['refused', () => load(ours, 'refused', plain)],
    ['hot resource, 32 connections', () => load(ours, 'hot', { ...plain, connections: 32 })],
    ['free among 1,000', () => load(ours, 'free', plain)],
  ]);
  const figure = (name) => median(results.get(name) ?? [{ perSecond: Number.NaN, p99: 0, bad: 0 }]);
  const busy = ours.rss();

  const second = await api();
  say('same window');
  const one = await sameWindow([ours], headers);
  const two = await sameWindow([ours, second], headers);
  const fans = {};
  for (const [name, count, writer, resource] of [
    ['1,000', 1_000, ours, 11],
    ['10,000', 10_000, ours, 12],
    ['1,000 of another instance', 1_000, second, 13],
  ]) {
    if (quick && count > 1_000) continue;
    say(`fan-out to ${name}`);
    fans[name] = await fanOut({ writer, reader: ours, token, count, resource });
  }

  const absolute = new Table();
  for (const name of results.keys()) absolute.row(`${name}, req/s`, figure(name).perSecond);
  for (const name of [
    'q1 Holdfast',
    'q2 Holdfast',
    'q3 Holdfast',
    'm1 Holdfast',
    'm1, 64 connections',
    'refused',
    'free among 1,000',
  ])
    absolute.row(`${name}, p99 ms`, figure(name).p99);
  absolute.print();
  console.log('');
  const ratios = new Table();
  const ratio = (a, b) => figure(a).perSecond / figure(b).perSecond;
  ratios.row('q1 ÷ Mercurius', ratio('q1 Holdfast', 'q1 Mercurius'), { must: 1 });
  ratios.row('q1 ÷ floor', ratio('q1 Holdfast', 'q1 floor'), { aim: 0.85 });
  ratios.row('q2 ÷ Mercurius', ratio('q2 Holdfast', 'q2 Mercurius'), { must: 1.05 });
  ratios.row('q2 ÷ floor', ratio('q2 Holdfast', 'q2 floor'), { aim: 1.15 });
  ratios.row('q3 ÷ Mercurius', ratio('q3 Holdfast', 'q3 Mercurius'), { must: 1.2 });
  ratios.row('q3 ÷ floor', ratio('q3 Holdfast', 'q3 floor'), { aim: 0.95 });
  if (limit) {
    for (const name of four.slice(0, 3))
      ratios.row(`${name} ÷ pgbench`, ratio(`${name} Holdfast`, `${name} pgbench`));
    ratios.row('m1 ÷ pgbench of the same statement', ratio('m1 Holdfast', 'm1 pgbench'), {
      must: 0.5,
      aim: 0.7,
    });
  }
  ratios.row("m1 ÷ Mercurius' bare insert", ratio('m1 Holdfast', 'm1 Mercurius'), { aim: 1 });
  ratios.row('m1 at 64 connections, req/s', figure('m1, 64 connections').perSecond, {
    must: 1500,
    aim: 2000,
  });
  ratios.row('m1 at 64 connections, p99 ms', figure('m1, 64 connections').p99, { must: 90, most: true });
  ratios.row('refused, req/s', figure('refused').perSecond, { must: 2500, aim: 3500 });
  ratios.row('hot resource, req/s', figure('hot resource, 32 connections').perSecond, {
    must: 1200,
    aim: 1800,
  });
  ratios.row('free among 1,000, req/s', figure('free among 1,000').perSecond, { must: 600, aim: 1000 });
  ratios.row('same window, 1 instance, p99 ms', one.p99, { must: 100, aim: 50, most: true });
  ratios.row('same window, 2 instances, p99 ms', two.p99, { must: 100, aim: 50, most: true });
  ratios.row('same window, rounds without exactly one winner', one.wrong + two.wrong, {
    must: 0,
    aim: 0,
    most: true,
  });
  const bounds = { '1,000': [60, 40], '10,000': [500, 350], '1,000 of another instance': [120, 80] };
  for (const [name, fan] of Object.entries(fans)) {
    const [must, aim] = bounds[name];
    ratios.row(`fan-out to ${name}, p99 ms`, fan.p99, { must, aim, most: true });
    ratios.row(`fan-out to ${name}, p50 ms`, fan.p50);
    ratios.row(`fan-out to ${name}, lost or out of order`, fan.lost + fan.outOfOrder, {
      must: 0,
      aim: 0,
      most: true,
    });
    ratios.row(
      `fan-out to ${name}, deliveries/s in a burst`,
      fan.burstPerSecond,
      name === '10,000' ? { must: 45_000, aim: 65_000 } : {},
    );
    ratios.row(
      `fan-out to ${name}, kB a subscription`,
      fan.perSocket,
      name === '10,000' ? { must: 14, aim: 9, most: true } : {},
    );
  }
  ratios.row('start of the api, ms', second.startMs, { must: 2000, aim: 1000, most: true });
  ratios.row('memory idle, MiB', idle, { must: 180, aim: 150, most: true });
  ratios.row('memory under load, MiB', busy, { must: 300, aim: 250, most: true });
  ratios.row(
    'answers that were not what was asked for',
    [...results.keys()].reduce((sum, name) => sum + figure(name).bad, 0),
    { must: 0, aim: 0, most: true },
  );
  for (const name of results.keys()) {
    if (figure(name).bad > 0) console.log(`${name}: ${figure(name).bad} answers were not what was asked for`);
  }
  ratios.print();
} finally {
  for (const release of releases.toReversed()) await release();
}
