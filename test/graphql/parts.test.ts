import { parse } from 'graphql';
import type { Viewer } from '../../src/domain/act.js';
import { globalId } from '../../src/domain/ids.js';
import { buildHoldfastSchema } from '../../src/graphql/build-schema.js';
import { executeOperation } from '../../src/graphql/execution/execute.js';
import type { Database, Statement } from '../../src/sql/statement.js';
import { instance } from '../domain/auth/identity-kit.js';
import { useDatabase } from '../kit/database.js';
import { divided } from '../kit/parts.js';
import { person } from '../kit/people.js';
import { pool, room } from '../kit/things.js';
import { ask } from './identity-query.js';

const { db } = await useDatabase();
const { ctx } = await instance(db);
const manager = await person(db, 'MANAGER');
const member = await person(db);
const guest = await person(db, 'GUEST');
const gid = (id: string) => globalId('Resource', id);
const run = (viewer: Viewer | null, source: string, variables: object = {}) =>
  ask(ctx, viewer, source, variables as Record<string, unknown>);

const CONFLICTS = 'conflicts { window { startsAt } quantity reservation { title } }';
const PARTS = `mutation ($id: ID!, $input: ResourcePartsSetInput!) { resourcePartsSet(id: $id, input: $input) { __typename
  ... on ResourcePartsSetSuccess { resource { version parts { name wholes { name } } } }
  ... on PartsInUse { ${CONFLICTS} } ... on UserError { message path }
  ... on VersionConflict { currentVersion current { id } } } }`;
const ADD_ONS = `mutation ($id: ID!, $input: ResourceAddOnsSetInput!) { resourceAddOnsSet(id: $id, input: $input) { __typename
  ... on ResourceAddOnsSetSuccess { resource { version addOns { most pool { name capacity isAddOnOnly } } } }
  ... on UserError { message path } } }`;
const CREATE = `mutation ($input: ReservationCreateInput!) { reservationCreate(input: $input) { __typename
  ... on ReservationRefused { reasons { code resource { name } ${CONFLICTS} } } } }`;
const create = (id: string, title: string, dryRun = false) => ({
  input: {
    title,
    window: { startsAt: '2027-03-02T09:00:00Z', endsAt: '2027-03-02T10:00:00Z' },
    resources: [{ resourceId: gid(id) }],
    dryRun,
  },
});

it('divides a room and undoes it, and shows parts and wholes by name', async () => {
  const [hall, b, a] = [await room(db), await room(db, { name: 'B' }), await room(db, { name: 'A' })];
  const set = (partIds: string[], expectedVersion?: number) =>
    run(manager.viewer, PARTS, { id: gid(hall.id), input: { partIds: partIds.map(gid), expectedVersion } });
  expect((await set([b.id, a.id])).data.resourcePartsSet).toEqual({
    __typename: 'ResourcePartsSetSuccess',
    resource: {
      version: 2,
      parts: [
        { name: 'A', wholes: [{ name: hall.name }] },
        { name: 'B', wholes: [{ name: hall.name }] },
      ],
    },
  });
  expect((await set([], 1)).data.resourcePartsSet).toMatchObject({
    __typename: 'VersionConflict',
    currentVersion: 2,
    current: { id: gid(hall.id) },
  });
  expect((await set([hall.id])).data.resourcePartsSet).toMatchObject({
    __typename: 'InvalidInput',
    path: ['input', 'partIds'],
  });
  expect((await set([])).data.resourcePartsSet.resource).toEqual({ version: 3, parts: [] });
});

it('offers add-ons with how many one reservation can add', async () => {
  const [hall, carts] = [await room(db), await pool(db, { name: 'Carts', capacity: 4 })];
  const set = (addOns: object[]) => run(manager.viewer, ADD_ONS, { id: gid(hall.id), input: { addOns } });
  expect((await set([{ poolId: gid(carts.id), most: 2 }])).data.resourceAddOnsSet).toEqual({
    __typename: 'ResourceAddOnsSetSuccess',
    resource: { version: 2, addOns: [{ most: 2, pool: { name: 'Carts', capacity: 4, isAddOnOnly: false } }] },
  });
  expect((await set([{ poolId: gid(hall.id) }])).data.resourceAddOnsSet).toMatchObject({
    __typename: 'InvalidInput',
    path: ['input', 'addOns', 'poolId'],
  });
});

it('is for managers and administrators', async () => {
  const { id } = await room(db);
  for (const [mutation, input] of [
    [PARTS, { partIds: [] }],
    [ADD_ONS, { addOns: [] }],
  ] as const) {
    expect((await run(member.viewer, mutation, { id: gid(id), input })).errors[0]?.code).toBe('FORBIDDEN');
    expect((await run(null, mutation, { id: gid(id), input })).errors[0]?.code).toBe('UNAUTHENTICATED');
  }
});

it('names what is in use together', async () => {
  const [hall, a] = [await room(db), await room(db)];
  await run(member.viewer, CREATE, create(hall.id, 'Whole'));
  await run(member.viewer, CREATE, create(a.id, 'Part'));
  const { data } = await run(manager.viewer, PARTS, { id: gid(hall.id), input: { partIds: [gid(a.id)] } });
  expect(data.resourcePartsSet).toMatchObject({
    __typename: 'PartsInUse',
    path: ['input', 'partIds'],
    conflicts: [
      { window: { startsAt: '2027-03-02T09:00:00.000Z' }, quantity: 1, reservation: { title: 'Whole' } },
      { reservation: { title: 'Part' } },
    ],
  });
});

it('refuses a whole with the reservation of its part, which guests do not see', async () => {
  const [hall, a] = [await room(db), await room(db)];
  await divided(db, hall.id, [a.id]);
  await run(member.viewer, CREATE, create(a.id, 'Part'));
  const refusal = async (viewer: Viewer) =>
    (await run(viewer, CREATE, create(hall.id, 'Whole', true))).data.reservationCreate.reasons.find(
      ({ code }: { code: string }) => code === 'SLOT_TAKEN',
    );
  expect(await refusal(member.viewer)).toMatchObject({
    resource: { name: hall.name },
    conflicts: [{ reservation: { title: 'Part' } }],
  });
  expect(await refusal(guest.viewer)).toMatchObject({
    conflicts: [{ window: { startsAt: '2027-03-02T09:00:00.000Z' }, reservation: null }],
  });
});

it('reads parts, wholes and add-ons of a page in one statement each, however many there are', async () => {
  for (let index = 0; index < 10; index++) {
    const [whole, part] = [await room(db, { name: `Z ${index}` }), await room(db, { name: `Y ${index}` })];
    await divided(db, whole.id, [part.id]);
  }
  const asked: string[] = [];
  const query = <Row>(statement: Statement<Row>, values: readonly unknown[]) => {
    asked.push(statement.name.replace(/-[0-9a-f]{16}$/, ''));
    return db.query(statement, values);
  };
  const counted = { ...db, query, em: () => db.em() } as Database;
  const { data, errors } = await executeOperation({
    schema: buildHoldfastSchema(),
    document: parse(
      '{ resources(first: 50) { nodes { parts { name } wholes { name } addOns { most pool { name } } } } }',
    ),
    contextValue: { ...ctx, db: counted, viewer: manager.viewer, signal: new AbortController().signal },
  });
  expect(errors).toBeUndefined();
  expect((data as { resources: { nodes: object[] } }).resources.nodes.length).toBeGreaterThan(20);
  const reads = Map.groupBy(asked, (name) => name);
  // the resources behind them are gathered for each relation, whatever the number of rooms
  expect(reads.get('resource-by-ids')?.length).toBeLessThanOrEqual(3);
  reads.delete('resource-by-ids');
  expect([...reads.values()].flat().toSorted()).toEqual([
    'add-ons-of',
    'parts-of',
    'resource-page',
    'wholes-of',
  ]);
});
