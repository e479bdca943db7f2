import type { Viewer } from '../../src/domain/act.js';
import { globalId } from '../../src/domain/ids.js';
import type { Statement } from '../../src/sql/statement.js';
import { instance } from '../domain/auth/identity-kit.js';
import { counting } from '../domain/availability/counting.js';
import { ManualClock } from '../kit/clock.js';
import { useDatabase } from '../kit/database.js';
import { person } from '../kit/people.js';
import { rule } from '../kit/rules.js';
import { place, resourceType, room } from '../kit/things.js';
import { ask } from './identity-query.js';

const { db } = await useDatabase();
const clock = new ManualClock();
const started = await instance(db);
const ctx = { ...started.ctx, clock };
const mia = await person(db, 'MEMBER', { name: 'Mia' });
const nils = await person(db, 'MEMBER', { name: 'Nils' });
const [north, south] = [await place(db), await place(db)];
const type = await resourceType(db, {
  attributes: [{ key: 'projector', label: 'Projector', kind: 'BOOLEAN', choices: [], required: false }],
});
const meeting = (name: string, placeId: string, seats: number, projector = true) =>
  room(db, { name, placeId, typeId: type.id, seats, attributes: { projector } });
const rooms = {
  n8: await meeting('North 8', north.id, 8),
  n20: await meeting('North 20', north.id, 20),
  s10: await meeting('South 10', south.id, 10),
  dark: await meeting('South dark', south.id, 8, false),
};
await rule(
  db,
  'OPENING_HOURS',
  { week: [{ days: [1, 2, 3, 4, 5], spans: [{ opens: '09:00', closes: '17:00' }] }], exceptions: [] },
  { typeId: type.id },
);
await rule(db, 'GRID', { stepMinutes: 30, startTimes: null }, { typeId: type.id });
const run = (viewer: Viewer | null, source: string, variables: object = {}, on = ctx) =>
  ask(on, viewer, source, variables as Record<string, unknown>);
const at = (time: string) => `2027-03-02T${time}:00Z`;
const gid = (id: string) => globalId('Resource', id);

const CREATE = `mutation ($input: ReservationCreateInput!) { reservationCreate(input: $input) { __typename
  ... on ReservationSuccess { reservation { id } }
  ... on ReservationRefused { reasons { code } alternatives(first: 3, attributes: ["projector"]) {
    window { startsAt endsAt } resources { quantity resource { name } } distanceMinutes spareSeats token } } } }`;
const wish = (id: string, from: string, to: string) => ({
  input: {
    title: 'Plan',
    resources: [{ resourceId: gid(id) }],
    window: { startsAt: at(from), endsAt: at(to) },
  },
});
const FIND = `query ($input: WindowsFindInput!) { windowsFind(input: $input) {
  window { startsAt endsAt } picks { resources { name } } distanceMinutes spareSeats placeCount reasons } }`;

it('finds three rooms for 8 with a projector at two sites between 9 and 12 for 90 minutes in one query', async () => {
  await run(nils.viewer, CREATE, wish(rooms.n8.id, '09:00', '10:00'));
  const filter = {
    seatsAtLeast: 8,
    placeIds: [globalId('Place', north.id), globalId('Place', south.id)],
    attributes: [{ key: 'projector', equals: { boolean: true } }],
  };
  const input = {
    within: { startsAt: at('09:00'), endsAt: at('12:00') },
    minutes: 90,
    needs: [{ count: 3, filter }],
  };
  const { data, errors } = await run(mia.viewer, FIND, { input });
  expect(errors ?? []).toEqual([]);
  expect(data.windowsFind).toEqual([
    {
      window: { startsAt: at('10:00').replace('Z', '.000Z'), endsAt: at('11:30').replace('Z', '.000Z') },
      picks: [{ resources: [{ name: 'North 8' }, { name: 'South 10' }, { name: 'North 20' }] }],
      distanceMinutes: 60,
      spareSeats: 14,
      placeCount: 2,
      reasons: ['Starts 60 min from then.', '14 spare seats.', 'In 2 places.'],
    },
    expect.objectContaining({ distanceMinutes: 90 }),
  ]);
  const wrong = await run(mia.viewer, FIND, { input: { ...input, minutes: 0 } });
  expect(wrong.errors?.[0]).toMatchObject({ message: expect.stringMatching(/minutes/) });
});

it('names the next free window of every resource of a page in one reading, by the rules', async () => {
  const asked: string[] = [];
  const query = <Row>(statement: Statement<Row>, values: readonly unknown[]) => {
    asked.push(statement.name);
    return db.query(statement, values);
  };
  const source = `{ resources(filter: { typeIds: ["${globalId('ResourceType', type.id)}"] }) { nodes { name
    nextFree(minutes: 60, from: "2027-03-02T16:30:00Z") { window { startsAt } freeQuantity } } } }`;
  const { data } = await run(
    mia.viewer,
    source,
    {},
    { ...ctx, db: { ...db, query } as unknown as typeof db },
  );
  const free = data.resources.nodes as { nextFree: object }[];
  expect(free).toHaveLength(4);
  for (const { nextFree } of free) {
    expect(nextFree).toEqual({ window: { startsAt: '2027-03-03T09:00:00.000Z' }, freeQuantity: 1 });
  }
  expect(asked.length).toBeLessThanOrEqual(4);
  const bad = await run(mia.viewer, source.replace('minutes: 60', 'minutes: 0'));
  expect(bad.errors?.[0]).toMatchObject({ message: expect.stringMatching(/minutes/) });
});

it('asks about a page at once where the clock moves on between its resources', async () => {
  class MovingClock extends ManualClock {
    override now(): Date {
      this.advance(1);
      return super.now();
    }
  }
  const counted = counting(db);
  const source = `{ resources(filter: { typeIds: ["${globalId('ResourceType', type.id)}"] }) { nodes {
    nextFree(minutes: 60) { freeQuantity } } } }`;
  const { data } = await run(mia.viewer, source, {}, { ...ctx, clock: new MovingClock(), db: counted.db });
  expect(data.resources.nodes).toHaveLength(4);
  expect(counted.asked.filter((name) => name === 'read-outlook')).toHaveLength(1);
});

it('offers alternatives with a refusal, and keeps the chosen one for a minute as a hold', async () => {
  await run(nils.viewer, CREATE, wish(rooms.s10.id, '13:00', '14:00'));
  await meeting('South 20', south.id, 20);
  const { data } = await run(mia.viewer, CREATE, wish(rooms.s10.id, '13:00', '14:00'));
  const { reasons, alternatives } = data.reservationCreate;
  expect(reasons).toEqual([{ code: 'SLOT_TAKEN' }]);
  expect(alternatives).toMatchObject([
    { distanceMinutes: 0, spareSeats: 10, resources: [{ quantity: 1, resource: { name: 'South 20' } }] },
    { distanceMinutes: 60, spareSeats: 0, resources: [{ quantity: 1, resource: { name: 'South 10' } }] },
  ]);
  const HOLD = `mutation ($input: AlternativeHoldInput!) { alternativeHold(input: $input) { __typename
    ... on ReservationSuccess { reservation { state expiresAt } } ... on ReservationRefused { reasons { code } }
    ... on UserError { message } } }`;
  const input = { token: alternatives[0].token, title: 'Kept' };
  const held = await run(mia.viewer, HOLD, { input });
  expect(held.data.alternativeHold.reservation).toEqual({
    state: 'HELD',
    expiresAt: '2027-03-01T08:01:00.000Z',
  });
  const again = await run(mia.viewer, HOLD, { input });
  expect(again.data.alternativeHold.reasons).toEqual([{ code: 'SLOT_HELD' }]);
  for (const token of ['', 'nonsense', 'WzJd']) {
    const bad = await run(mia.viewer, HOLD, { input: { token, title: 'Kept' } });
    expect(bad.data.alternativeHold.__typename).toBe('InvalidInput');
  }
});

it('is for those who are signed in', async () => {
  for (const source of [
    'mutation { alternativeHold(input: { token: "x", title: "x" }) { __typename } }',
    '{ windowsFind(input: { within: {}, minutes: 1, needs: [] }) { distanceMinutes } }',
  ]) {
    const { errors } = await run(null, source);
    expect(errors?.[0]).toMatchObject({ message: 'Sign in first.' });
  }
});
