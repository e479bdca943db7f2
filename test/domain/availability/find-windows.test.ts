import fc from 'fast-check';
import { type FindWindows, findWindows } from '../../../src/domain/availability/find-windows.js';
import { stepsBetween } from '../../../src/domain/time/wall-step.js';
import { useDatabase } from '../../kit/database.js';
import { at, facts, plus, subsets, type World, wishFor, world, wouldPass } from './world.js';

const database = await useDatabase();

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
