import { Client } from 'pg';
import { checkIn } from '../../src/domain/presence/check-in.js';
import { cancelSeries } from '../../src/domain/series/cancel-series.js';
import { createSeries } from '../../src/domain/series/create-series.js';
import type { SeriesReport } from '../../src/domain/series/report.js';
import { undoAct } from '../../src/domain/undo/undo-act.js';
import type { ReservationRow } from '../../src/sql/reservations/reservation-json.js';
import { releaseUnattended } from '../../src/sweeper/tasks.js';
import { made, wanted } from '../domain/series/series-kit.js';
import { reserved } from '../kit/closures.js';
import { testCtx } from '../kit/ctx.js';
import { useDatabase } from '../kit/database.js';
import { mailsTo, withRelay } from '../kit/mails.js';
import { person } from '../kit/people.js';
import { mustCheckIn } from '../kit/presence.js';
import { room } from '../kit/things.js';
import { toldOf } from '../kit/told.js';

const { db, psql, url } = await useDatabase();
const owner = await person(db);
const me = testCtx(db, owner.viewer);

const sweep = async (sweepers: number) => {
  const counts = await Promise.all(Array.from({ length: sweepers }, () => releaseUnattended(me)));
  return counts.reduce((sum, count) => sum + count, 0);
};
beforeEach(() => me.clock.set('2027-03-01T08:00:00Z'));

/** A series of five days at nine in a room of its own, whose rule ends it after two strikes. */
async function daily(strikes: number | null = 2): Promise<SeriesReport> {
  const r = await room(db);
  await mustCheckIn(db, { resourceId: r.id }, { strikes });
  return made(await createSeries(me, wanted([r.id])));
}
const statesOf = async ({ series }: SeriesReport) =>
  (
    await psql<{ state: string }>('select state from reservation where series_id = $1 order by starts_at', [
      series.id,
    ])
  ).map(({ state }) => state);
const day = (number: number, time = '09:10:00') => `2027-03-${String(number + 1).padStart(2, '0')}T${time}Z`;

it('releases 100 reservations exactly once with three sweepers at it, and tells of each once', async () => {
  const r = await room(db);
  await mustCheckIn(db, { resourceId: r.id });
  const all: ReservationRow[] = [];
  for (let minute = 0; minute < 100; minute++) {
    const from = Date.parse('2027-03-02T08:00:00Z') + minute * 60_000;
    all.push(await reserved(me, [r.id], new Date(from).toISOString(), new Date(from + 60_000).toISOString()));
  }
  me.clock.set('2027-03-02T07:59:59.999Z');
  expect(await sweep(1)).toBe(0);
  me.clock.set('2027-03-02T10:00:00Z');
  expect(await sweep(3)).toBe(100);
  const [facts] = await psql(
    `select (select count(*)::integer from outbox where freed is not null) as changes,
       (select count(*)::integer from audit where action = 'reservation.noShow') as notes,
       (select count(*)::integer from notification where kind = 'NO_SHOW') as told,
       (select count(*)::integer from claim where occupies) as left`,
  );
  expect(facts).toEqual({ changes: 100, notes: 100, told: 100, left: 0 });
  expect(await toldOf(db, all[0] as ReservationRow)).toMatchObject([{ kind: 'NO_SHOW', userId: owner.id }]);
});

it('takes up what a sweeper had begun when it died, and leaves what is being decided', async () => {
  const r = await room(db);
  await mustCheckIn(db, { resourceId: r.id });
  const one = await reserved(me, [r.id], '2027-03-02T09:00:00Z', '2027-03-02T10:00:00Z');
  me.clock.set('2027-03-02T09:30:00Z');
  const dying = new Client({ connectionString: url });
  dying.on('error', () => undefined);
  await dying.connect();
  const [{ pid }] = (await dying.query('select pg_backend_pid() as pid')).rows as [{ pid: number }];
  await dying.query('begin');
  await dying.query(`update reservation set state = 'NO_SHOW' where id = $1`, [one.id]);
  expect(await sweep(2)).toBe(0);
  await psql('select pg_terminate_backend($1, 5000)', [pid]);
  expect(await sweep(2)).toBe(1);
  expect(await sweep(2)).toBe(0);
  const notes = await psql(`select from audit where subject_id = $1 and action = 'reservation.noShow'`, [
    one.id,
  ]);
  expect(notes).toHaveLength(1);
});

it('ends a series to which nobody has come twice in a row, once, and says so once by each way', async () => {
  await withRelay(me);
  const report = await daily();
  me.clock.set(day(1));
  await sweep(2);
  expect(await statesOf(report)).toEqual(['NO_SHOW', ...Array(4).fill('CONFIRMED')]);
  me.clock.set(day(2));
  await sweep(2);
  expect(await statesOf(report)).toEqual(['NO_SHOW', 'NO_SHOW', 'CANCELLED', 'CANCELLED', 'CANCELLED']);
  await sweep(2);
  const third = report.occurrences[2]?.reservation as ReservationRow;
  const told = await toldOf(db, third);
  expect(told).toMatchObject([{ kind: 'SERIES_ENDED', userId: owner.id }]);
  expect(told[0]?.message).toContain('3 dates');
  expect((await mailsTo(db, owner)).filter(({ kind }) => kind === 'SERIES_ENDED')).toHaveLength(1);
  const [series] = await psql('select cancelled_at is not null as ended from series where id = $1', [
    report.series.id,
  ]);
  expect(series).toEqual({ ended: true });
  const freed = await psql(
    'select from outbox where reservation_id = $1 and freed is not null and taken is null',
    [third.id],
  );
  expect(freed).toHaveLength(1);
});

it('is undone as one act by who may change the reservations', async () => {
  const report = await daily();
  me.clock.set(day(2));
  await sweep(1);
  const [act] = await psql<{ id: string }>(
    `select act_id as id from audit where action = 'reservation.cancelByStrikes' and subject_id = $1`,
    [report.occurrences[4]?.reservation?.id],
  );
  expect(await undoAct(me, act?.id ?? '')).toMatchObject({ reservations: [{}, {}, {}] });
  expect(await statesOf(report)).toEqual(['NO_SHOW', 'NO_SHOW', ...Array(3).fill('CONFIRMED')]);
  const [series] = await psql('select cancelled_at from series where id = $1', [report.series.id]);
  expect(series).toEqual({ cancelled_at: null });
  await sweep(1);
  expect(await statesOf(report)).toEqual(['NO_SHOW', 'NO_SHOW', ...Array(3).fill('CONFIRMED')]);
});

it('counts from the last that was attended, ends none without strikes, and leaves what goes its own way', async () => {
  const [attended, patient, apart] = [await daily(), await daily(null), await daily(1)];
  const second = attended.occurrences[1]?.reservation as ReservationRow;
  await psql('update reservation set detached = true where id = $1', [apart.occurrences[3]?.reservation?.id]);
  me.clock.set(day(1));
  await sweep(1);
  expect(await statesOf(apart)).toEqual(['NO_SHOW', 'CANCELLED', 'CANCELLED', 'CONFIRMED', 'CANCELLED']);
  me.clock.set(day(2, '09:00:00'));
  await checkIn(me, { id: second.id, resourceId: null, expectedVersion: null, idempotencyKey: null });
  me.clock.set(day(3));
  await sweep(1);
  expect(await statesOf(attended)).toEqual(['NO_SHOW', 'CHECKED_IN', 'NO_SHOW', 'CONFIRMED', 'CONFIRMED']);
  me.clock.set(day(4));
  await sweep(1);
  expect(await statesOf(attended)).toEqual(['NO_SHOW', 'CHECKED_IN', 'NO_SHOW', 'NO_SHOW', 'CANCELLED']);
  expect(await statesOf(patient)).toEqual([...Array(4).fill('NO_SHOW'), 'CONFIRMED']);
});

it('leaves a series to the next sweeper where its owner cancels it meanwhile, or a sweeper dies over it', async () => {
  const [report, killed] = [await daily(), await daily()];
  me.clock.set(day(2));
  const dying = new Client({ connectionString: url });
  dying.on('error', () => undefined);
  await dying.connect();
  const [{ pid }] = (await dying.query('select pg_backend_pid() as pid')).rows as [{ pid: number }];
  await psql('insert into series_strike (series_id) values ($1) on conflict do nothing', [killed.series.id]);
  await dying.query('begin');
  await dying.query('delete from series_strike where series_id = $1', [killed.series.id]);
  const [act] = await Promise.all([
    cancelSeries(me, {
      seriesId: report.series.id,
      reservationId: null,
      scope: 'ALL',
      expectedVersion: null,
      idempotencyKey: null,
    }),
    psql('select pg_terminate_backend($1, 5000)', [pid]).then(() => sweep(2)),
  ]);
  await sweep(1);
  expect('kind' in act || act.series.cancelledAt !== null).toBe(true);
  for (const each of [report, killed])
    expect(await statesOf(each)).toEqual(['NO_SHOW', 'NO_SHOW', 'CANCELLED', 'CANCELLED', 'CANCELLED']);
});
