import { createReservation } from '../../../src/domain/reservations/create-reservation.js';
import { setRule } from '../../../src/domain/schedules/set-rule.js';
import { createSeries } from '../../../src/domain/series/create-series.js';
import { scopeOf } from '../../kit/closures.js';
import { testCtx } from '../../kit/ctx.js';
import { useDatabase } from '../../kit/database.js';
import { person } from '../../kit/people.js';
import { setUp } from '../../kit/rule-input.js';
import { rule } from '../../kit/rules.js';
import { pool, room } from '../../kit/things.js';
import { ALL, codes, counting, made, outcomes, SKIP, wanted, withoutIds } from './series-kit.js';

const { db, psql } = await useDatabase();

const at = (day: number, time: string) => new Date(`2027-03-${String(day).padStart(2, '0')}T${time}:00Z`);

/** Somebody else's reservation in the way. */
async function taken(
  resourceId: string,
  day: number,
  from = '09:00',
  to = '10:00',
  holdMs: number | null = null,
) {
  const ctx = testCtx(db, (await person(db)).viewer);
  const result = await createReservation(ctx, {
    title: 'In the way',
    details: '',
    window: { startsAt: at(day, from), endsAt: at(day, to) },
    resources: [{ resourceId, quantity: 1 }],
    holdMs,
    ownerId: null,
    idempotencyKey: null,
    dryRun: false,
  });
  if (!('node' in result)) throw new Error('not made');
}

const count = async (what: string, id: string) => {
  const [row] = await psql<{ n: number }>(`select count(*)::integer as n from ${what}`, [id]);
  return row?.n;
};

it('makes every occurrence in one go, numbered in the stream and audited', async () => {
  const [me, r] = [await person(db), await room(db)];
  const report = made(await createSeries(testCtx(db, me.viewer), wanted([r.id])));
  expect(report.series).toMatchObject({ title: 'Standup', ownerId: me.id, version: 1, timeZone: 'UTC' });
  expect(report.occurrences.map(({ occurrence, outcome }) => [occurrence, outcome])).toEqual(
    [2, 3, 4, 5, 6].map((day) => [`2027-03-0${day}T09:00:00.000`, 'RESERVED']),
  );
  expect(report.occurrences[0]?.reservation).toMatchObject({
    seriesId: report.series.id,
    occurrence: '2027-03-02T09:00:00.000',
    detached: false,
    state: 'CONFIRMED',
    startsAt: expect.stringMatching(/^2027-03-02T09:00:00/),
    claims: [{ resourceId: r.id, quantity: 1 }],
  });
  expect(await count('outbox where resource_id = $1', r.id)).toBe(5);
  const audited = `audit a join reservation v on v.id = a.subject_id where v.series_id = $1`;
  expect(await count(audited, report.series.id)).toBe(5);
  expect(await count(`audit where action = 'series.create' and subject_id = $1`, report.series.id)).toBe(1);
});

it('refuses everything for one conflict, and names each with its date', async () => {
  const [me, r] = [await person(db), await room(db)];
  await taken(r.id, 3);
  await taken(r.id, 5, '09:30', '11:00');
  const refused = await createSeries(testCtx(db, me.viewer), wanted([r.id]));
  expect(codes(refused)).toEqual(['SLOT_TAKEN', 'SLOT_TAKEN']);
  expect(refused).toMatchObject({
    kind: 'SeriesRefused',
    occurrences: [
      { occurrence: '2027-03-03T09:00:00.000', outcome: 'SKIPPED', reservation: null },
      { occurrence: '2027-03-05T09:00:00.000', outcome: 'SKIPPED', reservation: null },
    ],
  });
  expect(await count('series where owner_id = $1', me.id)).toBe(0);
});

it('leaves conflicts out where it may, up to as many as are allowed', async () => {
  const [me, r] = [await person(db), await room(db)];
  const ctx = testCtx(db, me.viewer);
  await taken(r.id, 3);
  await taken(r.id, 5);
  const one = wanted([r.id], { mode: { ...SKIP, maxConflicts: 1 } });
  expect(codes(await createSeries(ctx, one))).toEqual(['SLOT_TAKEN', 'SLOT_TAKEN']);
  const two = wanted([r.id], { mode: { ...SKIP, maxConflicts: 2 } });
  expect(outcomes(await createSeries(ctx, two))).toBe('RESERVED SKIPPED RESERVED SKIPPED RESERVED');
  expect(codes(await createSeries(ctx, wanted([r.id], { mode: SKIP })))).toHaveLength(5);
  expect(await createSeries(ctx, wanted([r.id], { mode: { ...ALL, maxConflicts: 1 } }))).toMatchObject({
    kind: 'InvalidInput',
  });
});

it('reserves several resources and a pool for each occurrence, all or none of them', async () => {
  const [me, r, p] = [await person(db), await room(db), await pool(db, { capacity: 2 })];
  const ctx = testCtx(db, me.viewer);
  await taken(p.id, 3);
  const resources = [
    { resourceId: r.id, quantity: 1 },
    { resourceId: p.id, quantity: 2 },
  ];
  const report = made(await createSeries(ctx, wanted([], { resources, mode: SKIP })));
  expect(report.occurrences.map(({ outcome }) => outcome)).toEqual([
    'RESERVED',
    'SKIPPED',
    'RESERVED',
    'RESERVED',
    'RESERVED',
  ]);
  expect(report.occurrences[1]?.reasons).toMatchObject([{ code: 'CAPACITY_EXCEEDED', freeQuantity: 1 }]);
  expect(await count('claim where resource_id = $1', r.id)).toBe(4);
});

it('rehearses with the very answer of the real call and writes nothing', async () => {
  const [me, r] = [await person(db), await room(db, { setupMinutes: 10 })];
  const ctx = testCtx(db, me.viewer);
  await taken(r.id, 4);
  for (const input of [wanted([r.id]), wanted([r.id], { mode: SKIP })]) {
    const rehearsed = await createSeries(ctx, { ...input, dryRun: true });
    expect(await count('series where owner_id = $1', me.id)).toBe(0);
    expect(withoutIds(rehearsed)).toEqual(withoutIds(await createSeries(ctx, input)));
  }
});

it('takes over from holds that the clock has killed', async () => {
  const [me, r] = [await person(db), await room(db)];
  const ctx = testCtx(db, me.viewer);
  await taken(r.id, 3, '09:00', '10:00', 60_000);
  expect(codes(await createSeries(ctx, wanted([r.id])))).toEqual(['SLOT_HELD']);
  ctx.clock.advance(60_000);
  expect(outcomes(await createSeries(ctx, wanted([r.id])))).toBe(
    'RESERVED RESERVED RESERVED RESERVED RESERVED',
  );
});

it('grants in order of time until a quota is full', async () => {
  const [me, r] = [await person(db), await room(db)];
  await rule(
    db,
    'QUOTA',
    { measure: 'COUNT', period: 'ISO_WEEK', groupId: null, over: 'SCOPE', limit: 3 },
    { resourceId: r.id },
  );
  const ctx = testCtx(db, me.viewer);
  await createReservation(ctx, {
    title: 'Mine already',
    details: '',
    window: { startsAt: at(2, '15:00'), endsAt: at(2, '16:00') },
    resources: [{ resourceId: r.id, quantity: 1 }],
    holdMs: null,
    ownerId: null,
    idempotencyKey: null,
    dryRun: false,
  });
  // Tuesday 2 March to Thursday 11 March: two are left in the first week, three in the second
  const input = wanted([r.id], { rrule: 'FREQ=DAILY;COUNT=10', mode: SKIP });
  expect(outcomes(await createSeries(ctx, { ...input, dryRun: true }))).toBe(
    'RESERVED RESERVED SKIPPED SKIPPED SKIPPED SKIPPED RESERVED RESERVED RESERVED SKIPPED',
  );
  const report = made(await createSeries(ctx, input));
  expect(report.occurrences[2]?.reasons).toMatchObject([{ code: 'QUOTA_EXCEEDED', limit: 3, used: 4 }]);
  expect(await count('reservation where series_id = $1', report.series.id)).toBe(5);
});

it('counts what runs at once beside what is there, and the series not against itself', async () => {
  const [me, p] = [await person(db), await pool(db, { capacity: 9 })];
  await rule(
    db,
    'QUOTA',
    { measure: 'COUNT', period: 'CONCURRENT', groupId: null, over: 'SCOPE', limit: 2 },
    { resourceId: p.id },
  );
  const ctx = testCtx(db, me.viewer);
  for (const expected of ['RESERVED', 'RESERVED', 'SKIPPED']) {
    const result = await createSeries(ctx, wanted([p.id], { mode: SKIP }));
    if (expected === 'SKIPPED') expect(codes(result)).toEqual(Array(5).fill('QUOTA_EXCEEDED'));
    else expect(outcomes(result)).toBe(Array(5).fill(expected).join(' '));
  }
});

it('lets occurrences share a pool that has enough for the buffers of both, beside what is there', async () => {
  const [me, p] = [await person(db), await pool(db, { capacity: 5, setupMinutes: 60 })];
  const ctx = testCtx(db, me.viewer);
  const touching = (quantity: number, mode = ALL) =>
    createSeries(
      ctx,
      wanted([], {
        resources: [{ resourceId: p.id, quantity }],
        rrule: 'FREQ=DAILY;COUNT=2',
        rdates: ['2027-03-02T10:00'],
        mode,
      }),
    );
  expect(codes(await touching(3))).toEqual(['SERIES_SELF_OVERLAP']);
  expect(outcomes(await touching(2))).toBe('RESERVED RESERVED RESERVED');
  // Four of five are in use where the set-up of the second one meets the first, so one is left and two are wanted.
  expect(codes(await touching(1))).toEqual(['SERIES_SELF_OVERLAP']);
});

it('asks for the horizon that another process has set meanwhile', async () => {
  const [boss, me, r] = [await person(db, 'MANAGER'), await person(db), await room(db)];
  const horizon = (horizonDays: number) =>
    setRule(testCtx(db, boss.viewer), {
      kind: 'NOTICE',
      settings: { leastMinutes: null, horizonDays, cancelMinutes: null },
      scope: scopeOf({ resourceId: r.id }),
      name: '',
      effectiveFrom: null,
      exemptRoles: [],
    });
  // Its own copy of the rules, as a process has it.
  const elsewhere = { ...testCtx(db, me.viewer), db: counting(db).db };
  await horizon(2);
  const ask = () => createSeries(elsewhere, wanted([r.id], { dryRun: true }));
  expect(codes(await ask())).toEqual(['TOO_FAR_AHEAD']);
  await horizon(30);
  expect(outcomes(await ask())).toBe('RESERVED RESERVED RESERVED RESERVED RESERVED');
});

it('refuses for a shorter horizon in the same words, whether its copy of the rules is old or not', async () => {
  const [me, r] = [await person(db), await room(db)];
  const elsewhere = { ...testCtx(db, me.viewer), db: counting(db).db };
  const ask = () => createSeries(elsewhere, wanted([r.id], { mode: SKIP, dryRun: true }));
  expect(outcomes(await ask())).toBe('RESERVED RESERVED RESERVED RESERVED RESERVED');
  await setUp(db, {
    kind: 'NOTICE',
    settings: { leastMinutes: null, horizonDays: 3, cancelMinutes: null },
    scope: { resourceId: r.id },
  });
  const first = await ask();
  expect(first).toMatchObject({ kind: 'SeriesRefused', occurrences: [] });
  expect(first).toEqual(await ask());
});

it('makes 260 weekdays in at most ten statements', async () => {
  const [me, r] = [await person(db), await room(db)];
  const { db: counted, asked } = counting(db);
  const ctx = { ...testCtx(db, me.viewer), db: counted };
  const input = wanted([r.id], {
    rrule: 'FREQ=DAILY;BYDAY=MO,TU,WE,TH,FR;COUNT=260',
    idempotencyKey: 'year',
  });
  expect(made(await createSeries(ctx, input)).occurrences).toHaveLength(260);
  expect(asked.length).toBeLessThanOrEqual(10);
  expect(await count('claim where resource_id = $1', r.id)).toBe(260);
});
