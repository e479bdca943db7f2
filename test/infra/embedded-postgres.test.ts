import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { type EmbeddedPostgres, startEmbeddedPostgres } from '../../src/infra/postgres/embedded.js';
import { runningPort } from '../../src/infra/postgres/embedded-process.js';
import { SilentLog } from '../kit/log.js';

const folder = mkdtempSync(join(tmpdir(), `holdfast-test-${process.pid}-`));
const log = new SilentLog();
const options = { folder, log, noSync: true };
const place = {
  folder,
  cluster: join(folder, 'cluster'),
  password: join(folder, 'password'),
  log: join(folder, 'postgres.log'),
};

async function query<Row extends object>(url: string, text: string): Promise<Row[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(text)).rows as Row[];
  } finally {
    await client.end();
  }
}

let server: EmbeddedPostgres | null = null;
afterAll(async () => {
  await server?.stop();
  rmSync(folder, { recursive: true, force: true });
});

test('starts on the loopback address only, with a password of its own, and keeps its promise to disk', async () => {
  server = await startEmbeddedPostgres(options);
  const { url, port, adopted } = server;
  expect(adopted).toBe(false);
  const setting = async (name: string) =>
    (await query<Record<string, string>>(url, `show ${name}`))[0]?.[name];
  expect(await setting('listen_addresses')).toBe('127.0.0.1');
  expect(await setting('fsync')).toBe('on');
  expect(await setting('synchronous_commit')).toBe('on');
  expect(statSync(place.password).mode & 0o777).toBe(0o600);
  expect(statSync(folder).mode & 0o777).toBe(0o700);
  await expect(query(`postgres://postgres:wrong@127.0.0.1:${port}/holdfast`, 'select 1')).rejects.toThrow(
    'password',
  );
  await query(url, 'create extension btree_gist');
  await query(url, 'create table kept (id integer); insert into kept values (1)');
});

test('says in one sentence that another Holdfast runs on the folder', async () => {
  await expect(startEmbeddedPostgres(options)).rejects.toThrow(`Another Holdfast is running on ${folder}`);
});

test('finds all data again after a stop', async () => {
  await server?.stop();
  expect(runningPort(place)).toBeNull();
  server = await startEmbeddedPostgres(options);
  expect(server.adopted).toBe(false);
  expect(await query(server.url, 'select id from kept')).toEqual([{ id: 1 }]);
});

test('adopts the server that a killed process has left running', async () => {
  await server?.stop();
  server = null;
  // The built one, in a process that can be killed.
  const source = `
    import { startEmbeddedPostgres } from '${process.cwd()}/dist/infra/postgres/embedded.js';
    const log = { debug() {}, info() {}, warn() {}, error() {} };
    await startEmbeddedPostgres({ folder: ${JSON.stringify(folder)}, log });
    console.log('up');
    setInterval(() => {}, 1000);`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', source], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await once(child.stdout, 'data');
  const port = runningPort(place);
  child.kill('SIGKILL');
  await once(child, 'exit');
  server = await startEmbeddedPostgres(options);
  expect(server).toMatchObject({ adopted: true, port });
  expect(await query(server.url, 'select id from kept')).toEqual([{ id: 1 }]);
});

test('a cluster that was cut short while it was made is not taken for one', async () => {
  const half = mkdtempSync(join(tmpdir(), `holdfast-test-${process.pid}-`));
  mkdirSync(join(half, 'cluster.new-999'), { recursive: true });
  const other = await startEmbeddedPostgres({ ...options, folder: half });
  expect(await query(other.url, 'select 1 as one')).toEqual([{ one: 1 }]);
  await other.stop();
  rmSync(half, { recursive: true, force: true });
});

const asRoot = process.getuid?.() === 0 ? test : test.skip;
asRoot('keeps the database where its account can reach it when the project hides it', async () => {
  const hidden = mkdtempSync(join(tmpdir(), `holdfast-test-${process.pid}-`));
  const told = new SilentLog();
  const wanted = join(hidden, 'data', 'postgres');
  const other = await startEmbeddedPostgres({ folder: wanted, log: told, noSync: true });
  const moved = told.lines.find((line) => line.message.startsWith('keeping the database'))?.facts;
  expect(moved).toMatchObject({
    wanted,
    folder: expect.stringMatching(/^\/var\/lib\/holdfast\/data-[0-9a-f]{12}$/),
  });
  expect(await query(other.url, 'select 1 as one')).toEqual([{ one: 1 }]);
  await other.stop();
  rmSync((moved as { folder: string }).folder, { recursive: true });
  rmSync(hidden, { recursive: true });
});

test('a server that does not start says its last words', async () => {
  await server?.stop();
  server = null;
  const conf = join(place.cluster, 'postgresql.auto.conf');
  const before = existsSync(conf) ? readFileSync(conf, 'utf8') : '';
  const { writeFileSync } = await import('node:fs');
  writeFileSync(conf, `${before}\nshared_buffers = 'nonsense'\n`);
  await expect(startEmbeddedPostgres(options)).rejects.toThrow(/does not start: .*shared_buffers/);
  writeFileSync(conf, before);
  server = await startEmbeddedPostgres(options);
});
