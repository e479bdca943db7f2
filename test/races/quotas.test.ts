import { createReservation } from '../../src/domain/reservations/create-reservation.js';
import type { Quota } from '../../src/domain/schedules/rule.js';
import { createSeries } from '../../src/domain/series/create-series.js';
import { codes, counting, outcomes, SKIP, wanted } from '../domain/series/series-kit.js';
import { reserved, wishFor } from '../kit/closures.js';
import { testCtx } from '../kit/ctx.js';
import { useDatabase } from '../kit/database.js';
import { person } from '../kit/people.js';
import { group } from '../kit/rule-input.js';
import { rule } from '../kit/rules.js';
import { room, type ThingRow } from '../kit/things.js';

const { db, psql } = await useDatabase();
const ONE_A_WEEK: Quota = { measure: 'COUNT', period: 'ISO_WEEK', groupId: null, over: 'SCOPE', limit: 1 };
const someone = async () => testCtx(db, (await person(db)).viewer);

/** Two rooms of one type, in these zones: their streams lock nothing of each other. */
async function twoRooms(...[first, second]: [string, string]): Promise<[ThingRow, ThingRow]> {
  const one = await room(db, { timeZone: first });
  return [one, await room(db, { typeId: one.typeId, placeId: one.placeId, timeZone: second })];
}

it('lets one of two take the last of a week over which another version of the rule comes into force', async () => {
  const [one, other] = await twoRooms('UTC', 'UTC');
  await rule(db, 'QUOTA', ONE_A_WEEK, { typeId: one.typeId });
  await rule(db, 'QUOTA', ONE_A_WEEK, { typeId: one.typeId, effectiveFrom: '2027-03-04' });
  for (let round = 0; round < 20; round++) {
    const ctx = await someone();
    const minute = (plus: number) => String(round * 2 + plus).padStart(2, '0');
    const wish = ({ id }: ThingRow, day: string) =>
      wishFor([id], `${day}T09:${minute(0)}:00Z`, `${day}T09:${minute(1)}:00Z`);
    const made = await Promise.all([
      createReservation(ctx, wish(one, '2027-03-02')),
      createReservation(ctx, wish(other, '2027-03-05')),
    ]);
    expect(made.map(codes).filter((code) => JSON.stringify(code) === '["QUOTA_EXCEEDED"]')).toHaveLength(1);
  }
});

it('lets one of two take the last of a week in which each version counts for others', async () => {
  const [one, other] = await twoRooms('UTC', 'UTC');
  for (let round = 0; round < 20; round++) {
    await psql('delete from rule');
    const me = await person(db);
    const ours = await group(db, [me]);
    await rule(db, 'QUOTA', ONE_A_WEEK, { typeId: one.typeId });
    const together = { ...ONE_A_WEEK, groupId: ours.id };
    await rule(db, 'QUOTA', together, { typeId: one.typeId, effectiveFrom: '2027-03-04' });
    const ctx = testCtx(db, me.viewer);
    const minute = (plus: number) => String(round * 2 + plus).padStart(2, '0');
    const wish = ({ id }: ThingRow, day: string) =>
      wishFor([id], `${day}T11:${minute(0)}:00Z`, `${day}T11:${minute(1)}:00Z`);
    const made = await Promise.all([
      createReservation(ctx, wish(one, '2027-03-02')),
      createReservation(ctx, wish(other, '2027-03-05')),
    ]);
    expect(made.map(codes).filter((code) => JSON.stringify(code) === '["QUOTA_EXCEEDED"]')).toHaveLength(1);
  }
});

it('asks four statements under a quota, and one more where a version of it counts for a group', async () => {
  const [one] = await twoRooms('UTC', 'UTC');
  const counted = counting(db);
  const ctx = { ...(await someone()), db: counted.db };
  const asked = async (hour: string) => {
    counted.asked.length = 0;
    const wish = wishFor([one.id], `2027-03-02T${hour}:00:00Z`, `2027-03-02T${hour}:30:00Z`);
    expect(await createReservation(ctx, wish)).toMatchObject({ node: 'Reservation' });
    return counted.asked.filter((name) => !/^read-(rule-book|placements)$/.test(name));
  };
  await psql('delete from rule');
  await rule(db, 'QUOTA', { ...ONE_A_WEEK, limit: 9 }, { typeId: one.typeId });
  const four = ['lock-resources', 'lock-quotas', 'read-usage', 'reserve'];
  await asked('09');
  expect(await asked('10')).toEqual(four);
  const together = { ...ONE_A_WEEK, groupId: (await group(db)).id };
  await rule(db, 'QUOTA', together, { typeId: one.typeId, effectiveFrom: '2028-01-01' });
  await asked('11');
  expect(await asked('12')).toEqual(['read-people', ...four]);
});

it('counts what one reservation takes in two time zones', async () => {
  const [one, other] = await twoRooms('UTC', 'Europe/Berlin');
  await rule(db, 'QUOTA', ONE_A_WEEK, { typeId: one.typeId });
  const ctx = await someone();
  const wish = wishFor([one.id, other.id], '2027-03-02T09:00:00Z', '2027-03-02T10:00:00Z');
  expect(codes(await createReservation(ctx, { ...wish, dryRun: true }))).toEqual(['QUOTA_EXCEEDED']);
  expect(codes(await createReservation(ctx, wish))).toEqual(['QUOTA_EXCEEDED']);
  await reserved(ctx, [one.id], '2027-03-02T09:00:00Z', '2027-03-02T10:00:00Z');
});

it('counts across the occurrences of a series in two time zones', async () => {
  const [one, other] = await twoRooms('UTC', 'Europe/Berlin');
  await rule(db, 'QUOTA', { ...ONE_A_WEEK, limit: 3 }, { typeId: one.typeId });
  const three = wanted([one.id, other.id], { rrule: 'FREQ=DAILY;COUNT=3', mode: SKIP });
  expect(outcomes(await createSeries(await someone(), three))).toBe('RESERVED SKIPPED SKIPPED');
});

it('holds the limit of each version against what is at once under another', async () => {
  const [one, other] = await twoRooms('UTC', 'UTC');
  const atOnce: Quota = { ...ONE_A_WEEK, period: 'CONCURRENT', limit: 2 };
  await rule(db, 'QUOTA', { ...atOnce, limit: 1 }, { typeId: one.typeId });
  await rule(db, 'QUOTA', atOnce, { typeId: one.typeId, effectiveFrom: '2027-03-04' });
  const both = (day: string) =>
    wishFor([one.id, other.id], `2027-03-${day}T09:00:00Z`, `2027-03-${day}T10:00:00Z`);
  const ctx = await someone();
  expect(codes(await createReservation(ctx, both('02')))).toEqual(['QUOTA_EXCEEDED']);
  expect(await createReservation(ctx, both('05'))).toMatchObject({ node: 'Reservation' });
});
