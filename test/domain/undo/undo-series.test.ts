import { undoClosing } from '../../../src/domain/closings/undo-closing.js';
import { cancelReservation } from '../../../src/domain/reservations/cancel-reservation.js';
import { cancelSeries } from '../../../src/domain/series/cancel-series.js';
import { createSeries } from '../../../src/domain/series/create-series.js';
import type { SeriesScope } from '../../../src/domain/series/series-target.js';
import { type UpdateSeries, updateSeries } from '../../../src/domain/series/update-series.js';
import { undoAct } from '../../../src/domain/undo/undo-act.js';
import { close, reserved } from '../../kit/closures.js';
import { testCtx } from '../../kit/ctx.js';
import { useDatabase } from '../../kit/database.js';
import { person } from '../../kit/people.js';
import { room } from '../../kit/things.js';
import { ALL, made, SKIP, wanted } from '../series/series-kit.js';

const { db, psql } = await useDatabase();
const me = testCtx(db, (await person(db)).viewer);
const stranger = testCtx(db, (await person(db)).viewer, me.clock);

/** Five days of 09:00–10:00 from 2 March 2027 on in a room of their own. */
async function fiveDays() {
  const r = await room(db);
  const { series, occurrences } = made(await createSeries(me, wanted([r.id])));
  return { room: r, series, ids: occurrences.map(({ reservation }) => reservation?.id as string) };
}

/** All facts of the series and of its reservations, but versions and instants of change. */
const factsOf = (ids: readonly string[]) =>
  psql<{ reservation: Record<string, unknown> }>(
    `select to_jsonb(v) - 'version' - 'updated_at' as reservation, to_jsonb(s) - 'version' - 'updated_at' as series,
       (select jsonb_agg(to_jsonb(c) - 'vacated' - 'judged_by' order by c.resource_id) from claim c
         where c.reservation_id = v.id) as claims
     from reservation v join series s on s.id = v.series_id where v.id = any ($1) order by v.starts_at`,
    [ids],
  );

const act = (reservationId: string | undefined, scope: SeriesScope) => ({
  seriesId: null,
  reservationId: reservationId ?? null,
  scope,
  expectedVersion: null,
  idempotencyKey: null,
});
const cancel = async (id: string | undefined, scope: SeriesScope) =>
  made(await cancelSeries(me, act(id, scope))).act?.id ?? '';
const update = async (id: string | undefined, scope: SeriesScope, edit: Partial<UpdateSeries>) =>
  made(
    await updateSeries(me, {
      ...act(id, scope),
      ...{ title: null, details: null, startTime: null, endTime: null, resources: null },
      mode: ALL,
      dryRun: false,
      ...edit,
    }),
  ).act?.id ?? '';
const undone = async (id: string) => {
  const result = await undoAct(me, id);
  if ('kind' in result) throw new Error(JSON.stringify(result));
  return result.reservations;
};

it.each<[string, SeriesScope, number]>([
  ['one occurrence', 'THIS', 1],
  ['this and following', 'THIS_AND_FOLLOWING', 3],
  ['a whole series', 'ALL', 5],
])('brings %s back that was cancelled, and the series says again what it said', async (_, scope, count) => {
  const { room: r, ids } = await fiveDays();
  const before = await factsOf(ids);
  const id = await cancel(ids[2], scope);
  expect(await factsOf(ids)).not.toEqual(before);
  const back = await undone(id);
  expect(back.map(({ state }) => state)).toEqual(Array(count).fill('CONFIRMED'));
  expect(back).toEqual([...back].sort((a, b) => (a.startsAt < b.startsAt ? -1 : 1)));
  expect(await factsOf(ids)).toEqual(before);
  expect(await undone(id)).toEqual(back);
  await expect(reserved(stranger, [r.id], '2027-03-06T09:30:00Z', '2027-03-06T09:45:00Z')).rejects.toThrow();
});

it('gives back to a closing what that had cancelled before the series was', async () => {
  const { room: r, ids } = await fiveDays();
  const boss = testCtx(db, (await person(db, 'MANAGER')).viewer, me.clock);
  const { closing } = await close(boss, r.id, { existing: 'CANCEL' });
  const before = await factsOf(ids);
  expect(before.map((row) => row.reservation.closing_id)).toEqual([closing.id, null, null, null, null]);
  const id = await cancel(ids[2], 'ALL');
  expect(await factsOf(ids)).toContainEqual(
    expect.objectContaining({ reservation: expect.objectContaining({ id: ids[0], closing_id: null }) }),
  );
  await undone(id);
  expect(await factsOf(ids)).toEqual(before);
  await cancel(ids[2], 'THIS_AND_FOLLOWING');
  expect(await undoClosing(boss, closing.id)).toMatchObject({
    undoings: [{ reservationId: ids[0], reasons: [] }],
  });
});

it.each<[string, SeriesScope, Partial<UpdateSeries>]>([
  ['other times of one', 'THIS', { startTime: '11:00' }],
  ['other words of one', 'THIS', { title: 'Other' }],
  ['other times of all', 'ALL', { startTime: '08:30', title: 'Early' }],
  ['other words of all', 'ALL', { title: 'Other', details: 'More' }],
  ['other times of this and following', 'THIS_AND_FOLLOWING', { startTime: '09:30' }],
  ['other words of this and following', 'THIS_AND_FOLLOWING', { title: 'Other' }],
])('takes back %s, also from what has gone its own way before', async (_, scope, edit) => {
  const { ids } = await fiveDays();
  await cancelReservation(me, { id: ids[3] as string, expectedVersion: null, idempotencyKey: null });
  const before = await factsOf(ids);
  const id = await update(ids[2], scope, edit);
  expect(await factsOf(ids)).not.toEqual(before);
  await undone(id);
  expect(await factsOf(ids)).toEqual(before);
  const left = await psql(
    'select from series s where not exists (select from reservation where series_id = s.id)',
  );
  expect(left).toHaveLength(0);
});

it('gives other resources back, with those that had to stay where they were', async () => {
  const { ids } = await fiveDays();
  const other = await room(db);
  await reserved(stranger, [other.id], '2027-03-03T09:00:00Z', '2027-03-03T10:00:00Z');
  const before = await factsOf(ids);
  const id = await update(ids[0], 'ALL', { resources: [{ resourceId: other.id, quantity: 1 }], mode: SKIP });
  await undone(id);
  expect(await factsOf(ids)).toEqual(before);
});

it('brings nothing back where one place is taken, and says which', async () => {
  const { room: r, ids } = await fiveDays();
  const id = await cancel(ids[0], 'ALL');
  const taken = await factsOf(ids);
  await reserved(stranger, [r.id], '2027-03-04T09:30:00Z', '2027-03-04T10:30:00Z');
  expect(await undoAct(me, id)).toMatchObject({
    reasons: [
      {
        code: 'SLOT_TAKEN',
        span: { startsAt: '2027-03-04T09:00:00.000Z' },
        conflicts: [{ ownerId: stranger.viewer.userId }],
      },
    ],
  });
  expect(await factsOf(ids)).toEqual(taken);
});

it('is undone from the last change of the series back', async () => {
  const { series, ids } = await fiveDays();
  const before = await factsOf(ids);
  const first = await update(ids[0], 'ALL', { title: 'First' });
  const second = await update(ids[2], 'THIS_AND_FOLLOWING', { startTime: '09:30' });
  expect(await undoAct(me, first)).toMatchObject({
    kind: 'VersionConflict',
    current: { node: 'Series', id: series.id },
  });
  await undone(second);
  const third = await cancel(ids[0], 'ALL');
  await undone(third);
  await undone(first);
  expect(await factsOf(ids)).toEqual(before);
});
