import { once } from 'node:events';
import { get } from 'node:http';
import { csvCell } from '../../src/domain/audit/audit-lines.js';
import { recordAudit } from '../../src/domain/audit/record.js';
import { memoryCounters } from '../../src/domain/auth/memory-counters.js';
import { Unavailable } from '../../src/domain/failure.js';
import { createFeed } from '../../src/domain/feeds/create-feed.js';
import { globalId } from '../../src/domain/ids.js';
import { startServer } from '../../src/server/http.js';
import type { Database } from '../../src/sql/statement.js';
import { entries, sealAll } from '../kit/audit.js';
import { reserved } from '../kit/closures.js';
import { testCtx } from '../kit/ctx.js';
import { useDatabase } from '../kit/database.js';
import { eventually } from '../kit/eventually.js';
import { type PersonRow, person } from '../kit/people.js';
import { room } from '../kit/things.js';
import { SampleIdentity } from './sample-identity.js';
import { sampleSchema } from './sample-schema.js';

const database = await useDatabase();
const { db, psql } = database;
const admin = await person(db, 'ADMINISTRATOR', { name: 'Ada' });
const member = await person(db, 'MEMBER', { name: '=HYPERLINK("x")' });
const ctx = testCtx(db, member.viewer);
const identity = new SampleIdentity();
const at = { stretches: 0, away: false };
const server = await startServer({
  host: '127.0.0.1',
  port: 0,
  schema: sampleSchema({ counted: 0, aborted: false, begun: 0, ended: 0, contexts: [] }),
  db: {
    query: (statement, values) => {
      if (statement.name === 'audit-export') at.stretches++;
      if (at.away) throw new Unavailable('no database');
      return db.query(statement, values);
    },
  } as Database,
  bus: ctx.bus,
  clock: ctx.clock,
  log: ctx.log,
  counters: memoryCounters,
  identity: identity.asIdentity(),
  live: null,
  notices: null,
  playground: null,
  allowedOrigins: [],
  production: true,
});
afterAll(() => server.close());

const tokenOf = ({ viewer }: PersonRow) => {
  const token = identity.token(viewer.userId);
  const known = identity.people.get(token);
  if (known) identity.people.set(token, { ...known, viewer });
  return token;
};
const tokens = { admin: tokenOf(admin), member: tokenOf(member) };
const address = (path: string) => `http://127.0.0.1:${server.port}${path}`;
async function ask(path: string, who: keyof typeof tokens | null = 'admin') {
  const headers: Record<string, string> = who ? { authorization: `Bearer ${tokens[who]}` } : {};
  const response = await fetch(address(path), { headers });
  return { status: response.status, headers: response.headers, text: await response.text() };
}
const lines = async (path: string) =>
  (await ask(path)).text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line));

const place = await room(db);
const made = await reserved(ctx, [place.id], '2027-03-02T09:00:00Z', '2027-03-02T10:00:00Z', {
  title: '@SUM("1";2)',
  details: 'two\nlines, one "quoted"',
});
await recordAudit(db, ctx, { action: 'session.signOut', subjectId: member.viewer.sessionId });
await sealAll(db);

it('gives administrators the audit as JSON lines, in the order of the chain', async () => {
  const { status, headers, text } = await ask('/export/audit.jsonl');
  expect(status).toBe(200);
  expect(headers.get('content-type')).toBe('application/jsonl; charset=utf-8');
  expect(headers.get('content-disposition')).toBe('attachment; filename="audit.jsonl"');
  const [first, second] = text.split('\n').map((line) => (line ? JSON.parse(line) : null));
  expect(first).toMatchObject({
    number: 1,
    hash: expect.stringMatching(/^[0-9a-f]{64}$/),
    id: expect.stringMatching(/^aud_/),
    done_at: ctx.clock.fixed(),
    action: 'reservation.create',
    actor: globalId('User', member.id),
    actor_name: member.name,
    subject: globalId('Reservation', made.id),
    before: null,
    after: { title: '@SUM("1";2)', details: 'two\nlines, one "quoted"' },
    role: 'MEMBER',
    address: '127.0.0.1',
    user_agent: 'jest',
    session: member.viewer.sessionId,
    request: 'test-request',
  });
  expect(second).toMatchObject({ number: 2, action: 'session.signOut', subject: member.viewer.sessionId });
});

it('gives it as CSV that no spreadsheet takes for formulas', async () => {
  const { headers, text } = await ask('/export/audit.csv?action=reservation');
  expect(headers.get('content-type')).toBe('text/csv; charset=utf-8');
  const [head, line, ...rest] = text.split('\r\n');
  expect(rest).toEqual(['']);
  expect(head).toBe(
    'number,hash,id,done_at,action,actor,actor_name,subject,before,after,role,address,user_agent,session,request',
  );
  expect(line).toMatch(/^1,"[0-9a-f]{64}","aud_/);
  expect(line).toContain(`,"'=HYPERLINK(""x"")",`);
  expect(line).toContain('two\\nlines, one \\""quoted\\""');
});

it.each([
  ['=1+1', `"'=1+1"`],
  ['+49 30', `"'+49 30"`],
  ['-2', `"'-2"`],
  ['@SUM(A1)', `"'@SUM(A1)"`],
  ['\t=1', `"'\t=1"`],
  ['\r=1', `"'\r=1"`],
  ['a "b", c', '"a ""b"", c"'],
  [{ a: '=1' }, '"{""a"":""=1""}"'],
  [-5, '-5'],
  [null, ''],
])('writes %j into a cell as %s', (value, cell) => {
  expect(csvCell(value)).toBe(cell);
});

it('goes on behind the last number, and leaves out what the filter does not want', async () => {
  expect(await lines('/export/audit.jsonl?after=1&action=session.signOut')).toMatchObject([{ number: 2 }]);
  const all = await lines('/export/audit.jsonl?action=reservation');
  expect(all).toHaveLength(1);
  const [{ done_at: doneAt }] = all;
  const next = new Date(Date.parse(doneAt) + 1).toISOString();
  expect(await lines(`/export/audit.jsonl?action=reservation&from=${doneAt}&until=${next}`)).toHaveLength(1);
  expect(await lines(`/export/audit.jsonl?action=reservation&from=${next}`)).toEqual([]);
  expect(await lines(`/export/audit.jsonl?actor=${globalId('User', admin.id)}&action=user`)).toEqual([]);
  expect(await lines(`/export/audit.jsonl?subject=${globalId('Reservation', made.id)}`)).toHaveLength(1);
});

it('writes down that it was taken', async () => {
  const [entry] = await psql(
    `select actor_id, after from audit where action = 'audit.export' order by at, id limit 1`,
  );
  expect(entry).toMatchObject({ actor_id: admin.id, after: { action: null, links: { behind: 0, upTo: 2 } } });
});

it('is for administrators who send a token', async () => {
  for (const path of ['/export/audit.csv', '/export/audit.jsonl']) {
    expect((await ask(path, null)).status).toBe(401);
    expect((await ask(path, 'member')).status).toBe(403);
    const response = await fetch(address(path), { headers: { authorization: 'Bearer nonsense' } });
    expect([response.status, response.headers.get('www-authenticate')]).toEqual([401, 'Bearer']);
  }
});

it.each([
  'after=x',
  'after=1&after=2',
  'actor=usr_1',
  'action=a%25b',
  'from=yesterday',
  'until=2027-13-01T00:00:00Z',
])('refuses %s with a sentence', async (query) => {
  const { status, text } = await ask(`/export/audit.jsonl?${query}`);
  expect(status).toBe(400);
  expect(JSON.parse(text).error).toMatch(/^The parameter \w+ cannot be read\.$/);
});

describe('of 50,000 entries', () => {
  beforeAll(async () => {
    await entries(database, 50_000);
    await sealAll(db);
  }, 120_000);

  it('reads no further ahead than its reader', async () => {
    at.stretches = 0;
    const request = get(address('/export/audit.csv'), {
      headers: { authorization: `Bearer ${tokens.admin}` },
    });
    const [response] = await once(request, 'response');
    response.pause();
    let before = -1;
    await eventually(
      () => {
        const now = at.stretches;
        const isStill = now === before;
        before = now;
        if (!isStill) throw new Error('still reading');
      },
      20_000,
      500,
    );
    expect(at.stretches).toBeLessThan(100);
    let count = 0;
    response.setEncoding('utf8').on('data', (text: string) => {
      count += text.split('\r\n').length - 1;
    });
    response.resume();
    await once(response, 'end');
    expect(count).toBeGreaterThan(50_000);
    expect(at.stretches).toBeGreaterThan(200);
  }, 60_000);

  it('gives each once and in order', async () => {
    const numbers = (await lines('/export/audit.jsonl?action=test')).map(({ number }) => number);
    expect(numbers).toHaveLength(50_000);
    expect(numbers.every((number, index) => index === 0 || number > numbers[index - 1])).toBe(true);
  }, 60_000);

  it('breaks off where the database goes away', async () => {
    const response = await fetch(address('/export/audit.jsonl'), {
      headers: { authorization: `Bearer ${tokens.admin}` },
    });
    at.away = true;
    await expect(response.text()).rejects.toThrow();
    expect((await ask('/export/audit.jsonl')).status).toBe(503);
    at.away = false;
  }, 60_000);
});

describe('a person', () => {
  it('gets everything that is kept about them, without secrets', async () => {
    const feed = await createFeed(ctx, { name: 'Mine', resourceId: null, placeId: null });
    if ('kind' in feed) throw new Error(feed.message);
    const { status, headers, text } = await ask(
      `/export/users/${globalId('User', member.id)}.json`,
      'member',
    );
    expect(status).toBe(200);
    expect(headers.get('content-type')).toBe('application/json; charset=utf-8');
    const all = JSON.parse(text);
    expect(all).toMatchObject({
      exported_at: ctx.clock.fixed(),
      profile: [{ id: member.id, email: member.email, name: member.name, has_password: false }],
      sessions: [{ id: member.viewer.sessionId }],
      reservations: [{ id: made.id, title: '@SUM("1";2)', resources: [{ name: place.name }] }],
      feeds: [{ name: 'Mine' }],
      series: [],
    });
    await recordAudit(db, { ...ctx, viewer: admin.viewer }, { action: 'user.update', subjectId: member.id });
    const again = await ask(`/export/users/${globalId('User', member.id)}.json`, 'member');
    const { audit } = JSON.parse(again.text) as { audit: { action: string }[] };
    expect(audit.find(({ action }) => action === 'user.export')).toMatchObject({
      source: { role: 'MEMBER' },
    });
    expect(audit.find(({ action }) => action === 'user.update')).not.toHaveProperty('source');
    const [hash] = await psql<{ hash: string }>(`select encode(token_hash, 'hex') as hash from feed`);
    expect(text).not.toContain(hash?.hash);
    expect(text).not.toMatch(/password_hash|token_hash|secret|sealed/);
  });

  it('is shown to nobody else but administrators', async () => {
    const path = `/export/users/${globalId('User', admin.id)}.json`;
    expect((await ask(path, 'member')).status).toBe(404);
    expect((await ask(path, null)).status).toBe(401);
    expect((await ask(path, 'admin')).status).toBe(200);
    for (const other of [globalId('User', member.viewer.sessionId), globalId('Reservation', made.id), 'x'])
      expect((await ask(`/export/users/${other}.json`)).status).toBe(404);
  });

  it('has every table that names people in it', async () => {
    const named = await psql<{ name: string }>(
      `select distinct conrelid::regclass::text as name from pg_constraint
       where contype = 'f' and confrelid = 'app_user'::regclass order by 1`,
    );
    // What shows in another section, or says nothing of the person but who was at it.
    const elsewhere = ['challenge', 'closing', 'erasure', 'factor_guess'];
    const { text } = await ask(`/export/users/${globalId('User', member.id)}.json`);
    const sections: Record<string, string> = {
      api_client: 'api_clients',
      approval_word: 'approval_words',
      attachment: 'attachments',
      care: 'places_in_care',
      closure: 'closures',
      delegate: 'delegates',
      deputy: 'deputies',
      digest: 'digest',
      familiar_origin: 'familiar_origins',
      feed: 'feeds',
      group_member: 'groups',
      imported_event: 'imported_events',
      mail: 'mails',
      notification: 'notifications',
      notification_preference: 'notification_preferences',
      participant: 'invitations',
      passkey: 'passkeys',
      persisted_operation: 'documents',
      recovery_code: 'recovery_codes',
      reminder_lead: 'reminder_leads',
      reservation: 'reservations',
      reservation_comment: 'comments',
      resource_manager: 'resources_in_care',
      series: 'series',
      session: 'sessions',
      terms_acceptance: 'accepted_terms',
      totp: 'authenticator_apps',
      user_identity: 'identities',
      user_training: 'trainings',
      wait: 'waits',
      webhook: 'webhooks',
    };
    expect(named.map(({ name }) => name).filter((name) => !elsewhere.includes(name))).toEqual(
      Object.keys(sections),
    );
    for (const section of Object.values(sections)) expect(JSON.parse(text)).toHaveProperty(section);
  });
});
