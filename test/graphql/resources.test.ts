import type { Viewer } from '../../src/domain/act.js';
import type { NodeKind } from '../../src/domain/failure.js';
import { globalId, newId } from '../../src/domain/ids.js';
import { instance } from '../domain/auth/identity-kit.js';
import { useDatabase } from '../kit/database.js';
import { person } from '../kit/people.js';
import { place, resourceType, room } from '../kit/things.js';
import { ask } from './identity-query.js';

const { db } = await useDatabase();
const { ctx } = await instance(db);
const boss = await person(db, 'ADMINISTRATOR');
const manager = await person(db, 'MANAGER');
const member = await person(db, 'MEMBER', { name: 'Mia' });
const guest = await person(db, 'GUEST');
const gid = (kind: NodeKind, { id }: { id: string }) => globalId(kind, id);
const run = (viewer: Viewer | null, source: string, variables: object = {}) =>
  ask(ctx, viewer, source, variables as Record<string, unknown>);

const INVALID = '... on UserError { message path }';
const FAILURES = `${INVALID}
  ... on VersionConflict { expectedVersion currentVersion current { id __typename } }`;
const PLACE_CREATE = `mutation ($input: PlaceCreateInput!) { placeCreate(input: $input) { __typename
  ... on PlaceCreateSuccess { place { id name kind timeZone version parent { name } path { name } } } ${INVALID} } }`;
const PLACE_UPDATE = `mutation ($id: ID!, $input: PlaceUpdateInput!) { placeUpdate(id: $id, input: $input) { __typename
  ... on PlaceUpdateSuccess { place { id name parent { name } version } } ${FAILURES} } }`;
const TYPE_CREATE = `mutation ($input: ResourceTypeCreateInput!) { resourceTypeCreate(input: $input) { __typename
  ... on ResourceTypeCreateSuccess { resourceType { id name attributes { key label kind unit choices isRequired } } }
  ${INVALID} } }`;
const TYPE_UPDATE = `mutation ($id: ID!, $input: ResourceTypeUpdateInput!) { resourceTypeUpdate(id: $id, input: $input) {
  __typename ... on ResourceTypeUpdateSuccess { resourceType { name version attributes { key } } } ${FAILURES} } }`;
const RESOURCE = `id name description timeZone isPool capacity seats status statusReason tags setupMinutes teardownMinutes
  version createdAt viewerCanManage type { name } place { name } managers { name }
  attributes { key label kind unit text number boolean }`;
const CREATE = `mutation ($input: ResourceCreateInput!) { resourceCreate(input: $input) { __typename
  ... on ResourceCreateSuccess { resource { ${RESOURCE} } } ${INVALID} } }`;
const UPDATE = `mutation ($id: ID!, $input: ResourceUpdateInput!) { resourceUpdate(id: $id, input: $input) { __typename
  ... on ResourceUpdateSuccess { resource { ${RESOURCE} } }
  ... on CapacityBelowUse { used capacity window { startsAt endsAt } } ${FAILURES} } }`;
const LIST = `query ($first: Int, $after: String, $filter: ResourceFilter, $sort: ResourceSort) {
  resources(first: $first, after: $after, filter: $filter, sort: $sort) {
    nodes { name } edges { cursor node { id } } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } }`;

describe('the catalogue by GraphQL', () => {
  it('is built by managers: a tree of places, a type with attributes, a resource', async () => {
    const site = await run(manager.viewer, PLACE_CREATE, {
      input: { name: 'Porto', kind: 'SITE', timeZone: 'Europe/Lisbon' },
    });
    expect(site.data.placeCreate.place).toMatchObject({
      parent: null,
      path: [{ name: 'Porto' }],
      version: 1,
    });
    const floor = await run(manager.viewer, PLACE_CREATE, {
      input: { name: 'Floor 1', kind: 'FLOOR', parentId: site.data.placeCreate.place.id },
    });
    expect(floor.data.placeCreate.place).toMatchObject({
      timeZone: null,
      parent: { name: 'Porto' },
      path: [{ name: 'Porto' }, { name: 'Floor 1' }],
    });
    const type = await run(manager.viewer, TYPE_CREATE, {
      input: {
        name: 'Printer',
        attributes: [
          { key: 'speed', label: 'Speed', kind: 'NUMBER', unit: 'ppm', isRequired: true },
          { key: 'paper', label: 'Paper', kind: 'CHOICE', choices: ['A4', 'A3'] },
          { key: 'colour', label: 'Colour', kind: 'BOOLEAN' },
        ],
      },
    });
    const speed = { key: 'speed', label: 'Speed', kind: 'NUMBER', unit: 'ppm' };
    expect(type.data.resourceTypeCreate.resourceType.attributes[0]).toEqual({
      ...speed,
      choices: [],
      isRequired: true,
    });
    const made = await run(manager.viewer, CREATE, {
      input: {
        name: 'Press',
        typeId: type.data.resourceTypeCreate.resourceType.id,
        placeId: floor.data.placeCreate.place.id,
        isPool: true,
        capacity: 3,
        tags: ['Fast'],
        managerIds: [gid('User', member)],
        attributes: [
          { key: 'paper', text: 'A3' },
          { key: 'speed', number: 30.5 },
          { key: 'colour', boolean: false },
        ],
      },
    });
    expect(made.errors).toEqual([]);
    expect(made.data.resourceCreate.resource).toEqual({
      id: expect.stringMatching(/^res_[0-9a-f]{32}$/),
      name: 'Press',
      description: '',
      timeZone: 'Europe/Lisbon',
      isPool: true,
      capacity: 3,
      seats: null,
      status: 'ACTIVE',
      statusReason: null,
      tags: ['fast'],
      setupMinutes: null,
      teardownMinutes: null,
      version: 1,
      createdAt: '2027-03-01T08:00:00.000Z',
      viewerCanManage: true,
      type: { name: 'Printer' },
      place: { name: 'Floor 1' },
      managers: [{ name: 'Mia' }],
      attributes: [
        { ...speed, text: null, number: 30.5, boolean: null },
        { key: 'paper', label: 'Paper', kind: 'CHOICE', unit: null, text: 'A3', number: null, boolean: null },
        {
          key: 'colour',
          label: 'Colour',
          kind: 'BOOLEAN',
          unit: null,
          text: null,
          number: null,
          boolean: false,
        },
      ],
    });
  });

  it('tells what is wrong with an input, and where', async () => {
    const { data } = await run(boss.viewer, CREATE, {
      input: { name: 'x', typeId: 'rty_nonsense', placeId: gid('Place', await place(db)) },
    });
    expect(data.resourceCreate).toMatchObject({ __typename: 'InvalidInput', path: ['input', 'typeId'] });
  });

  it('shows the object as it is to who changes an old version of it', async () => {
    const [site, type, thing] = [await place(db), await resourceType(db), await room(db)];
    const input = { name: 'Late', expectedVersion: 3 };
    for (const [mutation, kind, row] of [
      [PLACE_UPDATE, 'Place', site],
      [TYPE_UPDATE, 'ResourceType', type],
      [UPDATE, 'Resource', thing],
    ] as const) {
      const id = gid(kind, row);
      const { data, errors } = await run(manager.viewer, mutation, { id, input });
      expect(errors).toEqual([]);
      expect(Object.values(data)).toMatchObject([
        {
          __typename: 'VersionConflict',
          expectedVersion: 3,
          currentVersion: 1,
          current: { id, __typename: kind },
        },
      ]);
    }
  });

  it('changes what is given, and clears what is given as null', async () => {
    const parent = await place(db);
    const floor = await place(db, { kind: 'FLOOR', parentId: parent.id });
    const moved = await run(manager.viewer, PLACE_UPDATE, {
      id: gid('Place', floor),
      input: { parentId: null },
    });
    expect(moved.data.placeUpdate.place).toMatchObject({ name: floor.name, parent: null, version: 2 });
    const thing = await room(db, { seats: 5, tags: ['a'] });
    const changed = await run(manager.viewer, UPDATE, {
      id: gid('Resource', thing),
      input: { seats: null, status: 'MAINTENANCE', statusReason: 'Paint' },
    });
    expect(changed.errors).toEqual([]);
    expect(changed.data.resourceUpdate.resource).toMatchObject({
      seats: null,
      tags: ['a'],
      status: 'MAINTENANCE',
      statusReason: 'Paint',
    });
  });
});

describe('who may do what', () => {
  const mutations: [string, string, object][] = [
    ['add a place', PLACE_CREATE, { input: { name: 'No', kind: 'SITE' } }],
    ['change a place', PLACE_UPDATE, { id: 'plc_x', input: {} }],
    ['add a type', TYPE_CREATE, { input: { name: 'No' } }],
    ['change a type', TYPE_UPDATE, { id: 'rty_x', input: {} }],
  ];
  const code = ({ errors }: { errors: readonly { code: unknown }[] }) => errors[0]?.code;

  it.each(mutations)('only managers and administrators may %s', async (_, mutation, variables) => {
    expect(code(await run(null, mutation, variables))).toBe('UNAUTHENTICATED');
    for (const viewer of [member.viewer, guest.viewer]) {
      expect(code(await run(viewer, mutation, variables))).toBe('FORBIDDEN');
    }
    for (const viewer of [manager.viewer, boss.viewer]) {
      expect((await run(viewer, mutation, variables)).errors).toEqual([]);
    }
  });

  it('adds resources only where one looks after the place', async () => {
    const typeId = globalId('ResourceType', (await resourceType(db)).id);
    const hall = await place(db, { timeZone: 'UTC' });
    const input = { name: 'Annex', typeId, placeId: globalId('Place', hall.id) };
    expect(code(await run(null, CREATE, { input }))).toBe('UNAUTHENTICATED');
    for (const viewer of [member.viewer, guest.viewer]) {
      expect((await run(viewer, CREATE, { input })).data.resourceCreate).toMatchObject({
        __typename: 'InvalidInput',
        path: ['input', 'placeId'],
      });
    }
    const managerIds = [globalId('User', member.id)];
    const named = await run(manager.viewer, PLACE_UPDATE, { id: input.placeId, input: { managerIds } });
    expect(named.data.placeUpdate).toMatchObject({ place: {} });
    const made = await run(member.viewer, CREATE, { input });
    expect(made.data.resourceCreate).toMatchObject({ resource: { name: 'Annex' } });
    const shown = await run(
      member.viewer,
      `query($id: ID!) { place(id: $id) { viewerCanManage managers { id } managerGroups { id } } }`,
      { id: input.placeId },
    );
    expect(shown.data.place).toEqual({
      viewerCanManage: true,
      managers: managerIds.map((id) => ({ id })),
      managerGroups: [],
    });
  });

  it('a resource may be changed by its own managers; to others it looks as if it were not there', async () => {
    const thing = await room(db, { managers: [member.id] });
    const variables = { id: gid('Resource', thing), input: { description: 'Mine' } };
    expect(code(await run(null, UPDATE, variables))).toBe('UNAUTHENTICATED');
    expect((await run(guest.viewer, UPDATE, variables)).data.resourceUpdate).toMatchObject({
      __typename: 'NotFound',
    });
    expect((await run(member.viewer, UPDATE, variables)).data.resourceUpdate.resource).toMatchObject({
      description: 'Mine',
      viewerCanManage: true,
    });
    const one = 'query ($id: ID!) { resource(id: $id) { viewerCanManage description } }';
    expect((await run(guest.viewer, one, variables)).data.resource).toEqual({
      viewerCanManage: false,
      description: 'Mine',
    });
    expect(code(await run(null, one, variables))).toBe('UNAUTHENTICATED');
  });

  it.each([
    '{ resources { nodes { id } } }',
    '{ places { nodes { id } } }',
    '{ resourceTypes { nodes { id } } }',
    '{ place(id: "x") { id } }',
    '{ resourceType(id: "x") { id } }',
    '{ node(id: "x") { id } }',
    '{ nodes(ids: []) { id } }',
  ])('nobody may ask %s without signing in', async (query) => {
    expect(code(await run(null, query))).toBe('UNAUTHENTICATED');
    expect((await run(guest.viewer, query)).errors).toEqual([]);
  });
});

describe('a list of resources', () => {
  const names = (answer: { data: { resources: { nodes: { name: string }[] } } }) =>
    answer.data.resources.nodes.map(({ name }) => name);

  it('comes page by page, filtered, searched and sorted, and leaves out what is retired', async () => {
    const site = await place(db, { name: 'Listing' });
    const typeId = (await resourceType(db)).id;
    const make = (name: string, seats: number, more: object = {}) =>
      room(db, {
        name,
        seats,
        placeId: site.id,
        typeId,
        tags: ['listed'],
        attributes: { watts: seats },
        ...more,
      });
    await make('Vier', 4);
    await make('Acht', 8);
    await make('Sechs', 6, { status: 'MAINTENANCE' });
    await make('Zehn', 10, { status: 'RETIRED' });
    const filter = { placeIds: [gid('Place', site)], tags: ['LISTED'], search: 'listing' };
    const sort = { by: 'SEATS', direction: 'DESC' };
    const first = await run(member.viewer, LIST, { first: 2, filter, sort });
    expect(names(first)).toEqual(['Acht', 'Sechs']);
    expect(first.data.resources.pageInfo).toMatchObject({ hasNextPage: true, hasPreviousPage: false });
    const after = first.data.resources.pageInfo.endCursor;
    const second = await run(member.viewer, LIST, { first: 2, after, filter, sort });
    expect(names(second)).toEqual(['Vier']);
    expect(second.data.resources.pageInfo).toMatchObject({ hasNextPage: false, hasPreviousPage: true });
    expect(names(await run(member.viewer, LIST, { filter: { ...filter, statuses: ['RETIRED'] } }))).toEqual([
      'Zehn',
    ]);
    const attributes = [{ key: 'watts', atLeast: 5, oneOf: [{ number: 4 }, { number: 6 }] }];
    expect(names(await run(member.viewer, LIST, { filter: { ...filter, attributes } }))).toEqual(['Sechs']);
    expect(
      names(await run(member.viewer, LIST, { filter: { ids: ['nonsense', gid('Place', site)] } })),
    ).toEqual([]);
  });

  const other = Buffer.from(JSON.stringify(['SEATS ASC', 4, newId()])).toString('base64url');
  it.each<[string, object]>([
    ['no page', { first: 0 }],
    ['too large a page', { first: 201 }],
    ['a cursor that is garbage', { after: 'garbage' }],
    ['a cursor of another order', { after: other }],
    [
      'a cursor with NUL',
      { after: Buffer.from(JSON.stringify(['NAME ASC', 'a\0', newId()])).toString('base64url') },
    ],
    [
      'a cursor whose key is null',
      { after: Buffer.from(JSON.stringify(['NAME ASC', null, newId()])).toString('base64url') },
    ],
    ['NUL in the search', { filter: { search: 'a\0' } }],
    ['half a character in a tag', { filter: { tags: ['\ud800'] } }],
    ['an endless search', { filter: { search: 'x'.repeat(201) } }],
    ['501 ids', { filter: { ids: Array(501).fill('x') } }],
    ['51 types', { filter: { typeIds: Array(51).fill('x') } }],
    ['21 attributes', { filter: { attributes: Array(21).fill({ key: 'a', atLeast: 1 }) } }],
    ['an attribute without a condition', { filter: { attributes: [{ key: 'a' }] } }],
    [
      'an attribute that is two things',
      { filter: { attributes: [{ key: 'a', equals: { text: 'a', number: 1 } }] } },
    ],
    ['NUL in an attribute', { filter: { attributes: [{ key: 'a', equals: { text: '\0' } }] } }],
    ['half a character in an attribute', { filter: { attributes: [{ key: '\udfff', atLeast: 1 }] } }],
    ['one of nothing', { filter: { attributes: [{ key: 'a', oneOf: [] }] } }],
  ])('is refused %s', async (_, variables) => {
    expect((await run(member.viewer, LIST, variables)).errors).toMatchObject([{ code: 'BAD_USER_INPUT' }]);
  });
});

describe('places and types', () => {
  it('come page by page, whole trees at once', async () => {
    const site = await place(db, { name: 'Tree' });
    for (const name of ['C', 'A', 'B']) {
      const house = await place(db, { name, kind: 'BUILDING', parentId: site.id });
      for (const floor of ['2', '1']) await place(db, { name: floor, kind: 'FLOOR', parentId: house.id });
    }
    const { data, errors } = await run(
      member.viewer,
      `query ($id: ID!) { place(id: $id) { children(first: 2) { nodes { name children(first: 1) { nodes { name }
         pageInfo { hasNextPage } } } pageInfo { endCursor hasNextPage } } } }`,
      { id: gid('Place', site) },
    );
    expect(errors).toEqual([]);
    const one = { nodes: [{ name: '1' }], pageInfo: { hasNextPage: true } };
    expect(data.place.children.nodes).toEqual([
      { name: 'A', children: one },
      { name: 'B', children: one },
    ]);
    const next = await run(
      member.viewer,
      `query ($id: ID!, $after: String) { place(id: $id) { children(after: $after) { nodes { name } } }
         places(first: 1, filter: { parentId: $id, kind: BUILDING }, after: $after) { nodes { name } } }`,
      { id: gid('Place', site), after: data.place.children.pageInfo.endCursor },
    );
    expect(next.data).toEqual({
      place: { children: { nodes: [{ name: 'C' }] } },
      places: { nodes: [{ name: 'C' }] },
    });
  });

  it('are listed from the top', async () => {
    const { data } = await run(
      member.viewer,
      '{ places(first: 200, filter: { isRoot: true }) { nodes { parent { id } } } }',
    );
    expect(data.places.nodes.length).toBeGreaterThan(1);
    expect(data.places.nodes.every(({ parent }: { parent: unknown }) => parent === null)).toBe(true);
  });

  it('of resources come by name', async () => {
    const query = `query ($after: String) { resourceTypes(first: 4, after: $after) { nodes { name } pageInfo { endCursor hasNextPage } } }`;
    const found: string[] = [];
    for (let after: string | null = null; ; ) {
      const { data } = await run(member.viewer, query, { after });
      found.push(...data.resourceTypes.nodes.map(({ name }: { name: string }) => name));
      after = data.resourceTypes.pageInfo.endCursor;
      if (!data.resourceTypes.pageInfo.hasNextPage) break;
    }
    const rows = await db.query<{ name: string }>(
      { name: '', text: 'select name from resource_type order by name, id' },
      [],
    );
    expect(found).toEqual(rows.map(({ name }) => name));
  });
});
