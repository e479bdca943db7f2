import { checkIn } from '../../../src/domain/presence/check-in.js';
import { cancelReservation } from '../../../src/domain/reservations/cancel-reservation.js';
import { createReservation } from '../../../src/domain/reservations/create-reservation.js';
import { editReservation } from '../../../src/domain/reservations/edit-reservation.js';
import { moveReservations } from '../../../src/domain/reservations/move-reservations.js';
import { readAvailability } from '../../../src/sql/availability/read-availability.js';
import { reservationsByIds } from '../../../src/sql/reservations/read-reservations.js';
import type { ReservationRow } from '../../../src/sql/reservations/reservation-json.js';
import { readChanges } from '../../../src/sql/streams/read-changes.js';
import { reserved, wishFor } from '../../kit/closures.js';
import { testCtx } from '../../kit/ctx.js';
import { useDatabase } from '../../kit/database.js';
import { divided } from '../../kit/parts.js';
import { person } from '../../kit/people.js';
import { mustCheckIn } from '../../kit/presence.js';
import { pool, room } from '../../kit/things.js';
import { counting } from '../series/series-kit.js';

const { db, psql } = await useDatabase();
const owner = await person(db);
const me = testCtx(db, owner.viewer);
const other = testCtx(db, (await person(db)).viewer, me.clock);
const guest = testCtx(db, (await person(db, 'GUEST')).viewer, me.clock);
const manager = testCtx(db, (await person(db, 'MANAGER')).viewer, me.clock);

const at = (time: string) => `2027-03-02T${time}Z`;
const plain = (id: string, resourceId: string | null = null) => ({
  id,
  resourceId,
  expectedVersion: null,
  idempotencyKey: null,
});
const codes = (result: object) =>
  'reasons' in result ? (result.reasons as { code: string }[]).map(({ code }) => code) : result;
const rowOf = async ({ id }: { id: string }): Promise<ReservationRow> =>
  (await reservationsByIds(db, me.clock.fixed(), [id])).get(id) as ReservationRow;
const busy = async (resourceId: string) => {
  const day = { startsAt: new Date(at('00:00:00')), endsAt: new Date(at('23:00:00')) };
  const [row] = await readAvailability(db, me.clock.fixed(), [resourceId], day);
  return row?.busy.map(({ startsAt, endsAt, heldUntil }) => [
    new Date(startsAt).toISOString().slice(11, 16),
    new Date(endsAt).toISOString().slice(11, 16),
    heldUntil,
  ]);
};

/** A room where one must check in, reserved from ten to twelve. */
async function awaited(more: Parameters<typeof mustCheckIn>[2] = {}) {
  me.clock.set(at('08:00:00'));
  const r = await room(db);
  await mustCheckIn(db, { resourceId: r.id }, more);
  return { r, reservation: await reserved(me, [r.id], at('10:00:00'), at('12:00:00')) };
}
beforeEach(() => me.clock.set(at('08:00:00')));

it('keeps what must be checked in to until its release, and says so in a dry run too', async () => {
  const { r, reservation } = await awaited({ strikes: 3 });
  expect(reservation).toMatchObject({ state: 'CONFIRMED', expiresAt: null });
  expect(reservation.checkIn).toMatchObject({ strikes: 3, checkedInAt: null });
  expect(new Date(reservation.checkIn?.releaseAt ?? 0)).toEqual(new Date(at('10:10:00')));
  expect(await busy(r.id)).toEqual([['10:00', '12:00', null]]);
  const wanted = wishFor([r.id], at('13:00:00'), at('14:00:00'));
  const dry = await createReservation(me, { ...wanted, dryRun: true });
  const real = await createReservation(me, wanted);
  const terms = (row: object) => {
    const { releaseAt, ...others } = (row as ReservationRow).checkIn as NonNullable<
      ReservationRow['checkIn']
    >;
    return { ...others, releaseAt: releaseAt && new Date(releaseAt) };
  };
  expect(terms(dry)).toEqual(terms(real));
});

it('checks in one millisecond before the release, and not at it, where another reserves without a sweeper', async () => {
  const early = await awaited();
  me.clock.set(at('10:09:59.999'));
  expect(await checkIn(me, plain(early.reservation.id))).toMatchObject({ state: 'CHECKED_IN', version: 2 });
  expect(
    codes(await createReservation(other, wishFor([early.r.id], at('11:00:00'), at('12:00:00')))),
  ).toEqual(['SLOT_TAKEN']);
  const late = await awaited();
  me.clock.set(at('10:09:59.999'));
  expect(codes(await createReservation(other, wishFor([late.r.id], at('10:30:00'), at('12:00:00'))))).toEqual(
    ['SLOT_TAKEN'],
  );
  me.clock.set(at('10:10:00'));
  const refusal = await checkIn(me, plain(late.reservation.id));
  expect(refusal).toMatchObject({ reasons: [{ code: 'TOO_LATE' }] });
  expect(await rowOf(late.reservation)).toMatchObject({ state: 'NO_SHOW', version: 1 });
  expect(await busy(late.r.id)).toEqual([]);
  const taken = await reserved(other, [late.r.id], at('10:10:00'), at('12:00:00'));
  expect(taken.state).toBe('CONFIRMED');
  expect(await rowOf(late.reservation)).toMatchObject({ state: 'NO_SHOW', version: 2 });
  const notes = await psql('select action from audit where subject_id = $1 order by at, id', [
    late.reservation.id,
  ]);
  expect(notes).toEqual([{ action: 'reservation.create' }, { action: 'reservation.noShow' }]);
});

it('says from when on one checks in, and lets nobody else do so', async () => {
  const { r, reservation } = await awaited();
  me.clock.set(at('09:44:59.999'));
  expect(await checkIn(me, plain(reservation.id))).toMatchObject({
    reasons: [{ code: 'TOO_EARLY', opensAt: '2027-03-02T09:45:00.000Z' }],
  });
  me.clock.set(at('09:45:00'));
  expect(codes(await checkIn(other, plain(reservation.id)))).toEqual(['NOT_PERMITTED']);
  expect(await checkIn(guest, plain(reservation.id))).toMatchObject({ kind: 'NotFound' });
  const elsewhere = await room(db);
  expect(codes(await checkIn(other, plain(reservation.id, elsewhere.id)))).toEqual(['NOT_PERMITTED']);
  expect(await checkIn(guest, plain(reservation.id, r.id))).toMatchObject({
    state: 'CHECKED_IN',
    checkIn: { checkedInBy: guest.viewer.userId },
  });
});

it('checks in once, however often it is called, for managers too', async () => {
  const { r, reservation } = await awaited();
  me.clock.set(at('10:00:00'));
  const again = { ...plain(reservation.id), idempotencyKey: 'tap' };
  const stale = { ...plain(reservation.id), expectedVersion: 7 };
  expect(await checkIn(manager, stale)).toMatchObject({ kind: 'VersionConflict', currentVersion: 1 });
  const before = (await readChanges(db, [{ resourceId: r.id, version: 0 }])).length;
  const first = await checkIn(manager, again);
  expect(await checkIn(manager, again)).toEqual(first);
  expect(await checkIn(me, plain(reservation.id))).toMatchObject({ state: 'CHECKED_IN', version: 2 });
  expect(await checkIn(manager, { ...again, id: (await awaited()).reservation.id })).toMatchObject({
    kind: 'IdempotencyKeyReused',
  });
  const changes = (await readChanges(db, [{ resourceId: r.id, version: 0 }])).slice(before);
  expect(changes).toHaveLength(1);
  expect(changes[0]).toMatchObject({ takenUntil: null });
  expect([changes[0]?.freedFrom, changes[0]?.freedTo]).toEqual([changes[0]?.takenFrom, changes[0]?.takenTo]);
});

it('asks nobody where no rule does, nor those whom it exempts', async () => {
  const r = await room(db);
  const free = await reserved(me, [r.id], at('10:00:00'), at('11:00:00'));
  await mustCheckIn(db, { resourceId: r.id }, { exemptRoles: ['MANAGER'] });
  const exempt = await reserved(manager, [r.id], at('12:00:00'), at('13:00:00'));
  expect([free.checkIn, exempt.checkIn]).toEqual([null, null]);
  me.clock.set(at('12:00:00'));
  expect(codes(await checkIn(manager, plain(exempt.id)))).toEqual(['NOT_PERMITTED']);
  me.clock.set(at('12:59:00'));
  expect(await rowOf(exempt)).toMatchObject({ state: 'CONFIRMED' });
});

it('gives what is reserved when it has begun its time from then on, but not beyond its end', async () => {
  const r = await room(db);
  await mustCheckIn(db, { resourceId: r.id });
  me.clock.set(at('10:20:00'));
  const begun = await reserved(me, [r.id], at('10:00:00'), at('11:00:00'));
  const short = await reserved(me, [r.id], at('11:00:00'), at('11:05:00'));
  const releases = [begun, short].map(({ checkIn: asked }) => new Date(asked?.releaseAt ?? 0).toISOString());
  expect(releases).toEqual(['2027-03-02T10:30:00.000Z', '2027-03-02T11:05:00.000Z']);
});

it('shows a hold as held, and what waits for somebody to check in as taken, to the stream as well', async () => {
  const r = await room(db);
  await mustCheckIn(db, { resourceId: r.id });
  const held = await reserved(me, [r.id], at('10:00:00'), at('11:00:00'), { holdMs: 600_000 });
  const firm = await reserved(me, [r.id], at('11:00:00'), at('12:00:00'));
  expect(held.checkIn).toMatchObject({ releaseAt: null });
  expect(await busy(r.id)).toEqual([
    ['10:00', '11:00', Date.parse(at('08:10:00'))],
    ['11:00', '12:00', null],
  ]);
  const changes = await readChanges(db, [{ resourceId: r.id, version: 0 }]);
  const until = changes.flatMap(({ reservationId, takenUntil }) => (reservationId ? [takenUntil] : []));
  expect(until).toEqual([expect.stringContaining('08:10:00'), null]);
  const refusal = await createReservation(other, wishFor([r.id], at('10:00:00'), at('12:00:00')));
  expect(codes(refusal)).toEqual(['SLOT_TAKEN', 'SLOT_HELD']);
  expect(firm.state).toBe('CONFIRMED');
});

it('frees a pool, and every resource of a reservation, in one', async () => {
  const [p, r] = [await pool(db, { capacity: 2 }), await room(db)];
  await mustCheckIn(db, { resourceId: p.id });
  await mustCheckIn(db, { resourceId: r.id }, { graceMinutes: 5, opensMinutes: 30 });
  const both = await reserved(me, [p.id, r.id], at('10:00:00'), at('12:00:00'));
  expect(both.checkIn).toMatchObject({ graceMinutes: 5, opensMinutes: 15 });
  await reserved(me, [p.id], at('10:00:00'), at('12:00:00'));
  me.clock.set(at('10:04:59.999'));
  const more = () => createReservation(other, wishFor([p.id, r.id], at('11:00:00'), at('12:00:00')));
  expect(codes(await more())).toEqual(['CAPACITY_EXCEEDED', 'SLOT_TAKEN']);
  me.clock.set(at('10:05:00'));
  expect(await more()).toMatchObject({ state: 'CONFIRMED', claims: [{}, {}] });
  const states = await psql('select distinct occupies from claim where reservation_id = $1', [both.id]);
  expect(states).toEqual([{ occupies: false }]);
});

it('frees a divided room with its parts', async () => {
  const [whole, left, right] = [await room(db), await room(db), await room(db)];
  await divided(db, whole.id, [left.id, right.id]);
  await mustCheckIn(db, { resourceId: whole.id });
  await reserved(me, [whole.id], at('10:00:00'), at('12:00:00'));
  me.clock.set(at('10:10:00'));
  expect(await createReservation(other, wishFor([left.id], at('11:00:00'), at('12:00:00')))).toMatchObject({
    state: 'CONFIRMED',
  });
});

it('refuses every act on what was released', async () => {
  const { reservation } = await awaited();
  me.clock.set(at('10:10:00'));
  const words = { title: 'Late', details: null };
  const move = {
    id: reservation.id,
    expectedVersion: null,
    startsAt: new Date(at('13:00:00')),
    endsAt: new Date(at('14:00:00')),
    resources: null,
  };
  const results = [
    await cancelReservation(me, plain(reservation.id)),
    await editReservation(me, { ...plain(reservation.id), ...words }),
    await moveReservations(me, { moves: [move], idempotencyKey: null, dryRun: false }),
  ];
  expect(results.map(codes)).toEqual([['TOO_LATE'], ['TOO_LATE'], ['TOO_LATE']]);
});

it('costs a reservation no round trip, and nothing more where nobody must check in', async () => {
  const { r } = await awaited();
  const plainRoom = await room(db);
  for (const id of [r.id, plainRoom.id]) {
    await reserved(me, [id], at('14:00:00'), at('15:00:00'));
    const counted = counting(db);
    const ctx = { ...me, db: counted.db as typeof db };
    await reserved(ctx, [id], at('15:00:00'), at('16:00:00'));
    await reserved(ctx, [id], at('16:00:00'), at('17:00:00'));
    // The copy of the rules is read once for each database.
    expect(counted.asked.filter((name) => !/rule-book|placements/.test(name))).toEqual([
      'reserve',
      'reserve',
    ]);
  }
});
