import { previewChange } from '../../../src/domain/decisions/preview-change.js';
import { previewRules } from '../../../src/domain/decisions/preview-rules.js';
import { newId } from '../../../src/domain/ids.js';
import { cancelReservation } from '../../../src/domain/reservations/cancel-reservation.js';
import { createReservation } from '../../../src/domain/reservations/create-reservation.js';
import { bookWith } from '../../../src/domain/schedules/book-with.js';
import type { Rule } from '../../../src/domain/schedules/rule.js';
import { bookNow } from '../../../src/domain/schedules/rule-reader.js';
import { setRule } from '../../../src/domain/schedules/set-rule.js';
import { testCtx } from '../../kit/ctx.js';
import { useDatabase } from '../../kit/database.js';
import { type PersonRow, person } from '../../kit/people.js';
import { openDaily, type RuleFacts, ruleInput, setUp } from '../../kit/rule-input.js';
import { place, pool, room } from '../../kit/things.js';

const { db, psql } = await useDatabase();
const boss = await person(db, 'MANAGER');
const me = await person(db);

const reserve = async (
  thing: { id: string },
  from: string,
  to: string,
  by: PersonRow = me,
  holdMs: number | null = null,
) => {
  const done = await createReservation(testCtx(db, by.viewer), {
    title: 'There',
    details: '',
    window: { startsAt: new Date(`${from}:00Z`), endsAt: new Date(`${to}:00Z`) },
    resources: [{ resourceId: thing.id, quantity: 1 }],
    holdMs,
    ownerId: null,
    idempotencyKey: null,
    dryRun: false,
  });
  if (!('node' in done)) throw new Error(done.message);
  return done.id;
};
const preview = async (facts: RuleFacts, first = 200) => {
  const done = await previewRules(testCtx(db, boss.viewer), ruleInput(facts), first);
  if ('path' in done) throw new Error(done.message);
  return {
    ...done,
    broken: done.broken.map(({ reservationId, reasons }) => [
      reservationId,
      ...reasons.map(({ code }) => code),
    ]),
  };
};
const hours = (scope: object, opens: string, closes: string, more: object = {}): RuleFacts => ({
  kind: 'OPENING_HOURS',
  scope,
  settings: openDaily(opens, closes),
  ...more,
});

it('names what newly breaks, in the order of starts: not what is over, dead, cancelled, elsewhere, or broken already', async () => {
  const thing = await room(db);
  const scope = { resourceId: thing.id };
  await reserve(thing, '2027-03-02T09:00', '2027-03-02T10:00');
  const early = await reserve(thing, '2027-03-02T06:00', '2027-03-02T07:00');
  await reserve(thing, '2027-03-03T04:00', '2027-03-03T05:00');
  const held = await reserve(thing, '2027-03-01T19:00', '2027-03-01T20:00', me, 3_600_000);
  await reserve(thing, '2027-03-04T19:00', '2027-03-04T20:00', me, 1_000);
  const cancelled = await reserve(thing, '2027-03-05T19:00', '2027-03-05T20:00');
  await cancelReservation(testCtx(db, me.viewer), {
    id: cancelled,
    expectedVersion: null,
    idempotencyKey: null,
  });
  await reserve(thing, '2027-03-01T08:30', '2027-03-01T08:45');
  await reserve(await room(db), '2027-03-02T06:00', '2027-03-02T07:00');
  await setUp(db, hours(scope, '06:00', '22:00'));
  const ctx = testCtx(db, boss.viewer);
  ctx.clock.set('2027-03-01T08:45:00Z');
  const done = await previewRules(ctx, ruleInput(hours(scope, '08:00', '18:00')), 200);
  expect(done).toMatchObject({
    totalCount: 2,
    judgedCount: 4,
    isCut: false,
    broken: [
      { reservationId: held, reasons: [{ code: 'OUTSIDE_OPENING_HOURS' }] },
      { reservationId: early, reasons: [{ code: 'OUTSIDE_OPENING_HOURS' }] },
    ],
  });
  expect(await previewRules(ctx, ruleInput(hours(scope, '08:00', '18:00')), 1)).toMatchObject({
    totalCount: 2,
    broken: [{ reservationId: held }],
  });
});

it('looks at every resource in the scope, and only from the date on', async () => {
  const site = await place(db);
  const [a, b, elsewhere] = [
    await room(db, { placeId: site.id }),
    await room(db, { placeId: site.id }),
    await room(db),
  ];
  const lengths: RuleFacts = {
    kind: 'LENGTH',
    scope: { placeId: site.id },
    effectiveFrom: '2027-03-03',
    settings: { leastMinutes: null, mostMinutes: 60 },
  };
  for (const thing of [a, b, elsewhere]) await reserve(thing, '2027-03-02T09:00', '2027-03-02T11:00');
  const [first, second] = [
    await reserve(a, '2027-03-03T09:00', '2027-03-03T11:00'),
    await reserve(b, '2027-03-04T09:00', '2027-03-04T11:00'),
  ];
  expect((await preview(lengths)).broken).toEqual([
    [first, 'DURATION_TOO_LONG'],
    [second, 'DURATION_TOO_LONG'],
  ]);
});

it('asks nobody for notice again, lets buffers be, and judges owners by their own role', async () => {
  const thing = await room(db);
  const scope = { resourceId: thing.id };
  const mine = await reserve(thing, '2027-03-01T09:00', '2027-03-01T09:10');
  await reserve(thing, '2027-03-01T09:10', '2027-03-01T09:20', boss);
  const settings = { leastMinutes: 10_000, horizonDays: 0, cancelMinutes: null };
  expect((await preview({ kind: 'NOTICE', scope, settings })).broken).toEqual([]);
  expect(
    (await preview({ kind: 'BUFFERS', scope, settings: { setupMinutes: 60, teardownMinutes: 60 } })).broken,
  ).toEqual([]);
  const access = { roles: ['ADMINISTRATOR' as const], groupIds: null, trainingIds: [] };
  expect(
    (await preview({ kind: 'ACCESS', scope, exemptRoles: ['MANAGER'], settings: access })).broken,
  ).toEqual([[mine, 'NOT_PERMITTED']]);
  const grid = { stepMinutes: 60, startTimes: null };
  expect((await preview({ kind: 'GRID', scope, settings: grid })).totalCount).toBe(2);
});

it('counts a quota in the order of the starts, with what lies before and what is elsewhere in its scope', async () => {
  const thing = await pool(db, { capacity: 9 });
  const [scope, other] = [{ typeId: thing.typeId }, await person(db)];
  const quota = (limit: number): RuleFacts => ({
    kind: 'QUOTA',
    name: 'Share',
    scope,
    settings: { measure: 'COUNT', period: 'ISO_WEEK', groupId: null, over: 'SCOPE', limit },
  });
  const ids = [];
  for (const day of ['02', '03', '04'])
    ids.push(await reserve(thing, `2027-03-${day}T09:00`, `2027-03-${day}T10:00`));
  await reserve(thing, '2027-03-09T09:00', '2027-03-09T10:00');
  await reserve(thing, '2027-03-02T09:00', '2027-03-02T10:00', other);
  expect((await preview(quota(3))).broken).toEqual([]);
  expect((await preview(quota(1))).broken).toEqual([
    [ids[1], 'QUOTA_EXCEEDED'],
    [ids[2], 'QUOTA_EXCEEDED'],
  ]);
  // The first one is over by then, and counts all the same.
  const ctx = testCtx(db, boss.viewer);
  ctx.clock.set('2027-03-02T12:00:00Z');
  expect(await previewRules(ctx, ruleInput(quota(2)), 10)).toMatchObject({
    totalCount: 1,
    broken: [{ reservationId: ids[2] }],
  });
});

it('takes a removal and a closure as a change, too', async () => {
  const thing = await room(db);
  const scope = { resourceId: thing.id, typeId: null, placeId: null };
  await setUp(db, hours({ typeId: thing.typeId }, '08:00', '18:00'));
  const { id } = await setUp(db, hours({ resourceId: thing.id }, '08:00', '22:00'));
  const late = await reserve(thing, '2027-03-02T19:00', '2027-03-02T20:00');
  const noon = await reserve(thing, '2027-03-03T12:00', '2027-03-03T13:00');
  const ctx = testCtx(db, boss.viewer);
  expect(await previewChange(ctx, scope, { removeRuleId: id }, 10)).toMatchObject({
    totalCount: 1,
    broken: [
      { reservationId: late, reasons: [{ code: 'OUTSIDE_OPENING_HOURS', rule: { typeId: thing.typeId } }] },
    ],
  });
  const closure = {
    ...scope,
    id: newId(),
    title: 'Paint',
    startsLocal: '2027-03-03T00:00:00.000',
    endsLocal: '2027-03-04T00:00:00.000',
    rrule: null,
    exdates: [],
    version: 1,
  };
  expect(await previewChange(ctx, scope, { closure }, 10)).toMatchObject({
    totalCount: 1,
    broken: [{ reservationId: noon, reasons: [{ code: 'CLOSED', closure: { title: 'Paint' } }] }],
  });
});

it('writes nothing, and leaves the book as it is', async () => {
  const thing = await room(db);
  const state = () =>
    psql(`select (select version from rule_book) as book, (select count(*) from rule) as rules,
      (select count(*) from audit) as audit, (select sum(version) from stream) as streams`);
  const before = await state();
  const ctx = testCtx(db, boss.viewer);
  const book = await bookNow(ctx);
  const kept = JSON.stringify(book.row);
  await preview(hours({ resourceId: thing.id }, '08:00', '09:00'));
  const rule: Rule = { ...(book.row.rules[0] as Rule), id: newId() };
  const after = bookWith(book, { rule });
  expect(after.row.rules).toHaveLength(book.row.rules.length);
  expect(after.row.rules).toContain(rule);
  expect(JSON.stringify(book.row)).toBe(kept);
  expect(await state()).toEqual(before);
});

it('foretells what a dry run says after the rule is set', async () => {
  const thing = await room(db);
  const facts = hours({ resourceId: thing.id }, '08:00', '18:00');
  const windows = [7, 8, 17, 18].map((hour) =>
    [hour, hour + 1].map((h) => `2027-03-02T${String(h).padStart(2, '0')}:00`),
  );
  const ids: string[] = [];
  for (const [from, to] of windows as [string, string][]) ids.push(await reserve(thing, from, to));
  const foretold = (await preview(facts)).broken.map(([id]) => id);
  await setRule(testCtx(db, boss.viewer), ruleInput(facts));
  const refused: string[] = [];
  for (const [index, [from, to]] of (windows as [string, string][]).entries()) {
    const other = await room(db);
    await setRule(
      testCtx(db, boss.viewer),
      ruleInput({ ...facts, scope: { resourceId: other.id } } as RuleFacts),
    );
    const made = await reserve(other, from, to).then(
      () => true,
      () => false,
    );
    if (!made) refused.push(ids[index] as string);
  }
  expect(foretold).toEqual(refused);
});
