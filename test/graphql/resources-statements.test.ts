import { parse } from 'graphql';
import { buildHoldfastSchema } from '../../src/graphql/build-schema.js';
import { executeOperation } from '../../src/graphql/execution/execute.js';
import type { Database, Statement } from '../../src/sql/statement.js';
import { instance } from '../domain/auth/identity-kit.js';
import { close } from '../kit/closures.js';
import { testCtx } from '../kit/ctx.js';
import { useDatabase } from '../kit/database.js';
import { person } from '../kit/people.js';
import { place, resourceType, room } from '../kit/things.js';

const { db } = await useDatabase();
const { ctx } = await instance(db);
const viewer = (await person(db)).viewer;
const boss = testCtx(db, (await person(db, 'MANAGER')).viewer);

for (let index = 0; index < 60; index++) {
  const site = await place(db);
  const floor = await place(db, { kind: 'FLOOR', parentId: site.id });
  const managers = [(await person(db)).id, (await person(db)).id];
  const { id: typeId } = await resourceType(db, {
    attributes: [{ key: 'n', label: 'N', kind: 'NUMBER', choices: [], required: false }],
  });
  const { id } = await room(db, {
    name: `Room ${String(index).padStart(3, '0')}`,
    placeId: floor.id,
    typeId,
    managers,
    attributes: { n: index },
  });
  await close(boss, id);
}

/** The same database, which writes down the names of the statements that it is asked. */
function counting(): { db: Database; asked: string[] } {
  const asked: string[] = [];
  const query = <Row>(statement: Statement<Row>, values: readonly unknown[]) => {
    asked.push(statement.name);
    return db.query(statement, values);
  };
  return {
    asked,
    db: { ...db, query, em: () => db.em(), transaction: db.transaction, unitOfWork: db.unitOfWork },
  };
}

const FIELDS = `name viewerCanManage type { name } attributes { key number } managers { name }
  place { name path { name } parent { name children { nodes { name } } } }`;

const schema = buildHoldfastSchema();

it.each([1, 10, 50])(
  'reads a page of %i resources with all relations in eight statements, compiled too',
  async (first) => {
    const document = parse(`query ($first: Int) { resources(first: $first) { nodes { ${FIELDS} } } }`);
    for (let use = 1; use <= 3; use++) {
      const { db: counted, asked } = counting();
      const contextValue = { ...ctx, db: counted, viewer, signal: new AbortController().signal };
      const { data, errors } = await executeOperation({
        schema,
        document,
        contextValue,
        variableValues: { first },
      });
      expect(errors).toBeUndefined();
      const { nodes } = JSON.parse(JSON.stringify(data)).resources;
      expect(nodes).toHaveLength(first);
      expect(nodes[0]).toMatchObject({
        managers: [{}, {}],
        attributes: [{ key: 'n', number: 0 }],
        place: { path: [{}, {}], parent: { children: { nodes: [{}] } } },
      });
      expect(asked.map((name) => name.replace(/-[0-9a-f]{16}$/, '')).sort()).toEqual([
        'place-by-ids',
        'place-by-ids',
        'place-children',
        'resource-caretakers',
        'resource-managed-by',
        'resource-page',
        'resource-type-by-ids',
        'user-by-ids',
      ]);
    }
  },
);

it.each([2, 30])(
  'reads when %i resources are closed, by what and by which act in five statements',
  async (first) => {
    const window = '{ startsAt: "2027-03-01T00:00:00Z", endsAt: "2027-04-01T00:00:00Z" }';
    const document = parse(`query ($first: Int) { resources(first: $first) { nodes {
    closures(window: ${window}) { nodes { window { startsAt } closure { title closing { id } } } } } } }`);
    const { db: counted, asked } = counting();
    const contextValue = { ...ctx, db: counted, viewer, signal: new AbortController().signal };
    const variableValues = { first };
    const { data, errors } = await executeOperation({ schema, document, contextValue, variableValues });
    expect(errors).toBeUndefined();
    const { nodes } = JSON.parse(JSON.stringify(data)).resources;
    expect(nodes).toHaveLength(first);
    for (const { closures } of nodes)
      expect(closures.nodes).toMatchObject([
        { closure: { title: 'Maintenance', closing: { id: expect.any(String) } } },
      ]);
    expect(asked.map((name) => name.replace(/-[0-9a-f]{16}$/, '')).sort()).toEqual([
      'closings-by-ids',
      'closures-by-ids',
      'read-placements',
      'read-rule-book',
      'resource-page',
    ]);
  },
);
