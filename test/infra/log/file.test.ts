import { readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { logFile } from '../../../src/infra/log/file.js';
import { pinoLog } from '../../../src/infra/log/pino.js';
import { cloneDatabase } from '../../kit/database.js';
import { eventually } from '../../kit/eventually.js';
import { startProgram, testFolder } from '../../kit/program.js';

const database = await cloneDatabase();
afterAll(() => database.drop());

it('begins another file when one is full, keeps so many, and goes on with the newest', async () => {
  const folder = testFolder();
  const open = async () =>
    pinoLog({
      level: 'info',
      pretty: false,
      to: await logFile({ path: join(folder, 'rooms-api'), megabytes: 1, count: 2 }),
    });
  writeFileSync(join(folder, 'other.log'), 'not ours');
  const log = await open();
  for (let line = 0; line < 5_000; line++) {
    log.info({ line, filler: 'x'.repeat(1_000), password: 'hunter2' }, 'a line');
    if (line % 100 === 0) await new Promise((resolve) => setImmediate(resolve));
  }
  const files = () => readdirSync(folder).filter((name) => name !== 'other.log');
  await eventually(() => expect(files()).toHaveLength(2));
  const newest = () => Math.max(...files().map((name) => Number(/^rooms-api\.(\d+)\.log$/.exec(name)?.[1])));
  expect(newest()).toBeGreaterThan(3);
  const last = newest();
  (await open()).info({}, 'after a restart');
  expect(newest()).toBe(last);
  const text = readFileSync(join(folder, `rooms-api.${last}.log`), 'utf8');
  expect(JSON.parse(text.trim().split('\n').at(-1) ?? '')).toMatchObject({
    level: 'info',
    msg: 'after a restart',
  });
  expect(text).not.toContain('hunter2');
  expect(statSync(join(folder, `rooms-api.${last}.log`)).mode & 0o077).toBe(0);
  expect(readFileSync(join(folder, 'other.log'), 'utf8')).toBe('not ours');
});

it('lets a program go on where the disk is full, and says so once', async () => {
  const path = join(testFolder(), 'rooms');
  symlinkSync('/dev/full', `${path}-sweeper.1.log`);
  const sweeper = startProgram('sweeper', {
    databaseUrl: database.url,
    env: { LOG_FILE: path, HOLDFAST_SWEEP_INTERVAL_MS: '50' },
  });
  await eventually(() => expect(sweeper.output()).toContain('ENOSPC'), 20_000);
  expect(await sweeper.stop()).toBe(0);
  expect(sweeper.output().match(/could not be written/g)).toHaveLength(1);
});

it('takes the log of a program instead of standard output', async () => {
  const path = join(testFolder(), 'logs', 'rooms');
  const sweeper = startProgram('sweeper', { databaseUrl: database.url, env: { LOG_FILE: `${path}.log` } });
  const messages = () =>
    readFileSync(`${path}-sweeper.1.log`, 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line).msg);
  await eventually(() => expect(messages()).toContain('sweeping'), 20_000);
  expect(await sweeper.stop()).toBe(0);
  expect(messages()).toContain('stopping');
  expect(sweeper.output()).toBe('');
});

it('stops the start with a sentence where it cannot write', async () => {
  const file = join(testFolder(), 'file');
  writeFileSync(file, '');
  const api = startProgram('api', { databaseUrl: database.url, env: { LOG_FILE: join(file, 'rooms') } });
  expect(await api.ended).toBe(1);
  expect(api.output()).toMatch(
    /^LOG_FILE is ".*", where nothing can be written \((ENOTDIR|EEXIST)\); allowed is/m,
  );
});
