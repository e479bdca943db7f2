import { request } from 'node:http';
import { memoryCounters } from '../../src/domain/auth/memory-counters.js';
import { buildHoldfastSchema } from '../../src/graphql/build-schema.js';
import { startServer } from '../../src/server/http.js';
import { instance, member, PASSWORD } from '../domain/auth/identity-kit.js';
import { useDatabase } from '../kit/database.js';

const { db, psql } = await useDatabase();
const api = await instance(db);
const ada = await member(api, { email: 'ada@example.com' });
const server = await startServer({
  ...api.ctx,
  host: '127.0.0.1',
  port: 0,
  schema: buildHoldfastSchema(),
  counters: memoryCounters,
  live: null,
  notices: null,
  playground: null,
  allowedOrigins: ['https://intranet.example.com'],
  trustedProxies: ['127.0.0.1'],
  production: true,
});
afterAll(() => server.close());

const fields = (success: string) =>
  `__typename ... on ${success} { accessToken refreshToken } ... on UserError { message path }`;
const SIGN_IN = `mutation { result: signIn(input: { email: "${ada.email}", password: "${PASSWORD}", cookie: true }) {
  ${fields('SignInSuccess')} } }`;
const REFRESH = `mutation { result: tokenRefresh { ${fields('TokenRefreshSuccess')} } }`;
const SIGN_OUT = 'mutation { result: signOut { __typename } }';
const SIGN_OUT_COUNT = 'mutation { result: signOut { ... on SignOutSuccess { endedSessions } } }';

interface Answer {
  readonly status: number;
  readonly cookies: string[];
  readonly allowsCredentials: string | undefined;
  // biome-ignore lint/suspicious/noExplicitAny: each query has an answer of its own
  readonly body: any;
}

/** What a browser sends, with headers that fetch would not let us set. */
function post(query: string | object, headers: Record<string, string> = {}): Promise<Answer> {
  const body = typeof query === 'string' ? JSON.stringify({ query }) : JSON.stringify(query);
  const options = { port: server.port, method: 'POST', path: '/graphql' };
  return new Promise((resolve, reject) => {
    const call = request(
      { ...options, headers: { 'content-type': 'application/json', ...headers } },
      async (response) => {
        const text = (await response.toArray()).join('');
        resolve({
          status: response.statusCode ?? 0,
          cookies: response.headers['set-cookie'] ?? [],
          allowsCredentials: response.headers['access-control-allow-credentials'] as string | undefined,
          body: JSON.parse(text),
        });
      },
    );
    call.on('error', reject).end(body);
  });
}

const sessionCookie = ({ cookies }: Answer): string =>
  cookies.find((each) => each.includes('session='))?.split(';')[0] ?? '';
const HTTPS = { host: 'rooms.example.com', 'x-forwarded-proto': 'https' };

describe('a browser that signs in with a cookie', () => {
  it('gets the refresh token out of the reach of scripts, and never in the answer', async () => {
    const answer = await post(SIGN_IN, HTTPS);
    expect(answer.body.data.result).toMatchObject({ __typename: 'SignInSuccess', refreshToken: null });
    expect(answer.cookies).toContainEqual(
      expect.stringMatching(
        /^__Host-holdfast-session=hfr_[\w-]{43}; Path=\/; Max-Age=2592000; HttpOnly; SameSite=Strict; Secure$/,
      ),
    );
    expect(JSON.stringify(answer.body)).not.toContain('hfr_');
  });

  it('goes on by the cookie alone, and each answer brings the next', async () => {
    const first = sessionCookie(await post(SIGN_IN, HTTPS));
    const second = await post(REFRESH, { ...HTTPS, cookie: `other=1; ${first}; more=2` });
    expect(second.body.data.result).toMatchObject({ __typename: 'TokenRefreshSuccess', refreshToken: null });
    expect(sessionCookie(second)).not.toBe(first);
    const third = await post(REFRESH, { ...HTTPS, cookie: sessionCookie(second) });
    expect(third.body.data.result).toMatchObject({ accessToken: expect.any(String) });
    const reused = await post(REFRESH, { ...HTTPS, cookie: first });
    expect(reused.body.data.result.__typename).toBe('RefreshRefused');
    expect(reused.cookies).toContainEqual(expect.stringMatching(/session=; Path=\/; Max-Age=0;/));
  });

  it('gets a second cookie that knows the device at the next sign-in, and keeps it', async () => {
    const deviceOf = ({ cookies }: Answer) =>
      cookies.find((each) => each.includes('-device='))?.split(';')[0] ?? '';
    const cookie = deviceOf(await post(SIGN_IN, HTTPS));
    expect(cookie).toMatch(/^__Host-holdfast-device=hfd_[\w-]{22}\.[\w-]{43}$/);
    expect(deviceOf(await post(SIGN_IN, { ...HTTPS, cookie }))).toBe(cookie);
  });

  it('forgets the cookie when it signs out', async () => {
    const answer = await post(SIGN_IN, HTTPS);
    const out = await post(SIGN_OUT, {
      ...HTTPS,
      cookie: sessionCookie(answer),
      authorization: `Bearer ${answer.body.data.result.accessToken}`,
    });
    expect(out.cookies).toContainEqual(
      expect.stringMatching(/^__Host-holdfast-session=; Path=\/; Max-Age=0;/),
    );
    expect(
      (await post(REFRESH, { ...HTTPS, cookie: sessionCookie(answer) })).body.data.result.__typename,
    ).toBe('RefreshRefused');
  });

  it('has a plain cookie on this machine without TLS, and a Secure one everywhere else', async () => {
    const here = (await post(SIGN_IN, { host: `localhost:${server.port}` })).cookies;
    expect(here).toContainEqual(
      expect.stringMatching(/^holdfast-session=hfr_.*; HttpOnly; SameSite=Strict$/),
    );
    for (const headers of [{ host: 'rooms.example.com' }, { ...HTTPS, host: 'localhost' }])
      expect(sessionCookie(await post(SIGN_IN, headers))).toMatch(/^__Host-/);
  });

  it('still may have it in the answer, and send it in the input, as programs do', async () => {
    const answer = await post(SIGN_IN.replace(', cookie: true', ''), HTTPS);
    expect(answer.cookies).toEqual([]);
    const { refreshToken } = answer.body.data.result;
    const query = `mutation ($input: TokenRefreshInput) { result: tokenRefresh(input: $input) { ${fields('TokenRefreshSuccess')} } }`;
    const next = await post({ query, variables: { input: { refreshToken } } }, HTTPS);
    expect(next.body.data.result.refreshToken).toMatch(/^hfr_/);
    expect(next.cookies).toEqual([]);
  });
});

describe('a page of another origin', () => {
  it.each([
    'https://evil.example.com',
    'http://rooms.example.com.evil.com',
    'null',
    'https://rooms.example.com:8443',
  ])('has no cookie set or read for it: %s', async (origin) => {
    const cookie = sessionCookie(await post(SIGN_IN, HTTPS));
    const signedIn = await post(SIGN_IN, { ...HTTPS, origin });
    expect(signedIn.body.data.result).toMatchObject({ __typename: 'InvalidInput', path: ['cookie'] });
    const refreshed = await post(REFRESH, { ...HTTPS, origin, cookie });
    expect(refreshed.body.data.result.__typename).toBe('RefreshRefused');
    expect([...signedIn.cookies, ...refreshed.cookies]).toEqual([]);
    expect(refreshed.allowsCredentials).toBeUndefined();
    const own = await post(REFRESH, { ...HTTPS, origin: 'https://rooms.example.com', cookie });
    expect(own.body.data.result.__typename).toBe('TokenRefreshSuccess');
  });

  it('may where the operator has listed it', async () => {
    const origin = 'https://intranet.example.com';
    const signedIn = await post(SIGN_IN, { ...HTTPS, origin });
    expect(sessionCookie(signedIn)).toMatch(/^__Host-/);
    expect(signedIn.allowsCredentials).toBe('true');
  });

  it('cannot send a form that would do it, nor ask by GET', async () => {
    const cookie = sessionCookie(await post(SIGN_IN, HTTPS));
    const before = await psql('select from refresh_token');
    for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data'])
      expect((await post(REFRESH, { ...HTTPS, cookie, 'content-type': type })).status).toBeGreaterThanOrEqual(
        400,
      );
    const got = await fetch(`http://127.0.0.1:${server.port}/graphql?query=${encodeURIComponent(REFRESH)}`, {
      headers: { cookie },
    });
    expect(got.status).toBe(400);
    expect(await psql('select from refresh_token')).toEqual(before);
  });
});

describe('a token that no longer counts', () => {
  const stale = { ...HTTPS, authorization: 'Bearer eyJhbGciOiJub25lIn0.e30.' };

  it('stands in the way of everything but a new one', async () => {
    const signedIn = await post(SIGN_IN, stale);
    expect(signedIn.body.data.result.__typename).toBe('SignInSuccess');
    const refreshed = await post(REFRESH, { ...stale, cookie: sessionCookie(signedIn) });
    expect(refreshed.body.data.result.__typename).toBe('TokenRefreshSuccess');
    for (const query of [
      '{ viewer { name } }',
      SIGN_OUT,
      `mutation { signOut { __typename } result: tokenRefresh { __typename } }`,
      'mutation { ...M } fragment M on Mutation { tokenRefresh { __typename } }',
      '{ nonsense }',
      'not graphql',
    ]) {
      const { body } = await post(query, stale);
      expect(body.errors).toMatchObject([{ extensions: { code: 'UNAUTHENTICATED' } }]);
      expect(body.data ?? null).toBeNull();
    }
  });

  it.each<[string, Record<string, string>]>([
    ['one that is over', { authorization: stale.authorization }],
    ['none', {}],
  ])('keeps nobody signed in: with %s the cookie goes, and its session ends', async (_, token) => {
    const cookie = sessionCookie(await post(SIGN_IN, HTTPS));
    const out = await post(SIGN_OUT_COUNT, { ...HTTPS, ...token, cookie });
    expect(out.body).toEqual({ data: { result: { endedSessions: 1 } } });
    expect(out.cookies).toEqual([expect.stringMatching(/^__Host-holdfast-session=; Path=\/; Max-Age=0/)]);
    const refreshed = await post(REFRESH, { ...HTTPS, cookie });
    expect(refreshed.body.data.result.__typename).toBe('RefreshRefused');
    const [entry] = await psql(
      `select a.actor_id from audit a where a.action = 'session.signOut' order by a.at desc, a.id desc limit 1`,
    );
    expect(entry).toEqual({ actor_id: ada.id });
  });

  it('ends with the session of the cookie, where the browser has got another one meanwhile', async () => {
    const one = await post(SIGN_IN, HTTPS);
    const other = sessionCookie(await post(SIGN_IN, HTTPS));
    const authorization = `Bearer ${one.body.data.result.accessToken}`;
    const out = await post(SIGN_OUT_COUNT, { ...HTTPS, authorization, cookie: other });
    expect(out.body).toEqual({ data: { result: { endedSessions: 2 } } });
  });

  it('ends nothing for a page of another origin', async () => {
    const cookie = sessionCookie(await post(SIGN_IN, HTTPS));
    const out = await post(SIGN_OUT_COUNT, { ...HTTPS, cookie, origin: 'https://evil.example.com' });
    expect(out.body.errors).toMatchObject([{ extensions: { code: 'UNAUTHENTICATED' } }]);
    const refreshed = await post(REFRESH, { ...HTTPS, cookie });
    expect(refreshed.body.data.result.__typename).toBe('TokenRefreshSuccess');
  });

  it('is told so by Apollo’s way through a request, too', async () => {
    const named = { operationName: 'Q', query: 'query Q { viewer { name } }', extensions: {} };
    const accept = 'application/graphql-response+json';
    const refused = await post(named, { ...stale, accept });
    expect(refused.status).toBe(401);
    expect(refused.body.errors).toMatchObject([{ extensions: { code: 'UNAUTHENTICATED' } }]);
    const signedIn = await post({ query: SIGN_IN, extensions: {} }, stale);
    expect(signedIn.body.data.result.__typename).toBe('SignInSuccess');
    expect(sessionCookie(signedIn)).toMatch(/^__Host-/);
  });
});
