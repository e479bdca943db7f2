import type { ReservationRefused } from '../../../src/domain/decisions/reason.js';
import { createReservation } from '../../../src/domain/reservations/create-reservation.js';
import { moveReservations } from '../../../src/domain/reservations/move-reservations.js';
import type { Move } from '../../../src/domain/reservations/plan-moves.js';
import { testCtx } from '../../kit/ctx.js';
import { useDatabase } from '../../kit/database.js';
import { person } from '../../kit/people.js';
import { closure, rule, type ScopeFacts } from '../../kit/rules.js';
import { pool, room } from '../../kit/things.js';

const { db } = await useDatabase();
const boss = await person(db, 'MANAGER');

const at = (time: string, day = 2) => new Date(`2027-03-0${day}T${time}:00Z`);
const codes = (result: object) => ((result as ReservationRefused).reasons ?? []).map(({ code }) => code);

async function scene() {
  const me = await person(db);
  const ctx = testCtx(db, me.viewer);
  const r = await room(db);
  const reserve = async (from: string, to: string, resourceId = r.id, quantity = 1) => {
    const made = await createReservation(ctx, {
      title: 'Plan',
      details: '',
      window: { startsAt: at(from), endsAt: at(to) },
      resources: [{ resourceId, quantity }],
      holdMs: null,
      ownerId: null,
      idempotencyKey: null,
      dryRun: false,
    });
    if (!('node' in made)) throw new Error(JSON.stringify(made));
    return made;
  };
  const move = async (id: string, to: Partial<Move>, on = ctx) => {
    const moves = [{ id, expectedVersion: null, startsAt: null, endsAt: null, resources: null, ...to }];
    const rehearsed = await moveReservations(on, { moves, idempotencyKey: null, dryRun: true });
    const done = await moveReservations(on, { moves, idempotencyKey: null, dryRun: false });
    // D1: a dry run refuses for the very same reasons.
    expect(codes(rehearsed)).toEqual(codes(done));
    return done;
  };
  const scope: ScopeFacts = { resourceId: r.id };
  return { me, ctx, r, reserve, move, scope };
}

it('judges the new place by hours, grid, length and closures, all at once, with the rule and the next start', async () => {
  const { me, reserve, move, scope } = await scene();
  const { id } = await reserve('10:00', '11:00');
  const hours = await rule(
    db,
    'OPENING_HOURS',
    { week: [{ days: [1, 2, 3, 4, 5], spans: [{ opens: '09:00', closes: '17:00' }] }], exceptions: [] },
    scope,
  );
  await rule(db, 'GRID', { stepMinutes: 30, startTimes: null }, scope);
  await rule(db, 'LENGTH', { leastMinutes: null, mostMinutes: 120 }, scope);
  await closure(db, me.id, '2027-03-02T16:00', '2027-03-02T16:30', scope);
  const refused = await move(id, { startsAt: at('15:10'), endsAt: at('18:00') });
  expect(codes(refused)).toEqual(['DURATION_TOO_LONG', 'MISALIGNED', 'OUTSIDE_OPENING_HOURS', 'CLOSED']);
  const [, , outside] = (refused as ReservationRefused).reasons;
  expect(outside?.rule?.id).toBe(hours);
  expect(codes(await move(id, { startsAt: at('16:30'), endsAt: at('17:00') }))).toEqual([]);
});

it('refuses a move that moves nothing, and leaves the version alone', async () => {
  const { reserve, move } = await scene();
  const { id } = await reserve('10:00', '11:00');
  expect(await move(id, {})).toMatchObject({ kind: 'InvalidInput', message: 'Say what shall change.' });
  expect(await move(id, { endsAt: at('12:00') })).toMatchObject([{ version: 2 }]);
});

it('does not ask for notice again where the start stays, and does where it moves', async () => {
  const { ctx, reserve, move, scope } = await scene();
  const { id } = await reserve('10:00', '11:00');
  await rule(db, 'NOTICE', { leastMinutes: 1440, horizonDays: null, cancelMinutes: null }, scope);
  ctx.clock.set('2027-03-02T09:30:00Z');
  expect(codes(await move(id, { endsAt: at('12:00') }))).toEqual([]);
  expect(codes(await move(id, { startsAt: at('11:00'), endsAt: at('12:00') }))).toEqual(['TOO_SOON']);
  const manager = testCtx(db, boss.viewer, ctx.clock);
  expect(codes(await move(id, { startsAt: at('11:00'), endsAt: at('12:00') }, manager))).toEqual([
    'TOO_SOON',
  ]);
});

it('gives nothing up within the notice for cancelling, the rest of its time and a part of a pool included', async () => {
  const { ctx, reserve, move, scope } = await scene();
  await rule(db, 'NOTICE', { leastMinutes: null, horizonDays: null, cancelMinutes: 120 }, scope);
  const { id } = await reserve('10:00', '18:00');
  ctx.clock.set('2027-03-02T09:30:00Z');
  expect(codes(await move(id, { endsAt: at('10:01') }))).toEqual(['TOO_LATE']);
  expect(codes(await move(id, { endsAt: at('18:30') }))).toEqual([]);
  // What begins two hours from now can still be used by others.
  expect(codes(await move(id, { endsAt: at('11:30') }))).toEqual([]);

  const chairs = await pool(db, { capacity: 9 });
  await rule(
    db,
    'NOTICE',
    { leastMinutes: null, horizonDays: null, cancelMinutes: 120 },
    { resourceId: chairs.id },
  );
  const some = (quantity: number) => ({ resources: [{ resourceId: chairs.id, quantity }] });
  const taken = await reserve('10:00', '11:00', chairs.id, 5);
  expect(codes(await move(taken.id, some(4)))).toEqual(['TOO_LATE']);
  expect(codes(await move(taken.id, some(6)))).toEqual([]);
});

it('lets a reservation that a closure has kept end earlier or start later, and not go on longer', async () => {
  const { me, reserve, move, scope } = await scene();
  const { id } = await reserve('10:00', '16:00');
  await closure(db, me.id, '2027-03-02T12:00', '2027-03-02T12:30', scope);
  await rule(
    db,
    'OPENING_HOURS',
    { week: [{ days: [2], spans: [{ opens: '09:00', closes: '14:00' }] }], exceptions: [] },
    scope,
  );
  expect(codes(await move(id, { endsAt: at('16:30') }))).toEqual(['OUTSIDE_OPENING_HOURS', 'CLOSED']);
  expect(codes(await move(id, { startsAt: at('09:30') }))).toEqual(['OUTSIDE_OPENING_HOURS', 'CLOSED']);
  const elsewhere = await room(db);
  await closure(db, me.id, '2027-03-02T12:00', '2027-03-02T12:30', { resourceId: elsewhere.id });
  expect(codes(await move(id, { resources: [{ resourceId: elsewhere.id, quantity: 1 }] }))).toEqual([
    'CLOSED',
  ]);
  expect(codes(await move(id, { endsAt: at('15:00') }))).toEqual([]);
  expect(codes(await move(id, { startsAt: at('11:00') }))).toEqual([]);
});

it('counts a moved reservation once against a quota, in the day to which it moves', async () => {
  const { reserve, move, scope } = await scene();
  const quota = { measure: 'COUNT', period: 'DAY', groupId: null, over: 'SCOPE', limit: 1 } as const;
  await rule(db, 'QUOTA', quota, scope);
  const { id } = await reserve('10:00', '11:00');
  expect(codes(await move(id, { startsAt: at('12:00'), endsAt: at('13:00') }))).toEqual([]);
  expect(codes(await move(id, { startsAt: at('12:00', 3), endsAt: at('13:00', 3) }))).toEqual([]);
  await reserve('10:00', '11:00');
  expect(codes(await move(id, { startsAt: at('14:00'), endsAt: at('15:00') }))).toEqual(['QUOTA_EXCEEDED']);
});

it('asks who may use the resource to which it moves, as the owner whoever moves it', async () => {
  const { ctx, reserve, move } = await scene();
  const closed = await room(db);
  const access = { roles: ['MANAGER' as const], groupIds: null, trainingIds: [] };
  await rule(db, 'ACCESS', access, { resourceId: closed.id });
  const { id } = await reserve('10:00', '11:00');
  const to = { resources: [{ resourceId: closed.id, quantity: 1 }] };
  expect(codes(await move(id, to))).toEqual(['NOT_PERMITTED']);
  expect(codes(await move(id, to, testCtx(db, boss.viewer, ctx.clock)))).toEqual(['NOT_PERMITTED']);
});

it('freezes the buffers of the rule at the new place', async () => {
  const { reserve, move, scope, r } = await scene();
  await db.query(
    { name: '', text: 'update resource set setup_minutes = null, teardown_minutes = null where id = $1' },
    [r.id],
  );
  const { id } = await reserve('10:00', '11:00');
  await rule(db, 'BUFFERS', { setupMinutes: 15, teardownMinutes: 30 }, scope);
  const moved = await move(id, { startsAt: at('12:00'), endsAt: at('13:00') });
  const [row] = moved as unknown as { claims: { startsAt: string; endsAt: string }[] }[];
  const [claim] = row?.claims ?? [];
  expect([new Date(claim?.startsAt ?? 0), new Date(claim?.endsAt ?? 0)]).toEqual([at('11:45'), at('13:30')]);
});
