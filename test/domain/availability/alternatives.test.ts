import fc from 'fast-check';
import type { ViewerCtx } from '../../../src/domain/act.js';
import { type Alternative, findAlternatives } from '../../../src/domain/availability/alternatives.js';
import type { ReservationRefused } from '../../../src/domain/decisions/reason.js';
import { createReservation } from '../../../src/domain/reservations/create-reservation.js';
import { moveReservations } from '../../../src/domain/reservations/move-reservations.js';
import { testCtx } from '../../kit/ctx.js';
import { useDatabase } from '../../kit/database.js';
import { person } from '../../kit/people.js';
import { rule } from '../../kit/rules.js';
import { place, pool, resourceType, room } from '../../kit/things.js';
import { counting } from './counting.js';
import { at, divide, facts, plus, reserve, wishFor, world, wouldPass } from './world.js';

const database = await useDatabase();
const { db, psql } = database;

beforeEach(() => psql('delete from rule; delete from closure'));

const refusal = (result: object): ReservationRefused => {
  if (!('reasons' in result)) throw new Error(`not refused: ${JSON.stringify(result)}`);
  return result as ReservationRefused;
};

async function alternatives(
  ctx: ViewerCtx,
  result: object,
  more: { first?: number; attributes?: string[] } = {},
): Promise<Alternative[]> {
  const found = await findAlternatives(ctx, refusal(result).wish, { first: 5, attributes: [], ...more });
  if ('kind' in found) throw new Error(found.message);
  return found;
}

/** Names and starts, to read an answer at a glance. */
const told = (found: readonly Alternative[], names: Record<string, string>) =>
  found.map(({ resources, window, spareSeats }) => {
    const start = window.startsAt.toISOString().slice(11, 16);
    return `${resources.map(({ resourceId }) => names[resourceId]).join('+')} ${start} ${spareSeats}`;
  });

/** Rooms of one type by name and seats, of which the first is taken from 9 to 11. */
async function rooms<Name extends string>(
  seats: Record<Name, number>,
  attributes: Partial<Record<Name, Record<string, unknown>>> = {},
) {
  const { id: typeId } = await resourceType(db);
  const { id: placeId } = await place(db);
  const ids = {} as Record<Name, string>;
  for (const [name, count] of Object.entries(seats) as [Name, number][]) {
    ids[name] = (
      await room(db, { name, typeId, placeId, seats: count, attributes: attributes[name] ?? {} })
    ).id;
  }
  const ctx = testCtx(db, (await person(db)).viewer);
  const first = Object.values<string>(ids)[0] as string;
  await reserve(ctx, wishFor([first], at('09:00'), at('11:00')));
  const names = Object.fromEntries(Object.entries<string>(ids).map(([name, id]) => [id, name]));
  return { ids, names, first, ctx, typeId, placeId };
}

it('offers only what a dry run of the same viewer accepts, and the nearest start of every resource', async () => {
  await fc.assert(
    fc.asyncProperty(
      facts,
      fc.integer({ min: 0, max: 5 }),
      fc.integer({ min: 0, max: 10 }),
      fc.integer({ min: 1, max: 4 }),
      async (given, thing, from, slots) => {
        const { ctx, things } = await world(database, given);
        const start = plus(at('08:00'), from * 30);
        const wish = wishFor([things[thing]?.id ?? ''], start, plus(start, slots * 30));
        const result = await createReservation(ctx, { ...wish, dryRun: true });
        if (!('reasons' in result)) return;
        const found = await alternatives(ctx, result, { first: 20 });
        for (const { window, resources } of found) {
          expect(await wouldPass(ctx, wishFor(resources, window.startsAt, window.endsAt))).toBe(true);
        }
        const distances = found.map(({ distanceMinutes }) => distanceMinutes);
        expect(distances).toEqual(distances.toSorted((a, b) => a - b));
        const ids = found.flatMap(({ resources }) => resources.map(({ resourceId }) => resourceId));
        expect(new Set(ids).size).toBe(ids.length);
        for (const { id } of things) {
          const offered = found.find(({ resources }) => resources[0]?.resourceId === id);
          for (let step = -8; step <= 8 && offered; step++) {
            const near = plus(start, step * 15);
            if (Math.abs(step * 15) >= offered.distanceMinutes || near < ctx.clock.now()) continue;
            expect(await wouldPass(ctx, wishFor([id], near, plus(near, slots * 30)))).toBe(false);
          }
        }
      },
    ),
    { numRuns: 40 },
  );
}, 120_000);

it('orders by the distance from the wish, then by the fewest spare seats', async () => {
  const { ids, names, first, ctx } = await rooms({ A: 8, Hall: 30, B: 10, C: 8, Nook: 4 });
  await reserve(ctx, wishFor([ids.C], at('08:45'), at('10:15')));
  const result = await createReservation(ctx, wishFor([first], at('09:30'), at('10:30')));
  const found = await alternatives(ctx, result);
  expect(told(found, names)).toEqual(['B 09:30 2', 'Hall 09:30 22', 'C 10:15 0', 'A 08:00 0']);
  expect(found.map(({ distanceMinutes }) => distanceMinutes)).toEqual([0, 0, 45, 90]);
  expect(await alternatives(ctx, result, { first: 1 })).toHaveLength(1);
});

it('offers no other type, no smaller room, nothing in maintenance, and the same attributes where they are asked for', async () => {
  const { ids, names, first, ctx, placeId } = await rooms(
    { A: 8, B: 8, C: 8, D: 8 },
    {
      A: { beamer: true, floor: 2 },
      B: { beamer: true, floor: 3 },
      C: { floor: 2 },
      D: { beamer: true, floor: 2 },
    },
  );
  await room(db, { placeId, seats: 8 });
  await psql(`update resource set status = 'MAINTENANCE' where id = $1`, [ids.D]);
  const result = await createReservation(ctx, wishFor([first], at('09:00'), at('10:00')));
  const equals = async (...attributes: string[]) =>
    told(await alternatives(ctx, result, { attributes }), names);
  expect(await equals()).toEqual(['B 09:00 0', 'C 09:00 0', 'A 08:00 0']);
  expect(await equals('beamer')).toEqual(['B 09:00 0', 'A 08:00 0']);
  expect(await equals('beamer', 'floor')).toEqual(['A 08:00 0']);
});

it('keeps to the rules of each resource, and to the quotas of the owner', async () => {
  const { ids, names, first, ctx, typeId } = await rooms({ A: 8, B: 8, C: 8 });
  const admins = { roles: ['ADMINISTRATOR' as const], groupIds: null, trainingIds: [] };
  await rule(db, 'ACCESS', admins, { resourceId: ids.B });
  await rule(db, 'BUFFERS', { setupMinutes: 30, teardownMinutes: 0 }, { resourceId: ids.C });
  await psql('update resource set setup_minutes = null where type_id = $1', [typeId]);
  await reserve(ctx, wishFor([ids.C], at('08:00'), at('09:00')));
  const result = await createReservation(ctx, wishFor([first], at('09:00'), at('10:00')));
  expect(told(await alternatives(ctx, result), names)).toEqual(['C 09:30 0', 'A 08:00 0']);
  const perDay = {
    measure: 'COUNT' as const,
    period: 'DAY' as const,
    groupId: null,
    over: 'SCOPE' as const,
    limit: 2,
  };
  await rule(db, 'QUOTA', perDay, { typeId });
  const nextDays = await alternatives(ctx, result);
  const days = nextDays.map(({ window }) => window.startsAt.toISOString().slice(0, 10));
  // Both of the day are used up; the evening before is nearer than the morning after.
  expect(days).toEqual(['2027-03-01', '2027-03-01']);
});

it('offers for a set of resources the set at another time, and equals for what is taken of it', async () => {
  const { ids, names, first, ctx } = await rooms({ A: 8, B: 8, C: 10, D: 12 });
  const result = await createReservation(ctx, wishFor([first, ids.D], at('09:00'), at('10:00')));
  expect(told(await alternatives(ctx, result), names)).toEqual(['B+D 09:00 0', 'C+D 09:00 2', 'A+D 08:00 0']);
});

it('never puts a whole and its part into one set', async () => {
  const { ids, names, first, ctx } = await rooms({ A: 8, Part: 8, Whole: 8, B: 8 });
  await divide(db, ids.Whole, ids.Part);
  const result = await createReservation(ctx, wishFor([first, ids.Part], at('09:00'), at('10:00')));
  expect(told(await alternatives(ctx, result), names)).toEqual(['B+Part 09:00 0', 'A+Part 08:00 0']);
});

it('offers pools with enough left of them', async () => {
  const { id: typeId } = await resourceType(db);
  const { id: placeId } = await place(db);
  const small = await pool(db, { typeId, placeId, name: 'Small', capacity: 3 });
  const large = await pool(db, { typeId, placeId, name: 'Large', capacity: 6 });
  const tiny = await pool(db, { typeId, placeId, name: 'Tiny', capacity: 2 });
  // At another site it would help nobody.
  await pool(db, { typeId, name: 'Far', capacity: 6 });
  const ctx = testCtx(db, (await person(db)).viewer);
  const of = (resourceId: string, quantity: number) => [{ resourceId, quantity }];
  await reserve(ctx, wishFor(of(small.id, 1), at('09:00'), at('10:00')));
  await reserve(ctx, wishFor(of(large.id, 4), at('09:00'), at('09:30')));
  const result = await createReservation(ctx, wishFor(of(small.id, 3), at('09:00'), at('10:00')));
  const names = { [small.id]: 'Small', [large.id]: 'Large', [tiny.id]: 'Tiny' };
  const found = await alternatives(ctx, result);
  expect(told(found, names)).toEqual(['Large 09:30 0', 'Small 08:00 0']);
  expect(found[0]?.resources).toEqual(of(large.id, 3));
});

it('offers the same for a dry run and a real call, and for a move what the move itself would accept', async () => {
  const { ids, names, first, ctx } = await rooms({ A: 8, B: 8 });
  const mine = await reserve(ctx, wishFor([ids.B], at('13:00'), at('14:00')));
  const wish = wishFor([first], at('10:00'), at('11:00'));
  const real = await createReservation(ctx, wish);
  expect(await createReservation(ctx, { ...wish, dryRun: true })).toEqual(real);
  const move = (startsAt: Date, endsAt: Date, resourceId: string) =>
    moveReservations(ctx, {
      moves: [
        { id: mine.id, expectedVersion: null, startsAt, endsAt, resources: [{ resourceId, quantity: 1 }] },
      ],
      idempotencyKey: null,
      dryRun: true,
    });
  const found = await alternatives(ctx, await move(at('10:00'), at('14:00'), first));
  // Its own old place does not stand in the way.
  expect(told(found, names)).toEqual(['B 10:00 0', 'A 11:00 0']);
  for (const { window, resources, token } of found) {
    expect(token).toBeNull();
    expect(await move(window.startsAt, window.endsAt, resources[0]?.resourceId ?? '')).toHaveLength(1);
  }
});

it('offers nothing where nothing else would help', async () => {
  const { ids, first, ctx } = await rooms({ A: 8, B: 8 });
  const other = await person(db);
  const behalf = { ownerId: other.id };
  expect(
    await alternatives(ctx, await createReservation(ctx, wishFor([first], at('12:00'), at('13:00'), behalf))),
  ).toEqual([]);
  expect(
    await alternatives(ctx, await createReservation(ctx, wishFor([first], at('13:00'), at('12:00')))),
  ).toEqual([]);
  const guest = testCtx(db, (await person(db, 'GUEST')).viewer);
  expect(
    await alternatives(guest, await createReservation(guest, wishFor([ids.B], at('12:00'), at('13:00')))),
  ).toEqual([]);
});

it('asks at most four statements, with rules about people and quotas too', async () => {
  const { first, typeId, ctx } = await rooms({ A: 8, B: 8, C: 8 });
  const counted = counting(db);
  const asking = { ...ctx, db: counted.db };
  const wish = wishFor([first], at('09:00'), at('10:00'));
  const result = await createReservation(asking, wish);
  counted.asked.length = 0;
  await alternatives(asking, result);
  expect(counted.asked).toEqual(['equivalent-resources', 'read-outlook']);
  await rule(db, 'ACCESS', { roles: ['MEMBER'], groupIds: [], trainingIds: [] }, { typeId });
  const quota = {
    measure: 'COUNT' as const,
    period: 'ISO_WEEK' as const,
    groupId: null,
    over: 'RESOURCE' as const,
    limit: 9,
  };
  await rule(db, 'QUOTA', quota, { typeId });
  const under = await createReservation(asking, wish);
  counted.asked.length = 0;
  expect(await alternatives(asking, under)).toHaveLength(3);
  expect(counted.asked).toEqual(['equivalent-resources', 'read-outlook', 'read-people', 'read-usage']);
});
