import * as fc from 'fast-check';
import { createPlace } from '../../../src/domain/resources/create-place.js';
import { updatePlace } from '../../../src/domain/resources/update-place.js';
import type { PlaceKind, PlaceRow } from '../../../src/sql/places/place-row.js';
import { resourcesByIds } from '../../../src/sql/resources/resource-by-ids.js';
import { testCtx } from '../../kit/ctx.js';
import { useDatabase } from '../../kit/database.js';
import { person } from '../../kit/people.js';
import { place, room } from '../../kit/things.js';

const { db, psql } = await useDatabase();
const boss = await person(db, 'MANAGER');
const ctx = testCtx(db, boss.viewer);

let count = 0;
async function make(
  kind: PlaceKind,
  parent: PlaceRow | null = null,
  timeZone: string | null = null,
): Promise<PlaceRow> {
  const made = await createPlace(ctx, {
    name: `Made ${++count}`,
    kind,
    parentId: parent?.id ?? null,
    timeZone,
  });
  if (!('node' in made)) throw new Error(made.message);
  return made;
}
const pathOf = async (id: string) =>
  (await psql<{ path: string[] }>('select path from place where id = $1', [id]))[0]?.path;

describe('the tree of places', () => {
  it('keeps the path from the root to each place', async () => {
    const site = await make('SITE');
    const building = await make('BUILDING', site);
    const area = await make('AREA', building);
    expect(area).toMatchObject({ node: 'Place', version: 1, parentId: building.id });
    expect(area.path).toEqual([site.id, building.id, area.id]);
  });

  it.each([
    ['FLOOR', 'FLOOR'],
    ['SITE', 'AREA'],
    ['BUILDING', 'FLOOR'],
  ] as const)('refuses a place of kind %s in one of kind %s', async (kind, above) => {
    const parent = await make(above);
    const refused = await createPlace(ctx, { name: 'Inside out', kind, parentId: parent.id, timeZone: null });
    expect(refused).toMatchObject({ kind: 'InvalidInput', path: ['input', 'kind'] });
  });

  it('moves a place with all that lies below it', async () => {
    const [from, to] = [await make('SITE'), await make('SITE')];
    const building = await make('BUILDING', from);
    const floor = await make('FLOOR', building);
    const area = await make('AREA', floor);
    const moved = await updatePlace(ctx, { id: building.id, parentId: to.id });
    expect(moved).toMatchObject({ parentId: to.id, path: [to.id, building.id], version: 2 });
    expect(await pathOf(area.id)).toEqual([to.id, building.id, floor.id, area.id]);
    await updatePlace(ctx, { id: building.id, parentId: null });
    expect(await pathOf(area.id)).toEqual([building.id, floor.id, area.id]);
    expect(await pathOf(from.id)).toEqual([from.id]);
  });

  it('refuses to put a place into itself or below itself', async () => {
    const site = await make('SITE');
    const area = await make('AREA', site);
    for (const parentId of [site.id, area.id]) {
      expect(await updatePlace(ctx, { id: site.id, parentId })).toMatchObject({
        kind: 'InvalidInput',
        path: ['input', 'parentId'],
      });
    }
  });

  it('never closes a circle when two places are moved into each other at once', async () => {
    for (let round = 0; round < 10; round++) {
      const [one, other] = [await make('BUILDING'), await make('FLOOR')];
      await Promise.all([
        updatePlace(ctx, { id: one.id, parentId: other.id, kind: 'AREA' }),
        updatePlace(ctx, { id: other.id, parentId: one.id }),
      ]);
      const [first, second] = [await pathOf(one.id), await pathOf(other.id)];
      expect([first?.length, second?.length].sort()).toEqual([1, 2]);
    }
  });

  it('refuses a kind that does not suit what lies in the place', async () => {
    const building = await make('BUILDING');
    await make('FLOOR', building);
    expect(await updatePlace(ctx, { id: building.id, kind: 'AREA' })).toMatchObject({ kind: 'InvalidInput' });
    expect(await updatePlace(ctx, { id: building.id, kind: 'SITE' })).toMatchObject({
      kind: 'SITE',
      version: 2,
    });
  });

  it('keeps every path right under any moves', async () => {
    const kinds: PlaceKind[] = ['SITE', 'BUILDING', 'FLOOR', 'AREA'];
    const all = await Promise.all(kinds.flatMap((kind) => [make(kind), make(kind)]));
    const move = fc.record({ what: fc.nat(all.length - 1), into: fc.option(fc.nat(all.length - 1)) });
    await fc.assert(
      fc.asyncProperty(fc.array(move, { minLength: 1, maxLength: 8 }), async (moves) => {
        for (const { what, into } of moves) {
          await updatePlace(ctx, {
            id: (all[what] as PlaceRow).id,
            parentId: into === null ? null : (all[into] as PlaceRow).id,
          });
        }
        const wrong = await psql(
          `with recursive walk as (
             select id, array[id] as path from place where parent_id is null
             union all select p.id, w.path || p.id from place p join walk w on p.parent_id = w.id)
           select p.id from place p left join walk w using (id) where w.path is distinct from p.path`,
        );
        expect(wrong).toEqual([]);
      }),
      { numRuns: 15 },
    );
  });
});

describe('a change of a place', () => {
  it('is refused where the version is another by now, and names both', async () => {
    const site = await make('SITE');
    await updatePlace(ctx, { id: site.id, name: `${site.name} II`, expectedVersion: 1 });
    expect(await updatePlace(ctx, { id: site.id, name: 'Third', expectedVersion: 1 })).toMatchObject({
      kind: 'VersionConflict',
      expectedVersion: 1,
      currentVersion: 2,
      current: { node: 'Place', id: site.id },
    });
  });

  it('that changes nothing leaves version and audit alone', async () => {
    const site = await make('SITE', null, 'Europe/Berlin');
    const same = await updatePlace(ctx, { id: site.id, name: site.name, timeZone: 'Europe/Berlin' });
    expect(same).toMatchObject({ version: 1 });
    expect(await psql('select 1 from audit where subject_id = $1', [site.id])).toHaveLength(1);
  });

  it('is written down with who, before and after', async () => {
    const site = await make('SITE');
    await updatePlace(ctx, { id: site.id, timeZone: 'Asia/Tokyo' });
    const [entry] = await psql(`select * from audit where subject_id = $1 and action = 'place.update'`, [
      site.id,
    ]);
    expect(entry).toMatchObject({
      actor_id: boss.id,
      before: { timeZone: null },
      after: { timeZone: 'Asia/Tokyo' },
    });
  });

  it('refreshes the words by which its resources are found', async () => {
    const site = await place(db, { name: 'Oldtown' });
    const below = await place(db, { kind: 'AREA', parentId: site.id });
    const { id } = await room(db, { placeId: below.id });
    const found = async (word: string) =>
      (await psql('select id from resource where search @@ to_tsquery($1::regconfig, $2)', ['simple', word]))
        .length;
    expect(await found('oldtown')).toBe(1);
    await updatePlace(ctx, { id: site.id, name: 'Newtown' });
    expect([await found('oldtown'), await found('newtown')]).toEqual([0, 1]);
    const elsewhere = await place(db, { name: 'Harbour' });
    await updatePlace(ctx, { id: below.id, parentId: elsewhere.id });
    expect([await found('newtown'), await found('harbour')]).toEqual([0, 1]);
    expect((await resourcesByIds(db, [id])).get(id)?.version).toBe(1);
  });

  it('is refused for what PostgreSQL does not take, and for names that are taken, empty or endless', async () => {
    const site = await make('SITE');
    const one = await make('FLOOR', site);
    const other = await make('FLOOR', site);
    for (const name of ['a\0b', '\ud800', '  ', 'x'.repeat(201), one.name]) {
      expect(await updatePlace(ctx, { id: other.id, name })).toMatchObject({
        kind: 'InvalidInput',
        path: ['input', 'name'],
      });
    }
    expect(await updatePlace(ctx, { id: other.id, timeZone: 'Mars/Base' })).toMatchObject({
      path: ['input', 'timeZone'],
    });
    expect(await updatePlace(ctx, { id: boss.id, name: 'Nowhere' })).toMatchObject({ kind: 'NotFound' });
  });
});
