import { memoryCounters } from '../../src/domain/auth/memory-counters.js';
import { redisCounters, type SharedCounters } from '../../src/infra/counters/redis.js';
import { eventually } from '../kit/eventually.js';
import { SilentLog } from '../kit/log.js';
import { redisUrl } from '../kit/redis.js';
import { type SampleServer, startSample } from './sample-server.js';
import { RawSocket } from './sockets/raw-socket.js';

const servers: SampleServer[] = [];
const opened: SharedCounters[] = [];
const prefix = `rates:${process.pid}:${Date.now()}:`;
async function start(limits: { operationsPerUser?: number; operationsPerAddress?: number }) {
  const shared = redisCounters(redisUrl(), prefix, memoryCounters, new SilentLog());
  opened.push(shared);
  const server = await startSample({ limits, counters: shared.counters });
  servers.push(server);
  return server;
}
afterAll(async () => {
  await Promise.all(servers.map((server) => server.close()));
  await Promise.all(opened.map((shared) => shared.close()));
});

const GRAPHQL = { accept: 'application/graphql-response+json' };
const ask = (server: SampleServer, user: string | null, headers: Record<string, string> = {}) =>
  server.post(
    { query: '{ hello }' },
    { ...headers, ...(user && { authorization: `Bearer ${server.identity.token(user)}` }) },
  );
const codeOf = ({ body }: { body: { errors?: { extensions: { code: string } }[] } }) =>
  body.errors?.[0]?.extensions.code ?? 'OK';

it('answers a person so many operations a minute, whatever the session, and says when to ask again', async () => {
  const server = await start({ operationsPerUser: 5 });
  const codes: string[] = [];
  for (let count = 0; count < 6; count++) codes.push(codeOf(await ask(server, 'ada')));
  expect(codes).toEqual(['OK', 'OK', 'OK', 'OK', 'OK', 'RATE_LIMITED']);
  await eventually(async () => {
    const refused = await ask(server, 'ada', GRAPHQL);
    const { retryAfter } = refused.body.errors[0].extensions;
    expect(retryAfter).toBeGreaterThan(1);
    expect(retryAfter).toBeLessThanOrEqual(60);
    expect(refused.status).toBe(429);
    expect(refused.headers.get('retry-after')).toBe(String(retryAfter));
  });
  expect(codeOf(await ask(server, 'bob'))).toBe('OK');
});

it('counts over HTTP, by way of Apollo, and over sockets together', async () => {
  const server = await start({ operationsPerUser: 3 });
  const token = server.identity.token('all ways');
  const authorization = `Bearer ${token}`;
  expect(codeOf(await server.post({ query: '{ hello }' }, { authorization }))).toBe('OK');
  const byApollo = await server.post({ query: '{ hello }', extensions: {} }, { authorization });
  expect(codeOf(byApollo)).toBe('OK');
  const socket = await RawSocket.signedIn(server.wsUrl, token);
  socket.subscribe('1', '{ hello }');
  expect((await socket.next('next')).payload.data).toBeDefined();
  await socket.next('complete');
  socket.subscribe('2', '{ hello }');
  expect((await socket.next('error')).payload[0].extensions.code).toBe('RATE_LIMITED');
  const refused = await server.post({ query: '{ hello }', extensions: {} }, { authorization, ...GRAPHQL });
  expect([codeOf(refused), refused.status]).toEqual(['RATE_LIMITED', 429]);
  expect(refused.headers.get('retry-after')).not.toBeNull();
  socket.end();
});

it('counts what somebody does on another instance a moment later', async () => {
  const [one, two] = [await start({ operationsPerUser: 10 }), await start({ operationsPerUser: 10 })];
  for (let count = 0; count < 10; count++) expect(codeOf(await ask(one, 'eve'))).toBe('OK');
  await eventually(async () => expect(codeOf(await ask(two, 'eve'))).toBe('RATE_LIMITED'));
});

it('counts callers without a token by their address, apart from those with one', async () => {
  const server = await start({ operationsPerAddress: 2 });
  expect(codeOf(await ask(server, null))).toBe('OK');
  expect(codeOf(await ask(server, null))).toBe('OK');
  expect(codeOf(await ask(server, null))).toBe('RATE_LIMITED');
  expect(codeOf(await ask(server, 'somebody'))).toBe('OK');
});
