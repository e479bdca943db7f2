import { type ResourceFilter, resourceFilterSql } from '../../src/sql/resources/resource-filter.js';
import { resourcePage } from '../../src/sql/resources/resource-page.js';
import { useDatabase } from '../kit/database.js';
import { place, pool, resourceType, room } from '../kit/things.js';

const { db } = await useDatabase();
const north = await place(db, { name: 'North' });
const house = await place(db, { kind: 'BUILDING', parentId: north.id });
const floor = await place(db, { kind: 'FLOOR', parentId: house.id });
const south = await place(db, { name: 'South' });
const types = [await resourceType(db), await resourceType(db)];
const [desk, car] = types.map(({ id }) => id) as [string, string];
const one = (name: string, more: Parameters<typeof room>[1]) => room(db, { name, ...more });
const a = await one('a', { typeId: desk, placeId: floor.id, seats: 1, tags: ['quiet', 'window'] });
await one('b', {
  typeId: desk,
  placeId: south.id,
  tags: ['quiet'],
  attributes: { watts: 5, maker: 'Acme' },
});
const c = await one('c', {
  typeId: car,
  placeId: house.id,
  seats: 5,
  attributes: { watts: 50, drive: 'Diesel', wired: true },
});
await pool(db, {
  name: 'd',
  typeId: car,
  placeId: north.id,
  timeZone: 'Asia/Tokyo',
  attributes: { watts: 'many' },
});
await one('e', { typeId: desk, placeId: south.id, status: 'RETIRED' });
await one('f', {
  typeId: car,
  placeId: south.id,
  status: 'MAINTENANCE',
  attributes: { 'odd "key\\ü': 'x"y' },
});

const find = async (filter: ResourceFilter) =>
  (await resourcePage(db, filter, { by: 'NAME', direction: 'ASC' }, null, 50))
    .map(({ row }) => row.name)
    .join('');
const attributes = (...conditions: NonNullable<ResourceFilter['attributes']>) => ({ attributes: conditions });

it.each<[string, ResourceFilter, string]>([
  ['nothing', {}, 'abcdf'],
  ['ids', { ids: [a.id, c.id, north.id] }, 'ac'],
  ['no ids at all', { ids: [] }, ''],
  ['types', { typeIds: [desk] }, 'ab'],
  ['a place and all below it', { placeIds: [north.id] }, 'acd'],
  ['a place in the middle', { placeIds: [house.id] }, 'ac'],
  ['several places', { placeIds: [floor.id, south.id] }, 'abf'],
  ['all of some tags', { tags: ['quiet', 'window'] }, 'a'],
  ['no tags at all', { tags: [] }, 'abcdf'],
  ['seats', { seatsAtLeast: 2 }, 'c'],
  ['pools', { pooled: true }, 'd'],
  ['no pools', { pooled: false }, 'abcf'],
  ['statuses', { statuses: ['RETIRED', 'MAINTENANCE'] }, 'ef'],
  ['a zone', { timeZone: 'Asia/Tokyo' }, 'd'],
  ['several things, which must all hold', { typeIds: [desk], tags: ['quiet'], placeIds: [south.id] }, 'b'],
])('narrows by %s', async (_, filter, expected) => {
  expect(await find(filter)).toBe(expected);
});

it.each<[string, ResourceFilter, string]>([
  ['a text', attributes({ key: 'maker', equals: 'Acme' }), 'b'],
  ['another case', attributes({ key: 'maker', equals: 'acme' }), ''],
  ['a number', attributes({ key: 'watts', equals: 50 }), 'c'],
  ['a truth', attributes({ key: 'wired', equals: true }), 'c'],
  ['a lie', attributes({ key: 'wired', equals: false }), ''],
  ['at least', attributes({ key: 'watts', atLeast: 5 }), 'bc'],
  ['at most', attributes({ key: 'watts', atMost: 49.9 }), 'b'],
  ['a range', attributes({ key: 'watts', atLeast: 5.5, atMost: 50 }), 'c'],
  ['less than nothing', attributes({ key: 'watts', atMost: -1e21 }), ''],
  ['one of', attributes({ key: 'watts', oneOf: [5, 'many'] }), 'bd'],
  ['one of and a range', attributes({ key: 'watts', oneOf: [5, 50], atLeast: 6 }), 'c'],
  [
    'two attributes',
    attributes({ key: 'watts', atLeast: 1 }, { key: 'drive', oneOf: ['Diesel', 'Electric'] }),
    'c',
  ],
  ['a key that nobody has', attributes({ key: '__proto__', equals: 'x' }), ''],
  ['a key full of quotes', attributes({ key: 'odd "key\\ü', equals: 'x"y' }), 'f'],
  ['a key that would be a path', attributes({ key: 'watts" == 5 || $."maker', equals: 'Acme' }), ''],
])('narrows by an attribute: %s', async (_, filter, expected) => {
  expect(await find(filter)).toBe(expected);
});

it('appends its values behind those of the statement around it, and puts none into the text', () => {
  const values: unknown[] = ['first'];
  const { where, tsquery } = resourceFilterSql({ ids: [a.id], search: "o'clock", timeZone: 'UTC' }, values);
  expect(where).toBe(
    `r.status <> 'RETIRED' and r.id = any ($2::uuid[]) and r.time_zone = $3::text and r.search @@ to_tsquery('simple', $4::text)`,
  );
  expect(tsquery).toBe(`to_tsquery('simple', $4::text)`);
  expect(values).toEqual(['first', [a.id], 'UTC', `'o':* & 'clock':*`]);
});
