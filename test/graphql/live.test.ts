import { parse } from 'graphql';
import type { Viewer } from '../../src/domain/act.js';
import { StreamReader } from '../../src/domain/events/stream-reader.js';
import { Unavailable } from '../../src/domain/failure.js';
import { globalId } from '../../src/domain/ids.js';
import { cancelReservation } from '../../src/domain/reservations/cancel-reservation.js';
import { createReservation } from '../../src/domain/reservations/create-reservation.js';
import { buildHoldfastSchema } from '../../src/graphql/build-schema.js';
import type { GraphQLContext } from '../../src/graphql/context.js';
import { Live } from '../../src/graphql/live/live.js';
import { maskErrors } from '../../src/server/graphql/masking.js';
import { prune } from '../../src/sql/prune.js';
import type { Database, Queryable } from '../../src/sql/statement.js';
import { checkStream, replay } from '../kit/checker.js';
import { testCtx } from '../kit/ctx.js';
import { useDatabase } from '../kit/database.js';
import { eventually } from '../kit/eventually.js';
import { person } from '../kit/people.js';
import { room } from '../kit/things.js';
import type { Told } from '../kit/watch.js';

const { db, psql } = await useDatabase();
const schema = buildHoldfastSchema();
const member = await person(db);
const ctx = testCtx(db, member.viewer);
const document = (more = '') =>
  parse(`subscription($resources: [ID!]!, $after: [String!]) {
  availability(resources: $resources, window: {startsAt: "2027-03-02T00:00:00Z", endsAt: "2027-03-03T00:00:00Z"}, after: $after) {
    __typename
    ... on AvailabilitySnapshot { resource { id } version cursor cause busy { startsAt endsAt ${more} } }
    ... on AvailabilityChange { resource { id } version cursor areRulesChanged freed { startsAt endsAt } taken { startsAt endsAt ${more} } } } }`);

async function live(reads: Queryable = db) {
  const reader = new StreamReader({ db: reads, bus: ctx.bus, log: ctx.log, catchUpMs: 50 });
  await reader.start();
  return { reader, live: new Live({ db, clock: ctx.clock, log: ctx.log, reader }) };
}

const running = await live();
afterAll(() => running.reader.stop());

interface Subscriber {
  readonly told: Told[];
  readonly frames: (string | Buffer)[];
  buffered: number;
  readonly closed: number[];
  detach(): void;
}

async function subscribe(
  resource: string,
  options: {
    viewer?: Viewer;
    after?: string[];
    more?: string;
    on?: Live;
    id?: string;
    reads?: Database;
  } = {},
): Promise<Subscriber> {
  const told: Told[] = [];
  const frames: (string | Buffer)[] = [];
  const closed: number[] = [];
  const subscriber = { told, frames, closed, buffered: 0, detach: () => {} };
  const attached = await (options.on ?? running.live).attach({
    id: options.id ?? '1',
    args: {
      schema,
      document: document(options.more),
      variableValues: { resources: [globalId('Resource', resource)], after: options.after ?? null },
    },
    ctx: {
      ...ctx,
      ...(options.reads && { db: options.reads }),
      viewer: options.viewer ?? member.viewer,
      signal: new AbortController().signal,
    } as unknown as GraphQLContext,
    show: ({ data, errors }) => ({
      data: data ?? null,
      ...(errors && { errors: maskErrors(errors, { requestId: 'r', log: ctx.log, hideSuggestions: true }) }),
    }),
    send: (frame) => {
      frames.push(frame);
      told.push(JSON.parse(String(frame)).payload.data.availability);
    },
    bufferedAmount: () => subscriber.buffered,
    close: (code) => void closed.push(code),
  });
  if ('errors' in attached) throw new Error(attached.errors[0]?.message);
  return Object.assign(subscriber, { detach: attached.detach });
}

const minute = (number: number) => new Date(Date.parse('2027-03-02T09:00:00Z') + number * 60_000);
async function reserve(resourceId: string, number: number) {
  const window = { startsAt: minute(number), endsAt: minute(number + 1) };
  const made = await createReservation(ctx, {
    title: 'Secret plans',
    details: '',
    window,
    resources: [{ resourceId, quantity: 1 }],
    holdMs: null,
    ownerId: null,
    idempotencyKey: null,
    dryRun: false,
  });
  if (!('node' in made)) throw new Error(JSON.stringify(made));
  return made.id;
}

it('replays to what is really there for subscribers who join in the middle of a storm of changes', async () => {
  const { id } = await room(db);
  const subscribers: Promise<Subscriber>[] = [];
  const ids: string[] = [];
  for (let round = 0; round < 60; round++) {
    ids.push(await reserve(id, round));
    if (round % 3 === 2)
      await cancelReservation(ctx, {
        id: ids[round - 1] as string,
        expectedVersion: null,
        idempotencyKey: null,
      });
    if (round % 4 === 0) subscribers.push(subscribe(id));
  }
  const all = await Promise.all(subscribers);
  const spans = await psql<{ from: Date; to: Date }>(
    'select lower(occupied) as from, upper(occupied) as to from claim where resource_id = $1 and occupies',
    [id],
  );
  const there = new Set(spans.map(({ from, to }) => `${from.toISOString()}/${to.toISOString()}`));
  await eventually(() => {
    for (const { told } of all) expect(replay(told)).toEqual(there);
  });
  for (const { detach } of all) detach();
});

it('serialises a change once for all equal subscriptions, and hands every one the same bytes', async () => {
  const { id } = await room(db);
  const all = await Promise.all(Array.from({ length: 20 }, () => subscribe(id)));
  await reserve(id, 0);
  await eventually(() => expect(all.map(({ frames }) => frames.length)).toEqual(Array(20).fill(2)));
  expect(new Set(all.map(({ frames }) => frames[1])).size).toBe(1);
  for (const { detach } of all) detach();
});

it('resumes on another instance with exactly what was missed, and says so when that is no longer kept', async () => {
  const { id } = await room(db);
  const first = await subscribe(id);
  await reserve(id, 0);
  await eventually(() => expect(first.told).toHaveLength(2));
  first.detach();
  const cursor = first.told[1]?.cursor as string;
  await reserve(id, 1);
  await reserve(id, 2);
  const elsewhere = await live();
  const second = await subscribe(id, { after: [cursor], on: elsewhere.live });
  await reserve(id, 3);
  await eventually(() => expect(second.told.map(({ version }) => version)).toEqual([2, 3, 4]));
  expect(replay([...first.told, ...second.told]).size).toBe(4);
  second.detach();

  await psql('update outbox set at = $1 where resource_id = $2', ['2020-01-01', id]);
  await prune(db, ctx.clock.fixed(), 7, 1_000);
  const third = await subscribe(id, { after: [cursor], on: elsewhere.live });
  expect(third.told).toMatchObject([
    { __typename: 'AvailabilitySnapshot', cause: 'HISTORY_GONE', version: 4 },
  ]);
  third.detach();
  await elsewhere.reader.stop();
});

it('tells a change of rules in its place among the reservations, whatever the window, and again to who returns', async () => {
  const { id } = await room(db);
  const first = await subscribe(id);
  await reserve(id, 0);
  await eventually(() => expect(first.told).toHaveLength(2));
  const cursor = first.told[1]?.cursor as string;
  const [touched] = await psql<{ ids: string[] }>(
    `with made as (insert into rule (id, kind, resource_id, settings)
       values (gen_random_uuid(), 'LENGTH', $1, '{"leastMinutes": 1, "mostMinutes": null}') returning resource_id)
     select stream_tell_rules(resource_id, null, null) as ids from made`,
    [id],
  );
  expect(touched?.ids).toEqual([id]);
  await reserve(id, 1);
  const facts = ({ told }: Subscriber) =>
    told.map(({ version, areRulesChanged, taken }) => [version, areRulesChanged, taken != null]);
  await eventually(() =>
    expect(facts(first)).toEqual([
      [0, undefined, false],
      [1, false, true],
      [2, true, false],
      [3, false, true],
    ]),
  );
  expect(first.told[2]).toMatchObject({ freed: null, taken: null });
  const second = await subscribe(id, { after: [cursor] });
  await eventually(() => expect(second.told).toEqual(first.told.slice(2)));
  await checkStream(psql, id, [first.told]);
  first.detach();
  second.detach();
});

it('gives a consumer that does not read a snapshot later, and nothing twice', async () => {
  const { id } = await room(db);
  const slow = await subscribe(id);
  slow.buffered = 2 << 20;
  await reserve(id, 0);
  await eventually(() => expect(slow.told).toHaveLength(2));
  await reserve(id, 1);
  await reserve(id, 2);
  slow.buffered = 0;
  await eventually(() => expect(slow.told.at(-1)).toMatchObject({ cause: 'FELL_BEHIND', version: 3 }));
  await reserve(id, 3);
  await eventually(() => expect(slow.told.map(({ version }) => version)).toEqual([0, 1, 3, 4]));
  slow.detach();
});

it('shows no viewer what they may not see, and shares nothing that differs by viewer', async () => {
  const { id } = await room(db);
  const guest = await person(db, 'GUEST');
  const more = 'reservation { title }';
  const [open, masked] = [await subscribe(id, { more }), await subscribe(id, { more, viewer: guest.viewer })];
  await reserve(id, 0);
  await eventually(() => expect([open.told.length, masked.told.length]).toEqual([2, 2]));
  expect(open.told[1]).toMatchObject({ taken: { reservation: { title: 'Secret plans' } } });
  expect(masked.told[1]).toMatchObject({ taken: { reservation: null } });
  expect(masked.frames.map(String).join()).not.toContain('Secret');
});

it('shares nothing between two roles of one person, who has just become a guest', async () => {
  const { id } = await room(db);
  const { viewer } = await person(db, 'GUEST');
  const more = 'reservation { title }';
  const before = await subscribe(id, { more, viewer: { ...viewer, role: 'MEMBER' } });
  const masked = await subscribe(id, { more, viewer });
  before.detach();
  await reserve(id, 0);
  await eventually(() => expect(masked.told.length).toBe(2));
  expect(masked.told[1]).toMatchObject({ taken: { reservation: null } });
  masked.detach();
});

it('catches up by itself with a bus that is dead and a database that was away', async () => {
  const { id } = await room(db);
  let away = false;
  const flaky: Queryable = {
    query: (wanted, values) => (away ? Promise.reject(new Error('away')) : db.query(wanted, values)),
  };
  const alone = await live(flaky);
  const subscriber = await subscribe(id, { on: alone.live });
  // psql wakes nobody.
  const write = (number: number) =>
    psql(
      `with made as (insert into reservation (id, title, owner_id, creator_id, state, starts_at, ends_at, created_at, updated_at)
         values (gen_random_uuid(), 'x', $1, $1, 'CONFIRMED', $3, $4, now(), now()) returning id)
       insert into claim (reservation_id, resource_id, pooled, occupied, occupies_until)
       select id, $2, false, tstzrange($3, $4), 'infinity' from made`,
      [member.id, id, minute(number), minute(number + 1)],
    );
  await write(0);
  await eventually(() => expect(subscriber.told).toHaveLength(2));
  away = true;
  await write(1);
  await write(2);
  await eventually(() =>
    expect(ctx.log.lines.some(({ message }) => message.includes('streams cannot be'))).toBe(true),
  );
  away = false;
  await eventually(() => expect(subscriber.told.map(({ version }) => version)).toEqual([0, 1, 2, 3]));
  subscriber.detach();
  await alone.reader.stop();
});

it('tells a change late, whole and once where what is asked of it cannot be read for a while', async () => {
  const { id } = await room(db);
  let refused = 0;
  let away = false;
  const reads = Object.assign(Object.create(db) as Database, {
    query: (...asked: Parameters<Database['query']>) => {
      if (!away) return db.query(...asked);
      refused += 1;
      return Promise.reject(new Unavailable('secrets of the network'));
    },
  });
  const subscriber = await subscribe(id, { reads });
  away = true;
  await reserve(id, 0);
  await reserve(id, 1);
  await eventually(() => expect(refused).toBeGreaterThan(1));
  expect(subscriber.frames).toHaveLength(1);
  await expect(subscribe(id, { reads, id: '2' })).rejects.toThrow('The service cannot answer right now.');
  away = false;
  await eventually(() => expect(subscriber.told.map(({ version }) => version)).toEqual([0, 1, 2]));
  expect(subscriber.told.map(({ resource }) => resource)).toEqual(
    Array(3).fill({ id: globalId('Resource', id) }),
  );
  expect(subscriber.frames.map(String).join()).not.toContain('errors');
  subscriber.detach();
});

it('refuses what cannot be watched', async () => {
  await expect(subscribe('00000000-0000-7000-8000-00000000dead')).rejects.toThrow(
    'There is no such resource.',
  );
  const { id } = await room(db);
  await expect(subscribe(id, { after: ['nonsense'] })).rejects.toThrow('This cursor is not one of ours.');
});
