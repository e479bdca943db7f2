import type { Viewer } from '../../../src/domain/act.js';
import type { Reason } from '../../../src/domain/decisions/reason.js';
import { cancelReservation } from '../../../src/domain/reservations/cancel-reservation.js';
import {
  type CreateReservation,
  createReservation,
} from '../../../src/domain/reservations/create-reservation.js';
import { moveReservations } from '../../../src/domain/reservations/move-reservations.js';
import type { Quota } from '../../../src/domain/schedules/rule.js';
import { ManualClock } from '../../kit/clock.js';
import { testCtx } from '../../kit/ctx.js';
import { useDatabase } from '../../kit/database.js';
import { type PersonRow, person } from '../../kit/people.js';
import { group, openDaily, setUp, training } from '../../kit/rule-input.js';
import { pool, room, type ThingRow } from '../../kit/things.js';

const { db } = await useDatabase();
const me = await person(db);
const boss = await person(db, 'MANAGER');
/** The clock stands at 2027-03-01T08:00Z, a Monday. */
const as = (viewer: Viewer) => testCtx(db, viewer, new ManualClock('2027-03-01T08:00:00Z'));

/** `2027-03-02T09:00` is meant in UTC; an offset may follow. */
const at = (time: string) => new Date(/[+-]\d\d:\d\d$/.test(time) ? time : `${time}:00Z`);
const input = (thing: { id: string }, from: string, to: string, more: Partial<CreateReservation> = {}) => ({
  title: 'Example',
  details: '',
  window: { startsAt: at(from), endsAt: at(to) },
  resources: [{ resourceId: thing.id, quantity: 1 }],
  holdMs: null,
  ownerId: null,
  idempotencyKey: null,
  dryRun: false,
  ...more,
});
const reserve = (
  thing: { id: string },
  from: string,
  to: string,
  { by = me, ...more }: Partial<CreateReservation> & { by?: PersonRow } = {},
) => createReservation(as(by.viewer), input(thing, from, to, more));

/** Every reason against it; none where it was made. */
const against = async (...wish: Parameters<typeof reserve>): Promise<readonly Reason[]> => {
  const done = await reserve(...wish);
  return 'reasons' in done ? done.reasons : 'node' in done ? [] : Promise.reject(new Error(done.message));
};
const codes = async (...wish: Parameters<typeof reserve>) => (await against(...wish)).map(({ code }) => code);

describe('opening hours', () => {
  it('refuse what leaves them, and name the part, the latest end and the next start', async () => {
    const thing = await room(db, { timeZone: 'Europe/Berlin' });
    const rule = await setUp(db, {
      kind: 'OPENING_HOURS',
      scope: { resourceId: thing.id },
      settings: openDaily('08:00', '18:00', [1, 2, 3, 4, 5]),
    });
    expect(await against(thing, '2027-03-02T17:00+01:00', '2027-03-02T19:00+01:00')).toMatchObject([
      {
        code: 'OUTSIDE_OPENING_HOURS',
        rule,
        span: { startsAt: '2027-03-02T17:00:00.000Z', endsAt: '2027-03-02T18:00:00.000Z' },
        latestEnd: '2027-03-02T17:00:00.000Z',
        earliestStart: '2027-03-03T07:00:00.000Z',
      },
    ]);
    // Friday night: the next start is on Monday morning.
    expect(await against(thing, '2027-03-05T19:00+01:00', '2027-03-05T20:00+01:00')).toMatchObject([
      { latestEnd: null, earliestStart: '2027-03-08T07:00:00.000Z' },
    ]);
    expect(await codes(thing, '2027-03-02T16:00+01:00', '2027-03-02T18:00+01:00')).toEqual([]);
  });

  it('let a reservation run through midnight where both sides are open, and close for a holiday', async () => {
    const thing = await room(db);
    const night = { opens: '22:00', closes: '06:00' };
    await setUp(db, {
      kind: 'OPENING_HOURS',
      scope: { resourceId: thing.id },
      settings: {
        week: [{ days: [1, 2, 3, 4, 5, 6, 7], spans: [night] }],
        exceptions: [{ from: '2027-03-03', to: '2027-03-03', title: 'Holiday', spans: [] }],
      },
    });
    expect(await codes(thing, '2027-03-02T22:00', '2027-03-03T06:00')).toEqual([]);
    expect(await codes(thing, '2027-03-03T22:00', '2027-03-04T01:00')).toEqual(['OUTSIDE_OPENING_HOURS']);
  });

  it('let buffers hang over', async () => {
    const thing = await room(db, { setupMinutes: 30, teardownMinutes: 30 });
    const scope = { resourceId: thing.id };
    await setUp(db, { kind: 'OPENING_HOURS', scope, settings: openDaily('08:00', '10:00') });
    expect(await codes(thing, '2027-03-02T08:00', '2027-03-02T10:00')).toEqual([]);
  });
});

it('notice and horizon refuse too early and too late, and name the first and the last start', async () => {
  const thing = await room(db);
  await setUp(db, {
    kind: 'NOTICE',
    scope: { resourceId: thing.id },
    settings: { leastMinutes: 120, horizonDays: 30, cancelMinutes: null },
  });
  expect(await against(thing, '2027-03-01T09:59', '2027-03-01T11:00')).toMatchObject([
    { code: 'TOO_SOON', limit: 120, earliestStart: '2027-03-01T10:00:00.000Z' },
  ]);
  expect(await against(thing, '2027-04-01T00:00', '2027-04-01T01:00')).toMatchObject([
    { code: 'TOO_FAR_AHEAD', limit: 30, latestStart: '2027-03-31T23:59:59.999Z' },
  ]);
  expect(await codes(thing, '2027-03-01T10:00', '2027-03-01T11:00')).toEqual([]);
  expect(await codes(thing, '2027-03-31T23:30', '2027-04-01T01:00')).toEqual([]);
});

it('cancelling and moving away is TOO_LATE within the notice for it, but not for who is exempt', async () => {
  const thing = await room(db);
  await setUp(db, {
    kind: 'NOTICE',
    scope: { resourceId: thing.id },
    settings: { leastMinutes: null, horizonDays: null, cancelMinutes: 60 },
    exemptRoles: ['MANAGER'],
  });
  const made = await reserve(thing, '2027-03-01T10:00', '2027-03-01T11:00');
  const id = 'node' in made ? made.id : '';
  const ctx = as(me.viewer);
  ctx.clock.set('2027-03-01T09:00:00.001Z');
  const existing = { id, expectedVersion: null, idempotencyKey: null };
  expect(await cancelReservation(ctx, existing)).toMatchObject({
    reasons: [{ code: 'TOO_LATE', limit: 60 }],
  });
  const moves = [
    {
      id,
      expectedVersion: null,
      startsAt: at('2027-03-02T10:00'),
      endsAt: at('2027-03-02T11:00'),
      resources: null,
    },
  ];
  expect(await moveReservations(ctx, { moves, idempotencyKey: null, dryRun: false })).toMatchObject({
    reasons: [{ code: 'TOO_LATE' }],
  });
  const exempt = as(boss.viewer);
  exempt.clock.set('2027-03-01T09:30:00Z');
  expect(await cancelReservation(exempt, existing)).toMatchObject({ state: 'CANCELLED' });
});

it('length limits refuse too short and too long, name the fitting ends, and count days as 24 h (T6)', async () => {
  const thing = await room(db, { timeZone: 'Europe/Berlin' });
  await setUp(db, {
    kind: 'LENGTH',
    scope: { resourceId: thing.id },
    settings: { leastMinutes: 30, mostMinutes: 1440 },
  });
  expect(await against(thing, '2027-03-02T09:00', '2027-03-02T09:20')).toMatchObject([
    { code: 'TOO_SHORT', limit: 30, used: 20, earliestEnd: '2027-03-02T09:30:00.000Z' },
  ]);
  expect(await against(thing, '2027-03-02T09:00', '2027-03-03T10:00')).toMatchObject([
    { code: 'DURATION_TOO_LONG', limit: 1440, used: 1500, latestEnd: '2027-03-03T09:00:00.000Z' },
  ]);
  // From midnight to midnight on a day of 25 hours, and an hour more than 24 on another.
  expect(await codes(thing, '2027-10-31T00:00+02:00', '2027-11-01T00:00+01:00')).toEqual([]);
  expect(await codes(thing, '2027-11-02T01:00+01:00', '2027-11-03T02:00+01:00')).toEqual([
    'DURATION_TOO_LONG',
  ]);
});

it('the grid refuses what is beside its steps and start times, by the clock of the resource', async () => {
  const thing = await room(db, { timeZone: 'Asia/Kolkata' });
  await setUp(db, {
    kind: 'GRID',
    scope: { resourceId: thing.id },
    settings: { stepMinutes: 30, startTimes: ['09:00', '13:30'] },
  });
  expect(await codes(thing, '2027-03-02T09:00+05:30', '2027-03-02T12:00+05:30')).toEqual([]);
  expect(await against(thing, '2027-03-02T12:30+05:30', '2027-03-02T13:00+05:30')).toMatchObject([
    { code: 'MISALIGNED', limit: 30, earliestStart: '2027-03-02T08:00:00.000Z' },
  ]);
  expect(await codes(thing, '2027-03-02T13:30+05:30', '2027-03-02T14:10+05:30')).toEqual(['MISALIGNED']);
});

describe('quotas', () => {
  const quota = (thing: ThingRow, settings: Partial<Quota>, more: object = {}) =>
    setUp(db, {
      kind: 'QUOTA',
      name: 'Share',
      scope: { resourceId: thing.id },
      settings: { measure: 'COUNT', period: 'DAY', groupId: null, over: 'SCOPE', limit: 1, ...settings },
      ...more,
    });

  it('count a person’s reservations of a day, by the day of the resource', async () => {
    const thing = await room(db, { timeZone: 'America/New_York' });
    await quota(thing, { limit: 2 });
    const other = await person(db);
    expect(await codes(thing, '2027-03-02T09:00-05:00', '2027-03-02T10:00-05:00')).toEqual([]);
    expect(await codes(thing, '2027-03-02T22:00-05:00', '2027-03-02T23:00-05:00')).toEqual([]);
    expect(await against(thing, '2027-03-02T12:00-05:00', '2027-03-02T13:00-05:00')).toMatchObject([
      {
        code: 'QUOTA_EXCEEDED',
        limit: 2,
        used: 3,
        span: { startsAt: '2027-03-02T05:00:00.000Z', endsAt: '2027-03-03T05:00:00.000Z' },
      },
    ]);
    expect(await codes(thing, '2027-03-02T12:00-05:00', '2027-03-02T13:00-05:00', { by: other })).toEqual([]);
    expect(await codes(thing, '2027-03-03T00:00-05:00', '2027-03-03T01:00-05:00')).toEqual([]);
  });

  it('count minutes in the week in which they lie', async () => {
    const thing = await room(db);
    await quota(thing, { measure: 'MINUTES', period: 'ISO_WEEK', limit: 120 });
    // Sunday 23:00 to Monday 01:00: an hour in each week.
    expect(await codes(thing, '2027-03-07T23:00', '2027-03-08T01:00')).toEqual([]);
    expect(await codes(thing, '2027-03-10T09:00', '2027-03-10T10:00')).toEqual([]);
    expect(await against(thing, '2027-03-11T09:00', '2027-03-11T09:30')).toMatchObject([
      { code: 'QUOTA_EXCEEDED', limit: 120, used: 150 },
    ]);
  });

  it('count the members of a group together, and nobody else', async () => {
    const thing = await pool(db, { capacity: 9 });
    const [a, b, outsider] = [await person(db), await person(db), await person(db)];
    await quota(thing, { groupId: (await group(db, [a, b])).id, period: 'MONTH' });
    expect(await codes(thing, '2027-03-02T09:00', '2027-03-02T10:00', { by: a })).toEqual([]);
    expect(await codes(thing, '2027-03-20T09:00', '2027-03-20T10:00', { by: b })).toEqual(['QUOTA_EXCEEDED']);
    expect(await codes(thing, '2027-03-20T09:00', '2027-03-20T10:00', { by: outsider })).toEqual([]);
    expect(await codes(thing, '2027-04-01T09:00', '2027-04-01T10:00', { by: b })).toEqual([]);
  });

  it('count what is at the same time', async () => {
    const thing = await pool(db, { capacity: 9 });
    await quota(thing, { period: 'CONCURRENT', limit: 1 });
    expect(await codes(thing, '2027-03-02T09:00', '2027-03-02T11:00')).toEqual([]);
    expect(await codes(thing, '2027-03-02T10:00', '2027-03-02T12:00')).toEqual(['QUOTA_EXCEEDED']);
    expect(await codes(thing, '2027-03-02T11:00', '2027-03-02T12:00')).toEqual([]);
  });

  it('give the last of it to exactly one of two at once', async () => {
    for (let round = 0; round < 10; round++) {
      const thing = await pool(db, { capacity: 9 });
      await quota(thing, { limit: 3 });
      const hour = (n: number) => [`2027-03-02T1${n}:00`, `2027-03-02T1${n}:30`] as const;
      await reserve(thing, ...hour(0));
      await reserve(thing, ...hour(1));
      const both = await Promise.all([codes(thing, ...hour(2)), codes(thing, ...hour(3))]);
      expect(both.toSorted((one, two) => one.length - two.length)).toEqual([[], ['QUOTA_EXCEEDED']]);
    }
  });

  it('count for the owner, also where a manager reserves on their behalf', async () => {
    const [thing, owner] = [await pool(db, { capacity: 9 }), await person(db)];
    await quota(thing, {});
    const onBehalf = { by: boss, ownerId: owner.id };
    expect(await codes(thing, '2027-03-02T09:00', '2027-03-02T10:00', onBehalf)).toEqual([]);
    expect(await codes(thing, '2027-03-02T11:00', '2027-03-02T12:00', onBehalf)).toEqual(['QUOTA_EXCEEDED']);
    expect(await codes(thing, '2027-03-02T11:00', '2027-03-02T12:00', { by: boss })).toEqual([]);
  });
});

describe('access', () => {
  const access = (thing: ThingRow, settings: object, exemptRoles: PersonRow['role'][] = []) =>
    setUp(db, {
      kind: 'ACCESS',
      scope: { resourceId: thing.id },
      settings: { roles: null, groupIds: null, trainingIds: [], ...settings },
      exemptRoles,
    });
  const TOMORROW = ['2027-03-02T09:00', '2027-03-02T10:00'] as const;

  it('is for members without a rule, and for guests as well with one that says so', async () => {
    const [thing, guest] = [await room(db), await person(db, 'GUEST')];
    expect(await codes(thing, ...TOMORROW, { by: guest })).toEqual(['NOT_PERMITTED']);
    await access(thing, {});
    expect(await codes(thing, ...TOMORROW, { by: guest })).toEqual([]);
  });

  it('lets in by role or by group, and names the rule that keeps out', async () => {
    const [thing, chemist] = [await room(db), await person(db)];
    const rule = await access(thing, { roles: ['MANAGER'], groupIds: [(await group(db, [chemist])).id] });
    expect(await against(thing, ...TOMORROW)).toMatchObject([{ code: 'NOT_PERMITTED', rule }]);
    expect(await codes(thing, ...TOMORROW, { by: chemist })).toEqual([]);
    expect(await codes(thing, '2027-03-03T09:00', '2027-03-03T10:00', { by: boss })).toEqual([]);
  });

  it('wants a training that lasts to the end of the window', async () => {
    const [thing, fresh, ending] = [await room(db), await person(db), await person(db)];
    const safety = await training(db, [fresh, { id: ending.id, until: '2027-03-02T10:00:00Z' }]);
    await access(thing, { trainingIds: [safety.id] });
    expect(await codes(thing, ...TOMORROW)).toEqual(['NOT_PERMITTED']);
    expect(await codes(thing, '2027-03-02T09:30', '2027-03-02T10:01', { by: ending })).toEqual([
      'NOT_PERMITTED',
    ]);
    expect(await codes(thing, ...TOMORROW, { by: ending })).toEqual([]);
    expect(await codes(thing, '2027-03-09T09:00', '2027-03-09T10:00', { by: fresh })).toEqual([]);
  });

  it('asks for the owner, but exempts by the role of who acts', async () => {
    const thing = await room(db);
    await access(thing, { roles: ['ADMINISTRATOR'] });
    const onBehalf = { by: boss, ownerId: me.id };
    expect(await codes(thing, ...TOMORROW, onBehalf)).toEqual(['NOT_PERMITTED']);
    await access(thing, { roles: ['ADMINISTRATOR'] }, ['MANAGER']);
    expect(await codes(thing, ...TOMORROW, onBehalf)).toEqual([]);
    expect(await codes(thing, '2027-03-03T09:00', '2027-03-03T10:00')).toEqual(['NOT_PERMITTED']);
  });
});

it('tells all that speaks against it at once, each with its rule', async () => {
  const thing = await room(db);
  const scope = { resourceId: thing.id };
  const rules = [
    await setUp(db, {
      kind: 'NOTICE',
      scope,
      settings: { leastMinutes: 60, horizonDays: null, cancelMinutes: null },
    }),
    await setUp(db, { kind: 'LENGTH', scope, settings: { leastMinutes: null, mostMinutes: 30 } }),
    await setUp(db, { kind: 'GRID', scope, settings: { stepMinutes: 30, startTimes: null } }),
    await setUp(db, { kind: 'OPENING_HOURS', scope, settings: openDaily('09:00', '18:00') }),
  ];
  const reasons = await against(thing, '2027-03-01T08:10', '2027-03-01T09:10');
  expect(reasons.map(({ code }) => code)).toEqual([
    'TOO_SOON',
    'DURATION_TOO_LONG',
    'MISALIGNED',
    'OUTSIDE_OPENING_HOURS',
  ]);
  expect(reasons.map(({ rule }) => rule)).toEqual(rules);
});

it('frees who is exempt by role from one rule, and leaves the others to bind them', async () => {
  const thing = await room(db);
  const scope = { resourceId: thing.id };
  await setUp(db, {
    kind: 'LENGTH',
    scope,
    exemptRoles: ['MANAGER'],
    settings: { leastMinutes: null, mostMinutes: 30 },
  });
  await setUp(db, { kind: 'GRID', scope, settings: { stepMinutes: 30, startTimes: null } });
  expect(await codes(thing, '2027-03-02T09:00', '2027-03-02T10:10')).toEqual([
    'DURATION_TOO_LONG',
    'MISALIGNED',
  ]);
  expect(await codes(thing, '2027-03-02T09:00', '2027-03-02T10:10', { by: boss })).toEqual(['MISALIGNED']);
  expect(await codes(thing, '2027-03-02T09:00', '2027-03-02T11:00', { by: boss })).toEqual([]);
});

it('freezes the buffers of the rule of that day, and lets the resource’s own ones win', async () => {
  const thing = await room(db);
  const own = await room(db, { typeId: thing.typeId, setupMinutes: 5, teardownMinutes: 5 });
  await setUp(db, {
    kind: 'BUFFERS',
    scope: { typeId: thing.typeId },
    settings: { setupMinutes: 15, teardownMinutes: 30 },
  });
  const occupied = async (of: ThingRow) => {
    const done = await reserve(of, '2027-03-02T09:00', '2027-03-02T10:00');
    return 'node' in done
      ? done.claims.map(({ startsAt, endsAt }) =>
          [startsAt, endsAt].map((text) => new Date(text).toISOString()),
        )
      : done;
  };
  expect(await occupied(own)).toEqual([['2027-03-02T08:55:00.000Z', '2027-03-02T10:05:00.000Z']]);
  // The kit gives every room buffers of its own: none.
  expect(await occupied(thing)).toEqual([['2027-03-02T09:00:00.000Z', '2027-03-02T10:00:00.000Z']]);
});
