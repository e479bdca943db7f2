import { resourceTypesByIds } from '../../src/sql/resources/resource-type-read.js';
import { useDatabase } from '../kit/database.js';
import { resourceType } from '../kit/things.js';

const { db } = await useDatabase();

it('completes definitions that somebody else wrote, in their order', async () => {
  const { id } = await resourceType(db, {
    attributes: [
      { key: 'size', label: 'Size', kind: 'NUMBER', unit: 'm', required: true },
      { key: 'note', label: 'Note', kind: 'TEXT' },
    ],
  });
  expect((await resourceTypesByIds(db, [id])).get(id)?.attributes).toEqual([
    { key: 'size', label: 'Size', kind: 'NUMBER', unit: 'm', choices: [], required: true },
    { key: 'note', label: 'Note', kind: 'TEXT', unit: null, choices: [], required: false },
  ]);
});
