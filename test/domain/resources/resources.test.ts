import type { AttributeInput } from '../../../src/domain/resources/attribute-values.js';
import { type CreateResource, createResource } from '../../../src/domain/resources/create-resource.js';
import { type UpdateResource, updateResource } from '../../../src/domain/resources/update-resource.js';
import { updateResourceType } from '../../../src/domain/resources/update-resource-type.js';
import type { ResourceRow } from '../../../src/sql/resources/resource-row.js';
import { testCtx } from '../../kit/ctx.js';
import { useDatabase } from '../../kit/database.js';
import { person } from '../../kit/people.js';
import { place, resourceType, room } from '../../kit/things.js';

const { db, psql } = await useDatabase();
const boss = await person(db, 'MANAGER');
const ctx = testCtx(db, boss.viewer);

const site = await place(db, { timeZone: 'Europe/Lisbon' });
const floor = await place(db, { kind: 'FLOOR', parentId: site.id });
const definition = (key: string, kind: string, more: object = {}) => ({
  key,
  label: key,
  kind,
  unit: null,
  choices: [],
  required: false,
  ...more,
});
const type = await resourceType(db, {
  attributes: [
    definition('maker', 'TEXT'),
    definition('watts', 'NUMBER'),
    definition('wired', 'BOOLEAN'),
    definition('drive', 'CHOICE', { choices: ['Electric', 'Diesel'] }),
  ],
});

let count = 0;
const wish = (more: Partial<CreateResource> = {}): CreateResource => ({
  name: `Made ${++count}`,
  typeId: type.id,
  placeId: floor.id,
  ...more,
});
async function make(more: Partial<CreateResource> = {}): Promise<ResourceRow> {
  const made = await createResource(ctx, wish(more));
  if (!('node' in made)) throw new Error(made.message);
  return made;
}
const update = (id: string, changes: Omit<UpdateResource, 'id'>, by = ctx) =>
  updateResource(by, { id, ...changes });

describe('a new resource', () => {
  it('is exclusive, active and in the zone of the nearest place unless said otherwise', async () => {
    expect(await make({ tags: [' Video ', 'video', 'Quiet'] })).toMatchObject({
      node: 'Resource',
      timeZone: 'Europe/Lisbon',
      pooled: false,
      capacity: 1,
      status: 'ACTIVE',
      tags: ['video', 'quiet'],
      version: 1,
      createdAt: expect.stringMatching(/^2027-03-01.08:00/),
    });
    expect(await make({ timeZone: 'Asia/Tokyo' })).toMatchObject({ timeZone: 'Asia/Tokyo' });
  });

  it('asks for a zone where no place around has one', async () => {
    const nowhere = await place(db);
    expect(await createResource(ctx, wish({ placeId: nowhere.id }))).toMatchObject({
      path: ['input', 'timeZone'],
    });
  });

  it.each<[string, Partial<CreateResource>, string]>([
    ['a type that is not there', { typeId: site.id }, 'typeId'],
    ['a place that is not there', { placeId: type.id }, 'placeId'],
    ['a zone that is none', { timeZone: '+02:00' }, 'timeZone'],
    ['several at once without being a pool', { capacity: 2 }, 'capacity'],
    ['a pool of nothing', { pooled: true, capacity: 0 }, 'capacity'],
    ['a pool beyond reason', { pooled: true, capacity: 10_001 }, 'capacity'],
    ['seats below zero', { seats: -1 }, 'seats'],
    ['buffers of more than a week', { setupMinutes: 10_081 }, 'setupMinutes'],
    ['buffers below zero', { teardownMinutes: -1 }, 'teardownMinutes'],
    ['NUL in its name', { name: 'a\0' }, 'name'],
    ['half a character in its description', { description: '\udc00' }, 'description'],
    ['an endless description', { description: 'x'.repeat(5001) }, 'description'],
    ['an empty tag', { tags: [' '] }, 'tags'],
    ['31 tags', { tags: Array.from({ length: 31 }, (_, index) => `t${index}`) }, 'tags'],
    ['an endless reason', { status: 'MAINTENANCE', statusReason: 'x'.repeat(501) }, 'statusReason'],
    ['a manager who is not there', { managerIds: [site.id] }, 'managerIds'],
  ])('is refused with %s', async (_, more, field) => {
    expect(await createResource(ctx, wish(more))).toMatchObject({
      kind: 'InvalidInput',
      path: ['input', field],
    });
  });

  it('has a name of its own in its place, and may share it with another place', async () => {
    const { name } = await make();
    expect(await createResource(ctx, wish({ name }))).toMatchObject({ path: ['input', 'name'] });
    expect(await make({ name, placeId: site.id })).toMatchObject({ name });
  });

  it('writes nothing when it is refused', async () => {
    const [before] = await psql(
      'select (select count(*) from resource), (select count(*) from audit) as audits',
    );
    await createResource(ctx, wish({ managerIds: [site.id] }));
    expect(
      await psql('select (select count(*) from resource), (select count(*) from audit) as audits'),
    ).toEqual([before]);
  });
});

describe('attributes', () => {
  it('keep the type of their values', async () => {
    const attributes = [
      { key: 'maker', text: 'Acme' },
      { key: 'watts', number: 0.5 },
      { key: 'wired', boolean: false },
      { key: 'drive', text: 'Electric' },
    ];
    expect((await make({ attributes })).attributes).toEqual({
      maker: 'Acme',
      watts: 0.5,
      wired: false,
      drive: 'Electric',
    });
  });

  it.each<[string, AttributeInput]>([
    ['a key that the type lacks', { key: 'colour', text: 'red' }],
    ['the key __proto__', { key: '__proto__', text: 'x' }],
    ['the key constructor', { key: 'constructor', text: 'x' }],
    ['a text for a number', { key: 'watts', text: '5' }],
    ['a number for a text', { key: 'maker', number: 5 }],
    ['a number for a truth', { key: 'wired', number: 1 }],
    ['no number', { key: 'watts', number: Number.NaN }],
    ['what is no choice', { key: 'drive', text: 'Steam' }],
    ['two values at once', { key: 'maker', text: 'Acme', number: 1 }],
    ['NUL', { key: 'maker', text: 'a\0' }],
    ['half a character', { key: 'maker', text: '\ud83d' }],
  ])('are refused with %s', async (_, attribute) => {
    const refused = await createResource(ctx, wish({ attributes: [attribute] }));
    expect(refused).toMatchObject({ kind: 'InvalidInput' });
    expect('path' in refused && refused.path.slice(0, 2)).toEqual(['input', 'attributes']);
  });

  it('stay where a change does not name them, and go where it names them without a value', async () => {
    const { id } = await make({
      attributes: [
        { key: 'maker', text: 'Acme' },
        { key: 'watts', number: 5 },
      ],
    });
    const changed = await update(id, { attributes: [{ key: 'watts', number: 6 }, { key: 'maker' }] });
    expect(changed).toMatchObject({ attributes: { watts: 6 }, version: 2 });
    expect('attributes' in changed && Object.keys(changed.attributes)).toEqual(['watts']);
  });

  it('that are required are asked for when attributes change, and not before', async () => {
    const demanding = await resourceType(db, { attributes: [definition('serial', 'TEXT')] });
    const { id } = await make({ typeId: demanding.id });
    await updateResourceType(ctx, {
      id: demanding.id,
      attributes: [
        { key: 'serial', label: 'Serial', kind: 'TEXT', required: true },
        { key: 'note', label: 'Note', kind: 'TEXT' },
      ],
    });
    expect(await update(id, { description: 'fine' })).toMatchObject({ node: 'Resource' });
    expect(await update(id, { attributes: [{ key: 'note', text: 'x' }] })).toMatchObject({
      path: ['input', 'attributes'],
    });
    expect(await update(id, { attributes: [{ key: 'serial', text: 'x' }] })).toMatchObject({
      node: 'Resource',
    });
    expect(await createResource(ctx, wish({ typeId: demanding.id }))).toMatchObject({
      path: ['input', 'attributes'],
    });
  });

  it('are not lost unasked by a change of type', async () => {
    const plain = await resourceType(db, { attributes: [definition('maker', 'TEXT')] });
    const { id } = await make({
      attributes: [
        { key: 'maker', text: 'Acme' },
        { key: 'watts', number: 5 },
      ],
    });
    const refused = await update(id, { typeId: plain.id });
    expect(refused).toMatchObject({ kind: 'InvalidInput', path: ['input', 'attributes'] });
    const changed = await update(id, { typeId: plain.id, attributes: [{ key: 'watts' }] });
    expect(changed).toMatchObject({ typeId: plain.id, attributes: { maker: 'Acme' } });
  });
});

describe('a change of a resource', () => {
  it('leaves what it does not name, and clears what can be missing', async () => {
    const { id, name } = await make({ seats: 8, tags: ['a'], status: 'MAINTENANCE', statusReason: 'Paint' });
    expect(await update(id, { description: 'New' })).toMatchObject({
      name,
      seats: 8,
      tags: ['a'],
      statusReason: 'Paint',
    });
    expect(await update(id, { seats: null, name: null })).toMatchObject({ name, seats: null });
    expect(await update(id, { status: 'ACTIVE' })).toMatchObject({ status: 'ACTIVE', statusReason: null });
  });

  it('is refused from an old version, also where two change it at once', async () => {
    const { id } = await make();
    const both = await Promise.all(
      ['one', 'two'].map((description) => update(id, { description, expectedVersion: 1 })),
    );
    expect(both.map((result) => ('kind' in result ? result.kind : 'done')).sort()).toEqual([
      'VersionConflict',
      'done',
    ]);
  });

  it('that changes nothing leaves version and audit alone', async () => {
    const { id, name } = await make({ tags: ['a'], attributes: [{ key: 'maker', text: 'Acme' }] });
    const same = await update(id, {
      name,
      tags: ['A'],
      attributes: [{ key: 'maker', text: 'Acme' }],
      managerIds: [],
    });
    expect(same).toMatchObject({ version: 1 });
    expect(await psql('select 1 from audit where subject_id = $1', [id])).toHaveLength(1);
  });

  it('is written down with who, before and after', async () => {
    const { id } = await make({ seats: 4 });
    await update(id, { seats: 6, status: 'RETIRED', statusReason: 'Sold' });
    const [entry] = await psql(`select * from audit where subject_id = $1 and action = 'resource.update'`, [
      id,
    ]);
    expect(entry).toMatchObject({
      actor_id: boss.id,
      before: { seats: 4, status: 'ACTIVE', statusReason: null },
      after: { seats: 6, status: 'RETIRED', statusReason: 'Sold' },
    });
  });

  it('is open to its own managers, who do not choose its managers, and to nobody else', async () => {
    const [own, other] = [await person(db), await person(db)];
    const { id } = await make({ managerIds: [own.id] });
    const [asOwn, asOther] = [testCtx(db, own.viewer), testCtx(db, other.viewer)];
    expect(await update(id, { description: 'Mine' }, asOwn)).toMatchObject({ description: 'Mine' });
    expect(await update(id, { description: 'Not mine' }, asOther)).toMatchObject({ kind: 'NotFound' });
    expect(await update(id, { managerIds: [own.id, other.id] }, asOwn)).toMatchObject({
      path: ['input', 'managerIds'],
    });
    expect(await update(id, { managerIds: [other.id] })).toMatchObject({ version: 3 });
    expect(await update(id, { description: 'No more' }, asOwn)).toMatchObject({ kind: 'NotFound' });
  });

  it('refuses managers who cannot sign in any more', async () => {
    const gone = await person(db, 'MEMBER', { active: false });
    const { id } = await room(db);
    expect(await update(id, { managerIds: [gone.id] })).toMatchObject({ path: ['input', 'managerIds'] });
  });
});
