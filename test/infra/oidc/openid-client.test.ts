import { Unavailable } from '../../../src/domain/failure.js';
import { openIdProvider } from '../../../src/infra/oidc/openid-client.js';
import type { RequestSecrets } from '../../../src/ports/identity-provider.js';
import { SilentLog } from '../../kit/log.js';
import { Browser } from '../../kit/oidc/browser.js';
import { type Crookedness, CrookedProvider } from '../../kit/oidc/crooked-provider.js';
import { CLIENT, type Provider, startProvider } from '../../kit/oidc/provider.js';

const REDIRECT = 'https://rooms.example.com/auth/oidc/callback';
const ADA = { sub: 'ada', email: 'ada@example.com', email_verified: true, name: 'Ada', groups: ['staff'] };

const log = new SilentLog();
const client = (issuer: string, more: { timeoutMs?: number } = {}) =>
  openIdProvider({
    ...CLIENT,
    issuer,
    scopes: 'openid profile email groups',
    groupClaim: 'groups',
    log,
    ...more,
  });

describe('a real provider', () => {
  let real: Provider;
  beforeAll(async () => {
    real = await startProvider([REDIRECT]);
  });
  afterAll(() => real.kill());

  const visit = async (at = client(real.issuer)) => {
    const { url, secrets } = await at.begin(REDIRECT);
    return { at, secrets, url, back: await new Browser().goUntil(url, REDIRECT) };
  };

  it('says who has signed in, asked by a code with PKCE, state and nonce', async () => {
    await real.expect(ADA);
    const { at, url, secrets, back } = await visit();
    expect(Object.fromEntries(new URL(url).searchParams)).toMatchObject({
      response_type: 'code',
      client_id: 'holdfast',
      redirect_uri: REDIRECT,
      code_challenge_method: 'S256',
      state: secrets.state,
      nonce: secrets.nonce,
    });
    expect(url).not.toContain(secrets.codeVerifier);
    expect(await at.finish(back, secrets)).toEqual({
      issuer: real.issuer,
      subject: 'ada',
      email: 'ada@example.com',
      isEmailVerified: true,
      name: 'Ada',
      groups: ['staff'],
    });
  });

  it('says no groups where it leaves the claim out, and no verified address where it has not verified it', async () => {
    await real.expect({ sub: 'bob', email: 'bob@example.com', email_verified: false });
    const { at, secrets, back } = await visit();
    expect(await at.finish(back, secrets)).toMatchObject({
      subject: 'bob',
      isEmailVerified: false,
      groups: [],
    });
  });

  it('takes a code once', async () => {
    await real.expect(ADA);
    const { at, secrets, back } = await visit();
    expect(await at.finish(back, secrets)).not.toBeNull();
    expect(await at.finish(back, secrets)).toBeNull();
  });

  it('lets another state, another nonce and another verifier prove nothing', async () => {
    await real.expect(ADA);
    for (const wrong of ['state', 'nonce', 'codeVerifier'] as const) {
      const { at, secrets, back } = await visit();
      const other = (await at.begin(REDIRECT)).secrets;
      expect(await at.finish(back, { ...secrets, [wrong]: other[wrong] })).toBeNull();
    }
  });

  it('is refused where the person has said no', async () => {
    await real.expect({ ...ADA, isDenied: true });
    const { at, secrets, back } = await visit();
    expect(back).toContain('error=access_denied');
    expect(await at.finish(back, secrets)).toBeNull();
  });

  it('goes on after a restart with other keys', async () => {
    await real.expect(ADA);
    const at = client(real.issuer);
    const before = await visit(at);
    expect(await at.finish(before.back, before.secrets)).toMatchObject({ subject: 'ada' });
    await real.kill();
    await real.start();
    await real.expect(ADA);
    const after = await visit(at);
    expect(await at.finish(after.back, after.secrets)).toMatchObject({ subject: 'ada' });
  });

  it('is Unavailable while it is down or silent, within the time, and right again afterwards', async () => {
    await real.expect(ADA);
    const at = client(real.issuer, { timeoutMs: 700 });
    const { secrets, back } = await visit(at);
    real.pause();
    await expect(at.finish(back, secrets)).rejects.toThrow(Unavailable);
    await expect(client(real.issuer, { timeoutMs: 700 }).begin(REDIRECT)).rejects.toThrow(Unavailable);
    real.resume();
    await real.kill();
    await expect(at.finish(back, secrets)).rejects.toThrow(Unavailable);
    await expect(client(real.issuer).begin(REDIRECT)).rejects.toThrow(Unavailable);
    await real.start();
    await real.expect(ADA);
    const again = await visit(at);
    expect(await at.finish(again.back, again.secrets)).toMatchObject({ subject: 'ada' });
  });
});

describe('a real provider that says more at its user-info endpoint only', () => {
  it('is asked there', async () => {
    const real = await startProvider([REDIRECT], 'userinfo');
    try {
      await real.expect(ADA);
      const at = client(real.issuer);
      const { url, secrets } = await at.begin(REDIRECT);
      const back = await new Browser().goUntil(url, REDIRECT);
      expect(await at.finish(back, secrets)).toMatchObject({ email: ADA.email, groups: ['staff'] });
    } finally {
      await real.kill();
    }
  });
});

describe('a crooked provider', () => {
  const crooked = new CrookedProvider();
  beforeAll(() => crooked.start());
  afterAll(() => crooked.stop());

  const finish = async (crookedness: Crookedness = {}, change: (back: URL) => void = () => undefined) => {
    const at = client(crooked.issuer);
    const { secrets } = await at.begin(REDIRECT);
    return answer(at, secrets, crookedness, change);
  };
  const answer = (
    at: ReturnType<typeof client>,
    secrets: RequestSecrets,
    crookedness: Crookedness,
    change: (back: URL) => void = () => undefined,
  ) => {
    crooked.crookedness = crookedness;
    crooked.nonce = secrets.nonce;
    const back = new URL(REDIRECT);
    back.search = String(new URLSearchParams({ code: 'code', state: secrets.state, iss: crooked.issuer }));
    change(back);
    return at.finish(back.href, secrets);
  };
  const at = (seconds: number) => Math.floor(Date.now() / 1000) + seconds;

  it('is believed while it is straight, and is told the verifier', async () => {
    expect(await finish()).toMatchObject({ subject: 'ada', isEmailVerified: true });
    expect(crooked.asked.get('code_verifier')).toMatch(/^[\w-]{43}$/);
    expect(crooked.asked.get('redirect_uri')).toBe(REDIRECT);
  });

  it.each<[string, Crookedness]>([
    ['for somebody else', { claims: { aud: 'another client' } }],
    ['for several, of whom we are not the one', { claims: { aud: ['holdfast', 'other'], azp: 'other' } }],
    ['in another name', { claims: { iss: 'https://elsewhere.example.com' } }],
    ['that is over', { claims: { iat: at(-300), exp: at(-120) } }],
    ['of another request', { claims: { nonce: 'another' } }],
    ['of no request', { claims: { nonce: undefined as never } }],
    ['without a subject', { claims: { sub: undefined as never } }],
    ['without an end', { claims: { exp: undefined as never } }],
    ['signed with a key that it does not publish', { isForged: true }],
    ['that nobody has signed', { isUnsigned: true }],
    ['whose groups do not fit in', { claims: { groups: undefined, _claim_names: { groups: 'src1' } } }],
  ])('hands out a token %s: refused', async (_what, crookedness) => {
    expect(await finish(crookedness)).toBeNull();
  });

  it('is mixed up with another one: refused', async () => {
    expect(
      await finish({}, (back) => back.searchParams.set('iss', 'https://elsewhere.example.com')),
    ).toBeNull();
    expect(await finish({}, (back) => back.searchParams.delete('iss'))).toBeNull();
  });

  it('comes back with no code, two codes, or garbage: refused', async () => {
    for (const change of [
      (back: URL) => back.searchParams.delete('code'),
      (back: URL) => back.searchParams.append('code', 'another'),
      (back: URL) => back.searchParams.append('state', 'another'),
      (back: URL) => {
        back.search = '?%ff&&==';
      },
    ])
      expect(await finish({}, change)).toBeNull();
  });

  it('rotates its keys, and is believed at once', async () => {
    const at = client(crooked.issuer);
    expect(await answer(at, (await at.begin(REDIRECT)).secrets, {})).toMatchObject({ subject: 'ada' });
    crooked.rotateKeys('two');
    expect(await answer(at, (await at.begin(REDIRECT)).secrets, {})).toMatchObject({ subject: 'ada' });
  });

  it.each<[string, NonNullable<Crookedness['answer']>]>([
    ['a page of its proxy', { status: 502, body: '<h1>Bad gateway</h1>', type: 'text/html' }],
    ['an error of its own', { status: 500, body: '{"error":"server_error"}' }],
    ['a page for people', { status: 200, body: '<h1>Welcome</h1>', type: 'text/html' }],
    ['half an answer', { status: 200, body: '{"access_token":' }],
    ['that it does not know us', { status: 401, body: '{"error":"invalid_client"}' }],
  ])('answers with %s: Unavailable', async (_what, faulty) => {
    await expect(finish({ answer: faulty })).rejects.toThrow(Unavailable);
  });

  it('tells no secret in the log', async () => {
    const lines = JSON.stringify(log.lines);
    expect(lines).toContain('refused an answer of the identity provider');
    expect(lines).not.toMatch(/eyJ|a secret of the client/);
  });
});
