import fc from 'fast-check';
import { freeResources } from '../../../src/domain/availability/free-resources.js';
import type { FreeWish } from '../../../src/sql/availability/free-resources.js';
import { testCtx } from '../../kit/ctx.js';
import { useDatabase } from '../../kit/database.js';
import { person } from '../../kit/people.js';
import { rule } from '../../kit/rules.js';
import { place, resourceType, room } from '../../kit/things.js';
import { counting } from './counting.js';
import { at, divide, facts, plus, reserve, wishFor, world, wouldPass } from './world.js';

const database = await useDatabase();
const { db, psql } = database;

const wish = (startsAt: Date, endsAt: Date, more: Partial<FreeWish> = {}): FreeWish => ({
  window: { startsAt, endsAt },
  quantity: 1,
  filter: {},
  limit: 200,
  after: null,
  resource: ['id', 'name'],
  ...more,
});

beforeEach(() => psql('delete from rule; delete from closure'));

it('lists exactly what a dry run for each resource says, under any rules but quotas', async () => {
  await fc.assert(
    fc.asyncProperty(
      facts,
      fc.integer({ min: 0, max: 10 }),
      fc.integer({ min: 1, max: 4 }),
      fc.integer({ min: 1, max: 2 }),
      async ({ rules, taken }, from, slots, quantity) => {
        const { ctx, typeId, things } = await world(database, {
          rules: rules.filter((index) => index !== 7),
          taken,
        });
        const start = plus(at('08:00'), from * 30);
        const end = plus(start, slots * 30);
        const found = await freeResources(ctx, wish(start, end, { quantity, filter: { typeIds: [typeId] } }));
        const byHand = [];
        for (const { id } of things) {
          if (await wouldPass(ctx, wishFor([{ resourceId: id, quantity }], start, end))) byHand.push(id);
        }
        expect(found.map(({ resource }) => resource.id).sort()).toEqual(byHand.sort());
        for (const { resource, freeQuantity } of found) {
          const left = { resourceId: resource.id, quantity: freeQuantity };
          expect(await wouldPass(ctx, wishFor([left], start, end))).toBe(true);
          const more = { ...left, quantity: freeQuantity + 1 };
          expect(await wouldPass(ctx, wishFor([more], start, end))).toBe(false);
        }
      },
    ),
    { numRuns: 50 },
  );
}, 60_000);

it('fills its pages past everything that the rules rule out, and goes on behind each page', async () => {
  const { id: typeId } = await resourceType(db);
  const [open, shut] = [await place(db), await place(db)];
  await rule(
    db,
    'ACCESS',
    { roles: ['ADMINISTRATOR'], groupIds: null, trainingIds: [] },
    { placeId: shut.id },
  );
  await psql(
    `insert into resource (id, name, type_id, place_id, time_zone)
     select gen_random_uuid(), 'Desk ' || lpad(n::text, 4, '0'), $1,
       case when n % 100 = 0 then $2::uuid else $3::uuid end, 'UTC' from generate_series(1, 1200) n`,
    [typeId, open.id, shut.id],
  );
  const ctx = testCtx(db, (await person(db)).viewer);
  const names: string[] = [];
  let after: FreeWish['after'] = null;
  for (;;) {
    const rows = await freeResources(
      ctx,
      wish(at('09:00'), at('10:00'), { filter: { typeIds: [typeId] }, limit: 6, after }),
    );
    const shown = rows.slice(0, 5);
    names.push(...shown.map(({ resource }) => resource.name));
    const last = shown.at(-1)?.resource;
    if (rows.length < 6 || !last) break;
    after = { name: last.name, id: last.id };
  }
  expect(names).toEqual(
    Array.from({ length: 12 }, (_, index) => `Desk ${(index + 1) * 100}`.replace(/ (\d{3})$/, ' 0$1')),
  );
});

it('needs one statement without rules, and no second one for rules without buffers', async () => {
  const { id: typeId } = await resourceType(db);
  const r = await room(db, { typeId });
  const me = (await person(db)).viewer;
  const ask = async () => {
    const counted = counting(db);
    const ctx = { ...testCtx(db, me), db: counted.db };
    await freeResources(ctx, wish(at('09:00'), at('10:00'), { filter: { typeIds: [typeId] } }));
    counted.asked.length = 0;
    const found = await freeResources(ctx, wish(at('09:00'), at('10:00'), { filter: { typeIds: [typeId] } }));
    expect(found.map(({ resource }) => resource.id)).toEqual([r.id]);
    return counted.asked.map((name) => name.replace(/-[0-9a-f]{16}$/, ''));
  };
  expect(await ask()).toEqual(['free-resources']);
  await rule(db, 'GRID', { stepMinutes: 60, startTimes: null });
  expect(await ask()).toEqual(['free-resources']);
  await rule(db, 'BUFFERS', { setupMinutes: 15, teardownMinutes: 0 });
  expect(await ask()).toEqual(['free-resources', 'read-outlook']);
});

it('goes by rules that were written a moment ago, even where nothing was free before', async () => {
  const { id: typeId } = await resourceType(db);
  const r = await room(db, { typeId });
  await psql('update resource set setup_minutes = null, teardown_minutes = null where id = $1', [r.id]);
  const ctx = testCtx(db, (await person(db)).viewer);
  await reserve(ctx, wishFor([r.id], at('10:00'), at('11:00')));
  const free = async () =>
    (await freeResources(ctx, wish(at('11:00'), at('12:00'), { filter: { typeIds: [typeId] } }))).length;
  expect(await free()).toBe(1);
  await rule(db, 'BUFFERS', { setupMinutes: 15, teardownMinutes: 0 }, { typeId });
  expect(await free()).toBe(0);
  await psql('delete from rule where type_id = $1', [typeId]);
  expect(await free()).toBe(1);
});

it('leaves out what is over, wholes with a part in maintenance, and everything for guests', async () => {
  const { id: typeId } = await resourceType(db);
  const [whole, part] = [await room(db, { typeId }), await room(db, { typeId })];
  await divide(db, whole.id, part.id);
  const ctx = testCtx(db, (await person(db)).viewer);
  const filter = { typeIds: [typeId] };
  expect(
    await freeResources(ctx, wish(at('09:00', '2027-02-28'), at('10:00', '2027-02-28'), { filter })),
  ).toEqual([]);
  const guest = testCtx(db, (await person(db, 'GUEST')).viewer);
  expect(await freeResources(guest, wish(at('09:00'), at('10:00'), { filter }))).toEqual([]);
  expect(await freeResources(ctx, wish(at('09:00'), at('10:00'), { filter }))).toHaveLength(2);
  await psql(`update resource set status = 'MAINTENANCE' where id = $1`, [part.id]);
  expect(await freeResources(ctx, wish(at('09:00'), at('10:00'), { filter }))).toEqual([]);
});
