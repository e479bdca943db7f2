import fc from 'fast-check';
import type { Recurrence } from '../../../src/domain/schedules/recurrence-rule.js';
import { createSeries } from '../../../src/domain/series/create-series.js';
import { continuedFrom, endedBefore, occurrencesOf, retimed } from '../../../src/domain/series/split-rule.js';
import { updateSeries } from '../../../src/domain/series/update-series.js';
import { withTimes } from '../../../src/domain/series/wall-clock.js';
import { testCtx } from '../../kit/ctx.js';
import { useDatabase } from '../../kit/database.js';
import { person } from '../../kit/people.js';
import { rule } from '../../kit/rules.js';
import { room } from '../../kit/things.js';
import { ALL, codes, made, SKIP, wanted } from './series-kit.js';

const { db } = await useDatabase();

/** A room in Berlin, and somebody who reserves there. */
async function berlin(facts: Parameters<typeof room>[1] = {}) {
  const r = await room(db, { timeZone: 'Europe/Berlin', ...facts });
  return { r, ctx: testCtx(db, (await person(db)).viewer) };
}

const starts = (report: ReturnType<typeof made>) =>
  report.occurrences.map(
    ({ window, shifted }) => `${window.startsAt.slice(5, 16)}${shifted ? ' shifted' : ''}`,
  );

it('keeps nine o’clock in Berlin over March and October', async () => {
  const { r, ctx } = await berlin();
  const march = {
    startsLocal: '2027-03-27T09:00',
    endsLocal: '2027-03-27T10:00',
    rrule: 'FREQ=DAILY;COUNT=2',
  };
  expect(starts(made(await createSeries(ctx, wanted([r.id], march))))).toEqual([
    '03-27T08:00',
    '03-28T07:00',
  ]);
  const october = {
    startsLocal: '2027-10-30T09:00',
    endsLocal: '2027-10-30T10:00',
    rrule: 'FREQ=DAILY;COUNT=2',
  };
  expect(starts(made(await createSeries(ctx, wanted([r.id], october))))).toEqual([
    '10-30T07:00',
    '10-31T08:00',
  ]);
});

it('moves what clocks skip forward by the gap and marks it, when it is made and when it is changed', async () => {
  const { r, ctx } = await berlin();
  const night = {
    startsLocal: '2027-03-27T02:30',
    endsLocal: '2027-03-27T03:30',
    rrule: 'FREQ=DAILY;COUNT=3',
  };
  const report = made(await createSeries(ctx, wanted([r.id], night)));
  expect(starts(report)).toEqual(['03-27T01:30', '03-28T01:30 shifted', '03-29T00:30']);
  const change = {
    seriesId: report.series.id,
    reservationId: null,
    scope: 'ALL' as const,
    expectedVersion: null,
    title: null,
    details: null,
    endTime: null,
    resources: null,
    mode: ALL,
    idempotencyKey: null,
    dryRun: false,
  };
  const later = made(await updateSeries(ctx, { ...change, startTime: '02:45' }));
  expect(starts(later)).toEqual(['03-27T01:45', '03-28T01:45 shifted', '03-29T00:45']);
});

it('refuses a rule without an end, one that is none, and one that overlaps itself, with or without buffers', async () => {
  const { r, ctx } = await berlin({ setupMinutes: 30 });
  const refused = async (more: object) =>
    codes(await createSeries(ctx, wanted([r.id], { mode: SKIP, ...more })));
  expect(await refused({ rrule: 'FREQ=DAILY' })).toEqual(['INVALID_RRULE']);
  expect(await refused({ rrule: 'FREQ=DAILY;COUNT=3;UNTIL=20270401' })).toEqual(['INVALID_RRULE']);
  expect(await refused({ rrule: 'FREQ=DAILY;COUNT=1001' })).toEqual(['INVALID_RRULE']);
  expect(await refused({ endsLocal: '2027-03-03T09:30' })).toEqual(['SERIES_SELF_OVERLAP']);
  const tight = wanted([r.id], { endsLocal: '2027-03-03T08:45' });
  expect(codes(await createSeries(ctx, tight))).toEqual(Array(2).fill('SERIES_SELF_OVERLAP'));
  const report = made(await createSeries(ctx, { ...tight, mode: SKIP }));
  expect(report.occurrences.map(({ outcome }) => outcome)).toEqual([
    'RESERVED',
    'SKIPPED',
    'RESERVED',
    'SKIPPED',
    'RESERVED',
  ]);
});

it('counts what is added to a rule to the thousand', async () => {
  const { r, ctx } = await berlin();
  const days = (count: number) =>
    Array.from({ length: count }, (_, day) =>
      new Date(Date.UTC(2027, 3, 1 + day)).toISOString().slice(0, 10),
    );
  const series = (rdates: readonly string[]) =>
    createSeries(ctx, wanted([r.id], { rdates, endsLocal: '2027-03-02T09:30', dryRun: true }));
  expect(codes(await series(days(996)))).toEqual(['INVALID_RRULE']);
  // What the rule gives as well is no other occurrence.
  expect(made(await series([...days(995), '2027-03-04'])).occurrences).toHaveLength(1_000);
});

it('refuses what reaches behind the horizon of one of its resources, whatever the mode, and cuts nothing', async () => {
  const { r, ctx } = await berlin();
  const free = await room(db);
  await rule(db, 'NOTICE', { leastMinutes: null, horizonDays: 4, cancelMinutes: null }, { resourceId: r.id });
  // today is 1 March: 5 March is the last day of the horizon
  const daily = (count: number) =>
    wanted([free.id, r.id], { rrule: `FREQ=DAILY;COUNT=${count}`, mode: SKIP });
  const refused = await createSeries(ctx, daily(5));
  expect(refused).toMatchObject({
    kind: 'SeriesRefused',
    message: `${r.name} can be reserved up to 4 days ahead; this one has an occurrence on 2027-03-06.`,
    reasons: [{ code: 'TOO_FAR_AHEAD', limit: 4, resourceId: r.id }],
  });
  expect(made(await createSeries(ctx, daily(4))).occurrences).toHaveLength(4);
  const years = wanted([free.id], { rrule: 'FREQ=YEARLY;COUNT=4' });
  expect(codes(await createSeries(ctx, years))).toEqual(['TOO_FAR_AHEAD']);
});

it('asks the horizon of each day, whatever an earlier version says', async () => {
  const { r, ctx } = await berlin();
  const horizon = (horizonDays: number | null) => ({ leastMinutes: null, horizonDays, cancelMinutes: null });
  await rule(db, 'NOTICE', horizon(1), { resourceId: r.id });
  await rule(db, 'NOTICE', horizon(100), { resourceId: r.id, effectiveFrom: '2027-03-05' });
  await rule(db, 'NOTICE', horizon(null), { resourceId: r.id, effectiveFrom: '2027-07-01' });
  const daily = (from: string, count: number, more: object = {}) =>
    createSeries(
      ctx,
      wanted([r.id], {
        startsLocal: `2027-${from}T09:00`,
        endsLocal: `2027-${from}T10:00`,
        rrule: `FREQ=DAILY;COUNT=${count}`,
        mode: SKIP,
        dryRun: true,
        ...more,
      }),
    );
  expect(made(await daily('03-06', 3)).occurrences).toHaveLength(3);
  // 2 March is the last day of the first horizon, 9 June that of the second, and 1 July has none but the three years.
  const refused = (date: string, limit: number | null) => ({
    message: expect.stringContaining(`occurrence on ${date}.`),
    reasons: [{ code: 'TOO_FAR_AHEAD', limit, resourceId: r.id }],
  });
  expect(await daily('03-01', 9)).toMatchObject(refused('2027-03-03', 1));
  expect(await daily('06-08', 3)).toMatchObject(refused('2027-06-10', 100));
  expect(made(await daily('07-01', 3)).occurrences).toHaveLength(3);
  expect(await daily('07-01', 4, { rrule: 'FREQ=YEARLY;COUNT=4' })).toMatchObject(
    refused('2030-07-01', null),
  );
});

const rrule = fc
  .tuple(
    fc.constantFrom('DAILY', 'WEEKLY;BYDAY=TU,FR', 'WEEKLY', 'MONTHLY', 'MONTHLY;BYDAY=-1FR', 'YEARLY'),
    fc.integer({ min: 1, max: 3 }),
    fc.oneof(
      fc.integer({ min: 1, max: 20 }).map((count) => `COUNT=${count}`),
      fc.constantFrom('UNTIL=20280301', 'UNTIL=20280301T090000', 'UNTIL=20280301T080000Z'),
    ),
  )
  .map(([freq, interval, limit]) => `FREQ=${freq};INTERVAL=${interval};${limit}`);
const recurrence: fc.Arbitrary<Recurrence> = fc.record({
  rrule,
  startsLocal: fc.constantFrom('2027-03-02T09:00', '2027-01-31T23:30', '2027-03-27T02:30'),
  endsLocal: fc.constant(''),
  timeZone: fc.constantFrom('Europe/Berlin', 'America/New_York'),
  exdates: fc.subarray(['2027-03-09T09:00', '2027-03-16', '2027-04-02T09:00', '2027-03-28']),
  rdates: fc.subarray(['2027-03-11T14:00', '2027-05-01', '2029-01-01T09:00']),
});
const withEnd = (of: Recurrence): Recurrence => ({
  ...of,
  endsLocal: new Date(Date.parse(`${of.startsLocal}Z`) + 3_600_000).toISOString().slice(0, 16),
});

it('loses and gains no occurrence where a rule is split, or given another time of day', () => {
  fc.assert(
    fc.property(recurrence, fc.nat(30), (of, index) => {
      const whole = withEnd(of);
      const all = occurrencesOf(whole);
      const at = all[index % Math.max(all.length, 1)];
      if (!at) return;
      const halves = [
        ...occurrencesOf(endedBefore(whole, at.key)),
        ...occurrencesOf(continuedFrom(whole, at.key)),
      ];
      if (at !== all[0]) expect(halves).toEqual(all);
      const later = retimed(whole, withTimes(whole, '23:45', null));
      expect(occurrencesOf(later)).toHaveLength(all.length);
    }),
    { numRuns: 150 },
  );
});
