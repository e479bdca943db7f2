import { createReservation } from '../../src/domain/reservations/create-reservation.js';
import { createSeries } from '../../src/domain/series/create-series.js';
import { made, SKIP, wanted } from '../domain/series/series-kit.js';
import { testCtx } from '../kit/ctx.js';
import { useDatabase } from '../kit/database.js';
import { person } from '../kit/people.js';
import { room } from '../kit/things.js';

const { db, psql } = await useDatabase();

const standing = (resourceId: string) =>
  psql<{ starts_at: Date; series_id: string | null }>(
    `select v.starts_at, v.series_id from reservation v join claim c on c.reservation_id = v.id
     where c.resource_id = $1 and c.occupies order by v.starts_at`,
    [resourceId],
  );

it('lets each window of two series that cross go to one of them, and never to both', async () => {
  const r = await room(db);
  const inputs = [
    wanted([r.id], { rrule: 'FREQ=DAILY;COUNT=40', mode: SKIP }),
    wanted([r.id], {
      startsLocal: '2027-03-03T09:30',
      endsLocal: '2027-03-03T10:30',
      rrule: 'FREQ=DAILY;INTERVAL=2;COUNT=30',
      mode: SKIP,
    }),
  ];
  const people = [await person(db), await person(db)];
  const reports = await Promise.all(
    inputs.map(async (input, index) =>
      made(await createSeries(testCtx(db, (people[index] as (typeof people)[number]).viewer), input)),
    ),
  );
  const rows = await standing(r.id);
  const kept = reports.flatMap(({ occurrences }) => occurrences.filter(({ reservation }) => reservation));
  expect(rows).toHaveLength(kept.length);
  const days = rows.map(({ starts_at }) => starts_at.toISOString().slice(0, 10));
  expect(new Set(days).size).toBe(days.length);
  // 40 days, and ten of the every second one behind them: what one wants and has not got, the other has
  expect(days).toHaveLength(50);
  for (const { occurrences } of reports) {
    for (const { reservation, reasons } of occurrences)
      expect(Boolean(reservation)).toBe(reasons.length === 0);
  }
});

it('makes one series of parallel calls with the same key', async () => {
  const [me, r] = [await person(db), await room(db)];
  const input = wanted([r.id], { idempotencyKey: 'once', mode: SKIP });
  const ctx = testCtx(db, me.viewer);
  const reports = await Promise.all(Array.from({ length: 6 }, () => createSeries(ctx, input)));
  expect(new Set(reports.map((report) => made(report).series.id)).size).toBe(1);
  for (const report of reports) expect(report).toEqual(reports[0]);
  expect(await standing(r.id)).toHaveLength(5);
  expect(await createSeries(ctx, { ...input, title: 'Another' })).toMatchObject({
    kind: 'IdempotencyKeyReused',
  });
});

it('keeps single reservations and series of several rooms apart', async () => {
  const rooms = [await room(db), await room(db)];
  const ids = rooms.map(({ id }) => id);
  const singles = Array.from({ length: 20 }, async (_, index) => {
    const ctx = testCtx(db, (await person(db)).viewer);
    const startsAt = new Date(Date.UTC(2027, 2, 2 + index, 9, 15));
    const window = { startsAt, endsAt: new Date(+startsAt + 900_000) };
    const words = { title: 'Single', details: '', holdMs: null, ownerId: null, idempotencyKey: null };
    const resources = [{ resourceId: ids[index % 2] as string, quantity: 1 }];
    return createReservation(ctx, { ...words, window, resources, dryRun: false });
  });
  const series = [ids, ids.toReversed()].map(async (order) => {
    const ctx = testCtx(db, (await person(db)).viewer);
    return createSeries(ctx, wanted(order, { rrule: 'FREQ=DAILY;COUNT=20', mode: SKIP }));
  });
  await Promise.all([...series, ...singles]);
  for (const id of ids) {
    const days = (await standing(id)).map(({ starts_at }) => starts_at.toISOString().slice(0, 10));
    expect(new Set(days).size).toBe(days.length);
  }
  const [halves] = await psql<{ n: number }>(
    `select count(*)::integer as n from reservation v where series_id is not null
     and (select count(*) from claim c where c.reservation_id = v.id and c.resource_id = any ($1)) = 1`,
    [ids],
  );
  expect(halves?.n).toBe(0);
});
