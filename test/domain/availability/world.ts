import fc from 'fast-check';
import type { ViewerCtx } from '../../../src/domain/act.js';
import {
  type CreateReservation,
  createReservation,
} from '../../../src/domain/reservations/create-reservation.js';
import type { Database } from '../../../src/sql/statement.js';
import { statement } from '../../../src/sql/statement.js';
import type { ManualClock } from '../../kit/clock.js';
import { testCtx } from '../../kit/ctx.js';
import type { TestDatabase } from '../../kit/database.js';
import { person } from '../../kit/people.js';
import { closure, rule } from '../../kit/rules.js';
import { place, pool, resourceType, room, type ThingRow } from '../../kit/things.js';

/** A Tuesday; the clock of the tests stands at 08:00 of the day before. */
export const DAY = '2027-03-02';
export const at = (time: string, day = DAY) => new Date(`${day}T${time}:00Z`);
export const plus = (instant: Date, minutes: number) => new Date(instant.getTime() + minutes * 60_000);

/** A reservation that is asked for, confirmed at once. */
export const wishFor = (
  resources: readonly (string | { resourceId: string; quantity: number })[],
  startsAt: Date,
  endsAt: Date,
  more: Partial<CreateReservation> = {},
): CreateReservation => ({
  title: 'Planning',
  details: '',
  window: { startsAt, endsAt },
  resources: resources.map((each) => (typeof each === 'string' ? { resourceId: each, quantity: 1 } : each)),
  holdMs: null,
  ownerId: null,
  idempotencyKey: null,
  dryRun: false,
  ...more,
});

/** Whether a dry run says that it would pass. */
export const wouldPass = async (ctx: ViewerCtx, wish: CreateReservation): Promise<boolean> =>
  'node' in (await createReservation(ctx, { ...wish, dryRun: true }));

/** Reserves, and insists that it works. */
export async function reserve(ctx: ViewerCtx, wish: CreateReservation) {
  const made = await createReservation(ctx, wish);
  if (!('node' in made)) throw new Error(`not reserved: ${JSON.stringify(made)}`);
  return made;
}

const insertPart = statement(
  'kit-part',
  'insert into resource_part (whole_id, part_id, depth) values ($1, $2, 1)',
);

/** Makes the one a part of the other. */
export const divide = (db: Database, wholeId: string, partId: string) =>
  db.query(insertPart, [wholeId, partId]);

/** What varies from one world to the next: rules that stand, and reservations that are there. */
export interface Facts {
  readonly rules: readonly number[];
  readonly taken: readonly { readonly thing: number; readonly from: number; readonly slots: number }[];
}

const KINDS = 9;

export const facts: fc.Arbitrary<Facts> = fc.record({
  rules: fc.uniqueArray(fc.integer({ min: 0, max: KINDS - 1 }), { maxLength: 4 }),
  taken: fc.array(
    fc.record({
      thing: fc.integer({ min: 0, max: 5 }),
      from: fc.integer({ min: 0, max: 11 }),
      slots: fc.integer({ min: 1, max: 4 }),
    }),
    { maxLength: 8 },
  ),
});

export interface World {
  readonly typeId: string;
  readonly ctx: ViewerCtx & { readonly clock: ManualClock };
  /** A whole, its part, two rooms that stand elsewhere, a room of the same size, a pool of three. */
  readonly things: readonly (ThingRow & { readonly seats: number })[];
}

async function writeRules(db: Database, { rules }: Facts, things: readonly ThingRow[], userId: string) {
  const [whole, , elsewhere, , equal] = things as readonly [ThingRow, ThingRow, ThingRow, ThingRow, ThingRow];
  const hours = (opens: string, closes: string) => ({
    week: [{ days: [1, 2, 3, 4, 5, 6, 7], spans: [{ opens, closes }] }],
    exceptions: [],
  });
  const write: (() => Promise<unknown>)[] = [
    () => rule(db, 'OPENING_HOURS', hours('08:30', '13:00')),
    () => rule(db, 'OPENING_HOURS', hours('10:00', '24:00'), { placeId: elsewhere.placeId }),
    () => rule(db, 'BUFFERS', { setupMinutes: 30, teardownMinutes: 15 }, { typeId: whole.typeId }),
    () => rule(db, 'BUFFERS', { setupMinutes: 0, teardownMinutes: 60 }, { placeId: elsewhere.placeId }),
    () => rule(db, 'NOTICE', { leastMinutes: 26 * 60, horizonDays: 30, cancelMinutes: null }),
    () => rule(db, 'GRID', { stepMinutes: 60, startTimes: null }, { resourceId: equal.id }),
    () =>
      rule(
        db,
        'ACCESS',
        { roles: ['MANAGER', 'ADMINISTRATOR'], groupIds: null, trainingIds: [] },
        { placeId: elsewhere.placeId },
      ),
    () =>
      rule(
        db,
        'QUOTA',
        { measure: 'COUNT', period: 'DAY', groupId: null, over: 'SCOPE', limit: 1 },
        { placeId: whole.placeId },
      ),
    () => closure(db, userId, `${DAY}T09:00:00`, `${DAY}T10:15:00`, { placeId: whole.placeId }),
  ];
  for (const index of rules) await write[index]?.();
}

/** Things of a type of their own under these facts, after all rules of earlier worlds have gone. */
export async function world(
  { db, psql }: TestDatabase & { db: Parameters<typeof testCtx>[0] },
  given: Facts,
) {
  await psql('delete from rule');
  await psql('delete from closure');
  const { id: typeId } = await resourceType(db);
  const [here, there] = [await place(db), await place(db)];
  const thing = async (seats: number, placeId: string, setupMinutes = 0) => ({
    ...(await room(db, { typeId, seats, placeId, setupMinutes })),
    seats,
  });
  const things = [
    await thing(12, here.id),
    await thing(6, here.id),
    await thing(8, there.id),
    await thing(8, there.id, 15),
    await thing(6, here.id),
    { ...(await pool(db, { typeId, seats: 6, placeId: here.id, capacity: 3 })), seats: 6 },
  ];
  await divide(db, (things[0] as ThingRow).id, (things[1] as ThingRow).id);
  // Buffers of their own would hide those of the rules.
  await psql(
    'update resource set setup_minutes = nullif(setup_minutes, 0), teardown_minutes = null where type_id = $1',
    [typeId],
  );
  const other = testCtx(db, (await person(db, 'MEMBER')).viewer);
  const ctx = testCtx(db, (await person(db, 'MEMBER')).viewer, other.clock);
  for (const { thing: index, from, slots } of given.taken) {
    const start = plus(at('08:00'), from * 30);
    await createReservation(other, wishFor([(things[index] as ThingRow).id], start, plus(start, slots * 30)));
  }
  await writeRules(db, given, things, ctx.viewer.userId);
  return { typeId, ctx, things } satisfies World;
}

/** Every set of that many. */
export function subsets<T>(all: readonly T[], count: number): T[][] {
  if (count === 0) return [[]];
  return all.flatMap((first, index) =>
    subsets(all.slice(index + 1), count - 1).map((rest) => [first, ...rest]),
  );
}
