import fc from 'fast-check';
import { cancelReservation } from '../../../src/domain/reservations/cancel-reservation.js';
import { confirmReservation } from '../../../src/domain/reservations/confirm-reservation.js';
import { createReservation } from '../../../src/domain/reservations/create-reservation.js';
import { moveReservations } from '../../../src/domain/reservations/move-reservations.js';
import { testCtx } from '../../kit/ctx.js';
import { useDatabase } from '../../kit/database.js';
import { person } from '../../kit/people.js';
import { pool, room } from '../../kit/things.js';

const { db, psql } = await useDatabase();
const NOON = Date.parse('2027-03-02T12:00:00Z');
const SLOT = 15 * 60_000;

type Step =
  | { act: 'create' | 'hold'; resource: number; from: number; slots: number; quantity: number }
  | { act: 'confirm' | 'cancel'; which: number }
  | { act: 'move'; which: number; from: number; slots: number }
  | { act: 'wait'; minutes: number };

const from = fc.integer({ min: 0, max: 12 });
const slots = fc.integer({ min: 1, max: 4 });
const which = fc.integer({ min: 0, max: 30 });
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({
    act: fc.constantFrom('create' as const, 'hold' as const),
    resource: fc.integer({ min: 0, max: 2 }),
    from,
    slots,
    quantity: fc.integer({ min: 1, max: 3 }),
  }),
  fc.record({ act: fc.constantFrom('confirm' as const, 'cancel' as const), which }),
  fc.record({ act: fc.constant('move' as const), which, from, slots }),
  fc.record({ act: fc.constant('wait' as const), minutes: fc.integer({ min: 1, max: 8 }) }),
);

interface Thing {
  readonly id: string;
  readonly capacity: number;
  /** Buffers in slots. */
  readonly before: number;
  readonly after: number;
}

interface Mine {
  readonly id: string;
  readonly thing: Thing;
  readonly quantity: number;
  from: number;
  slots: number;
  /** Infinity once confirmed, 0 once cancelled. */
  until: number;
}

/** The simplest thing that can be right: count what is in use in every quarter of an hour. */
function fits(
  all: readonly Mine[],
  thing: Thing,
  start: number,
  length: number,
  quantity: number,
  now: number,
  but?: Mine,
): boolean {
  if (quantity > thing.capacity) return false;
  for (let slot = start - thing.before; slot < start + length + thing.after; slot++) {
    const used = all
      .filter((mine) => mine !== but && mine.thing === thing && mine.until > now)
      .filter((mine) => slot >= mine.from - thing.before && slot < mine.from + mine.slots + thing.after)
      .reduce((sum, mine) => sum + mine.quantity, 0);
    if (used + quantity > thing.capacity) return false;
  }
  return true;
}

const window = (start: number, length: number) => ({
  startsAt: new Date(NOON + start * SLOT),
  endsAt: new Date(NOON + (start + length) * SLOT),
});

async function follow(steps: readonly Step[]): Promise<void> {
  const ctx = testCtx(db, (await person(db)).viewer);
  const buffered = await room(db, { setupMinutes: 15, teardownMinutes: 30 });
  const things: Thing[] = [
    { id: (await room(db)).id, capacity: 1, before: 0, after: 0 },
    { id: buffered.id, capacity: 1, before: 1, after: 2 },
    { id: (await pool(db, { capacity: 3 })).id, capacity: 3, before: 0, after: 0 },
  ];
  const all: Mine[] = [];
  const now = () => ctx.clock.now().getTime();
  const existing = (id: string) => ({ id, expectedVersion: null, idempotencyKey: null });
  for (const each of steps) {
    if (each.act === 'wait') ctx.clock.advance(each.minutes * 60_000);
    else if ('resource' in each) {
      const thing = things[each.resource] as Thing;
      const holdMs = each.act === 'hold' ? 300_000 : null;
      const resources = [{ resourceId: thing.id, quantity: each.quantity }];
      const input = {
        title: 'x',
        details: '',
        window: window(each.from, each.slots),
        resources,
        holdMs,
        ownerId: null,
        idempotencyKey: null,
      };
      const rehearsed = await createReservation(ctx, { ...input, dryRun: true });
      const made = await createReservation(ctx, { ...input, dryRun: false });
      const expected = fits(all, thing, each.from, each.slots, each.quantity, now());
      expect('node' in made).toBe(expected);
      // D1: the dry run gives the very object, but for the id that names nothing.
      expect(normal(rehearsed)).toEqual(normal(made));
      if ('node' in made) {
        const until = holdMs === null ? Number.POSITIVE_INFINITY : now() + holdMs;
        all.push({ id: made.id, thing, quantity: each.quantity, from: each.from, slots: each.slots, until });
      }
    } else if (all.length > 0) {
      const mine = all[each.which % all.length] as Mine;
      const held = Number.isFinite(mine.until);
      if ('from' in each) {
        const { startsAt, endsAt } = window(each.from, each.slots);
        const moves = [{ id: mine.id, expectedVersion: null, startsAt, endsAt, resources: null }];
        const done = await moveReservations(ctx, { moves, idempotencyKey: null, dryRun: false });
        const expected =
          mine.until > now() && fits(all, mine.thing, each.from, each.slots, mine.quantity, now(), mine);
        expect(Array.isArray(done)).toBe(expected);
        if (Array.isArray(done)) Object.assign(mine, { from: each.from, slots: each.slots });
      } else if (each.act === 'confirm') {
        const done = await confirmReservation(ctx, existing(mine.id));
        expect('node' in done).toBe(held && mine.until > now());
        if ('node' in done) mine.until = Number.POSITIVE_INFINITY;
      } else {
        const done = await cancelReservation(ctx, existing(mine.id));
        expect('node' in done).toBe(mine.until > now());
        if ('node' in done) mine.until = 0;
      }
    }
  }
}

const normal = (result: object) => {
  const text = JSON.stringify(result, (key, value) => {
    if (key === 'id' && 'node' in result) return undefined;
    return typeof value === 'string' && /^\d{4}-\d\d-\d\d[T ]/.test(value)
      ? new Date(value).toISOString()
      : value;
  });
  return JSON.parse(text);
};

it('judges any sequence of acts as a count of every quarter of an hour does, on rooms with buffers and pools', async () => {
  await fc.assert(fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 30 }), follow), { numRuns: 60 });
  const [row] = await psql<{ overlaps: string }>(
    `select count(*) as overlaps from claim a join claim b on a.resource_id = b.resource_id and a.reservation_id < b.reservation_id
     where a.occupies and b.occupies and not a.pooled and a.occupied && b.occupied`,
  );
  expect(row?.overlaps).toBe('0');
}, 90_000);
