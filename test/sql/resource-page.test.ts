import * as fc from 'fast-check';
import type { ResourceFilter } from '../../src/sql/resources/resource-filter.js';
import {
  type ResourceSort,
  resourcePage,
  type SortKey,
  settledSort,
} from '../../src/sql/resources/resource-page.js';
import type { ResourceRow } from '../../src/sql/resources/resource-row.js';
import { useDatabase } from '../kit/database.js';
import { place, resourceType, room } from '../kit/things.js';

const { db, psql } = await useDatabase();
const [typeId, ...places] = await Promise.all([
  resourceType(db).then(({ id }) => id),
  ...Array.from({ length: 20 }, () => place(db).then(({ id }) => id)),
]);

// Few distinct names, seats, times and ranks, so that nearly everything is a tie.
for (const [index, placeId] of places.entries()) {
  for (const name of ['Ahorn', 'ahorn', 'Ähre', 'Zeder']) {
    const seats = [undefined, 0, 4, 4, 12][(index + name.length) % 5];
    await room(db, {
      name,
      typeId,
      placeId,
      description: index % 3 === 0 ? 'green green green' : 'green',
      ...(seats === undefined ? {} : { seats }),
    });
  }
}
await psql(
  `update resource set created_at = timestamptz '2026-01-01' + (length(name) % 3) * interval '1.001 s'`,
);

async function pages(
  filter: ResourceFilter,
  sort: ResourceSort,
  limit: number,
): Promise<{ row: ResourceRow; key: SortKey }[]> {
  const all: { row: ResourceRow; key: SortKey }[] = [];
  for (;;) {
    const last = all.at(-1);
    // through JSON, as a cursor carries it
    const after = last ? JSON.parse(JSON.stringify({ key: last.key, id: last.row.id })) : null;
    const page = await resourcePage(db, filter, settledSort(filter, sort), after, limit);
    all.push(...page);
    if (page.length < limit) return all;
    if (all.length > 200) throw new Error('pages that never end');
  }
}

const sorts = (['NAME', 'SEATS', 'CREATED_AT', 'RELEVANCE'] as const).flatMap((by) =>
  (['ASC', 'DESC'] as const).map((direction) => ({ by, direction })),
);

it('returns every resource once and in order, whatever the order, the search and the size of pages', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...sorts),
      fc.constantFrom(undefined, 'green', 'ah'),
      fc.integer({ min: 1, max: 30 }),
      async (sort, search, limit) => {
        const filter = { search };
        const paged = await pages(filter, sort, limit);
        const whole = await resourcePage(db, filter, settledSort(filter, sort), null, 200);
        expect(paged).toEqual(whole);
        expect(new Set(paged.map(({ row }) => row.id)).size).toBe(paged.length);
        expect(paged).toHaveLength(search === 'ah' ? 40 : 80);
      },
    ),
    { numRuns: 40 },
  );
});

const keys = async (sort: ResourceSort, search?: string) => {
  const filter = { search };
  return (await resourcePage(db, filter, settledSort(filter, sort), null, 200)).map(({ key }) => key);
};

it.each(['SEATS', 'CREATED_AT', 'RELEVANCE'] as const)('orders by %s in both directions', async (by) => {
  const up = (await keys({ by, direction: 'ASC' }, 'green')) as number[];
  const down = (await keys({ by, direction: 'DESC' }, 'green')) as number[];
  expect(up).toEqual([...up].sort((a, b) => a - b));
  expect(down).toEqual([...down].sort((a, b) => b - a));
  expect(new Set(up).size).toBeGreaterThan(1);
});

it('puts resources that do not say how many seats they have last either way', async () => {
  for (const direction of ['ASC', 'DESC'] as const) {
    const rows = await resourcePage(db, {}, { by: 'SEATS', direction }, null, 200);
    const seats = rows.map(({ row }) => row.seats);
    const unknown = seats.filter((each) => each === null).length;
    expect(unknown).toBeGreaterThan(0);
    expect(seats.slice(-unknown)).toEqual(Array(unknown).fill(null));
  }
});

it('orders by name where there is nothing to be relevant to', async () => {
  const byName = await keys({ by: 'NAME', direction: 'ASC' });
  expect(await keys({ by: 'RELEVANCE', direction: 'DESC' })).toEqual(byName);
  expect(await keys({ by: 'RELEVANCE', direction: 'DESC' }, ' -- ')).toEqual(byName);
});
