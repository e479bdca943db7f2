import fc from 'fast-check';
import { checkIn } from '../../../src/domain/presence/check-in.js';
import { checkOut } from '../../../src/domain/presence/check-out.js';
import { cancelReservation } from '../../../src/domain/reservations/cancel-reservation.js';
import { createReservation } from '../../../src/domain/reservations/create-reservation.js';
import { moveReservations } from '../../../src/domain/reservations/move-reservations.js';
import { readAvailability } from '../../../src/sql/availability/read-availability.js';
import { reservationsByIds } from '../../../src/sql/reservations/read-reservations.js';
import { releaseUnattended } from '../../../src/sweeper/tasks.js';
import { wishFor } from '../../kit/closures.js';
import { testCtx } from '../../kit/ctx.js';
import { useDatabase } from '../../kit/database.js';
import { person } from '../../kit/people.js';
import { mustCheckIn } from '../../kit/presence.js';
import { place, resourceType, room } from '../../kit/things.js';

const { db } = await useDatabase();
const me = testCtx(db, (await person(db)).viewer);
const [type, site] = [await resourceType(db), await place(db)];
const [OPENS, GRACE] = [15, 10];
await mustCheckIn(db, {}, { opensMinutes: OPENS, graceMinutes: GRACE });

const START = Date.parse('2027-03-02T08:00:00Z');
const instant = (minute: number) => new Date(START + minute * 60_000);

/** A reservation as plainly as it can be said, in minutes. */
interface Plain {
  readonly id: string;
  readonly from: number;
  to: number;
  release: number;
  said: 'CONFIRMED' | 'CHECKED_IN' | 'COMPLETED' | 'CANCELLED';
  /** Left before it began. */
  unused: boolean;
}

/** One resource, and what is true of it at each minute. */
class World {
  now = 0;
  readonly all: Plain[] = [];

  stateOf({ said, release, to }: Plain): string {
    if (said === 'CONFIRMED' && this.now >= release) return 'NO_SHOW';
    return said === 'CHECKED_IN' && this.now >= to ? 'COMPLETED' : said;
  }

  busy = () =>
    this.all
      .filter((one) => !one.unused && !['NO_SHOW', 'CANCELLED'].includes(this.stateOf(one)))
      .map(({ from, to }) => [from, to] as const)
      .sort(([a], [b]) => a - b);

  isFree = (from: number, to: number, besides?: Plain) =>
    to > this.now &&
    this.all.every(
      (one) =>
        one === besides ||
        one.unused ||
        ['NO_SHOW', 'CANCELLED'].includes(this.stateOf(one)) ||
        one.to <= from ||
        to <= one.from,
    );

  releaseOf = (from: number, to: number) => Math.min(to, Math.max(from, this.now) + GRACE);
}

type Act = (world: World, resourceId: string) => Promise<void>;
const plain = (id: string) => ({ id, resourceId: null, expectedVersion: null, idempotencyKey: null });
const passed = (result: object) => !('kind' in result);

const wait =
  (minutes: number): Act =>
  async (world) => {
    world.now += minutes;
    me.clock.set(instant(world.now).toISOString());
  };
const sweep = (): Act => async () => {
  await releaseUnattended(me);
};
const reserve =
  (after: number, minutes: number): Act =>
  async (world, resourceId) => {
    const from = world.now + after;
    const to = from + minutes;
    const free = world.isFree(from, to);
    const made = await createReservation(
      me,
      wishFor([resourceId], instant(from).toISOString(), instant(to).toISOString(), { suggests: false }),
    );
    expect(passed(made)).toBe(free);
    if ('kind' in made) return;
    const release = world.releaseOf(from, to);
    world.all.push({ id: made.id, from, to, release, said: 'CONFIRMED', unused: false });
  };

/** Something with one of the reservations, if there is any. */
const on =
  (which: number, act: (world: World, one: Plain) => Promise<void>): Act =>
  async (world) => {
    const one = world.all[which % Math.max(1, world.all.length)];
    if (one) await act(world, one);
  };
const arrive = (which: number) =>
  on(which, async (world, one) => {
    const state = world.stateOf(one);
    const may = state === 'CHECKED_IN' || (state === 'CONFIRMED' && world.now >= one.from - OPENS);
    expect(passed(await checkIn(me, plain(one.id)))).toBe(may);
    if (may) one.said = 'CHECKED_IN';
  });
const leave = (which: number) =>
  on(which, async (world, one) => {
    const may = one.said === 'CHECKED_IN' || one.said === 'COMPLETED';
    expect(passed(await checkOut(me, plain(one.id)))).toBe(may);
    if (one.said !== 'CHECKED_IN') return;
    one.said = 'COMPLETED';
    if (world.now <= one.from) one.unused = true;
    else one.to = Math.min(one.to, world.now);
  });
const stay = (which: number, minutes: number) =>
  on(which, async (world, one) => {
    const state = world.stateOf(one);
    const to = one.to + minutes;
    const may = ['CONFIRMED', 'CHECKED_IN'].includes(state) && world.isFree(one.from, to, one);
    const move = {
      id: one.id,
      expectedVersion: null,
      startsAt: null,
      endsAt: null,
      longerMs: minutes * 60_000,
      resources: null,
    };
    expect(
      Array.isArray(await moveReservations(me, { moves: [move], idempotencyKey: null, dryRun: false })),
    ).toBe(may);
    if (!may) return;
    one.to = to;
    if (state === 'CONFIRMED') one.release = world.releaseOf(one.from, to);
  });
const cancel = (which: number) =>
  on(which, async (world, one) => {
    const may = world.stateOf(one) === 'CONFIRMED';
    expect(passed(await cancelReservation(me, plain(one.id)))).toBe(may);
    if (may) one.said = 'CANCELLED';
  });

async function compare(world: World, resourceId: string): Promise<void> {
  const now = me.clock.fixed();
  const day = { startsAt: instant(-60), endsAt: instant(24 * 60) };
  const [row] = await readAvailability(db, now, [resourceId], day);
  const minute = (ms: number) => (ms - START) / 60_000;
  expect(row?.busy.map(({ startsAt, endsAt }) => [minute(startsAt), minute(endsAt)])).toEqual(world.busy());
  const rows = await reservationsByIds(
    db,
    now,
    world.all.map(({ id }) => id),
  );
  expect(world.all.map(({ id }) => rows.get(id)?.state)).toEqual(world.all.map((one) => world.stateOf(one)));
}

const number = (max: number) => fc.nat({ max });
const act: fc.Arbitrary<Act> = fc.oneof(
  { arbitrary: fc.constantFrom(1, 5, 10, 15, 20).map(wait), weight: 5 },
  {
    arbitrary: fc
      .tuple(fc.constantFrom(-20, -5, 0, 5, 15, 30), fc.constantFrom(5, 10, 20, 45))
      .map(([after, minutes]) => reserve(after, minutes)),
    weight: 5,
  },
  { arbitrary: number(9).map(arrive), weight: 4 },
  { arbitrary: number(9).map(leave), weight: 2 },
  {
    arbitrary: fc
      .tuple(number(9), fc.constantFrom(5, 15, 30))
      .map(([which, minutes]) => stay(which, minutes)),
    weight: 2,
  },
  { arbitrary: number(9).map(cancel), weight: 1 },
  { arbitrary: fc.constant(null).map(sweep), weight: 1 },
);

it('is occupied, released and left as plainly said, whatever people do and whether or not anybody sweeps', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(act, { minLength: 5, maxLength: 30 }), async (acts) => {
      const { id } = await room(db, { typeId: type.id, placeId: site.id });
      const world = new World();
      me.clock.set(instant(0).toISOString());
      for (const each of acts) {
        await each(world, id);
        await compare(world, id);
      }
    }),
    { numRuns: 100 },
  );
}, 120_000);
