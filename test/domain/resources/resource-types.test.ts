import type { AttributeDefinitionInput } from '../../../src/domain/resources/attribute-definition.js';
import { createResourceType } from '../../../src/domain/resources/create-resource-type.js';
import { updateResourceType } from '../../../src/domain/resources/update-resource-type.js';
import type { ResourceTypeRow } from '../../../src/sql/resources/resource-type-row.js';
import { testCtx } from '../../kit/ctx.js';
import { useDatabase } from '../../kit/database.js';
import { person } from '../../kit/people.js';
import { room } from '../../kit/things.js';

const { db, psql } = await useDatabase();
const boss = await person(db, 'MANAGER');
const ctx = testCtx(db, boss.viewer);

const size: AttributeDefinitionInput = { key: 'size', label: 'Size', kind: 'NUMBER', unit: 'm²' };
const drive: AttributeDefinitionInput = {
  key: 'drive',
  label: 'Drive',
  kind: 'CHOICE',
  choices: ['Electric', 'Diesel'],
};

let count = 0;
async function make(...attributes: AttributeDefinitionInput[]): Promise<ResourceTypeRow> {
  const made = await createResourceType(ctx, { name: `Type ${++count}`, attributes });
  if (!('node' in made)) throw new Error(made.message);
  return made;
}

describe('a type of resources', () => {
  it('keeps its definitions in order and complete', async () => {
    expect((await make(drive, size)).attributes).toEqual([
      {
        key: 'drive',
        label: 'Drive',
        kind: 'CHOICE',
        unit: null,
        choices: ['Electric', 'Diesel'],
        required: false,
      },
      { key: 'size', label: 'Size', kind: 'NUMBER', unit: 'm²', choices: [], required: false },
    ]);
  });

  it.each<[string, AttributeDefinitionInput[]]>([
    ['a key with blanks', [{ ...size, key: 'my size' }]],
    ['the key __proto__', [{ ...size, key: '__proto__' }]],
    ['a key twice', [size, { ...drive, key: 'size' }]],
    ['an empty label', [{ ...size, label: ' ' }]],
    ['NUL in a choice', [{ ...drive, choices: ['a\0'] }]],
    ['a CHOICE without choices', [{ ...drive, choices: [] }]],
    ['a choice twice', [{ ...drive, choices: ['a', 'a'] }]],
    ['choices for a number', [{ ...size, choices: ['a'] }]],
    ['a unit for a text', [{ ...size, kind: 'TEXT' }]],
    ['51 attributes', Array.from({ length: 51 }, (_, index) => ({ ...size, key: `a${index}` }))],
  ])('is refused with %s', async (_, attributes) => {
    expect(await createResourceType(ctx, { name: 'Refused', attributes })).toMatchObject({
      kind: 'InvalidInput',
    });
  });

  it('has a name of its own', async () => {
    const { name } = await make();
    expect(await createResourceType(ctx, { name: ` ${name} ` })).toMatchObject({ path: ['input', 'name'] });
  });

  it('can drop and change what no resource uses', async () => {
    const type = await make(size, drive);
    await room(db, { typeId: type.id, attributes: { size: 12 } });
    const changed = await updateResourceType(ctx, { id: type.id, attributes: [{ ...size, label: 'Area' }] });
    expect(changed).toMatchObject({ version: 2, attributes: [{ key: 'size', label: 'Area' }] });
  });

  it.each<[string, AttributeDefinitionInput[]]>([
    ['drop an attribute', [size]],
    ['make a choice a number', [size, { key: 'drive', label: 'Drive', kind: 'NUMBER' }]],
    ['withdraw a choice', [size, { ...drive, choices: ['Diesel'] }]],
  ])('cannot %s that a resource uses', async (_, attributes) => {
    const type = await make(size, drive);
    await room(db, { typeId: type.id, attributes: { drive: 'Electric' } });
    const refused = await updateResourceType(ctx, { id: type.id, attributes });
    expect(refused).toMatchObject({ kind: 'InvalidInput', path: ['input', 'attributes'] });
    expect('message' in refused && refused.message).toContain('drive');
  });

  it('renames itself in the words by which its resources are found', async () => {
    const type = await make();
    await updateResourceType(ctx, { id: type.id, name: 'Gramophone' });
    const { id } = await room(db, { typeId: type.id });
    await updateResourceType(ctx, { id: type.id, name: 'Telescope', expectedVersion: 2 });
    const found = await psql(`select id from resource where search @@ 'telescope'::tsquery`);
    expect(found).toEqual([{ id }]);
    expect(await psql(`select id from resource where search @@ 'gramophone'::tsquery`)).toEqual([]);
  });

  it('is refused a change from an old version', async () => {
    const type = await make();
    expect(await updateResourceType(ctx, { id: type.id, name: 'Other', expectedVersion: 7 })).toMatchObject({
      kind: 'VersionConflict',
      currentVersion: 1,
      current: { node: 'ResourceType', id: type.id },
    });
  });
});
