import { memoryCounters } from '../../src/domain/auth/memory-counters.js';
import { Unavailable } from '../../src/domain/failure.js';
import { createFeed } from '../../src/domain/feeds/create-feed.js';
import { startServer } from '../../src/server/http.js';
import type { Database } from '../../src/sql/statement.js';
import { readByIcalJs } from '../kit/calendars.js';
import { reserved } from '../kit/closures.js';
import { testCtx } from '../kit/ctx.js';
import { useDatabase } from '../kit/database.js';
import { person } from '../kit/people.js';
import { room } from '../kit/things.js';
import { SampleIdentity } from './sample-identity.js';
import { type Seen, sampleSchema } from './sample-schema.js';

const { db, psql } = await useDatabase();
const { id: userId, viewer } = await person(db);
const ctx = testCtx(db, viewer);
const at = { away: false };
const seen: Seen = { counted: 0, aborted: false, begun: 0, ended: 0, contexts: [] };
const server = await startServer({
  host: '127.0.0.1',
  port: 0,
  schema: sampleSchema(seen),
  publicUrl: 'https://rooms.example.com',
  db: {
    query: (statement, values) => {
      if (at.away) throw new Unavailable('no database');
      return db.query(statement, values);
    },
  } as Database,
  bus: ctx.bus,
  clock: ctx.clock,
  log: ctx.log,
  identity: new SampleIdentity().asIdentity(),
  counters: memoryCounters,
  live: null,
  notices: null,
  playground: null,
  allowedOrigins: [],
  production: true,
});
afterAll(() => server.close());

const made = await createFeed(ctx, { name: 'Mine', resourceId: null, placeId: null });
if ('kind' in made) throw new Error(made.message);
const path = `/ical/${made.token}.ics`;
const { id: roomId } = await room(db);

async function ask(under: string, init: RequestInit = {}) {
  const response = await fetch(`http://127.0.0.1:${server.port}${under}`, init);
  const { etag, ...all } = Object.fromEntries(response.headers);
  const { date: _date, 'x-request-id': _id, connection: _c, 'keep-alive': _k, ...headers } = all;
  return { status: response.status, etag: etag ?? '', headers, body: await response.text() };
}

it('is known to operations by the address that people use', async () => {
  const init = {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{"query":"{ whoami }"}',
  };
  expect((await ask('/graphql', init)).status).toBe(200);
  expect(seen.contexts).toMatchObject([{ publicUrl: 'https://rooms.example.com' }]);
});

describe('the address of a feed', () => {
  it('gives a calendar that programs keep to themselves', async () => {
    const { status, etag, headers, body } = await ask(path);
    expect(status).toBe(200);
    expect(etag).toMatch(/^"[\w-]{43}"$/);
    expect(headers).toMatchObject({
      'content-type': 'text/calendar; charset=utf-8',
      'cache-control': 'private, no-cache',
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
    });
    expect(readByIcalJs(body)).toEqual([]);
  });

  it('answers 304 until something changes', async () => {
    const { etag } = await ask(path);
    for (const tag of [etag, `W/${etag}`, `"other", ${etag}`, '*']) {
      const again = await ask(path, { headers: { 'if-none-match': tag } });
      expect(again).toMatchObject({ status: 304, etag, body: '' });
      expect(again.headers['cache-control']).toBe('private, no-cache');
    }
    ctx.clock.advance(60_000);
    expect((await ask(path, { headers: { 'if-none-match': etag } })).status).toBe(304);
    await reserved(ctx, [roomId], '2027-03-02T09:00:00Z', '2027-03-02T10:00:00Z');
    const changed = await ask(path, { headers: { 'if-none-match': etag } });
    expect(changed.status).toBe(200);
    expect(changed.etag).not.toBe(etag);
    expect(readByIcalJs(changed.body)).toHaveLength(1);
  });

  it('answers HEAD with the same headers', async () => {
    const [got, head] = [await ask(path), await ask(path, { method: 'HEAD' })];
    expect(head).toEqual({ ...got, body: '' });
    expect(head.headers['content-length']).toBe(String(Buffer.byteLength(got.body)));
  });

  it('looks like any address with nothing under it where the token is none, or its owner is not active', async () => {
    const nothing = await ask('/nothing');
    expect(nothing.status).toBe(404);
    const others = [
      `/ical/hfc_${'x'.repeat(43)}.ics`,
      '/ical/x.ics',
      '/ical/.ics',
      '/ical/',
      `${path}/`,
      `${path}x`,
    ];
    for (const other of [...others, `/ical/${'x'.repeat(500)}.ics`, path.slice(0, -4)])
      expect(await ask(other)).toEqual(nothing);
    expect((await ask(others[0] as string, { method: 'HEAD' })).status).toBe(404);
    expect((await ask(path, { method: 'POST' })).status).toBe(404);
    await psql('update app_user set active = false where id = $1', [userId]);
    expect(await ask(path)).toEqual(nothing);
    await psql('update app_user set active = true where id = $1', [userId]);
    expect((await ask(path)).status).toBe(200);
  });

  it('is in no log, not even when the database is away', async () => {
    at.away = true;
    const { status, headers, body } = await ask(path);
    at.away = false;
    expect(status).toBe(503);
    expect(headers['retry-after']).toBe('1');
    expect(body).not.toContain(made.token);
    expect(ctx.log.lines.length).toBeGreaterThan(0);
    const logged = ctx.log.lines.map(({ facts, message }) => {
      const { err } = facts as { err?: Error };
      return `${message} ${JSON.stringify(facts)} ${err?.message} ${err?.stack}`;
    });
    expect(logged.join()).not.toContain(made.token);
  });
});
