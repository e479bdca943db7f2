import { call, tally, wish } from '../kit/calls.js';
import { clockFile } from '../kit/clock-file.js';
import { useDatabase } from '../kit/database.js';
import { person } from '../kit/people.js';
import { mustCheckIn } from '../kit/presence.js';
import { startApi, startSweeper } from '../kit/program.js';
import { redisUrl } from '../kit/redis.js';
import { place, resourceType, room } from '../kit/things.js';
import { tokensFor } from '../kit/tokens.js';

const START = Date.parse('2031-03-03T08:00:00Z');
const MINUTE = 60_000;
// Within the life of a token.
const RELEASE = START + 5 * MINUTE;
const END = START + 3_600_000;
const iso = (ms: number) => new Date(ms).toISOString();

const database = await useDatabase();
await mustCheckIn(database.db, {}, { graceMinutes: 5 });
const clock = clockFile(START);
const options = { databaseUrl: database.url, redisUrl: redisUrl(), clockFile: clock.path };
const [first, second] = [await startApi(options), await startApi(options)];
await startSweeper({ ...options, env: { HOLDFAST_SWEEP_INTERVAL_MS: '50' } });
const [mine, theirs] = (await tokensFor(
  database.db,
  [await person(database.db), await person(database.db)],
  new Date(START - MINUTE),
)) as [string, string];
const [type, site] = [await resourceType(database.db), await place(database.db)];

/** Reserves an hour of a fresh room, lets its owner check in against somebody who reserves the rest of it, and says how both ended. */
async function round(beforeRelease: number, meanwhile?: () => Promise<void>) {
  const { id: resource } = await room(database.db, { typeId: type.id, placeId: site.id });
  const reserve = () => call(second, theirs, 'create', wish([resource], iso(RELEASE), iso(END)));
  clock.set(START - MINUTE);
  const { id, what } = await call(first, mine, 'create', wish([resource], iso(START), iso(END)));
  expect(what).toBe('CONFIRMED');
  clock.set(RELEASE - beforeRelease);
  const both = Promise.all([call(first, mine, 'checkIn', { id }), reserve()]);
  await meanwhile?.();
  const [checkedIn, reserved] = await both;
  return { what: `${checkedIn.what} ${reserved.what}`, id: null, version: null, reserve };
}

/** Gives the calls that are out this long to get on. */
async function pass(ms: number) {
  for (const end = performance.now() + ms; performance.now() < end; )
    await new Promise((resolve) => setImmediate(resolve));
}

it('lets reserving win and checking in lose at the very instant of the release, in 150 rounds', async () => {
  const outcomes = [];
  for (let n = 0; n < 150; n++) outcomes.push(await round(0));
  expect(tally(outcomes)).toEqual({ 'TOO_LATE CONFIRMED': 150 });
}, 60_000);

it('lets checking in win one millisecond before it', async () => {
  const outcomes = [];
  for (let n = 0; n < 50; n++) outcomes.push(await round(1));
  expect(tally(outcomes)).toEqual({ 'CHECKED_IN SLOT_TAKEN': 50 });
}, 60_000);

it('has exactly one winner when the release comes while both calls are out', async () => {
  const outcomes = [];
  for (let n = 0; n < 150; n++) {
    const outcome = await round(1, async () => {
      await pass((n % 40) / 5);
      clock.set(RELEASE);
    });
    outcomes.push(outcome);
    // Reserving looked before the release and checking in behind it: each was told the truth, and the rest is free.
    if (outcome.what === 'TOO_LATE SLOT_TAKEN')
      expect(await outcome.reserve()).toMatchObject({ what: 'CONFIRMED' });
  }
  const {
    'TOO_LATE CONFIRMED': late = 0,
    'CHECKED_IN SLOT_TAKEN': there = 0,
    'TOO_LATE SLOT_TAKEN': neither = 0,
    ...wrong
  } = tally(outcomes);
  expect(wrong).toEqual({});
  // The clock did turn in the middle.
  expect(late + neither).toBeGreaterThan(0);
  expect(there).toBeGreaterThan(0);
  const noShows = await database.psql(
    `select from audit where action = 'reservation.noShow' group by subject_id having count(*) > 1`,
  );
  expect(noShows).toEqual([]);
}, 60_000);
