import { cancelReservation } from '../../../src/domain/reservations/cancel-reservation.js';
import { checkTimeZones } from '../../../src/domain/reservations/check-time-zones.js';
import { createReservation } from '../../../src/domain/reservations/create-reservation.js';
import { moveReservations } from '../../../src/domain/reservations/move-reservations.js';
import { cancelSeries } from '../../../src/domain/series/cancel-series.js';
import { createSeries } from '../../../src/domain/series/create-series.js';
import { type UpdateSeries, updateSeries } from '../../../src/domain/series/update-series.js';
import { testCtx } from '../../kit/ctx.js';
import { useDatabase } from '../../kit/database.js';
import { person } from '../../kit/people.js';
import { rule } from '../../kit/rules.js';
import { room } from '../../kit/things.js';
import { ALL, codes, counting, made, outcomes, SKIP, SUBSTITUTE, wanted, withoutIds } from './series-kit.js';

const { db, psql } = await useDatabase();

const nothing: Omit<UpdateSeries, 'scope'> = {
  seriesId: null,
  reservationId: null,
  expectedVersion: null,
  title: null,
  details: null,
  startTime: null,
  endTime: null,
  resources: null,
  mode: ALL,
  idempotencyKey: null,
  dryRun: false,
};
const cancelling = { seriesId: null, reservationId: null, expectedVersion: null, idempotencyKey: null };

/** Ten days of 09:00–10:00 from 2 March 2027 on, and who made them. */
async function tenDays(more: Parameters<typeof wanted>[1] = {}) {
  const [me, r] = [await person(db), await room(db)];
  const ctx = testCtx(db, me.viewer);
  const report = made(await createSeries(ctx, wanted([r.id], { rrule: 'FREQ=DAILY;COUNT=10', ...more })));
  const ids = report.occurrences.map(({ reservation }) => reservation?.id as string);
  return { ctx, room: r, series: report.series, ids };
}

const move = (ctx: Parameters<typeof moveReservations>[0], id: string, startsAt: string) =>
  moveReservations(ctx, {
    moves: [
      {
        id,
        expectedVersion: null,
        startsAt: new Date(startsAt),
        endsAt: new Date(Date.parse(startsAt) + 3_600_000),
        resources: null,
      },
    ],
    idempotencyKey: null,
    dryRun: false,
  });

const cancel = (ctx: Parameters<typeof cancelReservation>[0], id: string) =>
  cancelReservation(ctx, { id, expectedVersion: null, idempotencyKey: null });

/** Every reservation of the series as `day time state`, by its occurrence. */
const shown = async (seriesId: string) =>
  (
    await psql<{ line: string }>(
      `select to_char(starts_at, 'DD HH24:MI ') || left(state, 4) || case when detached then ' own' else '' end as line
       from reservation where series_id = $1 order by occurrence`,
      [seriesId],
    )
  ).map(({ line }) => line);

it('marks what is moved, changed or cancelled by hand as going its own way', async () => {
  const { ctx, ids } = await tenDays();
  expect(await move(ctx, ids[0] as string, '2027-03-02T15:00:00Z')).toMatchObject([{ detached: true }]);
  expect(await cancel(ctx, ids[1] as string)).toMatchObject({ detached: true, state: 'CANCELLED' });
});

it('changes all that is left, and leaves alone what is past, moved or cancelled by hand', async () => {
  const { ctx, series, ids } = await tenDays();
  await move(ctx, ids[3] as string, '2027-03-05T15:00:00Z');
  await cancel(ctx, ids[4] as string);
  ctx.clock.set('2027-03-03T09:00:00Z');
  const input = {
    ...nothing,
    seriesId: series.id,
    scope: 'ALL' as const,
    title: 'Later',
    startTime: '11:00',
  };
  const rehearsed = await updateSeries(ctx, { ...input, dryRun: true });
  const report = await updateSeries(ctx, input);
  expect(withoutIds(rehearsed)).toEqual(withoutIds(report));
  expect(outcomes(report)).toBe(Array(6).fill('CHANGED').join(' '));
  expect(made(report).series).toMatchObject({
    id: series.id,
    title: 'Later',
    startsLocal: '2027-03-02T11:00',
    endsLocal: '2027-03-02T12:00',
    version: 2,
  });
  expect(await shown(series.id)).toEqual([
    '02 09:00 CONF',
    '03 09:00 CONF',
    '04 11:00 CONF',
    '05 15:00 CONF own',
    '06 09:00 CANC own',
    '07 11:00 CONF',
    '08 11:00 CONF',
    '09 11:00 CONF',
    '10 11:00 CONF',
    '11 11:00 CONF',
  ]);
});

it('splits the series where this and following change, and counts the rule on', async () => {
  const { ctx, series, ids } = await tenDays({ exdates: ['2027-03-08T09:00'] });
  await move(ctx, ids[7] as string, '2027-03-10T15:00:00Z');
  const input = {
    ...nothing,
    reservationId: ids[4] as string,
    scope: 'THIS_AND_FOLLOWING' as const,
    expectedVersion: 1,
    startTime: '10:00',
    endTime: '12:30',
  };
  const rehearsed = await updateSeries(ctx, { ...input, dryRun: true });
  const report = made(await updateSeries(ctx, input));
  expect(withoutIds(rehearsed)).toEqual(withoutIds(report));
  expect(report.series).toMatchObject({
    previousId: series.id,
    rrule: 'FREQ=DAILY;COUNT=6',
    startsLocal: '2027-03-06T10:00',
    endsLocal: '2027-03-06T12:30',
    exdates: ['2027-03-08T10:00'],
  });
  expect(await shown(series.id)).toEqual([2, 3, 4, 5].map((day) => `0${day} 09:00 CONF`));
  expect(await shown(report.series.id)).toEqual([
    '06 10:00 CONF',
    '07 10:00 CONF',
    '09 10:00 CONF',
    '10 15:00 CONF own',
    '11 10:00 CONF',
  ]);
  expect(await psql('select rrule, version from series where id = $1', [series.id])).toEqual([
    { rrule: 'FREQ=DAILY;UNTIL=20270305', version: 2 },
  ]);
});

it('changes the whole series where following begins with its first occurrence', async () => {
  const { ctx, series, ids } = await tenDays();
  const input = {
    ...nothing,
    reservationId: ids[0] as string,
    scope: 'THIS_AND_FOLLOWING' as const,
    title: 'New',
  };
  expect(made(await updateSeries(ctx, input)).series).toMatchObject({ id: series.id, title: 'New' });
});

it('changes this one alone, which then goes its own way', async () => {
  const { ctx, series, ids } = await tenDays();
  const input = {
    ...nothing,
    reservationId: ids[2] as string,
    scope: 'THIS' as const,
    startTime: '13:00',
    title: 'Once',
  };
  const rehearsed = await updateSeries(ctx, { ...input, dryRun: true });
  const report = made(await updateSeries(ctx, input));
  expect(withoutIds(rehearsed)).toEqual(withoutIds(report));
  expect(report.occurrences).toMatchObject([
    { outcome: 'CHANGED', reservation: { title: 'Once', detached: true, version: 2 } },
  ]);
  expect((await shown(series.id))[2]).toBe('04 13:00 CONF own');
  expect(report.series.version).toBe(1);
});

it('moves a series over its own old windows, and judges the batch at its end', async () => {
  const { ctx, series } = await tenDays({
    endsLocal: '2027-03-03T05:00',
  });
  const later = {
    ...nothing,
    seriesId: series.id,
    scope: 'ALL' as const,
    startTime: '12:00',
    endTime: '11:00',
  };
  expect(outcomes(await updateSeries(ctx, later))).toBe(Array(10).fill('CHANGED').join(' '));
});

it('lets stay what cannot move where the mode says so, and judges the others beside it', async () => {
  const { ctx, series, room: r } = await tenDays({ endsLocal: '2027-03-03T05:00' });
  const other = testCtx(db, (await person(db)).viewer);
  const inTheWay = wanted([r.id], {
    startsLocal: '2027-03-04T05:00',
    endsLocal: '2027-03-04T09:00',
    rrule: 'FREQ=DAILY;COUNT=1',
  });
  made(await createSeries(other, inTheWay));
  const later = {
    ...nothing,
    seriesId: series.id,
    scope: 'ALL' as const,
    startTime: '12:00',
    endTime: '07:00',
  };
  expect(codes(await updateSeries(ctx, later))).toEqual(['SLOT_TAKEN']);
  // 3 March would reach into what is in the way, so it stays
  expect(outcomes(await updateSeries(ctx, { ...later, mode: SKIP, dryRun: true }))).toBe(
    `CHANGED SKIPPED ${Array(8).fill('CHANGED').join(' ')}`,
  );
  // 4 March would begin in it and stays; 5 March would begin while that goes on, and so it goes on to the last
  const earlier = { ...later, startTime: '03:00', endTime: '23:00' };
  expect(codes(await updateSeries(ctx, { ...earlier, mode: { ...SKIP, maxConflicts: 3 } }))).toHaveLength(8);
  expect(outcomes(await updateSeries(ctx, { ...earlier, mode: SKIP }))).toBe(
    `CHANGED CHANGED ${Array(8).fill('SKIPPED').join(' ')}`,
  );
});

it('gives other resources, and substitutes for those that are taken', async () => {
  const { ctx, series, room: r } = await tenDays();
  const wantedRoom = await room(db, { typeId: r.typeId, placeId: r.placeId });
  const spare = await room(db, { typeId: r.typeId, placeId: r.placeId });
  const other = testCtx(db, (await person(db)).viewer);
  made(await createSeries(other, wanted([wantedRoom.id], { rrule: 'FREQ=DAILY;COUNT=2' })));
  const report = made(
    await updateSeries(ctx, {
      ...nothing,
      seriesId: series.id,
      scope: 'ALL',
      resources: [{ resourceId: wantedRoom.id, quantity: 1 }],
      mode: SUBSTITUTE,
    }),
  );
  expect(report.series.resources).toEqual([{ resourceId: wantedRoom.id, quantity: 1 }]);
  const used = report.occurrences.map(({ reservation }) => reservation?.claims[0]?.resourceId);
  expect(used.slice(2)).toEqual(Array(8).fill(wantedRoom.id));
  expect(used.slice(0, 2).every((id) => id === spare.id || id === r.id)).toBe(true);
});

it('cancels this and following, or all that is left of it', async () => {
  const { ctx, series, ids } = await tenDays();
  await move(ctx, ids[8] as string, '2027-03-10T15:00:00Z');
  const following = { ...cancelling, reservationId: ids[6] as string, scope: 'THIS_AND_FOLLOWING' as const };
  const first = made(await cancelSeries(ctx, { ...following, idempotencyKey: 'c' }));
  expect(outcomes(first)).toBe('CANCELLED CANCELLED CANCELLED');
  expect(first.series).toMatchObject({ rrule: 'FREQ=DAILY;UNTIL=20270307', cancelledAt: null });
  expect(await cancelSeries(ctx, { ...following, idempotencyKey: 'c' })).toEqual(first);
  ctx.clock.set('2027-03-03T12:00:00Z');
  const all = { ...cancelling, seriesId: series.id, scope: 'ALL' as const };
  const rest = made(await cancelSeries(ctx, all));
  expect(rest.occurrences).toHaveLength(4);
  expect(rest.series.cancelledAt).not.toBeNull();
  expect(await shown(series.id)).toEqual([
    '02 09:00 CONF',
    '03 09:00 CONF',
    ...[4, 5, 6, 7].map((day) => `0${day} 09:00 CANC`),
    '08 09:00 CANC',
    '09 09:00 CANC',
    '10 15:00 CONF own',
    '11 09:00 CANC',
  ]);
  expect(codes(await cancelSeries(ctx, all))).toEqual(['ALREADY_DECIDED']);
  expect(
    outcomes(await cancelSeries(ctx, { ...cancelling, reservationId: ids[8] as string, scope: 'THIS' })),
  ).toBe('CANCELLED');
});

it('leaves standing what it is too late to cancel, and moves none of it', async () => {
  const { ctx, series, room: r } = await tenDays();
  const notice = { leastMinutes: null, horizonDays: null, cancelMinutes: 2 * 1440 };
  await rule(db, 'NOTICE', notice, { resourceId: r.id });
  ctx.clock.set('2027-03-02T08:00:00Z');
  const later = { ...nothing, seriesId: series.id, scope: 'ALL' as const, startTime: '12:00' };
  expect(codes(await updateSeries(ctx, later))).toEqual(['TOO_LATE', 'TOO_LATE']);
  expect(outcomes(await updateSeries(ctx, { ...later, mode: SKIP }))).toBe(
    `SKIPPED SKIPPED ${Array(8).fill('CHANGED').join(' ')}`,
  );
  expect(outcomes(await cancelSeries(ctx, { ...cancelling, seriesId: series.id, scope: 'ALL' }))).toBe(
    `SKIPPED SKIPPED ${Array(8).fill('CANCELLED').join(' ')}`,
  );
});

it('refuses a stale version, strangers, and what names no series', async () => {
  const { ctx, series, ids } = await tenDays();
  const input = { ...nothing, seriesId: series.id, scope: 'ALL' as const, title: 'New' };
  expect(await updateSeries(ctx, { ...input, expectedVersion: 7 })).toMatchObject({
    kind: 'VersionConflict',
    currentVersion: 1,
    current: { node: 'Series', id: series.id },
  });
  const stranger = testCtx(db, (await person(db)).viewer);
  expect(codes(await updateSeries(stranger, input))).toEqual(['NOT_PERMITTED']);
  expect(codes(await cancelSeries(stranger, { ...cancelling, seriesId: series.id, scope: 'ALL' }))).toEqual([
    'NOT_PERMITTED',
  ]);
  const guest = testCtx(db, (await person(db, 'GUEST')).viewer);
  expect(await updateSeries(guest, input)).toMatchObject({ kind: 'NotFound' });
  expect(await updateSeries(ctx, { ...input, scope: 'THIS' })).toMatchObject({ kind: 'InvalidInput' });
  const words = { title: 'Alone', details: '', holdMs: null, ownerId: null, idempotencyKey: null };
  const alone = await createReservation(ctx, {
    ...words,
    window: { startsAt: new Date('2027-05-01T09:00Z'), endsAt: new Date('2027-05-01T10:00Z') },
    resources: [{ resourceId: (await room(db)).id, quantity: 1 }],
    dryRun: false,
  });
  if (!('node' in alone)) throw new Error('not made');
  const single = { ...cancelling, reservationId: alone.id, scope: 'THIS' as const };
  expect(await cancelSeries(ctx, single)).toMatchObject({ kind: 'NotFound' });
  expect(ids).toHaveLength(10);
});

it('changes two hundred occurrences in as many statements as ten, by parallel calls only once', async () => {
  const { ctx, series, ids } = await tenDays({ rrule: 'FREQ=DAILY;COUNT=200' });
  const { db: counted, asked } = counting(db);
  const input = {
    ...nothing,
    reservationId: ids[100] as string,
    scope: 'THIS_AND_FOLLOWING' as const,
    startTime: '09:30',
    idempotencyKey: 'half',
  };
  const report = made(await updateSeries({ ...ctx, db: counted }, input));
  expect(report.occurrences).toHaveLength(100);
  expect(asked.length).toBeLessThanOrEqual(15);
  const again = await Promise.all([1, 2, 3].map(() => updateSeries(ctx, input)));
  for (const answer of again) expect(withoutIds(answer)).toEqual(withoutIds(report));
  const all = {
    ...nothing,
    seriesId: series.id,
    scope: 'ALL' as const,
    title: 'Once',
    idempotencyKey: 'par',
  };
  const parallel = await Promise.all([1, 2, 3, 4].map(() => updateSeries(ctx, all)));
  for (const answer of parallel) expect(made(answer).series.version).toBe(3);
});

describe('times that clocks skip', () => {
  const berlin = async () => {
    const [me, r] = [await person(db), await room(db, { timeZone: 'Europe/Berlin' })];
    const ctx = testCtx(db, me.viewer);
    const rrule = 'FREQ=DAILY;COUNT=3';
    const times = { startsLocal: '2027-03-27T09:00', endsLocal: '2027-03-27T09:45', rrule };
    const report = made(await createSeries(ctx, wanted([r.id], times)));
    const sunday = report.occurrences[1]?.reservation?.id as string;
    return { ctx, sunday, seriesId: report.series.id };
  };
  const meant = (id: string) =>
    psql('select local_start::text, local_end::text, starts_at from reservation where id = $1', [id]);
  const moved = async (ctx: Parameters<typeof checkTimeZones>[0], id: string) => {
    for await (const { row } of checkTimeZones(ctx)) if (row.id === id) return true;
    return false;
  };

  it('are refused for one occurrence, with the next one that they show', async () => {
    const { ctx, sunday } = await berlin();
    const input = { ...nothing, scope: 'THIS', reservationId: sunday } as const;
    for (const times of [
      { startTime: '02:15', endTime: null },
      { startTime: '01:00', endTime: '02:15' },
    ]) {
      const refused = await updateSeries(ctx, { ...input, ...times });
      expect(refused).toMatchObject({
        kind: 'SeriesRefused',
        reasons: [
          {
            code: 'LOCAL_TIME_GAP',
            message:
              'Clocks in Europe/Berlin skip 2027-03-28T02:15; the next time they show is 2027-03-28T03:00.',
            earliestStart: '2027-03-28T01:00:00.000Z',
          },
        ],
      });
    }
    expect(outcomes(await updateSeries(ctx, { ...input, startTime: '03:00' }))).toBe('CHANGED');
  });

  it('move forward by the gap where a rule meets them, and what was meant is kept', async () => {
    const { ctx, sunday, seriesId } = await berlin();
    const input = { ...nothing, scope: 'ALL', seriesId } as const;
    const report = made(await updateSeries(ctx, { ...input, startTime: '02:15' }));
    expect(report.occurrences.map(({ shifted }) => shifted)).toEqual([false, true, false]);
    const kept = {
      local_start: '2027-03-28 02:15:00',
      local_end: '2027-03-28 03:00:00',
      starts_at: new Date('2027-03-28T01:15:00Z'),
    };
    expect(await meant(sunday)).toEqual([kept]);
    expect(await moved(ctx, sunday)).toBe(false);
    const other = await room(db, { timeZone: 'Europe/Berlin' });
    const resources = [{ resourceId: other.id, quantity: 1 }];
    await updateSeries(ctx, { ...nothing, scope: 'THIS', reservationId: sunday, resources });
    expect(await meant(sunday)).toEqual([kept]);
  });

  it('are kept as meant where a series is made', async () => {
    const { ctx } = await berlin();
    const r = await room(db, { timeZone: 'Europe/Berlin' });
    const times = {
      startsLocal: '2027-03-28T02:15',
      endsLocal: '2027-03-28T03:00',
      rrule: 'FREQ=DAILY;COUNT=1',
    };
    const { occurrences } = made(await createSeries(ctx, wanted([r.id], times)));
    const id = occurrences[0]?.reservation?.id as string;
    expect(await meant(id)).toMatchObject([
      { local_start: '2027-03-28 02:15:00', local_end: '2027-03-28 03:00:00' },
    ]);
    expect(await moved(ctx, id)).toBe(false);
  });
});
