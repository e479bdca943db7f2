import { checkIn } from '../../../src/domain/presence/check-in.js';
import { checkOut } from '../../../src/domain/presence/check-out.js';
import { cancelReservation } from '../../../src/domain/reservations/cancel-reservation.js';
import { createReservation } from '../../../src/domain/reservations/create-reservation.js';
import { moveReservations } from '../../../src/domain/reservations/move-reservations.js';
import { undoAct } from '../../../src/domain/undo/undo-act.js';
import { reservationsByIds } from '../../../src/sql/reservations/read-reservations.js';
import type { ReservationRow } from '../../../src/sql/reservations/reservation-json.js';
import { close, reserved, wishFor } from '../../kit/closures.js';
import { testCtx } from '../../kit/ctx.js';
import { useDatabase } from '../../kit/database.js';
import { divided } from '../../kit/parts.js';
import { person } from '../../kit/people.js';
import { mustCheckIn } from '../../kit/presence.js';
import { openDaily } from '../../kit/rule-input.js';
import { rule } from '../../kit/rules.js';
import { pool, room, type ThingFacts } from '../../kit/things.js';

const { db, psql } = await useDatabase();
const owner = await person(db);
const me = testCtx(db, owner.viewer);
const other = testCtx(db, (await person(db)).viewer, me.clock);
const manager = testCtx(db, (await person(db, 'MANAGER')).viewer, me.clock);

const at = (time: string) => `2027-03-02T${time}Z`;
const plain = (id: string) => ({ id, expectedVersion: null, idempotencyKey: null });
const codes = (result: object) =>
  'reasons' in result ? (result.reasons as { code: string }[]).map(({ code }) => code) : result;
const stateOf = async ({ id }: { id: string }) =>
  (await reservationsByIds(db, me.clock.fixed(), [id])).get(id)?.state;
const told = (resourceId: string) =>
  psql<{ freed: string; taken: string }>(
    `select to_char(lower(freed), 'HH24:MI') || to_char(upper(freed), '-HH24:MI') as freed,
       to_char(lower(taken), 'HH24:MI') || to_char(upper(taken), '-HH24:MI') as taken
     from outbox where resource_id = $1 and reservation_id is not null order by version desc`,
    [resourceId],
  );
const extend = (id: string, to: string | number, more: object = {}) =>
  moveReservations(me, {
    moves: [
      {
        id,
        expectedVersion: null,
        startsAt: null,
        endsAt: typeof to === 'string' ? new Date(at(to)) : null,
        ...(typeof to === 'number' && { longerMs: to * 60_000 }),
        resources: null,
      },
    ],
    idempotencyKey: null,
    dryRun: false,
    ...more,
  });

/** Reserved from ten to twelve and checked in at ten, on these resources. */
async function there(ids: readonly string[], from = '10:00:00'): Promise<ReservationRow> {
  me.clock.set(at('08:00:00'));
  const reservation = await reserved(me, ids, at(from), at('12:00:00'));
  me.clock.set(at(from));
  expect(await checkIn(me, { ...plain(reservation.id), resourceId: null })).toMatchObject({
    state: 'CHECKED_IN',
  });
  return reservation;
}

/** A room where one must check in. */
async function awaitedRoom(facts: ThingFacts = {}, more: Parameters<typeof mustCheckIn>[2] = {}) {
  const r = await room(db, facts);
  await mustCheckIn(db, { resourceId: r.id }, more);
  return r;
}

describe('an early check-out', () => {
  it('frees the rest at once, with the tear-down time moved up, in one change of the stream', async () => {
    const r = await awaitedRoom({ setupMinutes: 15, teardownMinutes: 30 });
    const { id } = await there([r.id]);
    const before = (await told(r.id)).length;
    me.clock.set(at('10:40:00'));
    const row = await checkOut(me, plain(id));
    expect(row).toMatchObject({ state: 'COMPLETED', version: 3 });
    const { endsAt, claims } = row as ReservationRow;
    expect([endsAt, claims[0]?.endsAt].map((text) => new Date(text ?? 0).toISOString())).toEqual([
      '2027-03-02T10:40:00.000Z',
      '2027-03-02T11:10:00.000Z',
    ]);
    const after = await told(r.id);
    expect(after.length - before).toBe(1);
    expect(after[0]).toEqual({ freed: '09:45-12:30', taken: '09:45-11:10' });
    expect((await reservationsByIds(db, me.clock.fixed(), [id])).get(id)).toEqual(row);
    const [clock] = await psql(
      `select to_char(local_end, 'HH24:MI') as ends from reservation where id = $1`,
      [id],
    );
    expect(clock).toEqual({ ends: '10:40' });
    // Set-up of the next one and tear-down of this one do not overlap.
    const next = (from: string) => createReservation(other, wishFor([r.id], at(from), at('12:00:00')));
    expect(codes(await next('11:24:00'))).toEqual(['BUFFER_CONFLICT']);
    expect(await next('11:25:00')).toMatchObject({ state: 'CONFIRMED' });
  });

  it('frees pools, divided rooms and all resources of a reservation', async () => {
    const [p, whole, left, right] = [
      await pool(db, { capacity: 1 }),
      await awaitedRoom(),
      await room(db),
      await room(db),
    ];
    await divided(db, whole.id, [left.id, right.id]);
    const { id } = await there([p.id, whole.id]);
    me.clock.set(at('10:30:00'));
    expect(await checkOut(me, plain(id))).toMatchObject({ state: 'COMPLETED', claims: [{}, {}] });
    expect(await reserved(other, [p.id, left.id], at('10:30:00'), at('12:00:00'))).toMatchObject({
      state: 'CONFIRMED',
    });
  });

  it('occupies nothing where it was before the start, and frees nothing at the end', async () => {
    const [r, late] = [await awaitedRoom(), await awaitedRoom()];
    me.clock.set(at('08:00:00'));
    const early = await reserved(me, [r.id], at('10:00:00'), at('12:00:00'));
    me.clock.set(at('09:50:00'));
    await checkIn(me, { ...plain(early.id), resourceId: null });
    expect(await checkOut(me, plain(early.id))).toMatchObject({ state: 'COMPLETED' });
    expect((await told(r.id))[0]).toEqual({ freed: '10:00-12:00', taken: null });
    expect(await reserved(other, [r.id], at('09:55:00'), at('12:00:00'))).toMatchObject({
      state: 'CONFIRMED',
    });
    const { id } = await there([late.id]);
    const before = await told(late.id);
    me.clock.set(at('12:00:00'));
    expect(await stateOf({ id })).toBe('COMPLETED');
    expect(await checkOut(me, plain(id))).toMatchObject({ state: 'COMPLETED', version: 3 });
    expect(await told(late.id)).toEqual(before);
  });

  it('is done once, by those who may, where the rule allows it', async () => {
    const [r, strict] = [await awaitedRoom(), await awaitedRoom({}, { checkOut: false })];
    const { id } = await there([r.id]);
    expect(codes(await checkOut(other, plain(id)))).toEqual(['NOT_PERMITTED']);
    expect(await checkOut(manager, { ...plain(id), expectedVersion: 1 })).toMatchObject({
      kind: 'VersionConflict',
    });
    me.clock.set(at('10:30:00'));
    const key = { ...plain(id), idempotencyKey: 'leave' };
    const first = await checkOut(manager, key);
    expect(await checkOut(manager, key)).toEqual(first);
    expect(await checkOut(me, plain(id))).toMatchObject({ state: 'COMPLETED', version: 3 });
    expect(codes(await checkIn(me, { ...plain(id), resourceId: null }))).toEqual(['ALREADY_DECIDED']);
    me.clock.set(at('08:00:00'));
    const waiting = await reserved(me, [r.id], at('13:00:00'), at('14:00:00'));
    expect(codes(await checkOut(me, plain(waiting.id)))).toEqual(['ALREADY_DECIDED']);
    const stays = await there([strict.id]);
    me.clock.set(at('11:59:59.999'));
    expect(codes(await checkOut(me, plain(stays.id)))).toEqual(['NOT_PERMITTED']);
    expect(codes(await cancelReservation(me, plain(stays.id)))).toEqual(['ALREADY_DECIDED']);
    me.clock.set(at('12:00:00'));
    expect(await checkOut(me, plain(stays.id))).toMatchObject({ state: 'COMPLETED' });
  });
});

describe('whoever is checked in', () => {
  it('stays longer where it is free, by minutes or to an instant, and can undo it', async () => {
    const r = await awaitedRoom();
    const { id } = await there([r.id]);
    const dry = await extend(id, 30, { dryRun: true });
    const [row] = (await extend(id, 30)) as ReservationRow[];
    expect(row).toMatchObject({ state: 'CHECKED_IN', version: 3, checkIn: { checkedInBy: owner.id } });
    expect([dry, row].flat().map((each) => new Date((each as ReservationRow).endsAt).toISOString())).toEqual([
      '2027-03-02T12:30:00.000Z',
      '2027-03-02T12:30:00.000Z',
    ]);
    await extend(id, '12:45:00');
    expect((await told(r.id))[0]).toEqual({ freed: '10:00-12:30', taken: '10:00-12:45' });
    expect(await undoAct(me, row?.act?.id ?? '')).toMatchObject({ kind: 'VersionConflict' });
    const [last] = (await extend(id, 15)) as ReservationRow[];
    expect(await undoAct(me, last?.act?.id ?? '')).toMatchObject({ reservations: [{ state: 'CHECKED_IN' }] });
    expect((await told(r.id))[0]).toEqual({ freed: '10:00-13:00', taken: '10:00-12:45' });
  });

  it('is refused with every reason and the latest end that would do', async () => {
    const r = await awaitedRoom({ teardownMinutes: 10 });
    await rule(db, 'LENGTH', { leastMinutes: null, mostMinutes: 180 }, { resourceId: r.id });
    await rule(db, 'OPENING_HOURS', openDaily('08:00', '13:00'), { resourceId: r.id });
    const { id } = await there([r.id]);
    await close(manager, r.id, { startsLocal: '2027-03-02T12:50', endsLocal: '2027-03-02T12:55' });
    me.clock.set(at('10:05:00'));
    await reserved(other, [r.id], at('12:40:00'), at('12:50:00'));
    const refusal = await extend(id, 90);
    expect(codes(refusal)).toEqual(
      expect.arrayContaining(['SLOT_TAKEN', 'DURATION_TOO_LONG', 'OUTSIDE_OPENING_HOURS', 'CLOSED']),
    );
    const ends = (refusal as unknown as { reasons: { latestEnd: string | null }[] }).reasons.flatMap(
      ({ latestEnd }) => latestEnd ?? [],
    );
    const latest = new Date(Math.min(...ends.map((text) => Date.parse(text)))).toISOString();
    expect(latest).toBe('2027-03-02T12:30:00.000Z');
    expect(await extend(id, latest.slice(11, 19))).toMatchObject([{ state: 'CHECKED_IN' }]);
  });

  it('does not stay longer where the rule says so, nor go elsewhere', async () => {
    const r = await awaitedRoom({}, { extension: false });
    const { id } = await there([r.id]);
    expect(codes(await extend(id, 15))).toEqual(['NOT_PERMITTED']);
    expect(codes(await extend(id, '12:15:00'))).toEqual(['NOT_PERMITTED']);
    const elsewhere = await room(db);
    const away = {
      id,
      expectedVersion: null,
      startsAt: null,
      endsAt: null,
      resources: [{ resourceId: elsewhere.id, quantity: 1 }],
    };
    expect(codes(await moveReservations(me, { moves: [away], idempotencyKey: null, dryRun: false }))).toEqual(
      ['ALREADY_DECIDED'],
    );
    expect(await extend(id, '11:45:00')).toMatchObject([{ state: 'CHECKED_IN' }]);
  });
});
