import { resourcePage } from '../../src/sql/resources/resource-page.js';
import { prefixQuery } from '../../src/sql/resources/resource-search.js';
import { useDatabase } from '../kit/database.js';
import { place, resourceType, room } from '../kit/things.js';

const { db } = await useDatabase();
const site = await place(db, { name: 'Haus Süd' });
const floor = await place(db, { name: 'Floor 3', kind: 'FLOOR', parentId: site.id });
const microscope = await resourceType(db, { name: 'Confocal microscope' });
const things = {
  named: await room(db, { name: 'Seminar A-101', placeId: floor.id }),
  tagged: await room(db, { name: 'Plain', tags: ['seminar', 'e-ink'] }),
  typed: await room(db, { name: 'Old one', typeId: microscope.id }),
  told: await room(db, {
    name: 'Quiet',
    description: "It's for a seminar; call +49 30/123.456 or see a/b.html",
  }),
  made: await room(db, { name: 'Lens', attributes: { maker: 'Zeiß GmbH', weight: 4711 } }),
};
const names = Object.entries(things);

/** Which things a search finds, best first. */
async function find(search: string): Promise<string[]> {
  const page = await resourcePage(db, { search }, { by: 'RELEVANCE', direction: 'DESC' }, null, 50);
  return page.map(({ row }) => names.find(([, thing]) => thing.id === row.id)?.[0] ?? row.name);
}

it.each<[string, string[]]>([
  ['sem', ['named', 'tagged', 'told']],
  ['SEMINAR', ['named', 'tagged', 'told']],
  ['seminar 101', ['named']],
  ['101 seminar', ['named']],
  ['a-101', ['named']],
  ['A/101', ['named']],
  ['süd', ['named']],
  ['floor 3 haus', ['named']],
  ['micro', ['typed']],
  ['scope', []],
  ['ink', ['tagged']],
  ["it's", ['told']],
  ['49 30', ['told']],
  ['456', ['told']],
  ['b.html', ['told']],
  ['zeiß', ['made']],
  ['4711', []],
])('finds by “%s” what has words that begin so: %j', async (search, expected) => {
  expect((await find(search)).sort()).toEqual([...expected].sort());
});

it('puts a name before a tag, and a tag before a description', async () => {
  expect(await find('seminar')).toEqual(['named', 'tagged', 'told']);
});

it.each(['', '   ', "'''", '&|!():*', '\\', '--', '<->'])('takes “%s” for no search at all', (search) => {
  expect(prefixQuery(search)).toBeNull();
});

it.each([
  "a'b",
  'a\\b',
  'a & b',
  '!a',
  'a:*',
  'a <-> b',
  '(a',
  'a|b',
  '"a b"',
  '%',
  '🚲',
  '\u200b',
  'a\tb',
  '-1',
  '1e5',
  'a@b.de',
  'http://a.b/c?d=e',
])('never lets “%s” be syntax', async (search) => {
  await expect(find(search)).resolves.toBeInstanceOf(Array);
});
