import { memoryCounters } from '../../src/domain/auth/memory-counters.js';
import { systemClock } from '../../src/infra/clock/system.js';
import { redisCounters, type SharedCounters } from '../../src/infra/counters/redis.js';
import { apiClient, tokenOf } from '../kit/clients.js';
import { testCtx } from '../kit/ctx.js';
import { useDatabase } from '../kit/database.js';
import { eventually } from '../kit/eventually.js';
import { SilentLog } from '../kit/log.js';
import { person } from '../kit/people.js';
import { redisUrl } from '../kit/redis.js';
import { type Answered, type TestServer, testServer } from '../kit/server.js';
import { RawSocket } from './sockets/raw-socket.js';

const { db, name } = await useDatabase();
const { viewer } = await person(db, 'ADMINISTRATOR');
const ctx = { ...testCtx(db, viewer), viewer, clock: systemClock };
const shared = [0, 1].map(() => redisCounters(redisUrl(), `${name}:`, memoryCounters, new SilentLog()));
afterAll(() => Promise.all(shared.map((each) => each.close())));
const servers = await Promise.all(
  shared.map(({ counters }) => testServer(db, { clock: systemClock, parts: { counters } })),
);
const [here, there] = servers as [TestServer, TestServer];
const VIEWER = { query: '{ viewer { name } }' };
const isLimited = ({ status, headers, body }: Answered) => {
  if (status !== 429) return false;
  const { code, retryAfter } = body.errors[0].extensions;
  expect(code).toBe('RATE_LIMITED');
  expect(headers.get('retry-after')).toBe(String(retryAfter));
  expect(retryAfter).toBeGreaterThan(0);
  return true;
};

it('lets a client run so many operations a minute, on all instances together, whatever its type of answer', async () => {
  const made = await apiClient(ctx, { perMinute: 12 });
  const token = await tokenOf(here, made);
  const ask = (server: TestServer, n: number) =>
    server.post(token, VIEWER, n % 3 ? {} : { accept: 'application/json' });
  const answers = await Promise.all(Array.from({ length: 30 }, (_, n) => ask(here, n)));
  expect(answers.filter(({ status }) => status === 200)).toHaveLength(12);
  expect(answers.filter(isLimited)).toHaveLength(18);
  // a moment later nothing is left elsewhere
  await eventually(async () => expect(isLimited(await ask(there, 0))).toBe(true));
  // by Apollo's way, by its id, and over a socket
  const odd = { ...VIEWER, variables: [] };
  expect(isLimited(await here.post(token, odd))).toBe(true);
  expect(
    isLimited(await here.fetch('/graphql?documentId=x', { headers: { authorization: `Bearer ${token}` } })),
  ).toBe(true);
  const socket = await RawSocket.signedIn(here.wsUrl, token);
  socket.subscribe('1', VIEWER.query);
  expect((await socket.next('error')).payload[0].extensions).toMatchObject({
    code: 'RATE_LIMITED',
    retryAfter: expect.any(Number),
  });
  socket.end();
  // and nobody else waits for it
  expect((await here.post(await tokenOf(here, await apiClient(ctx, { perMinute: 1 })), VIEWER)).status).toBe(
    200,
  );
});

it('holds a quota of the day on all instances together', async () => {
  const made = await apiClient(ctx, { perMinute: 1_000, perDay: 3 });
  const token = await tokenOf(here, made);
  for (let n = 0; n < 3; n++) expect((await here.post(token, VIEWER)).status).toBe(200);
  await eventually(async () => {
    const refused = await there.post(token, VIEWER);
    expect(isLimited(refused)).toBe(true);
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(80_000);
  });
});

it('counts each operation over a socket', async () => {
  const made = await apiClient(ctx, { perMinute: 3 });
  const socket = await RawSocket.signedIn(here.wsUrl, await tokenOf(here, made));
  for (let n = 0; n < 5; n++) socket.subscribe(String(n), VIEWER.query);
  await eventually(() => {
    const kinds = socket.messages.map(({ type }) => type);
    expect(kinds.filter((type) => type === 'next')).toHaveLength(3);
    expect(kinds.filter((type) => type === 'error')).toHaveLength(2);
  });
  socket.end();
});

it('does not spend the quota of the day on what the minute refuses', async () => {
  const made = await apiClient(ctx, { perMinute: 1, perDay: 2 });
  const token = await tokenOf(here, made);
  expect((await here.post(token, VIEWER)).status).toBe(200);
  for (let n = 0; n < 3; n++) {
    const refused = await here.post(token, VIEWER);
    expect(isLimited(refused)).toBe(true);
    expect(Number(refused.headers.get('retry-after'))).toBeLessThanOrEqual(60);
  }
});

it('counts programs by their own limits, and not by that of people', async () => {
  const { counters } = shared[0] as SharedCounters;
  const strict = await testServer(db, {
    clock: systemClock,
    parts: { counters, limits: { operationsPerUser: 1, operationsPerAddress: 1 } },
  });
  const token = await tokenOf(strict, await apiClient(ctx, { perMinute: 5 }));
  for (let n = 0; n < 5; n++) expect((await strict.post(token, VIEWER)).status).toBe(200);
  expect(isLimited(await strict.post(token, VIEWER))).toBe(true);
});
