import fc from 'fast-check';
import { nextFree } from '../../../src/domain/availability/next-free.js';
import { OF_TIME } from '../../../src/domain/decisions/next-fit.js';
import { createReservation } from '../../../src/domain/reservations/create-reservation.js';
import { testCtx } from '../../kit/ctx.js';
import { useDatabase } from '../../kit/database.js';
import { person } from '../../kit/people.js';
import { closure, rule } from '../../kit/rules.js';
import { pool, room } from '../../kit/things.js';
import { counting } from './counting.js';
import { at, DAY, facts, plus, reserve, wishFor, world, wouldPass } from './world.js';

const database = await useDatabase();
const { db, psql } = database;

beforeEach(() => psql('delete from rule; delete from closure'));

it('finds the first quarter of an hour that a dry run accepts, on each resource', async () => {
  await fc.assert(
    fc.asyncProperty(facts, fc.integer({ min: 1, max: 6 }), async ({ rules, taken }, slots) => {
      const { ctx, things } = await world(database, { rules: rules.filter((index) => index !== 7), taken });
      const minutes = slots * 30;
      const ids = things.map(({ id }) => id);
      const found = await nextFree(ctx, ids, { minutes, from: at('08:00'), quantity: 1 });
      for (const { id } of things) {
        let byHand = null;
        for (let step = 0; step < 40 && !byHand; step++) {
          const start = plus(at('08:00'), step * 15);
          if (await wouldPass(ctx, wishFor([id], start, plus(start, minutes)))) byHand = start;
        }
        const start = found.get(id)?.window.startsAt ?? null;
        if (byHand) expect(start).toEqual(byHand);
        else if (start) expect(start.getTime()).toBeGreaterThan(at('17:45').getTime());
      }
    }),
    { numRuns: 30 },
  );
}, 60_000);

it('finds the first window under rules that come into force meanwhile', async () => {
  const [me, hours, grid, ended] = [await person(db), await room(db), await room(db), await room(db)];
  const ctx = testCtx(db, me.viewer);
  const openFrom9 = {
    week: [{ days: [1, 2, 3, 4, 5], spans: [{ opens: '09:00', closes: '17:00' }] }],
    exceptions: [],
  };
  // Shut for good until hours begin on 5 March, a Friday; only at 13:00 from 3 March on; hours that end on 4 March.
  await closure(db, me.id, '2027-03-01T00:00', '2027-03-05T00:00', { resourceId: hours.id });
  await rule(db, 'OPENING_HOURS', openFrom9, { resourceId: hours.id, effectiveFrom: '2027-03-05' });
  await closure(db, me.id, '2027-03-01T00:00', '2027-03-03T00:00', { resourceId: grid.id });
  await rule(
    db,
    'GRID',
    { stepMinutes: null, startTimes: ['13:00'] },
    { resourceId: grid.id, effectiveFrom: '2027-03-03' },
  );
  await rule(db, 'OPENING_HOURS', { week: [], exceptions: [] }, { resourceId: ended.id });
  await rule(db, 'OPENING_HOURS', null, { resourceId: ended.id, effectiveFrom: '2027-03-04' });
  const things = [hours, grid, ended];
  const ids = things.map(({ id }) => id);
  const found = await nextFree(ctx, ids, { minutes: 60, from: at('08:00'), quantity: 1 });
  const starts = ids.map((id) => found.get(id)?.window.startsAt.toISOString());
  expect(starts).toEqual([
    '2027-03-05T09:00:00.000Z',
    '2027-03-03T13:00:00.000Z',
    '2027-03-04T00:00:00.000Z',
  ]);
  for (const [index, id] of ids.entries()) {
    const refused = await createReservation(ctx, wishFor([id], at('10:00'), at('11:00')));
    expect(refused).toMatchObject({ reasons: [{ earliestStart: starts[index] }] });
  }
});

const minutes = fc.constantFrom(0, 60, 120);
const everyDay = (opens: string, closes: string) => ({
  week: [{ days: [1, 2, 3, 4, 5, 6, 7], spans: [{ opens, closes }] }],
  exceptions: [],
});
/** Rules that change from date to date; all their times are whole hours. */
const version = fc.record({
  from: fc.constantFrom(null, '2027-03-02', '2027-03-03', '2027-03-04'),
  content: fc.oneof(
    {
      weight: 3,
      arbitrary: fc
        .record({
          leastMinutes: fc.constantFrom(null, 0, 600, 2_040, 3_600, 5_400),
          horizonDays: fc.constantFrom(null, 0, 1, 3),
          cancelMinutes: fc.constant(null),
        })
        .map((settings) => ['NOTICE', settings] as const),
    },
    fc
      .record({ setupMinutes: minutes, teardownMinutes: minutes })
      .map((settings) => ['BUFFERS', settings] as const),
    fc
      .constantFrom(everyDay('10:00', '18:00'), everyDay('22:00', '06:00'), everyDay('08:00', '24:00'))
      .map((settings) => ['OPENING_HOURS', settings] as const),
    fc
      .constantFrom(['13:00', '19:00'], ['00:00'])
      .map((startTimes) => ['GRID', { stepMinutes: 60, startTimes }] as const),
  ),
});
const versions = fc.uniqueArray(version, {
  minLength: 1,
  maxLength: 5,
  selector: ({ from, content: [kind] }) => `${kind} ${from}`,
});
const uses = fc.array(fc.record({ hour: fc.nat(80), hours: fc.integer({ min: 1, max: 10 }) }), {
  maxLength: 3,
});

it('finds the first hour that passes where notice, horizon, buffers, hours and grid change from date to date', async () => {
  const from = at('08:00', '2027-03-01');
  await fc.assert(
    fc.asyncProperty(
      versions,
      uses,
      fc.constantFrom('UTC', 'Europe/Berlin'),
      async (rules, taken, timeZone) => {
        await psql('delete from rule');
        const r = await room(db, { timeZone });
        await psql('update resource set setup_minutes = null, teardown_minutes = null where id = $1', [r.id]);
        const ctx = testCtx(db, (await person(db)).viewer);
        for (const { hour, hours } of taken) {
          const start = plus(from, hour * 60);
          await createReservation(ctx, wishFor([r.id], start, plus(start, hours * 60)));
        }
        for (const { from: effectiveFrom, content } of rules) {
          const [kind, settings] = content;
          await rule(db, kind, settings, { resourceId: r.id, effectiveFrom });
        }
        let byHand: string | null = null;
        for (let hour = 0; hour < 5 * 24 && !byHand; hour++) {
          const start = plus(from, hour * 60);
          if (await wouldPass(ctx, wishFor([r.id], start, plus(start, 60)))) byHand = start.toISOString();
        }
        const isKnown = (found: string | null | undefined) =>
          byHand === null ? !found || found >= '2027-03-06T08' : found === byHand;
        const found = await nextFree(ctx, [r.id], { minutes: 60, from, quantity: 1 });
        const first = found.get(r.id)?.window.startsAt.toISOString();
        expect({ first, byHand }).toEqual({ first: isKnown(first) ? first : byHand, byHand });
        const wished = await createReservation(ctx, {
          ...wishFor([r.id], from, plus(from, 60)),
          dryRun: true,
        });
        const reasons = 'reasons' in wished ? wished.reasons : [];
        for (const { earliestStart } of reasons.filter(({ code }) => OF_TIME.has(code))) {
          expect({ earliestStart, byHand }).toEqual({
            earliestStart: isKnown(earliestStart) ? earliestStart : byHand,
            byHand,
          });
        }
      },
    ),
    { numRuns: 60 },
  );
}, 120_000);

it('passes over a long notice to the days on which a later version asks for less', async () => {
  const r = await room(db);
  const ctx = testCtx(db, (await person(db)).viewer);
  const notice = (days: number) => ({ leastMinutes: days * 1_440, horizonDays: null, cancelMinutes: null });
  await rule(db, 'NOTICE', notice(20), { resourceId: r.id });
  const ask = async () => {
    const found = await nextFree(ctx, [r.id], { minutes: 60, from: at('08:00'), quantity: 1 });
    const refused = await createReservation(ctx, wishFor([r.id], at('10:00'), at('11:00')));
    return [found.get(r.id)?.window.startsAt.toISOString(), 'reasons' in refused && refused.reasons];
  };
  expect(await ask()).toMatchObject([
    '2027-03-21T08:00:00.000Z',
    [{ earliestStart: '2027-03-21T08:00:00.000Z' }],
  ]);
  await rule(db, 'NOTICE', notice(0), { resourceId: r.id, effectiveFrom: '2027-03-04' });
  expect(await ask()).toMatchObject([
    '2027-03-04T00:00:00.000Z',
    [{ earliestStart: '2027-03-04T00:00:00.000Z' }],
  ]);
  await psql('delete from rule');
  await rule(db, 'NOTICE', notice(90), { resourceId: r.id });
  expect(await ask()).toMatchObject([undefined, [{ earliestStart: '2027-05-30T08:00:00.000Z' }]]);
});

it('reads a page of resources in one statement, however full they are within their next 50 uses', async () => {
  const me = (await person(db)).viewer;
  const ids: string[] = [];
  for (let index = 0; index < 20; index++) ids.push((await room(db)).id);
  const ctx = testCtx(db, me);
  for (const id of ids) await reserve(ctx, wishFor([id], at('09:00'), at('10:00')));
  const counted = counting(db);
  const ask = () =>
    nextFree({ ...ctx, db: counted.db }, ids, { minutes: 60, from: at('08:30'), quantity: 1 });
  await ask();
  counted.asked.length = 0;
  const found = await ask();
  expect([...found.values()].map(({ window }) => window.startsAt)).toEqual(ids.map(() => at('10:00')));
  expect(counted.asked).toEqual(['read-outlook']);
});

it('reads on where the next 50 uses do not tell', async () => {
  const r = await room(db);
  const ctx = testCtx(db, (await person(db)).viewer);
  for (let index = 0; index < 70; index++) {
    const start = plus(at('08:00'), index * 30);
    await reserve(ctx, wishFor([r.id], start, plus(start, 20)));
  }
  const found = await nextFree(ctx, [r.id], { minutes: 15, from: at('08:00'), quantity: 1 });
  expect(found.get(r.id)?.window.startsAt).toEqual(plus(at('08:00'), 69 * 30 + 20));
});

it('has none within 60 days where the resource is too small, in maintenance or closed, or its rules keep the viewer out', async () => {
  const me = await person(db);
  const ctx = testCtx(db, me.viewer);
  const things = [
    await pool(db, { capacity: 2 }),
    await room(db, { status: 'MAINTENANCE' }),
    await room(db),
    await room(db),
    await room(db),
  ];
  const [small, , closed, barred] = things as [(typeof things)[0], unknown, { id: string }, { id: string }];
  await closure(db, me.id, '2027-01-01T00:00:00', '2028-01-01T00:00:00', { resourceId: closed.id });
  await rule(
    db,
    'ACCESS',
    { roles: ['ADMINISTRATOR'], groupIds: null, trainingIds: [] },
    { resourceId: barred.id },
  );
  const ids = things.map(({ id }) => id);
  const found = await nextFree(ctx, ids, { minutes: 60, from: at('08:00'), quantity: 1 });
  expect([...found.keys()]).toEqual([small?.id, ids[4]]);
  expect(found.get(small?.id ?? '')).toMatchObject({ freeQuantity: 2, window: { startsAt: at('08:00') } });
  expect(await nextFree(ctx, [small?.id ?? ''], { minutes: 60, from: at('08:00'), quantity: 3 })).toEqual(
    new Map(),
  );
});

it('looks behind a closure that is longer than a day, where no hours stand', async () => {
  const me = await person(db);
  const r = await room(db);
  await closure(db, me.id, `${DAY}T00:00:00`, '2027-03-05T00:00:00', { resourceId: r.id });
  const found = await nextFree(testCtx(db, me.viewer), [r.id], {
    minutes: 60,
    from: at('08:00'),
    quantity: 1,
  });
  expect(found.get(r.id)?.window.startsAt).toEqual(at('00:00', '2027-03-05'));
});
