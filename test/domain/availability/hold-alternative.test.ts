import { findAlternatives } from '../../../src/domain/availability/alternatives.js';
import { holdAlternative } from '../../../src/domain/availability/hold-alternative.js';
import { createReservation } from '../../../src/domain/reservations/create-reservation.js';
import { ManualClock } from '../../kit/clock.js';
import { testCtx } from '../../kit/ctx.js';
import { useDatabase } from '../../kit/database.js';
import { person } from '../../kit/people.js';
import { place, resourceType, room } from '../../kit/things.js';
import { at, reserve, wishFor } from './world.js';

const { db } = await useDatabase();

/** Somebody who is refused a room, and the token of its equal. */
async function offered() {
  const clock = new ManualClock();
  const { id: typeId } = await resourceType(db);
  const { id: placeId } = await place(db);
  const [taken, equal] = [await room(db, { typeId, placeId }), await room(db, { typeId, placeId })];
  const ctx = testCtx(db, (await person(db)).viewer, clock);
  await reserve(ctx, wishFor([taken.id], at('09:00'), at('10:00')));
  const result = await createReservation(ctx, wishFor([taken.id], at('09:00'), at('10:00')));
  const wish = 'reasons' in result ? result.wish : null;
  const found = await findAlternatives(ctx, wish, { first: 1, attributes: [] });
  const token = ('kind' in found ? null : found[0]?.token) ?? '';
  return { ctx, clock, equal, token };
}

const hold = (
  ctx: Parameters<typeof holdAlternative>[0],
  token: string,
  idempotencyKey: string | null = null,
) => holdAlternative(ctx, { token, title: 'Instead', details: '', idempotencyKey });

it('holds the alternative for 60 seconds, for one of two', async () => {
  const { ctx, clock, equal, token } = await offered();
  const held = await hold(ctx, token);
  expect(held).toMatchObject({
    state: 'HELD',
    title: 'Instead',
    claims: [{ resourceId: equal.id }],
  });
  if (!('node' in held)) throw new Error('not held');
  expect(new Date(held.startsAt)).toEqual(at('09:00'));
  expect(Date.parse(held.expiresAt ?? '')).toBe(clock.now().getTime() + 60_000);
  const other = testCtx(db, ctx.viewer, clock);
  expect(await hold(other, token)).toMatchObject({ reasons: [{ code: 'SLOT_HELD' }] });
  clock.advance(59_999);
  expect(await hold(other, token)).toMatchObject({ reasons: [{ code: 'SLOT_HELD' }] });
  clock.advance(1);
  expect(await hold(other, token)).toMatchObject({ state: 'HELD' });
});

it('gives the first hold again for the same key', async () => {
  const { ctx, token } = await offered();
  const first = await hold(ctx, token, 'once');
  expect(await hold(ctx, token, 'once')).toEqual(first);
});

it('gives somebody else no more than their own request would', async () => {
  const { clock, token } = await offered();
  const stranger = testCtx(db, (await person(db)).viewer, clock);
  expect(await hold(stranger, token)).toMatchObject({ reasons: [{ code: 'NOT_PERMITTED' }] });
});

const made = (parts: unknown) => Buffer.from(JSON.stringify(parts)).toString('base64url');
const ID = '0190a000-0000-7000-8000-000000000001';

it.each([
  ['nothing', ''],
  ['no base64url', '§§§'],
  ['no JSON', Buffer.from('nonsense').toString('base64url')],
  ['another version', made([2, ID, 0, 1, [[ID, 1]]])],
  ['no owner', made([1, 'me', 0, 1, [[ID, 1]]])],
  ['an instant that no calendar has', made([1, ID, 1e300, 1, [[ID, 1]]])],
  ['no resources', made([1, ID, 0, 60_000, []])],
  ['a resource without an id', made([1, ID, 0, 60_000, [['x', 1]]])],
  ['more than a number can count', made([1, ID, 0, 60_000, [[ID, 3_000_000_000]]])],
  ['far too much', made([1, ID, 0, 60_000, Array.from({ length: 500 }, () => [ID, 1])])],
])('takes a token with %s for invalid input', async (_what, token) => {
  const ctx = testCtx(db, (await person(db)).viewer);
  expect(await hold(ctx, token)).toMatchObject({ kind: 'InvalidInput' });
});
