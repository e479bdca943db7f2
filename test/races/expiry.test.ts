import { call, tally, wish } from '../kit/calls.js';
import { clockFile } from '../kit/clock-file.js';
import { useDatabase } from '../kit/database.js';
import { person } from '../kit/people.js';
import { startApi, startSweeper } from '../kit/program.js';
import { redisUrl } from '../kit/redis.js';
import { room } from '../kit/things.js';
import { tokensFor } from '../kit/tokens.js';

const START = Date.parse('2031-03-03T08:00:00Z');
const HOLD_SECONDS = 60;
const EXPIRY = START + HOLD_SECONDS * 1_000;

const database = await useDatabase();
const clock = clockFile(START);
const options = { databaseUrl: database.url, redisUrl: redisUrl(), clockFile: clock.path };
const [first, second] = [await startApi(options), await startApi(options)];
await startSweeper({ ...options, env: { HOLDFAST_SWEEP_INTERVAL_MS: '50' } });
const [mine, theirs] = (await tokensFor(
  database.db,
  [await person(database.db), await person(database.db)],
  new Date(START),
)) as [string, string];
let hours = 100;

/** Holds a fresh window of the room, lets its owner confirm against somebody who reserves it, and says how both ended. */
async function round(resource: string, at: number, meanwhile?: () => Promise<void>) {
  const startsAt = new Date(START + hours++ * 3_600_000).toISOString();
  const endsAt = new Date(Date.parse(startsAt) + 3_600_000).toISOString();
  const reserve = () => call(second, theirs, 'create', wish([resource], startsAt, endsAt));
  clock.set(START);
  const held = await call(
    first,
    mine,
    'hold',
    wish([resource], startsAt, endsAt, { holdSeconds: HOLD_SECONDS }),
  );
  expect(held.what).toBe('HELD');
  clock.set(at);
  const both = Promise.all([call(first, mine, 'confirm', { id: held.id }), reserve()]);
  await meanwhile?.();
  const [confirmed, reserved] = await both;
  return { what: `${confirmed.what} ${reserved.what}`, id: null, version: null, reserve };
}

/** Gives the calls that are out this long to get on. */
async function pass(ms: number) {
  for (const end = performance.now() + ms; performance.now() < end; )
    await new Promise((resolve) => setImmediate(resolve));
}

const owned = async (resource: string) =>
  (await database.psql('select from claim where resource_id = $1 and occupies', [resource])).length;

it('lets reserving win and confirming lose at the very instant of the expiry, in 500 rounds', async () => {
  const { id } = await room(database.db);
  const outcomes = [];
  for (let n = 0; n < 500; n++) outcomes.push(await round(id, EXPIRY));
  expect(tally(outcomes)).toEqual({ 'HOLD_EXPIRED CONFIRMED': 500 });
  expect(await owned(id)).toBe(500);
}, 120_000);

it('lets confirming win one millisecond before the expiry', async () => {
  const { id } = await room(database.db);
  for (let n = 0; n < 25; n++)
    expect((await round(id, EXPIRY - 1)).what).toMatch(/^CONFIRMED SLOT_(HELD|TAKEN)$/);
  expect(await owned(id)).toBe(25);
}, 30_000);

it('never has two owners when the expiry comes while both calls are out, and never leaves the window to nobody', async () => {
  const { id } = await room(database.db);
  const outcomes = [];
  for (let n = 0; n < 200; n++) {
    const outcome = await round(id, EXPIRY - 1, async () => {
      await pass((n % 40) / 5);
      clock.set(EXPIRY);
    });
    outcomes.push(outcome);
    // Reserving looked before the expiry and confirming behind it: each was told the truth, and the window is free.
    if (outcome.what === 'HOLD_EXPIRED SLOT_HELD')
      expect(await outcome.reserve()).toMatchObject({ what: 'CONFIRMED' });
  }
  const {
    'HOLD_EXPIRED CONFIRMED': late = 0,
    'CONFIRMED SLOT_HELD': held = 0,
    'CONFIRMED SLOT_TAKEN': taken = 0,
    'HOLD_EXPIRED SLOT_HELD': neither = 0,
    ...wrong
  } = tally(outcomes);
  expect(wrong).toEqual({});
  // The clock did turn in the middle: some found it before the expiry and some behind it.
  expect(late + neither).toBeGreaterThan(0);
  expect(held + taken).toBeGreaterThan(0);
  expect(await owned(id)).toBe(200);
}, 60_000);
