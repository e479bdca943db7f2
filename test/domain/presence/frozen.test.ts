import { decideApproval } from '../../../src/domain/approvals/decide-approval.js';
import { undoClosing } from '../../../src/domain/closings/undo-closing.js';
import { importReservations } from '../../../src/domain/feeds/import-reservations.js';
import { checkIn } from '../../../src/domain/presence/check-in.js';
import { cancelReservation } from '../../../src/domain/reservations/cancel-reservation.js';
import { confirmReservation } from '../../../src/domain/reservations/confirm-reservation.js';
import { moveReservations } from '../../../src/domain/reservations/move-reservations.js';
import { createSeries } from '../../../src/domain/series/create-series.js';
import { updateSeries } from '../../../src/domain/series/update-series.js';
import { undoAct } from '../../../src/domain/undo/undo-act.js';
import type { ReservationRow } from '../../../src/sql/reservations/reservation-json.js';
import { by, mustApprove } from '../../kit/approvals.js';
import { close, reserved } from '../../kit/closures.js';
import { testCtx } from '../../kit/ctx.js';
import { useDatabase } from '../../kit/database.js';
import { person } from '../../kit/people.js';
import { mustCheckIn } from '../../kit/presence.js';
import { room } from '../../kit/things.js';
import { ALL, made, wanted } from '../series/series-kit.js';

const { db, psql } = await useDatabase();
const owner = await person(db);
const boss = await person(db, 'MANAGER');
const me = testCtx(db, owner.viewer);
const manager = testCtx(db, boss.viewer, me.clock);

const at = (time: string) => `2027-03-02T${time}:00Z`;
const plain = (id: string) => ({ id, expectedVersion: null, idempotencyKey: null });
beforeEach(() => me.clock.set(at('08:00')));

/** A room where one checks in within ten minutes. */
async function awaitedRoom() {
  const r = await room(db);
  await mustCheckIn(db, { resourceId: r.id });
  return r;
}

/** When it is released, with the instants until which its claims occupy, which must be the same; as wall time. */
async function releaseOf({ id }: { id: string }): Promise<string | undefined> {
  const rows = await psql<{ release: string | null; until: string }>(
    `select to_char(v.release_at, 'DD HH24:MI') as release, to_char(c.occupies_until, 'DD HH24:MI') as until
     from reservation v join claim c on c.reservation_id = v.id where v.id = $1`,
    [id],
  );
  for (const { release, until } of rows) expect(until).toBe(release);
  return rows[0]?.release ?? undefined;
}
const changesOf = async ({ id }: { id: string }) =>
  psql(
    'select freed is not null as freed, taken is not null as taken, awaited from outbox where reservation_id = $1 order by version',
    [id],
  );
const actOf = (done: object): string => {
  const [first] = (Array.isArray(done) ? done : [done]) as ReservationRow[];
  if (!first?.act) throw new Error(JSON.stringify(done));
  return first.act.id;
};
const moved = async (
  { id }: { id: string },
  from: string | null,
  to: string | null,
  resourceIds?: string[],
) =>
  moveReservations(me, {
    moves: [
      {
        id,
        expectedVersion: null,
        startsAt: from === null ? null : new Date(at(from)),
        endsAt: to === null ? null : new Date(at(to)),
        resources: resourceIds?.map((resourceId) => ({ resourceId, quantity: 1 })) ?? null,
      },
    ],
    idempotencyKey: null,
    dryRun: false,
  });

it('freezes the release of a hold when it is confirmed, by the terms of when it was held', async () => {
  const r = await awaitedRoom();
  const held = await reserved(me, [r.id], at('10:00'), at('12:00'), { holdMs: 4 * 3_600_000 });
  expect(held.checkIn).toMatchObject({ graceMinutes: 10, releaseAt: null });
  me.clock.set(at('10:30'));
  expect(await confirmReservation(me, plain(held.id))).toMatchObject({ state: 'CONFIRMED' });
  expect(await releaseOf(held)).toBe('02 10:40');
  expect(await changesOf(held)).toEqual([
    { freed: false, taken: true, awaited: false },
    { freed: true, taken: true, awaited: true },
  ]);
});

it('freezes it when the last approver has said yes', async () => {
  const r = await awaitedRoom();
  await mustApprove(db, { resourceId: r.id }, [by(boss.id)]);
  const asked = await reserved(me, [r.id], at('10:00'), at('12:00'));
  expect(asked).toMatchObject({ state: 'PENDING_APPROVAL', checkIn: { releaseAt: null } });
  const yes = { id: asked.id, decision: 'APPROVED', words: '', step: null, idempotencyKey: null } as const;
  expect(await decideApproval(manager, yes)).toMatchObject({ state: 'CONFIRMED' });
  expect(await releaseOf(asked)).toBe('02 10:10');
});

it('freezes it anew where it is moved, by the rules of there, as one change of each stream', async () => {
  const [r, free] = [await awaitedRoom(), await room(db)];
  const one = await reserved(me, [r.id], at('10:00'), at('12:00'));
  await moved(one, '11:00', '12:00');
  expect(await releaseOf(one)).toBe('02 11:10');
  await moved(one, null, '11:05');
  expect(await releaseOf(one)).toBe('02 11:05');
  const away = await moved(one, null, '12:00', [free.id]);
  expect(away).toMatchObject([{ checkIn: null }]);
  expect(await releaseOf(one)).toBeUndefined();
  await moved(one, null, null, [r.id]);
  expect(await releaseOf(one)).toBe('02 11:10');
  const told = (resourceId: string) =>
    psql(
      'select freed is not null as freed, taken is not null as taken from outbox where resource_id = $1 and reservation_id = $2 order by version',
      [resourceId, one.id],
    );
  const [comes, moves, leaves] = [
    { freed: false, taken: true },
    { freed: true, taken: true },
    { freed: true, taken: false },
  ];
  expect(await told(r.id)).toEqual([comes, moves, moves, leaves, comes]);
  expect(await told(free.id)).toEqual([comes, leaves]);
  me.clock.set(at('11:05'));
  await moved(one, null, '13:00');
  expect(await releaseOf(one)).toBe('02 11:15');
});

it('gives the terms of its former place back where a move is undone, and time anew where a cancellation is', async () => {
  const [r, free] = [await awaitedRoom(), await room(db)];
  const one = await reserved(me, [r.id], at('10:00'), at('12:00'));
  const act = actOf(await moved(one, null, null, [free.id]));
  expect(await undoAct(me, act)).toMatchObject({ reservations: [{ checkIn: { graceMinutes: 10 } }] });
  expect(await releaseOf(one)).toBe('02 10:10');
  me.clock.set(at('10:09'));
  const cancelled = actOf(await cancelReservation(me, plain(one.id)));
  me.clock.set(at('10:12'));
  expect(await undoAct(me, cancelled)).toMatchObject({ reservations: [{ state: 'CONFIRMED' }] });
  expect(await releaseOf(one)).toBe('02 10:22');
});

it('does not undo a move of what was released since', async () => {
  const r = await room(db);
  await mustCheckIn(db, { resourceId: r.id }, { graceMinutes: 5 });
  const one = await reserved(me, [r.id], at('10:00'), at('12:00'));
  me.clock.set(at('09:59'));
  const act = actOf(await moved(one, null, '12:30'));
  me.clock.set(at('10:05'));
  expect(await undoAct(me, act)).toMatchObject({ reasons: [{ code: 'TOO_LATE' }] });
});

it('freezes it for each occurrence of a series, and anew where they are moved', async () => {
  const r = await awaitedRoom();
  const { series, occurrences } = made(
    await createSeries(me, wanted([r.id], { startsLocal: '2027-03-02T09:00', rrule: 'FREQ=DAILY;COUNT=3' })),
  );
  const releases = async () =>
    Promise.all(occurrences.map(({ reservation }) => releaseOf(reservation as ReservationRow)));
  expect(await releases()).toEqual(['02 09:10', '03 09:10', '04 09:10']);
  const later = await updateSeries(me, {
    seriesId: series.id,
    reservationId: null,
    scope: 'ALL',
    expectedVersion: null,
    title: null,
    details: null,
    startTime: '10:00',
    endTime: '11:00',
    resources: null,
    rrule: null,
    exdates: null,
    rdates: null,
    mode: ALL,
    idempotencyKey: null,
    dryRun: false,
  } as Parameters<typeof updateSeries>[1]);
  made(later);
  expect(await releases()).toEqual(['02 10:10', '03 10:10', '04 10:10']);
});

it('freezes it for what is imported', async () => {
  const r = await awaitedRoom();
  const text = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'BEGIN:VEVENT',
    'UID:one',
    'DTSTART:20270302T100000',
    'DTEND:20270302T110000',
    'SUMMARY:Planning',
    'END:VEVENT',
    'END:VCALENDAR',
    '',
  ].join('\r\n');
  const wish = { text, resources: [{ resourceId: r.id, quantity: 1 }], ownerId: null, skipRefused: false };
  const dry = await importReservations(me, { ...wish, dryRun: true });
  expect(dry).toMatchObject({
    events: [{ reservation: { checkIn: { releaseAt: '2027-03-02T10:10:00.000Z' } } }],
  });
  const report = await importReservations(me, { ...wish, dryRun: false });
  if ('kind' in report) throw new Error(report.message);
  expect(await releaseOf(report.events[0]?.reservation as ReservationRow)).toBe('02 10:10');
});

it('lets a closure cancel who is there, and gives it back checked in; others have time anew', async () => {
  const [r, second] = [await awaitedRoom(), await awaitedRoom()];
  const one = await reserved(me, [r.id], at('10:00'), at('12:00'));
  const other = await reserved(me, [second.id], at('10:00'), at('12:00'));
  me.clock.set(at('10:00'));
  await checkIn(me, { ...plain(one.id), resourceId: null });
  const span = {
    startsLocal: '2027-03-02T09:00',
    endsLocal: '2027-03-02T13:00',
    existing: 'CANCEL',
  } as const;
  const closings = [await close(manager, r.id, span), await close(manager, second.id, span)];
  const stateOf = async ({ id }: { id: string }) =>
    (await psql<{ state: string }>('select state from reservation where id = $1', [id]))[0]?.state;
  expect([await stateOf(one), await stateOf(other)]).toEqual(['CANCELLED', 'CANCELLED']);
  me.clock.set(at('10:08'));
  for (const { closing } of closings) await undoClosing(manager, closing.id);
  expect([await stateOf(one), await stateOf(other)]).toEqual(['CHECKED_IN', 'CONFIRMED']);
  expect(await releaseOf(other)).toBe('02 10:18');
});

it('leaves what stands as it is when the rule changes, and holds for psql as well', async () => {
  const r = await room(db);
  const before = await reserved(me, [r.id], at('10:00'), at('11:00'));
  await mustCheckIn(db, { resourceId: r.id });
  const after = await reserved(me, [r.id], at('11:00'), at('12:00'));
  await psql('delete from rule where resource_id = $1', [r.id]);
  expect([await releaseOf(before), await releaseOf(after)]).toEqual([undefined, '02 11:10']);
  await psql(
    `update reservation set starts_at = '2027-03-02T11:30Z', updated_at = '2027-03-02T08:00Z' where id = $1`,
    [after.id],
  );
  expect(await releaseOf(after)).toBe('02 11:40');
});
