import fc from 'fast-check';
import { type FindWindows, findWindows } from '../../../src/domain/availability/find-windows.js';
import { stepsBetween } from '../../../src/domain/time/wall-step.js';
import { testCtx } from '../../kit/ctx.js';
import { useDatabase } from '../../kit/database.js';
import { person } from '../../kit/people.js';
import { rule } from '../../kit/rules.js';
import { place, resourceType, room } from '../../kit/things.js';
import { counting } from './counting.js';
import { at, facts, plus, reserve, subsets, type World, wishFor, world, wouldPass } from './world.js';

const database = await useDatabase();
const { db, psql } = database;

const input = (more: Partial<FindWindows>): FindWindows => ({
  within: { startsAt: at('08:00'), endsAt: at('14:00') },
  minutes: 90,
  needs: [],
  stepMinutes: 30,
  near: null,
  first: 50,
  perStart: 1,
  ...more,
});

async function found(ctx: World['ctx'], wish: FindWindows) {
  const answers = await findWindows(ctx, wish);
  if ('kind' in answers) throw new Error(answers.message);
  return answers;
}

/** The best set at a start, by asking a dry run for each. */
async function bestByHand({ ctx, things }: World, start: Date, count: number, seats: number) {
  const passing = [];
  const [whole, part] = things;
  for (const set of subsets(
    things.filter((thing) => thing.seats >= seats),
    count,
  )) {
    if (set.some((thing) => thing === whole) && set.some((thing) => thing === part)) continue;
    const wish = wishFor(
      set.map(({ id }) => id),
      start,
      plus(start, 90),
    );
    if (!(await wouldPass(ctx, wish))) continue;
    const spare = set.reduce((sum, thing) => sum + thing.seats - seats, 0);
    passing.push({ spare, places: new Set(set.map(({ placeId }) => placeId)).size });
  }
  return passing.sort((a, b) => a.spare - b.spare || a.places - b.places)[0] ?? null;
}

it('finds at every start what dry runs of each start and set of resources find, and no worse set', async () => {
  await fc.assert(
    fc.asyncProperty(facts, fc.constantFrom(1, 2, 3), fc.constantFrom(6, 8), async (given, count, seats) => {
      const made = await world(database, given);
      const filter = { typeIds: [made.typeId], seatsAtLeast: seats };
      const answers = await found(made.ctx, input({ needs: [{ filter, count, quantity: 1 }] }));
      const byHand = [];
      for (const ms of stepsBetween(at('08:00').getTime(), at('12:30').getTime(), 30, 'UTC')) {
        const best = await bestByHand(made, new Date(ms), count, seats);
        if (best) byHand.push({ start: ms, ...best });
      }
      expect(
        answers.map(({ window, spareSeats, places }) => ({
          start: +window.startsAt,
          spare: spareSeats,
          places,
        })),
      ).toEqual(byHand);
      for (const { window, picks } of answers) {
        expect(await wouldPass(made.ctx, wishFor(picks.flat(), window.startsAt, window.endsAt))).toBe(true);
      }
    }),
    { numRuns: 40 },
  );
}, 120_000);

/** Rooms of one type by their seats, at one site unless others are named. */
async function rooms(...seats: (number | [seats: number, placeId: string])[]) {
  const { id: typeId } = await resourceType(db);
  const here = (await place(db)).id;
  const made = [];
  for (const each of seats) {
    const [count, placeId] = Array.isArray(each) ? each : [each, here];
    made.push(await room(db, { typeId, seats: count, placeId, name: `Room ${made.length}` }));
  }
  const ctx = testCtx(db, (await person(db)).viewer);
  const need = (count: number, seatsAtLeast?: number) => ({
    filter: { typeIds: [typeId], seatsAtLeast },
    count,
    quantity: 1,
  });
  return { ctx, need, typeId, ids: made.map(({ id }) => id) };
}

const starts = (answers: readonly { window: { startsAt: Date } }[]) =>
  answers.map(({ window }) => window.startsAt.toISOString().slice(11, 16));

describe('without rules', () => {
  beforeEach(() => psql('delete from rule; delete from closure'));

  it('starts with the earliest, or with those nearest to an instant', async () => {
    const { ctx, need, ids } = await rooms(8);
    await reserve(ctx, wishFor(ids, at('10:00'), at('11:00')));
    const earliest = await found(ctx, input({ needs: [need(1)], minutes: 60 }));
    expect(starts(earliest)).toEqual([
      '08:00',
      '08:30',
      '09:00',
      '11:00',
      '11:30',
      '12:00',
      '12:30',
      '13:00',
    ]);
    const near = await found(ctx, input({ needs: [need(1)], minutes: 60, near: at('10:15'), first: 3 }));
    expect(starts(near)).toEqual(['11:00', '09:00', '11:30']);
    expect(near.map(({ distanceMinutes }) => distanceMinutes)).toEqual([45, 75, 75]);
  });

  it('names several sets for one start where that is asked for, with the fewest spare seats first', async () => {
    const { ctx, need, ids } = await rooms(12, 8, 10, 4);
    const [twelve, eight, ten] = ids;
    const wish = input({ needs: [need(2, 8)], first: 3, perStart: 3 });
    const answers = await found(ctx, wish);
    expect(starts(answers)).toEqual(['08:00', '08:00', '08:00']);
    expect(answers.map(({ picks }) => picks)).toEqual([[[eight, ten]], [[eight, twelve]], [[ten, twelve]]]);
    expect(answers.map(({ spareSeats }) => spareSeats)).toEqual([2, 4, 6]);
  });

  it('puts resources in the same place together before it goes by name', async () => {
    const there = (await place(db)).id;
    const { ctx, need, ids } = await rooms(8, [8, there], [8, there]);
    const [answer] = await found(ctx, input({ needs: [need(2, 8)], first: 1 }));
    expect(answer).toMatchObject({ picks: [[ids[1], ids[2]]], places: 1 });
  });

  it('gives each need its own resource, the choosy ones first', async () => {
    const { ctx, need, ids } = await rooms(8, 30);
    const [answer] = await found(ctx, input({ needs: [need(1), need(1, 20)], first: 1 }));
    expect(answer?.picks).toEqual([[ids[0]], [ids[1]]]);
    expect(await found(ctx, input({ needs: [need(1, 20), need(1, 25)] }))).toEqual([]);
  });

  it('starts every quarter of an hour, or as the grid rules ask for', async () => {
    const { ctx, need, typeId } = await rooms(8);
    const wish = input({
      needs: [need(1)],
      stepMinutes: null,
      within: { startsAt: at('08:07'), endsAt: at('10:40') },
    });
    expect(starts(await found(ctx, wish))).toEqual(['08:15', '08:30', '08:45', '09:00']);
    await rule(db, 'GRID', { stepMinutes: null, startTimes: ['08:20', '09:10'] }, { typeId });
    expect(starts(await found(ctx, wish))).toEqual(['08:20', '09:10']);
    await psql('delete from rule where type_id = $1', [typeId]);
    await rule(db, 'GRID', { stepMinutes: 20, startTimes: null }, { typeId });
    expect(starts(await found(ctx, { ...wish, minutes: 80 }))).toEqual(['08:20', '08:40', '09:00', '09:20']);
  });

  it('looks at nothing that has begun', async () => {
    const { ctx, need } = await rooms(8);
    ctx.clock.set(at('09:10').toISOString());
    expect(starts(await found(ctx, input({ needs: [need(1)], first: 1 })))).toEqual(['09:30']);
  });

  it('asks two statements, however many starts and resources there are', async () => {
    const { ctx, need } = await rooms(...Array.from({ length: 30 }, () => 8));
    const counted = counting(db);
    const wish = input({
      needs: [need(3, 8), need(2)],
      within: { startsAt: at('00:00'), endsAt: at('00:00', '2027-03-16') },
    });
    await found({ ...ctx, db: counted.db }, wish);
    counted.asked.length = 0;
    expect(await found({ ...ctx, db: counted.db }, wish)).toHaveLength(50);
    expect(counted.asked.map((name) => name.replace(/-[0-9a-f]{16}$/, ''))).toEqual([
      'candidates',
      'read-outlook',
    ]);
  });

  it.each([
    ['more than 14 days', { within: { startsAt: at('08:00'), endsAt: at('08:01', '2027-03-16') } }],
    ['no time at all', { minutes: 0 }],
    ['no needs', { needs: [] }],
    ['eleven resources', { needs: [{ filter: {}, count: 11, quantity: 1 }] }],
    ['none of a pool', { needs: [{ filter: {}, count: 1, quantity: 0 }] }],
    ['starts a minute apart', { stepMinutes: 1 }],
    ['51 answers', { first: 51 }],
    ['11 sets for one start', { perStart: 11 }],
  ])('refuses to look for %s', async (_what, more) => {
    const { ctx, need } = await rooms(8);
    expect(await findWindows(ctx, input({ needs: [need(1)], ...more }))).toMatchObject({
      kind: 'InvalidInput',
    });
  });
});
