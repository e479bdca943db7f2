import { Client } from 'pg';
import { call, tally, wish } from '../kit/calls.js';
import { useDatabase } from '../kit/database.js';
import { eventually } from '../kit/eventually.js';
import { person } from '../kit/people.js';
import { startApi } from '../kit/program.js';
import { redisUrl } from '../kit/redis.js';
import { pool, room } from '../kit/things.js';
import { tokensFor } from '../kit/tokens.js';

const database = await useDatabase();
const { db } = database;
const options = { databaseUrl: database.url, redisUrl: redisUrl() };
const [first, second] = [await startApi(options), await startApi(options)];
const [mine, theirs] = (await tokensFor(db, [await person(db, 'MANAGER'), await person(db, 'MANAGER')])) as [
  string,
  string,
];
const [a, b, p] = [await room(db), await room(db), await pool(db, { capacity: 1 })];
const START = Date.parse('2032-06-01T08:00:00Z');
const hour = (number: number) => new Date(START + number * 3_600_000).toISOString();

it('lets one of two win who want the same set in opposite order: 200 rounds without a deadlock to be seen', async () => {
  for (let round = 0; round < 200; round++) {
    const outcomes = await Promise.all([
      call(first, mine, 'create', wish([a.id, p.id, b.id], hour(round), hour(round + 1))),
      call(second, theirs, 'create', wish([b.id, p.id, a.id], hour(round), hour(round + 1))),
    ]);
    const counts = tally(outcomes);
    expect(counts).toMatchObject({ CONFIRMED: 1 });
    expect(outcomes.find(({ what }) => what !== 'CONFIRMED')?.what).toMatch(/SLOT_TAKEN/);
  }
  const claims = await database.psql('select from claim where occupies');
  expect(claims).toHaveLength(600);
});

it('swaps two reservations at once with a swap of the same two, and neither gets lost', async () => {
  const one = await call(first, mine, 'create', wish([a.id], hour(500), hour(501)));
  const two = await call(first, mine, 'create', wish([a.id], hour(502), hour(503)));
  const swap = (windows: readonly [number, number]) => ({
    input: {
      moves: [one, two].map(({ id }, index) => ({
        id,
        window: { startsAt: hour(windows[index] as number), endsAt: hour((windows[index] as number) + 1) },
      })),
    },
  });
  for (let round = 0; round < 20; round++) {
    const outcomes = await Promise.all([
      call(first, mine, 'move', swap([502, 500])),
      call(second, theirs, 'move', swap([500, 502])),
    ]);
    expect(tally(outcomes)).toEqual({ MOVED: 2 });
  }
  const spans = await database.psql<{ from: Date }>(
    'select lower(occupied) as from from claim where resource_id = $1 and occupies and lower(occupied) >= $2 order by 1',
    [a.id, hour(500)],
  );
  expect(spans.map(({ from }) => from.toISOString())).toEqual([hour(500), hour(502)]);
});

it('judges a move over the own old window, and one that meets a stranger, as it should', async () => {
  const own = await call(first, mine, 'create', wish([b.id], hour(600), hour(602)));
  await call(first, theirs, 'create', wish([b.id], hour(603), hour(604)));
  const to = (from: number, until: number) => ({
    input: { moves: [{ id: own.id, window: { startsAt: hour(from), endsAt: hour(until) } }] },
  });
  expect(await call(second, mine, 'move', to(601, 603))).toMatchObject({ what: 'MOVED' });
  expect(await call(second, mine, 'move', to(602, 604))).toMatchObject({ what: 'SLOT_TAKEN' });
});

it('holds no pool while it waits for a room: whoever leaves both needs the number of the pool to go', async () => {
  const [shed, carts] = [await room(db), await pool(db, { capacity: 9 })];
  const set = wish([shed.id, carts.id], hour(900), hour(901));
  const taken = await call(first, mine, 'create', set);
  const leaving = new Client({ connectionString: database.url });
  const looking = new Client({ connectionString: database.url });
  await Promise.all([leaving.connect(), looking.connect()]);
  await leaving.query('begin');
  const bare = taken.id?.replace('rsv_', '');
  await leaving.query(`update reservation set state = 'CANCELLED' where replace(id::text, '-', '') = $1`, [
    bare,
  ]);
  const creating = call(second, theirs, 'create', set);
  const waiters = `select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`;
  await eventually(async () => expect((await looking.query(waiters)).rowCount).toBe(1));
  await looking.query('select from stream where resource_id = $1 for update nowait', [carts.id]);
  await leaving.query('commit');
  expect((await creating).what).toBe('CONFIRMED');
  await Promise.all([leaving.end(), looking.end()]);
});
