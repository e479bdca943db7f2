import { call, tally, wish } from '../kit/calls.js';
import { replay } from '../kit/checker.js';
import { useDatabase } from '../kit/database.js';
import { eventually } from '../kit/eventually.js';
import { person } from '../kit/people.js';
import { startApi } from '../kit/program.js';
import { redisUrl } from '../kit/redis.js';
import { pool, room } from '../kit/things.js';
import { tokensFor } from '../kit/tokens.js';
import { watch } from '../kit/watch.js';

const database = await useDatabase();
const { db } = database;
const options = { databaseUrl: database.url, redisUrl: redisUrl() };
const apis = [await startApi(options), await startApi(options)] as const;
const people = await Promise.all(Array.from({ length: 200 }, () => person(db)));
const tokens = await tokensFor(db, people);
const DAY = { startsAt: '2032-05-04T00:00:00Z', endsAt: '2032-05-05T00:00:00Z' };
const at = (time: string) => `2032-05-04T${time}:00.000Z`;

const attempt = (index: number, ...rest: Parameters<typeof wish>) =>
  call(apis[index % 2] as (typeof apis)[0], tokens[index % tokens.length] as string, 'create', wish(...rest));

it('gives one window to one of 200 users on two instances, and tells every subscriber once', async () => {
  const { id } = await room(db);
  const watchers = [0, 1, 2, 3].map((index) =>
    watch((apis[index % 2] as (typeof apis)[0]).wsUrl, tokens[index] as string, [id], DAY),
  );
  await eventually(() => expect(watchers.map(({ told }) => told.length)).toEqual([1, 1, 1, 1]));
  const outcomes = await Promise.all(
    tokens.map((_, index) => attempt(index, [id], at('09:00'), at('10:00'))),
  );
  expect(tally(outcomes)).toEqual({ CONFIRMED: 1, SLOT_TAKEN: 199 });
  await eventually(() => expect(watchers.map((watcher) => watcher.changes().length)).toEqual([1, 1, 1, 1]));
  const claims = await database.psql('select from claim where resource_id = $1 and occupies', [id]);
  expect(claims).toHaveLength(1);
  for (const watcher of watchers) {
    expect([...replay(watcher.told)]).toEqual([`${at('09:00')}/${at('10:00')}`]);
    watcher.stop();
  }
});

it('gives 50 staggered windows that all overlap to exactly one', async () => {
  const { id } = await room(db);
  const minute = (minutes: number) => new Date(Date.parse(at('09:00')) + minutes * 60_000).toISOString();
  const outcomes = await Promise.all(
    Array.from({ length: 50 }, (_, index) => attempt(index, [id], minute(index), minute(index + 60))),
  );
  expect(tally(outcomes)).toEqual({ CONFIRMED: 1, SLOT_TAKEN: 49 });
});

it('gives a pool of three to exactly three of 50', async () => {
  const { id } = await pool(db, { capacity: 3 });
  const outcomes = await Promise.all(
    Array.from({ length: 50 }, (_, index) => attempt(index, [id], at('09:00'), at('10:00'))),
  );
  expect(tally(outcomes)).toEqual({ CONFIRMED: 3, CAPACITY_EXCEEDED: 47 });
});

it('passes a cancelled window on to exactly one of those who keep trying', async () => {
  const { id } = await room(db);
  const mine = await attempt(0, [id], at('09:00'), at('10:00'));
  let cancelled = false;
  const keepTrying = async (index: number) => {
    for (let tries = 0; ; tries++) {
      const outcome = await attempt(index, [id], at('09:00'), at('10:00'), {
        idempotencyKey: `again-${index}`,
      });
      // Two more rounds once it is free: whoever comes later must find it taken.
      if (outcome.what === 'CONFIRMED' || (cancelled && tries > 2)) return outcome;
      if (outcome.what !== 'SLOT_TAKEN') throw new Error(outcome.what);
      if (!cancelled) tries = 0;
    }
  };
  const others = Promise.all(Array.from({ length: 10 }, (_, index) => keepTrying(index + 1)));
  expect(await call(apis[1], tokens[0] as string, 'cancel', { id: mine.id })).toMatchObject({
    what: 'CANCELLED',
  });
  cancelled = true;
  expect(tally(await others)).toEqual({ CONFIRMED: 1, SLOT_TAKEN: 9 });
});
