import { writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { cloneDatabase } from '../kit/database.js';
import { eventually } from '../kit/eventually.js';
import { logged, startApi, startProgram, startSweeper, testFolder } from '../kit/program.js';
import { redisUrl } from '../kit/redis.js';

const database = await cloneDatabase();
afterAll(() => database.drop());
const databaseUrl = database.url;

const status = async (url: string) => (await fetch(url)).status;

test.each([
  ['by PostgreSQL', undefined],
  ['by Redis', redisUrl()],
])('an api with wake-ups %s is ready, drains at the first signal and exits with 0', async (_by, redis) => {
  const api = await startApi({ databaseUrl, ...(redis && { redisUrl: redis }) });
  expect(await status(`${api.url}/healthz`)).toBe(200);
  await eventually(async () => {
    const ready = (await (await fetch(`${api.url}/readyz`)).json()) as { status: string };
    expect(ready.status).toBe('ready');
  });
  expect(await api.stop()).toBe(0);
  expect(api.output()).not.toMatch(/"level":"(error|fatal)"/);
});

test('a sweeper runs until it is told to stop', async () => {
  const sweeper = await startSweeper({ databaseUrl });
  expect(await sweeper.stop()).toBe(0);
});

test('two signals of one moment count as one, a later one forces the end', async () => {
  const once = await startSweeper({ databaseUrl });
  process.kill(once.pid, 'SIGINT');
  process.kill(once.pid, 'SIGTERM');
  expect(await once.ended).toBe(0);

  // A request that never ends holds the drain open.
  const api = await startApi({ databaseUrl });
  const { connect } = await import('node:net');
  const socket = connect(api.port, '127.0.0.1', () => {
    socket.write(
      'POST /graphql HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 100\r\n\r\n{',
    );
  });
  socket.on('error', () => {});
  await eventually(async () => expect(socket.bytesWritten).toBeGreaterThan(50));
  process.kill(api.pid, 'SIGTERM');
  await logged(api, 'stopping');
  await new Promise((resolve) => setTimeout(resolve, 1_100));
  process.kill(api.pid, 'SIGTERM');
  expect(await api.ended).toBe(1);
  expect(api.output()).toContain('second signal');
});

test('every wrong variable stops the start with a sentence of its own', async () => {
  const api = startProgram('api', {
    databaseUrl,
    env: { PORT: 'http', LOG_LEVEL: 'loud', HOLDFAST_PLAYGRUOND: 'on' },
  });
  expect(await api.ended).toBe(1);
  expect(api.output()).toMatch(/^PORT is "http"; allowed is a whole number from 0 to 65535\.$/m);
  expect(api.output()).toMatch(/^LOG_LEVEL is "loud"; allowed is one of /m);
  expect(api.output()).toMatch(/^HOLDFAST_PLAYGRUOND is "on", and no such variable exists/m);
});

test('a port that another program uses stops the start with one sentence', async () => {
  const other = createServer();
  await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
  const { port } = other.address() as { port: number };
  const api = startProgram('api', { databaseUrl, env: { PORT: String(port) } });
  expect(await api.ended).toBe(1);
  expect(api.output()).toContain(`PORT is "${port}", which another program uses`);
  other.close();
});

test('a clock file with anything but an instant stops the start', async () => {
  const clockFile = join(testFolder(), 'now');
  writeFileSync(clockFile, 'tomorrow');
  const api = startProgram('api', { databaseUrl, clockFile });
  expect(await api.ended).toBe(1);
  expect(api.output()).toContain('holds "tomorrow" instead of one RFC 3339 instant');
});

test('an api without a database to talk to says which variable it lacks', async () => {
  const api = startProgram('api', { databaseUrl, env: { DATABASE_URL: '' } });
  expect(await api.ended).toBe(1);
  expect(api.output()).toContain('DATABASE_URL is not set');
});
