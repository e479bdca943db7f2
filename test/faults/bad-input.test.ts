import { globalId } from '../../src/domain/ids.js';
import { post, wish } from '../kit/calls.js';
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
const [api, other] = [await startApi(options), await startApi(options)];
const [token] = (await tokensFor(db, [await person(db)])) as [string];
const { id: resource } = await room(db);
const good = wish([resource], '2032-01-01T09:00:00Z', '2032-01-01T10:00:00Z').input;
const CREATE = `mutation($input: ReservationCreateInput!) { reservationCreate(input: $input) { __typename
  ... on UserError { message } ... on ReservationRefused { reasons { code } } } }`;
const create = (changes: object) => ({ query: CREATE, variables: { input: { ...good, ...changes } } });
const window = (startsAt: unknown, endsAt: unknown) => create({ window: { startsAt, endsAt } });
const node = (id: string) => ({ query: 'query($id: ID!) { node(id: $id) { id } }', variables: { id } });
const page = (args: string) => ({
  query: `{ reservations(${args}) { nodes { id } } resources(first: 1) { nodes { id } } }`,
});
const resources = (...given: object[]) => create({ resources: given });
const find = (startsAt: string, endsAt: string) => ({
  query: `query ($input: WindowsFindInput!) { windowsFind(input: $input) { window { startsAt } } }`,
  variables: { input: { within: { startsAt, endsAt }, minutes: 60, needs: [{ count: 1 }] } },
});
const resourceId = globalId('Resource', resource);

const CASES: Record<string, unknown> = {
  'no JSON at all': '{"query": ',
  'a list instead of an operation': [{ query: '{ viewer { id } }' }],
  'a syntax error': { query: '{ viewer { id ' },
  'an unknown field': { query: '{ viewer { password } }' },
  depth: {
    query: `{ viewer { id } ${'places { nodes { children { nodes { parent { '.repeat(20)}id${' } } } } }'.repeat(20)} }`,
  },
  aliases: { query: `{ ${Array.from({ length: 500 }, (_, i) => `a${i}: viewer { id }`).join(' ')} }` },
  'a title of a megabyte': create({ title: 'x'.repeat(1 << 20) }),
  'a title that is too long': create({ title: 'x'.repeat(201) }),
  'an empty title': create({ title: '   ' }),
  'NUL in a title': create({ title: 'a\u0000b' }),
  'half a surrogate pair in the details': create({ details: '\ud800' }),
  'a key that is too long': create({ idempotencyKey: 'k'.repeat(201) }),
  'an empty key': create({ idempotencyKey: '' }),
  'prototype keys': {
    query: CREATE,
    variables: JSON.parse(`{"input": {"__proto__": {"title": "x"}, "constructor": 1}}`),
  },
  'a window without an end': create({ window: { startsAt: good.window.startsAt } }),
  'a start after the end': window('2032-01-01T10:00:00Z', '2032-01-01T09:00:00Z'),
  'an empty window': window('2032-01-01T10:00:00Z', '2032-01-01T10:00:00Z'),
  'a day that does not exist': window('2032-02-30T10:00:00Z', '2032-03-01T09:00:00Z'),
  'an instant without an offset': window('2032-02-03T10:00:00', '2032-03-01T09:00:00Z'),
  'the year zero': window('0000-01-01T00:00:00Z', '0001-01-01T00:00:00Z'),
  'the year 9999': window('9998-01-01T00:00:00Z', '9999-12-31T23:59:59Z'),
  'a window of six thousand years': window('2032-01-01T10:00:00Z', '8032-01-01T10:00:00Z'),
  'a window a millisecond too long': window('2032-01-01T10:00:00Z', '2033-01-02T10:00:00.001Z'),
  'windows at the end of all years': find('9999-12-25T00:00:00Z', '9999-12-31T23:00:00Z'),
  'windows in the year zero': find('0000-01-01T00:00:00Z', '0000-01-05T00:00:00Z'),
  'what is free at the end of all years': {
    query: `query ($id: ID!) { node(id: $id) { ... on Resource { nextFree(minutes: 60, from: "9999-12-30T00:00:00Z") { freeQuantity } } } }`,
    variables: { id: resourceId },
  },
  'closures at the end of all years': {
    query: `{ closures(filter: {window: {startsAt: "9999-12-25T00:00:00Z", endsAt: "9999-12-31T23:00:00Z"}}) { nodes { id } } }`,
  },
  'a series behind the end of all years': {
    query: `mutation ($input: SeriesCreateInput!) { seriesCreate(input: $input) { __typename ... on UserError { message } } }`,
    variables: {
      input: {
        title: 'x',
        resources: [{ resourceId }],
        startsLocal: '2032-01-01T10:00',
        endsLocal: '2032-01-01T11:00',
        rrule: 'FREQ=YEARLY;INTERVAL=1000;COUNT=1000',
      },
    },
  },
  'a number for an instant': window(1, 2),
  'a window that is over': window('2001-01-01T00:00:00Z', '2001-01-01T01:00:00Z'),
  'a local time that clocks skip': create({
    window: {
      startsAtLocal: { local: '2032-03-28T02:30', timeZone: 'Europe/Berlin' },
      endsAt: '2032-03-28T03:00:00Z',
    },
  }),
  'a zone that does not exist': create({
    window: {
      startsAtLocal: { local: '2032-03-28T02:30', timeZone: 'Mars/Base' },
      endsAt: '2032-03-28T03:00:00Z',
    },
  }),
  'no resource': resources(),
  'the same resource twice': resources({ resourceId }, { resourceId }),
  'a resource that is none': resources({ resourceId: 'res_nonsense' }),
  'the id of something else': resources({ resourceId: globalId('User', resource) }),
  'a quantity of zero': resources({ resourceId, quantity: 0 }),
  'a negative quantity': resources({ resourceId, quantity: -1 }),
  'more than one of a room': resources({ resourceId, quantity: 2 }),
  'a quantity beyond all integers': resources({ resourceId, quantity: 1e30 }),
  'a hold for ever': {
    query: CREATE.replace('ReservationCreateInput', 'ReservationHoldInput').replace(
      'reservationCreate',
      'reservationHold',
    ),
    variables: { input: { ...good, holdSeconds: 2_147_483_647 } },
  },
  'somebody else as the owner': create({ ownerId: globalId('User', resource) }),
  'a confirmation of nothing': {
    query: `mutation { reservationConfirm(id: "rsv_x") { __typename ... on UserError { message } } }`,
  },
  'a node id that is none': node("'; drop table claim; --"),
  'a garbage cursor': page('first: 1, after: "garbage"'),
  'a cursor with foreign parts': page(`first: 1, after: "${Buffer.from('["x","y"]').toString('base64url')}"`),
  'a page of a million': page('first: 1000000'),
  'a page of none': page('first: 0'),
};

const TABLES = ['reservation', 'claim', 'outbox', 'audit', 'idempotency', 'resource', 'app_user'];
const counts = async () =>
  (
    await database.psql<Record<string, string>>(
      `select ${TABLES.map((table) => `(select count(*) from ${table}) as ${table}`).join(', ')}`,
    )
  )[0];

it.each(Object.entries(CASES))('answers %s clearly and changes nothing', async (_, body) => {
  const before = await counts();
  const got = await post(api, token, body);
  expect(got).not.toBeNull();
  expect(got?.status).toBeLessThan(500);
  const text = JSON.stringify(got?.answer);
  expect(text).not.toMatch(/INTERNAL|node_modules|at async|SQLSTATE/);
  expect(text).toMatch(/"errors"|"message"|"reasons"|"node":null|"error"/);
  expect(text).not.toContain('ReservationSuccess');
  expect(await counts()).toEqual(before);
  expect((await fetch(`${api.url}/healthz`)).status).toBe(200);
});

it('closes the sockets of a session with 4403 within 5 s when it is ended on another instance', async () => {
  const somebody = await person(db);
  const [mine] = (await tokensFor(db, [somebody])) as [string];
  const day = { startsAt: '2032-01-01T00:00:00Z', endsAt: '2032-01-02T00:00:00Z' };
  const watcher = watch(api.wsUrl, mine, [resource], day);
  await eventually(() => expect(watcher.told).toHaveLength(1));
  const ended = await post(other, mine, { query: 'mutation { signOutEverywhere { __typename } }' });
  expect(ended?.answer.errors).toBeUndefined();
  await eventually(() => expect(watcher.closed[0]).toBe(4403), 5_000);
  watcher.stop();
  const after = await post(api, mine, { query: '{ resources(first: 1) { nodes { id } } }' });
  expect(after?.answer.errors?.[0]?.extensions?.code).toBe('UNAUTHENTICATED');
});
