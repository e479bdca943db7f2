import { randomUUID } from 'node:crypto';
import { openDatabase } from '../../src/infra/postgres/database.js';
import { call, type Outcome, post, tally, wish } from '../kit/calls.js';
import { replay } from '../kit/checker.js';
import { eventually } from '../kit/eventually.js';
import { SilentLog } from '../kit/log.js';
import { person } from '../kit/people.js';
import { privatePostgres } from '../kit/private-postgres.js';
import { privateRedis } from '../kit/private-redis.js';
import { startApi, startSweeper } from '../kit/program.js';
import { room } from '../kit/things.js';
import { tokensFor } from '../kit/tokens.js';
import { watch } from '../kit/watch.js';

const postgres = await privatePostgres();
const redis = await privateRedis();
const open = () =>
  openDatabase({
    url: postgres.url,
    poolSize: 4,
    connectTimeoutMs: 2_000,
    answerTimeoutMs: 10_000,
    log: new SilentLog(),
  });
const db = await open();
const [{ id: resource }, somebody] = [await room(db), await person(db)];
const [token] = (await tokensFor(db, [somebody])) as [string];
const options = { databaseUrl: postgres.url, redisUrl: redis.url };
const apis = [await startApi(options), await startApi(options)] as const;
await startSweeper(options);
const START = Date.parse('2032-08-01T00:00:00Z');
const slot = (number: number) => new Date(START + number * 60_000).toISOString();
const ALL = { startsAt: slot(0), endsAt: slot(100_000) };

afterAll(async () => {
  await db.close();
  await redis.kill();
  await postgres.remove();
});

/** What may come of a call while a server is away: done, or not now. Never a wrong answer, never "not signed in". */
const HONEST = /^(CONFIRMED|DROPPED|ERROR UNAVAILABLE|ERROR TIMEOUT)$/;

it('ends up gap-free after Redis was frozen for 10 s and PostgreSQL restarted, both under load', async () => {
  const watchers = apis.map((api) => watch(api.wsUrl, token, [resource], ALL));
  await eventually(() => expect(watchers.map(({ told }) => told.length)).toEqual([1, 1]));
  const outcomes: Outcome[] = [];
  const acknowledged = new Set<string>();
  let over = false;
  let next = 0;
  const worker = async (index: number) => {
    while (!over) {
      const number = next++;
      const input = wish([resource], slot(number), slot(number + 1), { idempotencyKey: randomUUID() });
      const outcome = await call(apis[index % 2] as (typeof apis)[0], token, 'create', input);
      outcomes.push(outcome);
      if (outcome.id) acknowledged.add(outcome.id);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  };
  const load = Promise.all(Array.from({ length: 4 }, (_, index) => worker(index)));
  const grows = async (by: number, timeoutMs: number) => {
    const before = acknowledged.size;
    await eventually(() => expect(acknowledged.size).toBeGreaterThan(before + by), timeoutMs);
  };
  await grows(50, 10_000);

  redis.pause();
  const frozenAt = Date.now();
  await grows(50, 10_000);
  // Changes still arrive: within the catch-up interval instead of at once.
  const known = acknowledged.size;
  await eventually(
    () => expect(watchers.every((watcher) => watcher.changes().length >= known)).toBe(true),
    5_000,
  );
  await eventually(() => expect(Date.now() - frozenAt).toBeGreaterThan(10_000), 12_000, 100);
  redis.resume();
  await grows(50, 10_000);

  await postgres.stop();
  const refused = outcomes.length;
  await eventually(
    () => expect(outcomes.slice(refused).some(({ what }) => what === 'ERROR UNAVAILABLE')).toBe(true),
    10_000,
  );
  const alive = await fetch(`${apis[0].url}/healthz`);
  const ready = await fetch(`${apis[0].url}/readyz`);
  expect([alive.status, ready.status]).toEqual([200, 503]);
  await postgres.start();
  await grows(50, 15_000);
  over = true;
  await load;

  expect(Object.keys(tally(outcomes)).filter((what) => !HONEST.test(what))).toEqual([]);
  const again = await open();
  const kept = await again.query<{ id: string }>(
    {
      name: 'kept',
      text: `select 'rsv_' || replace(id::text, '-', '') as id from reservation where state = 'CONFIRMED'`,
    },
    [],
  );
  await again.close();
  const ids = new Set(kept.map(({ id }) => id));
  expect([...acknowledged].filter((id) => !ids.has(id))).toEqual([]);
  await eventually(
    () => expect(watchers.map((watcher) => watcher.changes().length)).toEqual([ids.size, ids.size]),
    15_000,
  );
  for (const watcher of watchers) {
    expect(replay(watcher.told).size).toBe(ids.size);
    expect(watcher.closed).toEqual([]);
    watcher.stop();
  }
  const viewer = await post(apis[0], token, { query: '{ viewer { id } }' });
  expect(viewer?.answer.errors).toBeUndefined();
}, 120_000);
