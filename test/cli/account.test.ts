import { chmodSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { callDocument } from '../../src/client/call-document.js';
import { SignInDocument } from '../../src/client/generated/graphql.js';
import { PasswordHasher } from '../../src/domain/users/password-hasher.js';
import { systemClock } from '../../src/infra/clock/system.js';
import { apiClient } from '../kit/clients.js';
import { clockFile } from '../kit/clock-file.js';
import { commandLine } from '../kit/command-line.js';
import { testCtx } from '../kit/ctx.js';
import { useDatabase } from '../kit/database.js';
import { person } from '../kit/people.js';
import { startApi } from '../kit/program.js';

const PASSWORD = 'correct horse battery staple';
const START = Date.parse('2028-03-06T08:00:00Z');
const MINUTE = 60_000;

const { db, url, psql } = await useDatabase();
const clock = clockFile(START);
const api = await startApi({
  databaseUrl: url,
  clockFile: clock.path,
  env: { HOLDFAST_PERSISTED_ONLY: 'on' },
});
const mia = await person(db, 'MEMBER', {
  name: 'Mia\u001b]0;owned\u0007',
  email: 'mia@example.com',
  timeZone: 'Europe/Berlin',
  passwordHash: await new PasswordHasher().hash(PASSWORD),
});

beforeEach(() => clock.set(START));

async function refreshToken(): Promise<string> {
  const nobody = { server: api.url, userAgent: 'test', token: null };
  const { signIn } = await callDocument(nobody, SignInDocument, {
    input: { email: mia.email, password: PASSWORD },
  });
  if (signIn.__typename !== 'SignInSuccess') throw new Error(signIn.__typename);
  return signIn.refreshToken ?? '';
}

/** Somebody who is signed in. */
async function signedIn() {
  const line = commandLine();
  const { code, stderr } = await line.given(
    await refreshToken(),
    'login',
    '--server',
    api.url,
    '--with-token',
  );
  expect([code, stderr]).toEqual([0, expect.stringContaining('Signed in to')]);
  return line;
}

const sessions = () =>
  psql<{ open: number }>(
    'select count(*)::integer as open from session where user_id = $1 and revoked_at is null',
    [mia.id],
  );

it('signs in by a token, keeps it where nobody else can read it, and says who that is', async () => {
  const line = await signedIn();
  const who = await line.run('whoami', '--json');
  expect(JSON.parse(who.stdout)).toMatchObject({ name: mia.name, role: 'MEMBER', server: api.url });
  const [file = ''] = readdirSync(join(line.folder, 'profiles'));
  expect(statSync(join(line.folder, 'profiles', file)).mode & 0o777).toBe(0o600);
  expect(statSync(join(line.folder, 'profiles')).mode & 0o777).toBe(0o700);
  const listed = await line.run('profile', 'list');
  expect(listed.stdout.split('\t').slice(1, 3)).toEqual(['yes', api.url]);
});

it('lets nothing through to the terminal that is no text', async () => {
  const line = await signedIn();
  for (const form of [[], ['--json']]) {
    const { stdout } = await line.run('whoami', ...form);
    expect(stdout).toContain('owned');
    // biome-ignore lint/suspicious/noControlCharactersInRegex: that is what it looks for
    expect(stdout).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/);
  }
});

it('ends its session at the server when it signs out', async () => {
  const line = await signedIn();
  const [before] = await sessions();
  expect((await line.run('logout')).code).toBe(0);
  const [after] = await sessions();
  expect((after?.open ?? 0) - (before?.open ?? 0)).toBe(-1);
  expect(await line.run('whoami')).toMatchObject({ code: 4, stdout: '' });
});

it('goes on when its access token has ended', async () => {
  const line = await signedIn();
  const [file = ''] = readdirSync(join(line.folder, 'profiles'));
  const kept = () => JSON.parse(readFileSync(join(line.folder, 'profiles', file), 'utf8'));
  const before = kept();
  clock.set(START + 11 * MINUTE);
  expect((await line.run('whoami')).code).toBe(0);
  expect(kept().refreshToken).not.toBe(before.refreshToken);
  clock.set(START + 22 * MINUTE);
  expect((await line.run('whoami')).code).toBe(0);
});

it('spends a refresh token once, however many commands find at the same time that they need another', async () => {
  const line = await signedIn();
  for (let round = 1; round <= 2; round++) {
    clock.set(START + round * 11 * MINUTE);
    const all = await Promise.all(Array.from({ length: 5 }, () => line.run('whoami')));
    expect(all.map(({ code, stderr }) => [code, stderr])).toEqual(Array(5).fill([0, '']));
  }
  expect(await psql(`select 1 from audit where action = 'session.reuse'`)).toEqual([]);
  expect(readdirSync(join(line.folder, 'claims'))).toEqual([]);
});

it('says when the session has ended, and asks to sign in', async () => {
  const line = await signedIn();
  clock.set(START + 60 * 24 * 60 * MINUTE);
  const { code, stderr } = await line.run('whoami', '--json');
  expect(code).toBe(4);
  expect(JSON.parse(stderr)).toEqual({
    error: {
      code: 'UNAUTHENTICATED',
      message: 'Your session has ended.',
      hint: 'Sign in with: holdfast login',
      requestId: null,
    },
  });
});

it('uses no profile that others can read', async () => {
  const line = await signedIn();
  const [file = ''] = readdirSync(join(line.folder, 'profiles'));
  chmodSync(join(line.folder, 'profiles', file), 0o644);
  const { code, stderr } = await line.run('whoami');
  expect([code, stderr]).toEqual([1, expect.stringContaining('chmod 600')]);
});

it('sends the token of one server to no other', async () => {
  const line = await signedIn();
  const elsewhere = api.url.replace('127.0.0.1', 'localhost');
  expect((await line.run('whoami', '--server', elsewhere)).code).toBe(4);
  expect((await line.run('whoami', '--server', api.url)).code).toBe(0);
});

it('takes an API client by HOLDFAST_TOKEN and by login, and no refresh token by the former', async () => {
  const { viewer } = await person(db, 'ADMINISTRATOR');
  const { id, secret } = await apiClient({ ...testCtx(db, viewer), clock: systemClock });
  clock.set(Date.now());
  const ci = commandLine({ HOLDFAST_SERVER: api.url, HOLDFAST_TOKEN: `${id}:${secret}` });
  expect((await ci.run('resource', 'list')).code).toBe(0);
  const kept = commandLine();
  expect((await kept.given(`${id}:${secret}\n`, 'login', '--server', api.url, '--with-token')).code).toBe(0);
  expect((await kept.run('resource', 'list')).code).toBe(0);
  const wrong = commandLine({ HOLDFAST_SERVER: api.url, HOLDFAST_TOKEN: `${id}:${secret}x` });
  expect((await wrong.run('resource', 'list')).code).toBe(4);
  const spent = commandLine({ HOLDFAST_SERVER: api.url, HOLDFAST_TOKEN: `hfr_${'a'.repeat(43)}` });
  expect((await spent.run('resource', 'list')).code).toBe(2);
});

it('ends with 4 where nobody is signed in, with 7 where nothing answers, and with 2 where it is used wrongly', async () => {
  const line = commandLine();
  expect(await line.run('whoami', '--server', api.url)).toMatchObject({ code: 4, stdout: '' });
  const nowhere = commandLine({ HOLDFAST_SERVER: 'http://127.0.0.1:9', HOLDFAST_TOKEN: 'some token' });
  const { code, stderr } = await nowhere.run('whoami', '--json');
  expect(code).toBe(7);
  expect(JSON.parse(stderr)).toMatchObject({ error: { code: 'UNREACHABLE' } });
  const typo = await line.run('reservatoin', 'list');
  expect(typo).toMatchObject({ code: 2, stdout: '' });
  expect(typo.stderr).toContain('Did you mean reservation?');
  expect(await line.run('login')).toMatchObject({ code: 2 });
  expect(await line.run('--help')).toMatchObject({ code: 0, stderr: '' });
});

it('runs text of somebody’s own only where the server does', async () => {
  const line = await signedIn();
  const refused = await line.run('api', '{ viewer { name } }');
  expect([refused.code, refused.stderr]).toEqual([
    1,
    expect.stringContaining('Only documents that are registered'),
  ]);
  const open = await startApi({ databaseUrl: url, clockFile: clock.path });
  const other = commandLine();
  await other.given(await refreshToken(), 'login', '--server', open.url, '--with-token');
  const { stdout } = await other.run(
    'api',
    'query ($n: Int!) { resources(first: $n) { nodes { id } } }',
    '--var',
    'n=3',
  );
  expect(JSON.parse(stdout)).toEqual({ resources: { nodes: [] } });
});
