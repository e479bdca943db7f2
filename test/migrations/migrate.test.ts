import { copyFileSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { migrate } from '../../src/infra/postgres/migrate.js';
import { printDatabase } from '../../src/infra/postgres/print-database.js';
import { emptyDatabase, type TestDatabase } from '../kit/database.js';
import { SilentLog } from '../kit/log.js';
import { testFolder } from '../kit/program.js';

const log = new SilentLog();
const databases: TestDatabase[] = [];
async function fresh(): Promise<TestDatabase> {
  const database = await emptyDatabase();
  databases.push(database);
  return database;
}
afterAll(() => Promise.all(databases.map((database) => database.drop())));

/** A folder with the given migrations. */
function folderOf(files: Record<string, string>): string {
  const folder = testFolder();
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  return folder;
}

test('migrating from empty gives exactly schema/database.sql', async () => {
  const database = await fresh();
  await migrate(database.url, log);
  // "npm run schema" prints it anew after a migration was added.
  expect(await printDatabase(database.url)).toBe(readFileSync('schema/database.sql', 'utf8'));
});

test('schema/database.sql itself makes the same database', async () => {
  // PostgreSQL flattens a nested OR when it reads its own words again.
  const withoutParentheses = (text: string) => text.replace(/[()]/g, '');
  const database = await fresh();
  const text = readFileSync('schema/database.sql', 'utf8');
  await database.psql(text);
  expect(withoutParentheses(await printDatabase(database.url))).toBe(withoutParentheses(text));
});

test('migrating a second time does nothing', async () => {
  const database = await fresh();
  expect(await migrate(database.url, log)).not.toEqual([]);
  const before = await database.psql('select * from migration order by id');
  expect(await migrate(database.url, log)).toEqual([]);
  expect(await database.psql('select * from migration order by id')).toEqual(before);
});

test('several instances that start at once migrate once', async () => {
  const database = await fresh();
  const folder = folderOf({ '0001-slow.sql': 'select pg_sleep(0.2); create table once (id integer);' });
  const done = await Promise.all([1, 2, 3, 4].map(() => migrate(database.url, log, folder)));
  expect(done.flat()).toEqual(['0001-slow']);
});

test('runs files in the order of their names and only those that are new', async () => {
  const database = await fresh();
  const folder = folderOf({
    '0002-b.sql': 'alter table a add b integer;',
    '0001-a.sql': 'create table a (a integer);',
  });
  expect(await migrate(database.url, log, folder)).toEqual(['0001-a', '0002-b']);
  writeFileSync(
    join(folder, '0003-c.sql'),
    "insert into a (a, b) select 1, 2 where '{\"x\": 1}'::jsonb ? 'x';",
  );
  expect(await migrate(database.url, log, folder)).toEqual(['0003-c']);
  expect(await database.psql('select * from a')).toEqual([{ a: 1, b: 2 }]);
});

test('a migration that fails leaves nothing of itself or of those before it in the same run', async () => {
  const database = await fresh();
  const folder = folderOf({
    '0001-a.sql': 'create table a (a integer);',
    '0002-bad.sql': 'create table b (b nonsense);',
  });
  await expect(migrate(database.url, log, folder)).rejects.toThrow('nonsense');
  expect(await database.psql("select to_regclass('a') as a, to_regclass('b') as b")).toEqual([
    { a: null, b: null },
  ]);
  writeFileSync(join(folder, '0002-bad.sql'), 'create table b (b integer);');
  expect(await migrate(database.url, log, folder)).toHaveLength(2);
});

test('refuses a database that a newer program has migrated, and changes nothing in it', async () => {
  const database = await fresh();
  const newer = folderOf({
    '0001-a.sql': 'create table a (a integer);',
    '9999-future.sql': 'create table f (f integer);',
  });
  await migrate(database.url, log, newer);
  const older = folderOf({ '0002-b.sql': 'create table b (b integer);' });
  copyFileSync(join(newer, '0001-a.sql'), join(older, '0001-a.sql'));
  await expect(migrate(database.url, log, older)).rejects.toThrow(
    'The database has been migrated by a newer Holdfast (9999-future)',
  );
  expect(await database.psql("select to_regclass('b') as b")).toEqual([{ b: null }]);
});

test('a database that has later migrations already is given those that came in between', async () => {
  const files = Object.fromEntries(
    readdirSync('migrations').map((name) => [name, readFileSync(join('migrations', name), 'utf8')]),
  );
  const { '0010-webhooks.sql': late, '0012-directory.sql': last, ...others } = files;
  expect([late, last]).not.toContain(undefined);
  const earlier = Object.entries(others).filter(([name]) => name < '0012');
  const before = { ...Object.fromEntries(earlier), '0012-directory.sql': last as string };
  const database = await fresh();
  await migrate(database.url, log, folderOf(before));
  expect((await migrate(database.url, log))[0]).toBe('0010-webhooks');
  expect(await printDatabase(database.url)).toBe(readFileSync('schema/database.sql', 'utf8'));
});
