import { randomUUID } from 'node:crypto';
import { call, type Outcome, tally, wish } from '../kit/calls.js';
import { replay } from '../kit/checker.js';
import { useDatabase } from '../kit/database.js';
import { eventually } from '../kit/eventually.js';
import { person } from '../kit/people.js';
import { startApi } from '../kit/program.js';
import { redisUrl } from '../kit/redis.js';
import { room } from '../kit/things.js';
import { tokensFor } from '../kit/tokens.js';
import { watch } from '../kit/watch.js';

const database = await useDatabase();
const { db } = database;
const options = { databaseUrl: database.url, redisUrl: redisUrl() };
const [doomed, survivor] = [await startApi(options), await startApi(options)];
const [token] = (await tokensFor(db, [await person(db)])) as [string];
const START = Date.parse('2032-07-01T00:00:00Z');
const slot = (number: number) => new Date(START + number * 1_800_000).toISOString();
const ALL = { startsAt: slot(0), endsAt: slot(2_000) };

it('loses and doubles nothing when an instance is killed during 1,000 reservations, and its subscribers resume', async () => {
  const { id: resource } = await room(db);
  let port = doomed.wsUrl;
  const faithful = watch(survivor.wsUrl, token, [resource], ALL);
  const orphan = watch(() => port, token, [resource], ALL);
  await eventually(() => expect([faithful.told.length, orphan.told.length]).toEqual([1, 1]));

  let done = 0;
  let killed: Promise<void> | null = null;
  /** Retries on the other instance with the same key until somebody answers. */
  const reserve = async (number: number): Promise<Outcome> => {
    const input = wish([resource], slot(number), slot(number + 1), { idempotencyKey: randomUUID() });
    for (let api = number % 2 === 0 ? doomed : survivor; ; api = survivor) {
      const outcome = await call(api, token, 'create', input);
      if (outcome.what !== 'DROPPED' && outcome.what !== 'ERROR UNAVAILABLE') {
        if (++done === 400) {
          port = survivor.wsUrl;
          killed = doomed.kill();
        }
        return outcome;
      }
    }
  };
  const numbers = Array.from({ length: 1_000 }, (_, number) => number);
  const outcomes: Outcome[] = [];
  const worker = async () => {
    for (let number = numbers.shift(); number !== undefined; number = numbers.shift())
      outcomes.push(await reserve(number));
  };
  await Promise.all(Array.from({ length: 20 }, worker));
  await killed;

  expect(tally(outcomes)).toEqual({ CONFIRMED: 1_000 });
  const rows = await database.psql<{ id: string }>(
    `select 'rsv_' || replace(id::text, '-', '') as id from reservation where state = 'CONFIRMED'`,
  );
  expect(new Set(rows.map(({ id }) => id))).toEqual(new Set(outcomes.map(({ id }) => id)));
  await eventually(
    () => expect([faithful, orphan].map((watcher) => watcher.changes().length)).toEqual([1_000, 1_000]),
    20_000,
  );
  expect(replay(orphan.told)).toEqual(replay(faithful.told));
  expect(replay(orphan.told).size).toBe(1_000);
  faithful.stop();
  orphan.stop();
}, 90_000);
