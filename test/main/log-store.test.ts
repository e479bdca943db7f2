import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Client } from 'pg';
import { sweepFiles } from '../../src/domain/attachments/sweep-files.js';
import { globalId, newId } from '../../src/domain/ids.js';
import { diskStore } from '../../src/infra/file-store/disk.js';
import { post } from '../kit/calls.js';
import { ManualClock } from '../kit/clock.js';
import { useDatabase } from '../kit/database.js';
import { eventually } from '../kit/eventually.js';
import { person } from '../kit/people.js';
import { type Program, startProgram, testFolder } from '../kit/program.js';
import { logLines } from '../kit/segments.js';
import { tokensFor } from '../kit/tokens.js';

const database = await useDatabase();
const { db, psql } = database;
const people = [await person(db, 'ADMINISTRATOR'), await person(db, 'MEMBER')];
const [admin = '', member = ''] = await tokensFor(db, people);
const WAIT_MS = 30_000;

/** A folder for the store and one for the logs of a machine, and programs that have them. */
function machine(files = testFolder()) {
  const logs = testFolder();
  const pathOf = (program: string, number: number) => join(logs, `rooms-${program}.${number}.log`);
  const read = (program: string, number: number) =>
    existsSync(pathOf(program, number)) ? readFileSync(pathOf(program, number), 'utf8') : null;
  return {
    files,
    logs,
    read,
    /** What an earlier life has filled, and the file that it has begun. */
    leave(program: string, text: string) {
      writeFileSync(pathOf(program, 1), text);
      writeFileSync(pathOf(program, 2), '');
    },
    start: (program: 'api' | 'sweeper', env: Record<string, string> = {}): Program =>
      startProgram(program, {
        databaseUrl: database.url,
        env: {
          LOG_FILE: join(logs, 'rooms'),
          LOG_FILE_MEGABYTES: '1',
          LOG_FILE_STORE: 'on',
          HOLDFAST_FILES_DIR: files,
          ...env,
        },
      }),
    /** The api's address, as it says itself. */
    url: () =>
      eventually(() => {
        const said = /"port":(\d+),"msg":"listening"/.exec(`${read('api', 1)}${read('api', 2)}`);
        if (!said) throw new Error('not listening');
        return `http://127.0.0.1:${said[1]}`;
      }, WAIT_MS),
    /** Keys of whole files in the store. */
    stored: () =>
      readdirSync(files).flatMap((name) => (name.length === 2 ? readdirSync(join(files, name)) : [])),
  };
}

const get = (url: string, path: string, token: string | null) =>
  fetch(`${url}${path}`, { headers: token ? { authorization: `Bearer ${token}` } : {} });
const rows = () =>
  psql<{ id: string; program: string; sha256: Buffer }>('select * from log_file order by from_at');
const shaOf = (text: string | Buffer) => createHash('sha256').update(text).digest('hex');

afterEach(async () => {
  await psql('delete from log_file');
  await psql('delete from stray_file');
});

it('moves what an api fills into the store, where administrators list and get every line of it', async () => {
  const one = machine();
  const api = one.start('api');
  const url = await one.url();
  // Some 2.3 MB of lines, which end the name of an operation at 100 letters.
  const names = Array.from({ length: 6_500 }, (_, index) => `Q${index}_${'x'.repeat(90)}`);
  for (const name of names) await post({ url }, admin, { query: `query ${name} { __typename }` });
  await eventually(() => expect([one.read('api', 1), one.read('api', 2)]).toEqual([null, null]), WAIT_MS);
  const FILES = `{ logFiles(filter: { program: "api" }) { nodes {
    id program machine number fromAt untilAt lines bytes sha256 url } } }`;
  const answer = (await post({ url }, admin, { query: FILES }))?.answer as { data: never };
  const { nodes } = (answer.data as { logFiles: { nodes: Record<string, string>[] } }).logFiles;
  expect(nodes.map(({ number }) => number)).toEqual([2, 1]);
  const texts: string[] = [];
  for (const file of [...nodes].reverse()) {
    const got = await get(url, file.url ?? '', admin);
    const text = Buffer.from(await got.arrayBuffer());
    expect(got.status).toBe(200);
    expect(got.headers.get('cache-control')).toBe('no-store');
    expect(got.headers.get('content-type')).toBe('application/jsonl; charset=utf-8');
    expect(got.headers.get('content-disposition')).toBe(`attachment; filename="${file.id}.jsonl"`);
    expect(file).toMatchObject({ sha256: shaOf(text), bytes: text.length });
    const lines = text.toString().trimEnd().split('\n');
    expect(file).toMatchObject({
      lines: lines.length,
      fromAt: JSON.parse(lines[0] ?? '').time,
      untilAt: JSON.parse(lines.at(-1) ?? '').time,
    });
    texts.push(text.toString());
  }
  texts.push(one.read('api', 3) ?? '');
  const logged = texts.join('').match(/"operation":"Q\d+_x+"/g);
  expect(logged).toEqual(names.map((name) => `"operation":"${name}"`));
  const [{ url: path = '', id = '' } = {}] = nodes;
  expect(
    await psql(`select actor_id as actor, subject_id as id from audit where action = 'logFile.export'`),
  ).toEqual(Array(2).fill({ actor: people[0]?.id, id: expect.any(String) }));
  expect((await get(url, path, member)).status).toBe(403);
  expect((await get(url, path, null)).status).toBe(401);
  for (const wrong of [globalId('LogFile', newId()), globalId('User', people[0]?.id ?? ''), 'x'])
    expect((await get(url, `/export/logs/${wrong}.jsonl`, admin)).status).toBe(404);
  expect((await get(url, `/export/logs/${id}.csv`, admin)).status).toBe(404);
  expect(await psql(`select from audit where action = 'logFile.export'`)).toHaveLength(2);
  expect(await api.stop()).toBe(0);
}, 120_000);

it('stores once what a process was about to give a row when it was killed', async () => {
  const one = machine();
  const text = logLines(5, '2027-03-01T08:00:00Z');
  one.leave('api', text);
  const other = new Client({ connectionString: database.url });
  await other.connect();
  await other.query('begin; lock table log_file in share mode');
  const api = one.start('api');
  await eventually(() => expect(one.stored()).toHaveLength(1), WAIT_MS);
  await api.kill();
  // A statement that waits is not told that its client has died.
  await psql(`select pg_terminate_backend(pid) from pg_stat_activity
    where datname = current_database() and wait_event_type = 'Lock'`);
  await other.end();
  expect(await rows()).toEqual([]);
  expect(one.read('api', 1)).toBe(text);
  const again = one.start('api');
  await eventually(() => expect(one.read('api', 1)).toBeNull(), WAIT_MS);
  expect(await again.stop()).toBe(0);
  await sweepFiles({ db, clock: new ManualClock('2100-01-01T00:00:00Z') }, await diskStore(one.files));
  const kept = await rows();
  expect(kept.map(({ sha256 }) => sha256.toString('hex'))).toEqual([shaOf(text)]);
  expect(one.stored()).toEqual(kept.map(({ id }) => id));
});

it('lets programs of several machines fill one store, each with its own', async () => {
  const one = machine();
  const two = machine(one.files);
  const texts = ['2027-03-01T08:00:00Z', '2027-03-01T09:00:00Z', '2027-03-01T10:00:00Z'].map((from) =>
    logLines(500, from),
  );
  one.leave('api', texts[0] ?? '');
  one.leave('sweeper', texts[1] ?? '');
  two.leave('api', texts[2] ?? '');
  const programs = [one.start('api'), one.start('sweeper'), two.start('api')];
  await eventually(async () => expect(await rows()).toHaveLength(3), WAIT_MS);
  await eventually(() => {
    expect([one.read('api', 1), one.read('sweeper', 1), two.read('api', 1)]).toEqual([null, null, null]);
  });
  const kept = await rows();
  expect(kept.map(({ program, sha256 }) => [program, sha256.toString('hex')])).toEqual([
    ['api', shaOf(texts[0] ?? '')],
    ['sweeper', shaOf(texts[1] ?? '')],
    ['api', shaOf(texts[2] ?? '')],
  ]);
  const url = await two.url();
  const got = kept.map(async ({ id }) =>
    (await get(url, `/export/logs/${globalId('LogFile', id)}.jsonl`, admin)).text(),
  );
  expect(await Promise.all(got)).toEqual(texts);
  for (const program of programs) expect(await program.stop()).toBe(0);
});

it('serves on while the store is away, and loses nothing of what it logs', async () => {
  const one = machine(join(testFolder(), 'files'));
  mkdirSync(one.files);
  // Nothing can be stored as long as there is no folder for what is under way.
  writeFileSync(join(one.files, 'under-way'), '');
  const text = logLines(5, '2027-03-01T08:00:00Z');
  one.leave('api', text);
  const api = one.start('api');
  const url = await one.url();
  await eventually(() => expect(one.read('api', 2)).toContain('wait to be stored; trying again'), WAIT_MS);
  expect((await post({ url }, admin, { query: '{ __typename }' }))?.status).toBe(200);
  expect(one.read('api', 1)).toBe(text);
  expect(await rows()).toEqual([]);
  expect(await api.stop()).toBe(0);
});

it('leaves files on the machine where it is not told to store them', async () => {
  const one = machine();
  const text = logLines(5, '2027-03-01T08:00:00Z');
  one.leave('api', text);
  const api = one.start('api', { LOG_FILE_STORE: 'off' });
  await one.url();
  expect(await api.stop()).toBe(0);
  expect(one.read('api', 1)).toBe(text);
  expect(await rows()).toEqual([]);
});
