import { createHash } from 'node:crypto';
import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { sweepFiles } from '../../../src/domain/attachments/sweep-files.js';
import { Unavailable } from '../../../src/domain/failure.js';
import { LogArchive } from '../../../src/domain/logs/log-archive.js';
import type { LogStore } from '../../../src/domain/logs/store-segment.js';
import { diskStore } from '../../../src/infra/file-store/disk.js';
import type { Database } from '../../../src/sql/statement.js';
import { ManualClock } from '../../kit/clock.js';
import { testCtx } from '../../kit/ctx.js';
import { useDatabase } from '../../kit/database.js';
import { filesIn } from '../../kit/files.js';
import { testFolder } from '../../kit/program.js';
import { type HandmadeLog, handmadeLog, logLines } from '../../kit/segments.js';

const { db, psql } = await useDatabase();
const ctx = testCtx(db);
const files = await filesIn();
const parts = { db, clock: ctx.clock, log: ctx.log, store: files.store, machine: 'one' };
const archive = (log: HandmadeLog, more: Partial<LogStore> = {}) =>
  new LogArchive({ ...parts, ...more }, log.segments);

/** A full file of five lines, and the open one behind it. */
function full(text = logLines(5, '2027-03-01T08:00:00Z')) {
  const log = handmadeLog();
  log.write(1, text);
  log.roll(2);
  return { log, text };
}

const rows = () =>
  psql<{ id: string; program: string; machine: string; number: number; sha256: Buffer }>(
    'select * from log_file order by number',
  );
async function stored(id: string): Promise<string> {
  const pieces: Uint8Array[] = [];
  for await (const piece of (await files.store.get(id)) ?? []) pieces.push(piece);
  return gunzipSync(Buffer.concat(pieces)).toString();
}
/** Each text is there once; once the sweeper was there, nothing else lies in the store. */
async function expectOnce(...texts: string[]) {
  await sweepFiles({ db, clock: new ManualClock('2100-01-01T00:00:00Z') }, files.store);
  const ids = (await rows()).map(({ id }) => id);
  expect(await Promise.all(ids.map(stored))).toEqual(texts);
  expect(files.lying().sort()).toEqual([...ids].sort());
  expect(await psql('select from stray_file')).toHaveLength(0);
}
/** The database, with something else done instead of giving a row. */
const naming = (instead: (name: () => Promise<unknown>) => Promise<unknown>): Database => ({
  ...db,
  query: (statement, values) =>
    (statement.name === 'name-log-file'
      ? instead(() => db.query(statement, values))
      : db.query(statement, values)) as never,
});

beforeEach(async () => {
  await psql('delete from log_file');
  await sweepFiles(ctx, files.store);
  ctx.log.lines.length = 0;
});

it('moves what is full into the store, tells what it is, and leaves the open one', async () => {
  const { log, text } = full();
  const second = logLines(3, '2027-03-01T09:00:00Z', 'Zoë');
  log.write(2, second);
  log.roll(3);
  log.add(3, 'still open\n');
  expect(await archive(log).round()).toBe(true);
  expect(await rows()).toMatchObject([
    {
      program: 'api',
      machine: 'one',
      number: 1,
      from_at: new Date('2027-03-01T08:00:00Z'),
      until_at: new Date('2027-03-01T08:00:04Z'),
      lines: 5,
      bytes: String(text.length),
      sha256: createHash('sha256').update(text).digest(),
    },
    { number: 2, lines: 3, bytes: String(Buffer.byteLength(second)) },
  ]);
  expect([log.read(1), log.read(2), log.read(3)]).toEqual([null, null, 'still open\n']);
  expect(await archive(log).round()).toBe(true);
  await expectOnce(text, second);
});

it('stores once what comes again from a process that died before it could remove it', async () => {
  const { log, text } = full();
  await archive(log).round();
  log.write(1, text);
  await archive(log).round();
  expect(log.read(1)).toBeNull();
  await expectOnce(text);
});

it('stores what an earlier life has left under the same number beside what is there', async () => {
  const { log, text } = full();
  await archive(log).round();
  const other = logLines(1, '2027-03-02T08:00:00Z');
  log.write(1, other);
  await archive(log).round();
  await expectOnce(...(await Promise.all((await rows()).map(({ id }) => stored(id)))));
  expect((await Promise.all((await rows()).map(({ id }) => stored(id)))).sort()).toEqual(
    [text, other].sort(),
  );
});

it('keeps what is full while the store is away, says so, and stores it when that is back', async () => {
  const folder = join(testFolder(), 'files');
  const store = await diskStore(folder);
  const { log, text } = full();
  const lines = log.segments.closed;
  renameSync(folder, `${folder}.away`);
  writeFileSync(folder, '');
  expect(await archive(log, { store }).round()).toBe(false);
  expect(log.read(1)).toBe(text);
  expect(await rows()).toEqual([]);
  expect(ctx.log.lines).toMatchObject([
    { level: 'warn', message: 'full files of the log wait to be stored; trying again' },
  ]);
  expect(await lines()).toHaveLength(1);
  renameSync(folder, `${folder}.file`);
  renameSync(`${folder}.away`, folder);
  expect(await archive(log, { store }).round()).toBe(true);
  expect(log.read(1)).toBeNull();
  const [row] = await rows();
  expect(await store.exists(row?.id ?? '')).toBe(true);
});

it.each([
  ['was lost', async () => Promise.reject(new Unavailable('away'))],
  [
    'was taken, and the answer was lost',
    async (name: () => Promise<unknown>) => {
      await name();
      throw new Unavailable('away');
    },
  ],
])('keeps the file while its row %s, and has it once in the end', async (_what, instead) => {
  const { log, text } = full();
  expect(await archive(log, { db: naming(instead) }).round()).toBe(false);
  expect(log.read(1)).toBe(text);
  await sweepFiles({ db, clock: ctx.clock }, files.store);
  expect(await archive(log).round()).toBe(true);
  expect(log.read(1)).toBeNull();
  await expectOnce(text);
});

it('gives no row to a file that was swept meanwhile, and stores it anew', async () => {
  const { log, text } = full();
  const late = naming(async (name) => {
    await psql('delete from stray_file');
    return name();
  });
  expect(await archive(log, { db: late }).round()).toBe(false);
  expect(await rows()).toEqual([]);
  // What the sweeper would have removed already.
  for (const key of files.lying()) await files.store.remove(key);
  expect(await archive(log).round()).toBe(true);
  await expectOnce(text);
});

it('stores once what two processes find at the same time', async () => {
  const { log, text } = full();
  await Promise.all([archive(log).round(), archive(log).round()]);
  await archive(log).round();
  expect(log.read(1)).toBeNull();
  await expectOnce(text);
});

it('breaks off when the program ends, and leaves the rest to its next life', async () => {
  const { log, text } = full(logLines(20_000, '2027-03-01T08:00:00Z'));
  const ending = archive(log);
  ending.start();
  await ending.close();
  expect(ctx.log.lines).toEqual([]);
  expect(log.read(1)).toBe(text);
  await archive(log).round();
  await expectOnce(text);
});

it('goes on with the next file where one cannot be read', async () => {
  const { log, text } = full();
  log.write(2, text);
  log.roll(3);
  rmSync(log.pathOf(1));
  mkdirSync(log.pathOf(1));
  expect(await archive(log).round()).toBe(false);
  expect(log.read(2)).toBeNull();
  await expectOnce(text);
});

it('keeps a file that has grown while it was stored', async () => {
  const { log, text } = full();
  const grown = naming(async (name) => {
    log.add(1, 'late\n');
    return name();
  });
  await archive(log, { db: grown }).round();
  expect(log.read(1)).toBe(`${text}late\n`);
});

it('takes lines without a time for those of now, and removes files without lines', async () => {
  const { log } = full('broken off');
  await archive(log).round();
  const now = new Date(ctx.clock.fixed());
  expect(await rows()).toMatchObject([{ lines: 1, from_at: now, until_at: now }]);
  log.write(1, '');
  await archive(log).round();
  expect(log.read(1)).toBeNull();
  await expectOnce('broken off');
});
