import { cancelReservation } from '../../src/domain/reservations/cancel-reservation.js';
import type { WaitRow } from '../../src/sql/waitlist/wait-row.js';
import { confirmed } from '../kit/approvals.js';
import { call, tally, wish } from '../kit/calls.js';
import { ManualClock } from '../kit/clock.js';
import { clockFile } from '../kit/clock-file.js';
import { reserved } from '../kit/closures.js';
import { testCtx } from '../kit/ctx.js';
import { useDatabase } from '../kit/database.js';
import { person } from '../kit/people.js';
import { startApi, startSweeper } from '../kit/program.js';
import { redisUrl } from '../kit/redis.js';
import { rule } from '../kit/rules.js';
import { pool, room } from '../kit/things.js';
import { tokensFor } from '../kit/tokens.js';
import { standing, waiting } from '../kit/waits.js';

const START = Date.parse('2031-03-03T08:00:00Z');
const HOLD_SECONDS = 60;
const EXPIRY = START + HOLD_SECONDS * 1_000;
const HOUR = 3_600_000;

const database = await useDatabase();
const { db } = database;
const clock = clockFile(START);
const options = { databaseUrl: database.url, redisUrl: redisUrl(), clockFile: clock.path };
const apis = [await startApi(options), await startApi(options)] as const;
const api = (index: number) => apis[index % 2] as (typeof apis)[0];
for (let n = 0; n < 2; n++) await startSweeper({ ...options, env: { HOLDFAST_SWEEP_INTERVAL_MS: '50' } });
const people = await Promise.all(Array.from({ length: 7 }, () => person(db)));
const [holder, ...strangers] = (await tokensFor(db, people.slice(0, 4), new Date(START))) as [
  string,
  ...string[],
];
const [me, first, second, third] = [people[0], ...people.slice(4)].map((one) =>
  testCtx(db, (one as (typeof people)[0]).viewer, new ManualClock(new Date(START).toISOString())),
) as [Acting, Acting, Acting, Acting];
type Acting = Parameters<typeof waiting>[0];
// Whoever takes part waits for hundreds of things.
await rule(db, 'WAITLIST', { offerMinutes: 30, mostOpen: 1, priorities: [] }, { exemptRoles: ['MEMBER'] });
let hours = 100;

/** A window of its own for each round, far from those for which some go on waiting. */
function window(): [string, string] {
  hours += 480;
  const startsAt = START + hours * HOUR;
  return [new Date(startsAt).toISOString(), new Date(startsAt + HOUR).toISOString()];
}

/** Everybody who wants it at once, over two instances. */
const rush = (resource: string, [startsAt, endsAt]: [string, string], quantity?: number) =>
  strangers.flatMap((token, index) =>
    [0, 1].map((which) => {
      const wanted = wish([resource], startsAt, endsAt);
      if (quantity) Object.assign(wanted.input.resources[0] as object, { quantity });
      return call(api(index + which), token, 'create', wanted);
    }),
  );

const owners = async (resource: string, startsAt: string) => {
  const rows = await database.psql<{ owner_id: string }>(
    `select v.owner_id from claim c join reservation v on v.id = c.reservation_id
     where c.resource_id = $1 and c.occupies and v.starts_at = $2 order by v.created_at, v.id`,
    [resource, startsAt],
  );
  return rows.map(({ owner_id }) => owner_id);
};
const states = (waits: readonly WaitRow[]) =>
  Promise.all(waits.map(async (wait) => (await standing(first, wait)).state));

it('gives a hold that expires to the first who waits, in 200 rounds against strangers, its holder and sweepers', async () => {
  const { id } = await room(db);
  const outcomes = [];
  for (let n = 0; n < 200; n++) {
    const at = window();
    clock.set(START);
    const held = await call(api(0), holder, 'hold', wish([id], ...at, { holdSeconds: HOLD_SECONDS }));
    const waits = [await waiting(first, [id], ...at), await waiting(second, [id], ...at)];
    clock.set(EXPIRY);
    const confirming = call(api(1), holder, 'confirm', { id: held.id });
    const others = await Promise.all(rush(id, at));
    expect(tally(others)).toEqual({ SLOT_HELD: others.length });
    outcomes.push(await confirming);
    expect(await owners(id, at[0])).toEqual([first.viewer.userId]);
    expect(await states(waits)).toEqual(['OFFERED', 'WAITING']);
  }
  expect(tally(outcomes)).toEqual({ HOLD_EXPIRED: 200 });
}, 300_000);

it('gives what is cancelled to the first who waits, in 100 rounds against strangers', async () => {
  const { id } = await room(db);
  clock.set(START);
  for (let n = 0; n < 100; n++) {
    const at = window();
    const taken = await reserved(me, [id], ...at);
    const waits = [await waiting(first, [id], ...at), await waiting(second, [id], ...at)];
    const rushing = rush(id, at);
    const cancelled = await call(api(0), holder, 'cancel', { id: `rsv_${taken.id.replaceAll('-', '')}` });
    expect(cancelled.what).toBe('CANCELLED');
    const others = await Promise.all([...rushing, ...rush(id, at)]);
    const { SLOT_HELD: held = 0, SLOT_TAKEN: gone = 0, ...wrong } = tally(others);
    expect([held + gone, wrong]).toEqual([others.length, {}]);
    expect(await owners(id, at[0])).toEqual([first.viewer.userId]);
    expect(await states(waits)).toEqual(['OFFERED', 'WAITING']);
  }
}, 300_000);

it('gives what expires of a pool to those whose whole wish fits, in 25 rounds', async () => {
  const { id } = await pool(db, { capacity: 3 });
  for (let n = 0; n < 25; n++) {
    const at = window();
    clock.set(START);
    const all = wish([id], ...at, { holdSeconds: HOLD_SECONDS });
    Object.assign(all.input.resources[0] as object, { quantity: 3 });
    expect((await call(api(0), holder, 'hold', all)).what).toBe('HELD');
    const many = (quantity: number) => ({ resources: [{ resourceId: id, quantity }] });
    const waits = [
      await waiting(first, [], ...at, many(2)),
      await waiting(second, [], ...at, many(2)),
      await waiting(third, [], ...at, many(1)),
    ];
    clock.set(EXPIRY);
    const others = await Promise.all([...rush(id, at, 1), ...rush(id, at, 2)]);
    expect(tally(others)).toEqual({ CAPACITY_EXCEEDED: others.length });
    expect(await states(waits)).toEqual(['OFFERED', 'WAITING', 'OFFERED']);
    expect(await owners(id, at[0])).toEqual([first.viewer.userId, third.viewer.userId]);
  }
}, 200_000);

it('loses nobody who joins at the instant at which the window is cancelled, in 100 rounds', async () => {
  const { id } = await room(db);
  for (let n = 0; n < 100; n++) {
    const at = window();
    const taken = await reserved(me, [id], ...at);
    const [wait] = await Promise.all([
      waiting(first, [id], ...at),
      n % 2
        ? cancelReservation(me, confirmed(taken.id))
        : database.psql(`update reservation set state = 'CANCELLED' where id = '${taken.id}'`),
    ]);
    // by joining, by cancelling, or by the sweeper that finds what psql has left
    for (let tries = 0; (await states([wait]))[0] !== 'OFFERED'; tries++) expect(tries).toBeLessThan(500);
    expect(await owners(id, at[0])).toEqual([first.viewer.userId]);
  }
}, 200_000);
