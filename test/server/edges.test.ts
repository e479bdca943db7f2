import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { memoryCounters } from '../../src/domain/auth/memory-counters.js';
import { createFeed } from '../../src/domain/feeds/create-feed.js';
import { globalId } from '../../src/domain/ids.js';
import { DoorLinks } from '../../src/domain/presence/door-links.js';
import { redisCounters, type SharedCounters } from '../../src/infra/counters/redis.js';
import { apiClient, askForToken, tokenOf } from '../kit/clients.js';
import { testCtx } from '../kit/ctx.js';
import { useDatabase } from '../kit/database.js';
import { eventually } from '../kit/eventually.js';
import { filesIn, limits } from '../kit/files.js';
import { SilentLog } from '../kit/log.js';
import { person } from '../kit/people.js';
import { testFolder } from '../kit/program.js';
import { redisUrl } from '../kit/redis.js';
import { type TestServer, testServer } from '../kit/server.js';

const { db, psql } = await useDatabase();
const { viewer } = await person(db, 'ADMINISTRATOR');
const ctx = testCtx(db, viewer);
const opened: SharedCounters[] = [];
afterAll(() => Promise.all(opened.map((each) => each.close())));
const files = { ...(await filesIn()), limits };

/** An api with everything on it, whose callers come from the address that they name. */
const start = (requestsPerAddress = 100_000, counters = memoryCounters): Promise<TestServer> =>
  testServer(db, {
    clock: ctx.clock,
    parts: {
      counters,
      files,
      links: new DoorLinks('a secret of the test'),
      trustedProxies: ['127.0.0.1'],
      limits: { requestsPerAddress },
    },
  });
const from = (address: string) => ({ 'x-forwarded-for': address });
let hosts = 0;
const newAddress = () => `198.51.100.${++hosts}`;
const ROUTES = [
  'POST /oauth/token',
  'GET /export/audit.csv',
  'GET /export/users/x.json',
  'GET /files/x',
  'PUT /files/x',
  'GET /invitation/x',
  'POST /invitation/x',
  'GET /ical/x.ics',
  'GET /door/x',
  'GET /check-in/x',
  'POST /check-in/x',
  'GET /auth/oidc/callback',
  'GET /nowhere',
];
const call = (server: TestServer, route: string, headers: Record<string, string>) => {
  const [method = '', path = ''] = route.split(' ');
  return server.fetch(path, { method, headers });
};

describe('requests for what is no operation', () => {
  it('are counted by their address, all together, and refused with the time to wait', async () => {
    const server = await start(ROUTES.length);
    const headers = from(newAddress());
    for (const route of ROUTES)
      expect([route, (await call(server, route, headers)).status]).not.toEqual([route, 429]);
    for (const route of ROUTES) {
      const { status, headers: told } = await call(server, route, headers);
      expect([route, status]).toEqual([route, 429]);
      expect(Number(told.get('retry-after'))).toBeGreaterThan(0);
      expect([route, told.get('cache-control')]).toEqual([route, 'no-store']);
    }
    expect((await call(server, 'GET /nowhere', from(newAddress()))).status).toBe(404);
  });

  it('are refused in the shape of their route: OAuth’s, JSON, or a sentence for people', async () => {
    const server = await start(1);
    const headers = from(newAddress());
    await call(server, 'GET /nowhere', headers);
    expect((await call(server, 'POST /oauth/token', headers)).body).toEqual({
      error: 'temporarily_unavailable',
      error_description: expect.stringContaining('try again in'),
    });
    expect((await call(server, 'GET /export/audit.csv', headers)).body).toEqual({
      error: expect.stringContaining('try again in'),
    });
    const page = await call(server, 'GET /invitation/x', { ...headers, accept: 'text/html,*/*' });
    expect(page.headers.get('content-type')).toContain('text/plain');
    expect(page.body).toContain('try again in');
  });

  it('never keep anybody from seeing whether it lives, its keys and its first page, or from operations', async () => {
    const server = await start(1);
    const headers = from(newAddress());
    await call(server, 'GET /nowhere', headers);
    for (const path of ['/healthz', '/readyz', '/.well-known/jwks.json', '/', '/signpost.css', '/door.css'])
      expect([path, (await call(server, `GET ${path}`, headers)).status]).toEqual([path, 200]);
    expect((await server.post(null, { query: '{ viewer { id } }' }, headers)).status).toBe(200);
  });

  it('count on all instances together', async () => {
    const prefix = `edges:${process.pid}:${Date.now()}:`;
    const shared = () => {
      const one = redisCounters(redisUrl(), prefix, memoryCounters, new SilentLog());
      opened.push(one);
      return one.counters;
    };
    const [one, two] = [await start(3, shared()), await start(3, shared())];
    const headers = from(newAddress());
    for (let n = 0; n < 3; n++) expect((await call(one, 'GET /nowhere', headers)).status).toBe(404);
    await eventually(async () => expect((await call(two, 'GET /nowhere', headers)).status).toBe(429));
  });
});

describe('guesses', () => {
  const ANSWERS = { '/ical/': 'GET', '/invitation/': 'GET', '/door/': 'GET', '/files/': 'PUT' } as const;

  it.each(Object.entries(ANSWERS))('at links below %s wait', async (path, method) => {
    const server = await start();
    const address = newAddress();
    const seen: number[] = [];
    for (let n = 0; n < 21; n++) {
      const { status, headers } = await call(server, `${method} ${path}guess-${n}.ics`, from(address));
      seen.push(status);
      if (status === 429) expect(Number(headers.get('retry-after'))).toBe(60);
    }
    expect(seen).toEqual([...Array<number>(20).fill(404), 429]);
  });

  it('keep nobody from a link that is right, at the same address either', async () => {
    const server = await start();
    const made = await createFeed(ctx, { name: 'Mine', resourceId: null, placeId: null });
    if ('kind' in made) throw new Error(made.message);
    const headers = from(newAddress());
    for (let n = 0; n < 25; n++) await call(server, `GET /ical/guess-${n}.ics`, headers);
    expect((await call(server, 'GET /ical/guess.ics', headers)).status).toBe(429);
    expect((await call(server, `GET /ical/${made.token}.ics`, headers)).status).toBe(200);
  });

  it('of a client’s secret wait longer and longer, and lock nobody out who knows it', async () => {
    const server = await start();
    const made = await apiClient(ctx);
    const other = await apiClient(ctx);
    const address = newAddress();
    const guess = (secret: string, client_id = made.id) =>
      askForToken(
        server,
        { grant_type: 'client_credentials', client_id, client_secret: secret },
        from(address),
      );
    for (let n = 0; n < 5; n++) expect((await guess(other.secret)).status).toBe(401);
    const refused = await guess(other.secret);
    expect(refused).toMatchObject({ status: 429, body: { error: 'temporarily_unavailable' } });
    expect(refused.headers.get('retry-after')).toBe('60');
    expect((await guess('hfs_x')).status).toBe(429);
    expect((await guess(made.secret)).status).toBe(200);
    expect((await guess(other.secret, other.id)).status).toBe(200);
    expect((await tokenOf(server, made)).length).toBeGreaterThan(0);
  });

  it('are told to the audit by what they were, and by no word of what was typed', async () => {
    const server = await start();
    const made = await apiClient(ctx);
    const ask = (client_id: string, client_secret: string) =>
      askForToken(server, { grant_type: 'client_credentials', client_id, client_secret }, from(newAddress()));
    const HOSTILE = `cli_x\r\n{"level":"error","msg":"forged"}${'y'.repeat(20_000)}`;
    const before = server.log.lines.length;
    await ask(HOSTILE, 'hfs_typed');
    await ask(globalId('ApiClient', crypto.randomUUID()), made.secret);
    await ask(made.id, `hfs_${'x'.repeat(43)}`);
    await psql(`update session set revoked_at = '2001-01-01' where user_id = $1`, [made.client.id]);
    await ask(made.id, made.secret);
    const lines = JSON.stringify(server.log.lines.slice(before));
    expect(lines).not.toMatch(/forged|yyyy/);
    await call(server, 'GET /ical/typed.ics', from(newAddress()));
    await server.identity.security.flush();
    const entries = await psql<{ action: string; reason: string; subject_id: string | null }>(
      `select action, after ->> 'reason' as reason, subject_id from audit
       where action like 'security.%' order by after ->> 'firstAt', id`,
    );
    expect(entries.filter(({ action }) => action === 'security.clientRefused')).toEqual(
      expect.arrayContaining([
        { action: 'security.clientRefused', reason: 'UNKNOWN_CLIENT', subject_id: null },
        { action: 'security.clientRefused', reason: 'WRONG_SECRET', subject_id: made.client.id },
        { action: 'security.clientRefused', reason: 'ENDED', subject_id: made.client.id },
      ]),
    );
    expect(entries).toContainEqual({ action: 'security.linkRefused', reason: 'ical', subject_id: null });
    const told = await psql('select after::text from audit');
    expect(JSON.stringify(told)).not.toMatch(/forged|typed/);
  });
});

it('lets nothing keep what is refused, or is somebody’s own', async () => {
  const server = await start();
  for (const route of ROUTES) {
    for (const authorization of [undefined, 'Bearer nonsense']) {
      const headers = { ...from(newAddress()), ...(authorization && { authorization }) };
      const { headers: told } = await call(server, route, headers);
      expect([route, told.get('cache-control')]).toEqual([route, expect.stringContaining('no-store')]);
    }
  }
});

it('lets browsers keep what says so itself', async () => {
  const playground = testFolder();
  mkdirSync(join(playground, 'assets'));
  for (const name of ['index.html', 'assets/x.js']) writeFileSync(join(playground, name), 'x');
  const server = await testServer(db, { parts: { playground } });
  const KEPT: Record<string, string> = {
    '/playground': 'no-cache',
    '/playground/assets/x.js': 'public, max-age=31536000, immutable',
    '/signpost.css': 'no-cache',
    '/.well-known/jwks.json': 'public, max-age=60',
  };
  for (const [path, control] of Object.entries(KEPT))
    expect([path, (await server.fetch(path)).headers.get('cache-control')]).toEqual([path, control]);
});

it('keeps no more of an operation’s name in the log than helps to find it', async () => {
  const server = await testServer(db);
  await server.post(null, { query: `query ${'Q'.repeat(50_000)} { viewer { id } }` });
  const names = server.log.lines.map(({ facts }) => (facts as { operation?: string }).operation?.length ?? 0);
  expect(Math.max(...names)).toBe(100);
});
