import { cancelReservation } from '../../../src/domain/reservations/cancel-reservation.js';
import { confirmReservation } from '../../../src/domain/reservations/confirm-reservation.js';
import {
  type CreateReservation,
  createReservation,
} from '../../../src/domain/reservations/create-reservation.js';
import { testCtx } from '../../kit/ctx.js';
import { useDatabase } from '../../kit/database.js';
import { person } from '../../kit/people.js';
import { pool, room } from '../../kit/things.js';

const { db, psql } = await useDatabase();

const at = (time: string) => new Date(`2027-03-02T${time}:00Z`);
const wish = (
  resourceId: string,
  from: string,
  to: string,
  more: Partial<CreateReservation> = {},
): CreateReservation => ({
  title: 'Planning',
  details: '',
  window: { startsAt: at(from), endsAt: at(to) },
  resources: [{ resourceId, quantity: 1 }],
  holdMs: null,
  ownerId: null,
  idempotencyKey: null,
  dryRun: false,
  ...more,
});
const codes = (result: object) =>
  'reasons' in result ? (result.reasons as { code: string }[]).map((r) => r.code) : result;

it('confirms a free window and numbers the change in the stream', async () => {
  const [me, r] = [await person(db), await room(db)];
  const ctx = testCtx(db, me.viewer);
  const made = await createReservation(ctx, wish(r.id, '09:00', '10:00'));
  expect(made).toMatchObject({ node: 'Reservation', state: 'CONFIRMED', version: 1, ownerId: me.id });
  const [change] = await psql(
    'select version, freed, taken, taken_until from outbox where resource_id = $1',
    [r.id],
  );
  expect(change).toMatchObject({ version: '1', freed: null, taken_until: Infinity });
});

it('refuses a hold that overlaps a confirmed reservation by one minute, and names what would pass', async () => {
  const [me, r] = [await person(db), await room(db)];
  const ctx = testCtx(db, me.viewer);
  await createReservation(ctx, wish(r.id, '09:00', '10:00'));
  const refused = await createReservation(ctx, wish(r.id, '09:59', '11:00', { holdMs: 60_000 }));
  expect(codes(refused)).toEqual(['SLOT_TAKEN']);
  expect(refused).toMatchObject({
    reasons: [{ earliestStart: '2027-03-02T10:00:00.000Z', latestEnd: null }],
  });
  expect(codes(await createReservation(ctx, wish(r.id, '10:00', '11:00')))).toMatchObject({
    state: 'CONFIRMED',
  });
});

it('takes a window over from a hold at the instant of its expiry, and refuses its confirmation', async () => {
  const [me, r] = [await person(db), await room(db)];
  const ctx = testCtx(db, me.viewer);
  const held = await createReservation(ctx, wish(r.id, '09:00', '10:00', { holdMs: 60_000 }));
  if (!('node' in held)) throw new Error('not held');
  expect(codes(await createReservation(ctx, wish(r.id, '09:00', '10:00')))).toEqual(['SLOT_HELD']);
  ctx.clock.advance(60_000);
  expect(codes(await createReservation(ctx, wish(r.id, '09:00', '10:00')))).toMatchObject({
    state: 'CONFIRMED',
  });
  expect(
    codes(await confirmReservation(ctx, { id: held.id, expectedVersion: null, idempotencyKey: null })),
  ).toEqual(['HOLD_EXPIRED']);
});

it('accepts into a pool exactly what fits at every instant', async () => {
  const [me, p] = [await person(db), await pool(db, { capacity: 2 })];
  const ctx = testCtx(db, me.viewer);
  for (const [from, to] of [
    ['10:00', '12:00'],
    ['11:00', '13:00'],
    ['14:00', '16:00'],
    ['15:00', '17:00'],
    ['12:00', '15:00'],
  ] as const) {
    expect(codes(await createReservation(ctx, wish(p.id, from, to)))).toMatchObject({ state: 'CONFIRMED' });
  }
  const refused = await createReservation(ctx, wish(p.id, '11:30', '12:30'));
  expect(codes(refused)).toEqual(['CAPACITY_EXCEEDED']);
  expect(refused).toMatchObject({ reasons: [{ freeQuantity: 0 }] });
});

it('answers the same key with the first answer, and another payload with a refusal', async () => {
  const [me, r] = [await person(db), await room(db)];
  const ctx = testCtx(db, me.viewer);
  const first = await createReservation(ctx, wish(r.id, '09:00', '10:00', { idempotencyKey: 'k' }));
  expect(await createReservation(ctx, wish(r.id, '09:00', '10:00', { idempotencyKey: 'k' }))).toEqual(first);
  expect(await createReservation(ctx, wish(r.id, '12:00', '13:00', { idempotencyKey: 'k' }))).toMatchObject({
    kind: 'IdempotencyKeyReused',
  });
});

it('frees at once what is cancelled', async () => {
  const [me, r] = [await person(db), await room(db)];
  const ctx = testCtx(db, me.viewer);
  const made = await createReservation(ctx, wish(r.id, '09:00', '10:00'));
  if (!('node' in made)) throw new Error('not made');
  expect(
    await cancelReservation(ctx, { id: made.id, expectedVersion: 1, idempotencyKey: null }),
  ).toMatchObject({ state: 'CANCELLED', version: 2 });
  expect(codes(await createReservation(ctx, wish(r.id, '09:00', '10:00')))).toMatchObject({
    state: 'CONFIRMED',
  });
});
