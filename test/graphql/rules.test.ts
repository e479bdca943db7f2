import type { Viewer } from '../../src/domain/act.js';
import type { NodeKind } from '../../src/domain/failure.js';
import { globalId } from '../../src/domain/ids.js';
import { createReservation } from '../../src/domain/reservations/create-reservation.js';
import type { Database, Statement } from '../../src/sql/statement.js';
import { instance } from '../domain/auth/identity-kit.js';
import { reserved } from '../kit/closures.js';
import { useDatabase } from '../kit/database.js';
import { person } from '../kit/people.js';
import { group, openDaily, setUp, training } from '../kit/rule-input.js';
import { rule } from '../kit/rules.js';
import { place, room } from '../kit/things.js';
import { ask } from './identity-query.js';

const { db } = await useDatabase();
const { ctx, as } = await instance(db);
const manager = await person(db, 'MANAGER');
const member = await person(db);
const gid = (kind: NodeKind, { id }: { id: string }) => globalId(kind, id);
const run = (viewer: Viewer | null, source: string, variables: object = {}) =>
  ask(ctx, viewer, source, variables as Record<string, unknown>);

const SETTINGS = `settings { __typename
  ... on OpeningHoursSettings { week { days spans { opens closes } } exceptions { from to title spans { opens closes } } }
  ... on BuffersSettings { setupMinutes teardownMinutes }
  ... on NoticeSettings { leastMinutes horizonDays cancelMinutes }
  ... on LengthSettings { leastMinutes mostMinutes }
  ... on GridSettings { stepMinutes startTimes }
  ... on QuotaSettings { measure period over limit }
  ... on AccessSettings { roles } }`;
const RULE = `id kind name effectiveFrom exemptRoles version summary viewerCanChange origin
  resource { name } resourceType { name } place { name } ${SETTINGS}`;
const FAILURES = `... on UserError { message path } ... on InvalidInput { code }
  ... on VersionConflict { currentVersion current { id } }`;
const SET = `mutation ($input: RuleSetInput!) { ruleSet(input: $input) { __typename
  ... on RuleSetSuccess { rule { ${RULE} } } ${FAILURES} } }`;
const REMOVE = `mutation ($id: ID!, $input: RuleRemoveInput) { ruleRemove(id: $id, input: $input) { __typename
  ... on RuleRemoveSuccess { rule { id kind } } ... on UserError { path } ... on VersionConflict { currentVersion } } }`;
const LIST = `query ($first: Int, $after: String, $filter: RuleFilter) { rules(first: $first, after: $after, filter: $filter) {
  nodes { id kind origin } pageInfo { hasNextPage endCursor } } }`;
const IN_FORCE = `query ($id: ID!, $on: LocalDate) { resource(id: $id) { rules(on: $on) { kind name origin summary } } }`;

const set = async (input: object, viewer = manager.viewer) => {
  const { data, errors } = await run(viewer, SET, { input });
  expect(errors).toEqual([]);
  return data.ruleSet;
};

const WEEK = [
  {
    days: ['MONDAY', 'TUESDAY', 'WEDNESDAY', 'THURSDAY', 'FRIDAY'],
    spans: [{ opens: '08:00', closes: '18:00' }],
  },
];

it('sets opening hours for a place, shows them as they are, and says them in a sentence', async () => {
  const site = await place(db, { name: 'Porto' });
  const openingHours = {
    week: WEEK,
    exceptions: [
      { from: '2027-12-24', to: '2027-12-26', title: 'Christmas' },
      { from: '2027-12-31', spans: [{ opens: '08:00', closes: '12:00' }] },
    ],
  };
  const { rule } = await set({
    scope: { placeId: gid('Place', site) },
    exemptRoles: ['ADMINISTRATOR'],
    openingHours,
  });
  expect(rule).toMatchObject({
    kind: 'OPENING_HOURS',
    name: null,
    effectiveFrom: null,
    exemptRoles: ['ADMINISTRATOR'],
    version: 1,
    origin: 'PLACE',
    place: { name: 'Porto' },
    resource: null,
    resourceType: null,
    viewerCanChange: true,
    summary:
      'Open Mon–Fri 08:00–18:00; closed 24–26 Dec 2027: Christmas; 08:00–12:00 on 31 Dec 2027. Does not bind administrators.',
    settings: {
      __typename: 'OpeningHoursSettings',
      week: WEEK,
      exceptions: [
        { from: '2027-12-24', to: '2027-12-26', title: 'Christmas', spans: [] },
        { from: '2027-12-31', to: '2027-12-31', title: '', spans: [{ opens: '08:00', closes: '12:00' }] },
      ],
    },
  });
  const { data } = await run(
    member.viewer,
    `query ($id: ID!) { node(id: $id) { __typename ... on Rule { kind viewerCanChange } } rule(id: $id) { kind } }`,
    { id: rule.id },
  );
  expect(data).toEqual({
    node: { __typename: 'Rule', kind: 'OPENING_HOURS', viewerCanChange: false },
    rule: { kind: 'OPENING_HOURS' },
  });
});

it('sets each other kind, and says it in a sentence', async () => {
  const thing = await room(db);
  const scope = { resourceId: gid('Resource', thing) };
  const said = async (input: object) => (await set({ scope, ...input })).rule.summary;
  expect(await said({ buffers: { setupMinutes: 15, teardownMinutes: 60 } })).toBe(
    '15 min before and 1 h after each reservation is kept free.',
  );
  expect(await said({ notice: { leastMinutes: 120, horizonDays: 90, cancelMinutes: 1440 } })).toBe(
    'Reserve at least 2 h before the start, reserve at most 90 days ahead and cancel at least 1 day before the start.',
  );
  expect(await said({ length: { mostMinutes: 240 }, effectiveFrom: '2027-04-01' })).toBe(
    'A reservation lasts at most 4 h. From 1 Apr 2027 on.',
  );
  expect(await said({ grid: { stepMinutes: 30, startTimes: ['09:00', '13:30'] } })).toBe(
    'A reservation starts and ends every 30 min and starts at 09:00 or 13:30.',
  );
  expect(
    await said({ name: 'Meeting hours', quota: { measure: 'MINUTES', period: 'ISO_WEEK', limit: 1200 } }),
  ).toBe('Meeting hours: at most 20 h a week for each person.');
  expect(await said({ access: { roles: ['MEMBER', 'MANAGER'] } })).toBe('For members and managers.');
  expect(await said({ isEnded: true, kind: 'GRID', effectiveFrom: '2027-06-01' })).toBe(
    'Ended here: the next farther rule counts. From 1 Jun 2027 on.',
  );
});

it('names groups and trainings as objects, and in its sentence', async () => {
  const scope = { resourceId: gid('Resource', await room(db)) };
  const [chemists, laser] = [await group(db, [], 'Chemists'), await training(db, [], 'Laser safety')];
  const groupId = gid('Group', chemists);
  const access = { groupIds: [groupId], trainingIds: [gid('Training', laser)] };
  const quota = { measure: 'COUNT', period: 'CONCURRENT', limit: 2, groupId, over: 'RESOURCE' };
  const made = [await set({ scope, access }), await set({ scope, name: 'At once', quota })];
  const { data } = await run(
    member.viewer,
    `query ($ids: [ID!]!) { nodes(ids: $ids) { ... on Rule { summary settings {
      ... on AccessSettings { roles groups { name } trainings { name } } ... on QuotaSettings { group { name } } } } } }`,
    { ids: made.map(({ rule }) => rule.id) },
  );
  expect(data.nodes).toEqual([
    {
      summary: 'For members of Chemists, with Laser safety.',
      settings: { roles: [], groups: [{ name: 'Chemists' }], trainings: [{ name: 'Laser safety' }] },
    },
    {
      summary:
        'At once: at most 2 reservations at the same time for all members of Chemists together, on each resource by itself.',
      settings: { group: { name: 'Chemists' } },
    },
  ]);
  expect(await set({ scope, access: { groupIds: [gid('Training', laser)] } })).toMatchObject({
    path: ['input', 'access', 'groupIds'],
  });
});

it('wants exactly one of the settings, or the kind that is ended', async () => {
  const buffers = { setupMinutes: 5 };
  const path = async (input: object) => (await set(input)).path;
  expect(await path({})).toEqual(['input']);
  expect(await path({ buffers, length: {} })).toEqual(['input']);
  expect(await path({ buffers, kind: 'GRID' })).toEqual(['input', 'kind']);
  expect(await path({ isEnded: true })).toEqual(['input', 'kind']);
  expect(await path({ isEnded: true, kind: 'GRID', buffers })).toEqual(['input', 'isEnded']);
  expect(
    await set({
      openingHours: { week: [{ days: ['MONDAY'], spans: [{ opens: '08:00', closes: '25:00' }] }] },
    }),
  ).toMatchObject({
    __typename: 'InvalidInput',
    code: 'INVALID_TIME',
  });
  const { errors } = await run(manager.viewer, SET, { input: { buffers, effectiveFrom: '2027-02-30' } });
  expect(errors).toMatchObject([{ code: 'BAD_USER_INPUT' }]);
});

it('refuses a version that has passed, and removes a rule of a known one', async () => {
  const thing = await room(db);
  const input = { scope: { resourceId: gid('Resource', thing) }, length: { mostMinutes: 60 } };
  const { rule } = await set(input);
  expect((await set({ ...input, length: { mostMinutes: 90 }, expectedVersion: 1 })).rule.version).toBe(2);
  expect(await set({ ...input, length: { mostMinutes: 120 }, expectedVersion: 1 })).toMatchObject({
    __typename: 'VersionConflict',
    currentVersion: 2,
    current: { id: rule.id },
  });
  const remove = async (viewer: Viewer, expectedVersion: number) =>
    (await run(viewer, REMOVE, { id: rule.id, input: { expectedVersion } })).data.ruleRemove;
  expect(await remove(member.viewer, 2)).toMatchObject({ __typename: 'NotFound' });
  expect(await remove(manager.viewer, 1)).toMatchObject({ __typename: 'VersionConflict', currentVersion: 2 });
  expect(await remove(manager.viewer, 2)).toMatchObject({ rule: { id: rule.id, kind: 'LENGTH' } });
  expect(await remove(manager.viewer, 2)).toMatchObject({ __typename: 'NotFound' });
});

it('is closed to those who are not signed in, and to members but for what is in their care', async () => {
  const { errors } = await run(null, SET, { input: { buffers: {} } });
  expect(errors).toMatchObject([{ code: 'UNAUTHENTICATED' }]);
  const mine = await room(db, { managers: [member.id] });
  const scope = { resourceId: gid('Resource', mine) };
  expect(await set({ scope, buffers: { setupMinutes: 5 } }, member.viewer)).toMatchObject({
    rule: { origin: 'RESOURCE', viewerCanChange: true },
  });
  expect(await set({ scope, access: {} }, member.viewer)).toMatchObject({ path: ['input', 'access'] });
  expect(await set({ buffers: {} }, member.viewer)).toMatchObject({ path: ['input', 'scope'] });
});

it('pages through the rules of a scope or of a kind', async () => {
  const thing = await room(db);
  const scope = { resourceId: gid('Resource', thing) };
  for (const settings of [{ buffers: {} }, { length: {} }, { grid: {} }, { notice: {} }])
    await set({ scope, ...settings });
  const seen: string[] = [];
  for (let after: string | null = null; ; ) {
    const { data } = await run(member.viewer, LIST, { first: 3, after, filter: { scope } });
    seen.push(...data.rules.nodes.map(({ kind }: { kind: string }) => kind));
    if (!data.rules.pageInfo.hasNextPage) break;
    after = data.rules.pageInfo.endCursor;
  }
  expect(seen).toEqual(['BUFFERS', 'GRID', 'LENGTH', 'NOTICE']);
  const only = await run(member.viewer, LIST, { filter: { scope, kind: 'GRID' } });
  expect(only.data.rules.nodes).toMatchObject([{ kind: 'GRID', origin: 'RESOURCE' }]);
  const wrong = await run(member.viewer, LIST, { after: 'x' });
  expect(wrong.errors).toMatchObject([{ code: 'BAD_USER_INPUT' }]);
});

it('shows what counts for a resource on a date, the nearest with its origin, today in its own zone', async () => {
  const site = await place(db);
  const thing = await room(db, { placeId: site.id, timeZone: 'Pacific/Auckland' });
  const hours = (opens: string) => ({ kind: 'OPENING_HOURS', settings: openDaily(opens, '20:00') }) as const;
  await setUp(db, { ...hours('06:00'), scope: { placeId: site.id } });
  await setUp(db, { ...hours('07:00'), scope: { typeId: thing.typeId }, effectiveFrom: '2027-03-02' });
  const rulesOn = async (on?: string) =>
    (await run(member.viewer, IN_FORCE, { id: gid('Resource', thing), on })).data.resource.rules;
  expect(await rulesOn('2027-03-01')).toMatchObject([
    { origin: 'PLACE', summary: 'Open Mon–Sun 06:00–20:00.' },
  ]);
  // 20:00 in UTC is the next morning in Auckland.
  ctx.clock.set('2027-03-01T10:00:00Z');
  expect(await rulesOn()).toMatchObject([{ origin: 'PLACE' }]);
  ctx.clock.set('2027-03-01T20:00:00Z');
  expect(await rulesOn()).toMatchObject([{ origin: 'TYPE' }]);
  ctx.clock.set('2027-03-01T08:00:00Z');
});

it('names the rule in a refusal, with where it stands', async () => {
  const thing = await room(db);
  await setUp(db, {
    kind: 'LENGTH',
    scope: { typeId: thing.typeId },
    settings: { leastMinutes: null, mostMinutes: 60 },
  });
  const { data } = await run(
    member.viewer,
    `mutation ($input: ReservationCreateInput!) { reservationCreate(input: $input) {
      ... on ReservationRefused { reasons { code limit used rule { kind origin resourceType { id } summary ${SETTINGS} } } } } }`,
    {
      input: {
        title: 'Long',
        window: { startsAt: '2027-03-02T09:00:00Z', endsAt: '2027-03-02T11:00:00Z' },
        resources: [{ resourceId: gid('Resource', thing) }],
      },
    },
  );
  expect(data.reservationCreate.reasons).toEqual([
    {
      code: 'DURATION_TOO_LONG',
      limit: 60,
      used: 120,
      rule: {
        kind: 'LENGTH',
        origin: 'TYPE',
        resourceType: { id: globalId('ResourceType', thing.typeId) },
        summary: 'A reservation lasts at most 1 h.',
        settings: { __typename: 'LengthSettings', leastMinutes: null, mostMinutes: 60 },
      },
    },
  ]);
});

it('previews what a rule would break, for those who may set it, and writes nothing', async () => {
  const thing = await room(db);
  const day = async (date: string, from: string, to: string) => {
    const done = await createReservation(as(member.viewer), {
      title: 'Shift',
      details: '',
      window: { startsAt: new Date(`${date}T${from}:00Z`), endsAt: new Date(`${date}T${to}:00Z`) },
      resources: [{ resourceId: thing.id, quantity: 1 }],
      holdMs: null,
      ownerId: null,
      idempotencyKey: null,
      dryRun: false,
    });
    if (!('node' in done)) throw new Error(done.message);
    return done.id;
  };
  await day('2027-03-02', '09:00', '10:00');
  const late = await day('2027-03-02', '17:00', '19:00');
  const later = await day('2027-03-03', '18:00', '20:00');
  const PREVIEW = `query ($input: RuleSetInput!, $first: Int) { rulesPreview(input: $input, first: $first) { __typename
    ... on RulesPreview { totalCount judgedCount hasMore isPartial
      nodes { reservation { id title } reasons { code span { startsAt endsAt } rule { kind origin } } } }
    ... on UserError { path } } }`;
  const input = {
    scope: { resourceId: gid('Resource', thing) },
    openingHours: { week: [{ days: WEEK[0]?.days, spans: [{ opens: '08:00', closes: '18:00' }] }] },
  };
  const { data, errors } = await run(manager.viewer, PREVIEW, { input, first: 1 });
  expect(errors).toEqual([]);
  expect(data.rulesPreview).toEqual({
    __typename: 'RulesPreview',
    totalCount: 2,
    judgedCount: 3,
    hasMore: true,
    isPartial: false,
    nodes: [
      {
        reservation: { id: globalId('Reservation', late), title: 'Shift' },
        reasons: [
          {
            code: 'OUTSIDE_OPENING_HOURS',
            span: { startsAt: '2027-03-02T18:00:00.000Z', endsAt: '2027-03-02T19:00:00.000Z' },
            rule: { kind: 'OPENING_HOURS', origin: 'RESOURCE' },
          },
        ],
      },
    ],
  });
  const all = await run(manager.viewer, PREVIEW, { input });
  expect(
    all.data.rulesPreview.nodes.map(({ reservation }: { reservation: { id: string } }) => reservation.id),
  ).toEqual([late, later].map((id) => globalId('Reservation', id)));
  expect((await run(member.viewer, PREVIEW, { input })).data.rulesPreview).toMatchObject({
    __typename: 'NotFound',
  });
  expect(
    (await run(manager.viewer, PREVIEW, { input: { ...input, buffers: {} } })).data.rulesPreview,
  ).toMatchObject({
    __typename: 'InvalidInput',
  });
  expect((await run(member.viewer, IN_FORCE, { id: gid('Resource', thing) })).data.resource.rules).toEqual(
    [],
  );
});

it('previews what removing a rule would break, for those who may remove it', async () => {
  const thing = await room(db);
  await rule(db, 'LENGTH', { leastMinutes: null, mostMinutes: 60 }, { typeId: thing.typeId });
  const nearer = await rule(db, 'LENGTH', { leastMinutes: null, mostMinutes: 240 }, { resourceId: thing.id });
  const long = await reserved(as(member.viewer), [thing.id], '2027-03-02T09:00:00Z', '2027-03-02T12:00:00Z');
  const PREVIEW = `query ($id: ID!) { ruleRemovePreview(id: $id) { __typename
    ... on RulesPreview { totalCount nodes { reservation { id } reasons { code limit rule { origin } } } }
    ... on UserError { path } } }`;
  const preview = async (who: typeof member, id: string) =>
    (await run(who.viewer, PREVIEW, { id })).data.ruleRemovePreview;
  expect(await preview(manager, globalId('Rule', nearer))).toEqual({
    __typename: 'RulesPreview',
    totalCount: 1,
    nodes: [
      {
        reservation: { id: globalId('Reservation', long.id) },
        reasons: [{ code: 'DURATION_TOO_LONG', limit: 60, rule: { origin: 'TYPE' } }],
      },
    ],
  });
  const missing = { __typename: 'NotFound', path: ['id'] };
  expect(await preview(member, globalId('Rule', nearer))).toEqual(missing);
  expect(await preview(manager, globalId('Rule', long.id))).toEqual(missing);
  // Nothing was removed.
  expect(await preview(manager, globalId('Rule', nearer))).toMatchObject({ totalCount: 1 });
});

it('reads the rules of a page of resources, with all that they name, in a fixed number of statements', async () => {
  const asked: string[] = [];
  const counted: Database = {
    query: <Row>(statement: Statement<Row>, values: readonly unknown[]) => {
      asked.push(statement.name);
      return db.query(statement, values);
    },
    em: () => db.em(),
    transaction: db.transaction,
    unitOfWork: db.unitOfWork,
  };
  const source = `{ resources(first: 50) { nodes { rules { summary origin place { name } resourceType { name } resource { name } } } } }`;
  const { data, errors } = await ask({ ...ctx, db: counted } as never, member.viewer, source);
  expect(errors).toEqual([]);
  const rules = data.resources.nodes.flatMap((node: { rules: object[] }) => node.rules);
  expect(rules.length).toBeGreaterThan(10);
  expect(asked.length).toBeLessThanOrEqual(8);
  expect(new Set(asked).size).toBe(asked.length);
});
