import { createSeries } from '../../../src/domain/series/create-series.js';
import { testCtx } from '../../kit/ctx.js';
import { useDatabase } from '../../kit/database.js';
import { person } from '../../kit/people.js';
import { rule } from '../../kit/rules.js';
import { place, pool, resourceType, room } from '../../kit/things.js';
import { codes, counting, made, outcomes, SUBSTITUTE, wanted } from './series-kit.js';

const { db } = await useDatabase();

/** A floor with the wanted room, and a ctx of somebody who reserves there. */
async function house() {
  const site = await place(db);
  const floor = await place(db, { kind: 'FLOOR', parentId: site.id });
  const type = await resourceType(db);
  const facts = { typeId: type.id, placeId: floor.id, seats: 6 };
  const first = await room(db, { ...facts, attributes: { screen: true } });
  return { site, floor, facts, first, ctx: testCtx(db, (await person(db)).viewer) };
}

/** Somebody takes that room for a few days from that day on. */
async function taken(resourceId: string, startsLocal: string, days: number) {
  const ctx = testCtx(db, (await person(db)).viewer);
  const series = { startsLocal: `${startsLocal}T09:30`, endsLocal: `${startsLocal}T11:00` };
  made(await createSeries(ctx, wanted([resourceId], { ...series, rrule: `FREQ=DAILY;COUNT=${days}` })));
}

it('takes the nearest equivalent room for the clashing dates only, the fewest spare seats first', async () => {
  const { site, facts, first, ctx } = await house();
  await room(db, { ...facts, seats: 4 });
  await room(db, { ...facts, typeId: (await resourceType(db)).id });
  await pool(db, { ...facts, capacity: 5 });
  const large = await room(db, { ...facts, seats: 20 });
  const near = await room(db, { ...facts, seats: 8 });
  const other = await place(db, { kind: 'FLOOR', parentId: site.id });
  const far = await room(db, { ...facts, placeId: other.id });
  await taken(first.id, '2027-03-03', 3);
  await taken(near.id, '2027-03-04', 2);
  await taken(large.id, '2027-03-05', 1);
  const report = made(await createSeries(ctx, wanted([first.id], { mode: SUBSTITUTE })));
  expect(report.occurrences.map(({ outcome }) => outcome).join(' ')).toBe(
    'RESERVED SUBSTITUTED SUBSTITUTED SUBSTITUTED RESERVED',
  );
  expect(report.occurrences.flatMap(({ substitutes }) => substitutes)).toEqual([
    { wantedId: first.id, resourceId: near.id },
    { wantedId: first.id, resourceId: large.id },
    { wantedId: first.id, resourceId: far.id },
  ]);
  expect(report.occurrences[1]).toMatchObject({
    reasons: [{ code: 'SLOT_TAKEN', resourceId: first.id }],
    reservation: { claims: [{ resourceId: near.id }] },
  });
});

it('leaves out what finds no substitute, or refuses everything where too many find none', async () => {
  const { facts, first, ctx } = await house();
  const second = await room(db, facts);
  await taken(first.id, '2027-03-03', 2);
  await taken(second.id, '2027-03-04', 1);
  const strict = { ...SUBSTITUTE, maxConflicts: 0 };
  expect(codes(await createSeries(ctx, wanted([first.id], { mode: strict })))).toEqual(['SLOT_TAKEN']);
  const alike = { ...SUBSTITUTE, sameAttributes: true };
  expect(outcomes(await createSeries(ctx, wanted([first.id], { mode: alike, dryRun: true })))).toBe(
    'RESERVED SKIPPED SKIPPED RESERVED RESERVED',
  );
  expect(outcomes(await createSeries(ctx, wanted([first.id], { mode: SUBSTITUTE })))).toBe(
    'RESERVED SUBSTITUTED SKIPPED RESERVED RESERVED',
  );
});

it('judges substitutes by their own rules, and never lets one date take a room twice', async () => {
  const { facts, first, ctx } = await house();
  const second = await room(db, facts);
  const closed = await room(db, { ...facts, name: 'A closed one' });
  await rule(
    db,
    'ACCESS',
    { roles: ['MANAGER'], groupIds: null, trainingIds: [] },
    { resourceId: closed.id },
  );
  const only = await room(db, facts);
  await taken(first.id, '2027-03-03', 1);
  await taken(second.id, '2027-03-03', 1);
  const both = wanted([first.id, second.id], { mode: SUBSTITUTE });
  expect(outcomes(await createSeries(ctx, { ...both, dryRun: true }))).toBe(
    'RESERVED SKIPPED RESERVED RESERVED RESERVED',
  );
  const another = await room(db, facts);
  const report = made(await createSeries(ctx, both));
  const used = report.occurrences[1]?.reservation?.claims.map(({ resourceId }) => resourceId);
  expect(used?.toSorted()).toEqual([only.id, another.id].toSorted());
});

it('finds substitutes for half a year in as many statements as for a week', async () => {
  const { facts, first, ctx } = await house();
  await room(db, facts);
  await taken(first.id, '2027-03-02', 100);
  const { db: counted, asked } = counting(db);
  const input = wanted([first.id], { mode: SUBSTITUTE, rrule: 'FREQ=DAILY;COUNT=180' });
  const report = made(await createSeries({ ...ctx, db: counted }, input));
  expect(report.occurrences.filter(({ outcome }) => outcome === 'SUBSTITUTED')).toHaveLength(100);
  expect(asked.length).toBeLessThanOrEqual(10);
});
