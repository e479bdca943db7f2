import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { Client } from 'pg';
import { cloneDatabase } from '../kit/database.js';
import { eventually } from '../kit/eventually.js';
import { logged, type Program, startProgram, testFolder } from '../kit/program.js';

// As root, PostgreSQL runs under another account that has to get in.
const dataDir = join(testFolder({ mode: 0o711 }), 'data');
const options = {
  databaseUrl: 'postgres://unused/unused',
  env: { DATABASE_URL: '', HOLDFAST_SECRET: '', HOLDFAST_DATA_DIR: dataDir },
  args: ['--empty'],
};

async function started(program: Program): Promise<string> {
  const { port } = await logged(program, 'listening', 60_000);
  await eventually(() => expect(program.output()).toContain('Holdfast is running'));
  return `http://127.0.0.1:${port}`;
}

async function signIn(url: string, email: string, password: string): Promise<unknown> {
  const query = `mutation ($input: SignInInput!) {
    signIn(input: $input) { __typename ... on SignInSuccess { user { role } } } }`;
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query, variables: { input: { email, password } } }),
  });
  return ((await response.json()) as { data: { signIn: unknown } }).data.signIn;
}

const ADMINISTRATOR = { __typename: 'SignInSuccess', user: { role: 'ADMINISTRATOR' } };

test('with nothing configured everything runs on one machine, stops in order, and finds its data again', async () => {
  const first = startProgram('start', options);
  const url = await started(first);
  const password = / with the password (\S+)/.exec(first.output())?.[1] ?? '';
  expect(await signIn(url, 'admin@holdfast.example', password)).toEqual(ADMINISTRATOR);
  expect(readFileSync(join(dataDir, 'admin-password'), 'utf8').trim()).toBe(password);
  for (const name of ['admin-password', 'secret'])
    expect(statSync(join(dataDir, name)).mode & 0o777).toBe(0o600);
  await logged(first, 'sweeping');
  expect(await first.stop()).toBe(0);
  expect(first.output()).not.toMatch(/"level":"(warn|error)"/);

  const second = startProgram('start', options);
  const again = await started(second);
  expect(second.output()).not.toContain(password);
  expect(await signIn(again, 'admin@holdfast.example', password)).toEqual(ADMINISTRATOR);

  const third = startProgram('start', options);
  expect(await third.ended).toBe(1);
  expect(third.output()).toContain('Another Holdfast is running on');
  expect(await signIn(again, 'admin@holdfast.example', password)).toEqual(ADMINISTRATOR);

  await second.kill();
  const fourth = startProgram('start', options);
  expect(await signIn(await started(fourth), 'admin@holdfast.example', password)).toEqual(ADMINISTRATOR);
  expect(fourth.lines().find((line) => line.msg === 'embedded PostgreSQL is up')).toMatchObject({
    adopted: true,
  });
  expect(await fourth.stop()).toBe(0);
}, 120_000);

test('on a database of the environment it keeps a sweeper running beside the api', async () => {
  const database = await cloneDatabase();
  const env = { HOLDFAST_ADMIN_EMAIL: 'Boss@Example.com', HOLDFAST_ADMIN_PASSWORD: 'correct horse battery' };
  const program = startProgram('start', { databaseUrl: database.url, env, args: ['--empty'] });
  const url = await started(program);
  expect(program.output()).not.toContain('correct horse battery');
  expect(await signIn(url, 'boss@example.com', 'correct horse battery')).toEqual(ADMINISTRATOR);

  const { pid } = await logged(program, 'sweeping');
  process.kill(Number(pid), 'SIGKILL');
  await eventually(() => {
    const sweepers = program.lines().filter((line) => line.msg === 'sweeping');
    expect(sweepers).toHaveLength(2);
  }, 10_000);

  const sweeper = Number(program.lines().findLast((line) => line.msg === 'sweeping')?.pid);
  await program.kill();
  await eventually(() => expect(() => process.kill(sweeper, 0)).toThrow('ESRCH'), 10_000);
  await database.drop();
}, 60_000);

test('npm run migrate brings a database up to date and says what it did', async () => {
  const { emptyDatabase } = await import('../kit/database.js');
  const database = await emptyDatabase();
  const first = startProgram('migrate', { databaseUrl: database.url });
  expect(await first.ended).toBe(0);
  expect(first.output()).toMatch(/^Migrated: 0001-foundation/m);
  const second = startProgram('migrate', { databaseUrl: database.url });
  expect(await second.ended).toBe(0);
  expect(second.output()).toContain('The database is up to date.');
  const client = new Client({ connectionString: database.url });
  await client.connect();
  expect((await client.query("select to_regclass('claim') is not null as there")).rows).toEqual([
    { there: true },
  ]);
  await client.end();
  await database.drop();
});
