import type { Viewer } from '../../../src/domain/act.js';
import { newId } from '../../../src/domain/ids.js';
import { removeRule } from '../../../src/domain/schedules/remove-rule.js';
import type { Access, Quota } from '../../../src/domain/schedules/rule.js';
import { ruleBooksOf } from '../../../src/domain/schedules/rule-books.js';
import { bookNow, rulesFor } from '../../../src/domain/schedules/rule-reader.js';
import { setRule } from '../../../src/domain/schedules/set-rule.js';
import { testCtx } from '../../kit/ctx.js';
import { useDatabase } from '../../kit/database.js';
import { person } from '../../kit/people.js';
import { group, openDaily, type RuleFacts, ruleInput, setUp, training } from '../../kit/rule-input.js';
import { place, room } from '../../kit/things.js';

const { db, psql } = await useDatabase();
const boss = await person(db, 'MANAGER');
const as = (viewer: Viewer) => testCtx(db, viewer);
const set = (facts: RuleFacts, viewer = boss.viewer) => setRule(as(viewer), ruleInput(facts));
const QUOTA: Quota = { measure: 'COUNT', period: 'DAY', groupId: null, over: 'SCOPE', limit: 2 };
const ACCESS: Access = { roles: ['MEMBER'], groupIds: null, trainingIds: [] };

/** What counts for the resource on a date. */
async function inForce(resourceId: string, date: string) {
  const ctx = as(boss.viewer);
  const { placements } = await ruleBooksOf(db).placing([resourceId]);
  return rulesFor(ctx, await bookNow(ctx), placements.get(resourceId) as never, date);
}

const kinds: RuleFacts[] = [
  { kind: 'OPENING_HOURS', settings: openDaily('08:00', '18:00') },
  { kind: 'BUFFERS', settings: { setupMinutes: 5, teardownMinutes: 10 } },
  { kind: 'NOTICE', settings: { leastMinutes: 60, horizonDays: 90, cancelMinutes: null } },
  { kind: 'LENGTH', settings: { leastMinutes: 30, mostMinutes: 240 } },
  { kind: 'GRID', settings: { stepMinutes: 30, startTimes: ['09:00', '13:30'] } },
  { kind: 'QUOTA', name: 'Meeting hours', settings: QUOTA },
  { kind: 'ACCESS', settings: ACCESS },
];

it.each(kinds)('keeps a rule of kind $kind as it was given, and writes down who made it', async (facts) => {
  const { id } = await room(db);
  const done = await set({ ...facts, scope: { resourceId: id }, exemptRoles: ['MANAGER'] } as RuleFacts);
  expect(done).toMatchObject({
    rule: {
      kind: facts.kind,
      settings: facts.settings,
      exemptRoles: ['MANAGER'],
      resourceId: id,
      version: 1,
    },
  });
  expect(await inForce(id, '2027-03-02')).toMatchObject([{ kind: facts.kind, settings: facts.settings }]);
  const entries = await psql<{ actor_id: string; before: unknown; after: object }>(
    `select actor_id, before, after from audit where action = 'rule.set' and after->>'resourceId' = $1`,
    [id],
  );
  expect(entries).toMatchObject([
    { actor_id: boss.id, before: null, after: { kind: facts.kind, settings: facts.settings } },
  ]);
});

const NOBODY = newId();
const wrong: [string, string, RuleFacts][] = [
  [
    'a time that no clock shows',
    'openingHours.week.spans.closes',
    { kind: 'OPENING_HOURS', settings: openDaily('08:00', '25:00') },
  ],
  [
    'an exception in a thirteenth month',
    'openingHours.exceptions',
    {
      kind: 'OPENING_HOURS',
      settings: { week: [], exceptions: [{ from: '2027-13-01', to: '2027-13-02', title: '', spans: [] }] },
    },
  ],
  [
    'a negative buffer',
    'buffers.setupMinutes',
    { kind: 'BUFFERS', settings: { setupMinutes: -1, teardownMinutes: 0 } },
  ],
  [
    'half a minute',
    'buffers.teardownMinutes',
    { kind: 'BUFFERS', settings: { setupMinutes: 0, teardownMinutes: 0.5 } },
  ],
  [
    'a horizon of a century',
    'notice.horizonDays',
    { kind: 'NOTICE', settings: { leastMinutes: null, horizonDays: 36_500, cancelMinutes: null } },
  ],
  [
    'no length at all',
    'length.leastMinutes',
    { kind: 'LENGTH', settings: { leastMinutes: 0, mostMinutes: null } },
  ],
  [
    'a longest below the shortest',
    'length.mostMinutes',
    { kind: 'LENGTH', settings: { leastMinutes: 60, mostMinutes: 30 } },
  ],
  [
    'a step that does not divide a day',
    'grid.stepMinutes',
    { kind: 'GRID', settings: { stepMinutes: 50, startTimes: null } },
  ],
  [
    'a start off the step',
    'grid.startTimes',
    { kind: 'GRID', settings: { stepMinutes: 30, startTimes: ['09:15'] } },
  ],
  [
    'a start at 24:00',
    'grid.startTimes',
    { kind: 'GRID', settings: { stepMinutes: null, startTimes: ['24:00'] } },
  ],
  [
    'a start named twice',
    'grid.startTimes',
    { kind: 'GRID', settings: { stepMinutes: null, startTimes: ['09:00', '09:00'] } },
  ],
  ['no start at all', 'grid.startTimes', { kind: 'GRID', settings: { stepMinutes: null, startTimes: [] } }],
  [
    'minutes at the same time',
    'quota.measure',
    { kind: 'QUOTA', settings: { ...QUOTA, measure: 'MINUTES', period: 'CONCURRENT' } },
  ],
  ['a quota below nothing', 'quota.limit', { kind: 'QUOTA', settings: { ...QUOTA, limit: -1 } }],
  ['a quota for nobody', 'quota.groupId', { kind: 'QUOTA', settings: { ...QUOTA, groupId: NOBODY } }],
  ['a quota without a name', 'name', { kind: 'QUOTA', name: ' ', settings: QUOTA }],
  ['a name for what has none', 'name', { kind: 'ACCESS', name: 'Ours', settings: ACCESS }],
  ['an unknown role', 'access.roles', { kind: 'ACCESS', settings: { ...ACCESS, roles: ['BOSS' as never] } }],
  ['an empty list of roles', 'access.roles', { kind: 'ACCESS', settings: { ...ACCESS, roles: [] } }],
  ['an unknown group', 'access.groupIds', { kind: 'ACCESS', settings: { ...ACCESS, groupIds: [NOBODY] } }],
  [
    'an unknown training',
    'access.trainingIds',
    { kind: 'ACCESS', settings: { ...ACCESS, trainingIds: [NOBODY] } },
  ],
  [
    'a date that there is not',
    'effectiveFrom',
    { kind: 'ACCESS', effectiveFrom: '2027-02-29', settings: ACCESS },
  ],
  ['a scope that does not exist', 'scope', { kind: 'ACCESS', scope: { placeId: NOBODY }, settings: ACCESS }],
  [
    'two scopes at once',
    'scope',
    { kind: 'ACCESS', scope: { placeId: NOBODY, typeId: NOBODY }, settings: ACCESS },
  ],
];

it.each(wrong)('refuses %s, and changes nothing', async (_what, path, facts) => {
  const state = () =>
    psql(
      `select (select version from rule_book) as book, (select count(*) from rule) as rules,
        (select count(*) from audit) as entries, (select count(*) from outbox) as told`,
    );
  const before = await state();
  expect(await set(facts)).toMatchObject({ path: ['input', ...path.split('.')] });
  expect(await state()).toEqual(before);
});

it('calls a wrong time INVALID_TIME', async () => {
  const closes = await set({ kind: 'OPENING_HOURS', settings: openDaily('08:00', '24:01') });
  const starts = await set({ kind: 'GRID', settings: { stepMinutes: null, startTimes: ['9:00'] } });
  expect([closes, starts]).toMatchObject([{ code: 'INVALID_TIME' }, { code: 'INVALID_TIME' }]);
});

it('names groups and trainings that exist', async () => {
  const { id } = await room(db);
  const [g, t] = [await group(db), await training(db)];
  const settings = { roles: null, groupIds: [g.id], trainingIds: [t.id] };
  expect(await set({ kind: 'ACCESS', scope: { resourceId: id }, settings })).toMatchObject({
    rule: { settings },
  });
});

it('replaces the rule of the same scope, kind, name and date, and counts its versions', async () => {
  const { id } = await room(db);
  const facts = (mostMinutes: number, expectedVersion: number | null = null): RuleFacts => ({
    kind: 'LENGTH',
    scope: { resourceId: id },
    settings: { leastMinutes: null, mostMinutes },
    expectedVersion,
  });
  expect(await set(facts(60, 1))).toMatchObject({ kind: 'NotFound', path: ['input', 'expectedVersion'] });
  const first = await set(facts(60));
  const second = await set(facts(90, 1));
  expect(second).toMatchObject({ rule: { version: 2, settings: { mostMinutes: 90 } } });
  expect('rule' in first && 'rule' in second && first.rule.id === second.rule.id).toBe(true);
  expect(await set(facts(120, 1))).toMatchObject({
    kind: 'VersionConflict',
    expectedVersion: 1,
    currentVersion: 2,
  });
  const [audit] = await psql(
    `select before, after from audit where action = 'rule.set' and subject_id = $1 order by id desc limit 1`,
    ['rule' in second ? second.rule.id : null],
  );
  expect(audit).toEqual({
    before: { settings: { leastMinutes: null, mostMinutes: 60 } },
    after: { settings: { leastMinutes: null, mostMinutes: 90 } },
  });
});

it('does nothing where nothing is different', async () => {
  const { id } = await room(db);
  const facts = kinds.map((each) => ({ ...each, scope: { resourceId: id } }) as RuleFacts);
  for (const each of facts) await set(each);
  const before = await psql(
    'select version from rule_book union all select version from stream where resource_id = $1',
    [id],
  );
  for (const each of facts) expect(await set(each)).toMatchObject({ rule: { version: 1 } });
  expect(
    await psql('select version from rule_book union all select version from stream where resource_id = $1', [
      id,
    ]),
  ).toEqual(before);
});

it('tells it in the stream of every resource that it touches, and wakes them', async () => {
  const site = await place(db);
  const [inside, outside] = [await room(db, { placeId: site.id }), await room(db)];
  const ctx = as(boss.viewer);
  const woken: string[] = [];
  await ctx.bus.listen((wake) => {
    if (wake.kind === 'streams') woken.push(...wake.resourceIds);
  });
  await setRule(
    ctx,
    ruleInput({
      kind: 'BUFFERS',
      scope: { placeId: site.id },
      settings: { setupMinutes: 5, teardownMinutes: 0 },
    }),
  );
  const told = await psql<{ resource_id: string }>(
    'select resource_id, reservation_id, freed, taken from outbox where resource_id = any ($1)',
    [[inside.id, outside.id]],
  );
  expect(told).toEqual([{ resource_id: inside.id, reservation_id: null, freed: null, taken: null }]);
  await new Promise(setImmediate);
  expect(woken).toEqual([inside.id]);
});

it('lets the nearest rule win and says where it stands: resource, type, inner place, outer place, organisation', async () => {
  const site = await place(db);
  const floor = await place(db, { kind: 'FLOOR', parentId: site.id });
  const thing = await room(db, { placeId: floor.id });
  const step = (stepMinutes: number, scope: RuleFacts['scope']) =>
    setUp(db, { kind: 'GRID', scope, settings: { stepMinutes, startTimes: null } } as RuleFacts);
  const made = [
    await step(60, {}),
    await step(30, { placeId: site.id }),
    await step(20, { placeId: floor.id }),
    await step(15, { typeId: thing.typeId }),
    await step(10, { resourceId: thing.id }),
  ];
  for (const each of made.toReversed()) {
    expect(await inForce(thing.id, '2027-03-02')).toEqual([each]);
    expect(await removeRule(as(boss.viewer), { id: each.id, expectedVersion: 1 })).toEqual({ rule: each });
  }
  expect(await inForce(thing.id, '2027-03-02')).toEqual([]);
});

it('counts from its date on, ends on one, and then leaves it to the next farther rule', async () => {
  const thing = await room(db);
  const length = (mostMinutes: number | null, effectiveFrom: string | null, scope: RuleFacts['scope']) =>
    setUp(db, {
      kind: 'LENGTH',
      effectiveFrom,
      scope,
      settings: mostMinutes === null ? null : { leastMinutes: null, mostMinutes },
    } as RuleFacts);
  await length(30, null, { typeId: thing.typeId });
  await length(60, '2027-04-01', { resourceId: thing.id });
  await length(90, '2027-05-01', { resourceId: thing.id });
  await length(null, '2027-06-01', { resourceId: thing.id });
  const most = async (date: string) =>
    (await inForce(thing.id, date)).map(({ settings }) => (settings as { mostMinutes: number }).mostMinutes);
  expect(await most('2027-03-31')).toEqual([30]);
  expect(await most('2027-04-01')).toEqual([60]);
  expect(await most('2027-04-30')).toEqual([60]);
  expect(await most('2027-05-01')).toEqual([90]);
  expect(await most('2027-06-01')).toEqual([30]);
});

it('lets quotas of different names stand side by side, and a nearer one replace its namesake', async () => {
  const thing = await room(db);
  const quota = (name: string, limit: number, scope: RuleFacts['scope']) =>
    setUp(db, { kind: 'QUOTA', name, scope, settings: { ...QUOTA, limit } } as RuleFacts);
  await quota('Hours', 9, { typeId: thing.typeId });
  await quota('Pieces', 5, { typeId: thing.typeId });
  await quota('Hours', 3, { resourceId: thing.id });
  expect(
    (await inForce(thing.id, '2027-03-02')).map(({ name, settings }) => [name, (settings as Quota).limit]),
  ).toEqual([
    ['Hours', 3],
    ['Pieces', 5],
  ]);
});

describe('who may', () => {
  it('lets a resource’s own manager make its rules, but for quotas and access, and no others', async () => {
    const keeper = await person(db);
    const [mine, other] = [await room(db, { managers: [keeper.id] }), await room(db)];
    const hours = (scope: RuleFacts['scope']): RuleFacts =>
      ({ kind: 'OPENING_HOURS', scope, settings: openDaily('08:00', '18:00') }) as RuleFacts;
    const made = await set(hours({ resourceId: mine.id }), keeper.viewer);
    expect(made).toMatchObject({ rule: { resourceId: mine.id } });
    expect(await set(hours({ resourceId: other.id }), keeper.viewer)).toMatchObject({ kind: 'NotFound' });
    for (const scope of [{}, { typeId: mine.typeId }, { placeId: mine.placeId }]) {
      expect(await set(hours(scope), keeper.viewer)).toMatchObject({
        kind: 'InvalidInput',
        path: ['input', 'scope'],
      });
    }
    const scope = { resourceId: mine.id };
    expect(await set({ kind: 'QUOTA', scope, settings: QUOTA }, keeper.viewer)).toMatchObject({
      path: ['input', 'quota'],
    });
    expect(await set({ kind: 'ACCESS', scope, settings: ACCESS }, keeper.viewer)).toMatchObject({
      path: ['input', 'access'],
    });
    const quota = await setUp(db, { kind: 'QUOTA', scope, settings: QUOTA });
    expect(await removeRule(as(keeper.viewer), { id: quota.id })).toMatchObject({ kind: 'NotFound' });
    const id = 'rule' in made ? made.rule.id : '';
    expect(await removeRule(as((await person(db)).viewer), { id })).toMatchObject({ kind: 'NotFound' });
    expect(await removeRule(as(keeper.viewer), { id, expectedVersion: 2 })).toMatchObject({
      kind: 'VersionConflict',
    });
    expect(await removeRule(as(keeper.viewer), { id, expectedVersion: 1 })).toMatchObject({ rule: { id } });
    expect(await removeRule(as(keeper.viewer), { id })).toMatchObject({ kind: 'NotFound' });
    const entries = await psql(
      `select actor_id, before->>'kind' as kind from audit where action = 'rule.remove' and subject_id = $1`,
      [id],
    );
    expect(entries).toEqual([{ actor_id: keeper.id, kind: 'OPENING_HOURS' }]);
  });
});

it('makes one rule of several that are set at the same place at once', async () => {
  const { id } = await room(db);
  const done = await Promise.all(
    Array.from({ length: 8 }, (_, index) =>
      set({
        kind: 'LENGTH',
        scope: { resourceId: id },
        settings: { leastMinutes: null, mostMinutes: 10 + index },
      }),
    ),
  );
  expect(new Set(done.map((each) => ('rule' in each ? each.rule.id : each.kind))).size).toBe(1);
  const [{ version } = { version: 0 }] = await psql<{ version: number }>(
    'select version from rule where resource_id = $1',
    [id],
  );
  expect(version).toBe(8);
});
