import type { CDPSession, Page } from 'playwright-core';
import { HASHER_LIMITS, PasswordHasher } from '../../src/domain/users/password-hasher.js';
import { freePort } from '../../src/infra/postgres/embedded-process.js';
import { cloneDatabase, type TestDatabase } from '../kit/database.js';
import { person } from '../kit/people.js';
import { type Api, startApi } from '../kit/program.js';
import { openBrowser } from './browser.js';

const PASSWORD = 'a long enough password';
const EMAIL = 'ada@example.com';

let database: TestDatabase;
let api: Api;
let browser: Awaited<ReturnType<typeof openBrowser>>;
let page: Page;
let cdp: CDPSession;
let authenticatorId: string;

/** Browsers let pages of localhost use passkeys, and none of an address. */
let origin: string;

beforeAll(async () => {
  database = await cloneDatabase();
  const db = await database.open();
  const passwordHash = await new PasswordHasher(HASHER_LIMITS).hash(PASSWORD);
  await person(db, 'MEMBER', { name: 'Ada Lovelace', email: EMAIL, passwordHash });
  const port = await freePort();
  origin = `http://localhost:${port}`;
  const env = { PORT: String(port), PUBLIC_URL: origin };
  [api, browser] = await Promise.all([startApi({ databaseUrl: database.url, env }), openBrowser()]);
  page = await browser.context.newPage();
  await page.goto(origin);
  cdp = await browser.context.newCDPSession(page);
  await cdp.send('WebAuthn.enable');
  ({ authenticatorId } = await cdp.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  }));
}, 60_000);
afterAll(async () => {
  await browser?.close();
  await api?.stop();
  await database?.drop();
});

/** The one field of a mutation, called by the page itself. */
async function mutate(field: string, variables: object = {}, declared = '', token = '') {
  const query = `mutation ${declared} { ${field} }`;
  const answer = await page.evaluate(
    async ([body, bearer]) => {
      const headers = {
        'content-type': 'application/json',
        ...(bearer && { authorization: `Bearer ${bearer}` }),
      };
      return (await fetch('/graphql', { method: 'POST', headers, body: body ?? '' })).json();
    },
    [JSON.stringify({ query, variables }), token],
  );
  if (!answer.data) throw new Error(JSON.stringify(answer.errors));
  return Object.values(answer.data)[0] as Record<string, never>;
}

const make = (options: string) =>
  page.evaluate(async (json) => {
    const publicKey = PublicKeyCredential.parseCreationOptionsFromJSON(JSON.parse(json));
    const credential = (await navigator.credentials.create({ publicKey })) as PublicKeyCredential;
    return JSON.stringify(credential.toJSON());
  }, options);
const sign = (options: string) =>
  page.evaluate(async (json) => {
    const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON(JSON.parse(json));
    const credential = (await navigator.credentials.get({ publicKey })) as PublicKeyCredential;
    return JSON.stringify(credential.toJSON());
  }, options);

const SIGN_IN =
  'signIn(input: { email: "ada@example.com", password: "a long enough password" }) { __typename ... on SignInSuccess { accessToken } ... on SecondFactorRequired { challenge methods } }';
const enter = async () => {
  const { options } = await mutate('passkeyAsk { ... on PasskeyAskSuccess { options } }');
  return mutate(
    'signInByPasskey(input: $input) { __typename ... on SignInSuccess { refreshToken user { name } } ... on UserError { message } }',
    { input: { response: await sign(options ?? ''), cookie: true } },
    '($input: SignInByPasskeyInput!)',
  );
};

it('makes a passkey in a browser, signs in with it alone and as the second factor, and refuses a copy', async () => {
  const { accessToken = '' } = await mutate(SIGN_IN);
  const { options } = await mutate(
    'passkeyRegister { ... on PasskeyRegisterSuccess { options } }',
    {},
    '',
    accessToken,
  );
  const added = await mutate(
    'passkeyConfirm(input: $input) { __typename ... on PasskeyConfirmSuccess { passkey { id name } recoveryCodes } }',
    { input: { name: 'This browser', response: await make(options ?? '') } },
    '($input: PasskeyConfirmInput!)',
    accessToken,
  );
  expect(added).toMatchObject({ passkey: { name: 'This browser' }, recoveryCodes: { length: 10 } });

  expect(await enter()).toEqual({
    __typename: 'SignInSuccess',
    refreshToken: null,
    user: { name: 'Ada Lovelace' },
  });
  const cookies = await browser.context.cookies(origin);
  expect(cookies.map(({ name }) => name).sort()).toEqual(['holdfast-device', 'holdfast-session']);
  expect(cookies.every(({ httpOnly }) => httpOnly)).toBe(true);
  const refreshed = await mutate(
    'tokenRefresh { ... on TokenRefreshSuccess { user { factors { passkeys { name lastUsedAt } } } } }',
  );
  expect(refreshed).toMatchObject({
    user: { factors: { passkeys: [{ name: 'This browser', lastUsedAt: expect.any(String) }] } },
  });

  const asked = await mutate(SIGN_IN);
  expect(asked).toMatchObject({ __typename: 'SecondFactorRequired', methods: ['PASSKEY', 'RECOVERY_CODE'] });
  const second = await mutate(
    'passkeyAsk(input: $input) { ... on PasskeyAskSuccess { options } }',
    { input: { challenge: asked.challenge } },
    '($input: PasskeyAskInput!)',
  );
  const confirmed = await mutate(
    'signInConfirm(input: $input) { __typename ... on SignInConfirmSuccess { user { name } } ... on UserError { message } }',
    { input: { challenge: asked.challenge, passkey: await sign(second.options ?? '') } },
    '($input: SignInConfirmInput!)',
  );
  expect(confirmed).toEqual({ __typename: 'SignInConfirmSuccess', user: { name: 'Ada Lovelace' } });

  const { credentials } = await cdp.send('WebAuthn.getCredentials', { authenticatorId });
  const [credential] = credentials;
  if (!credential) throw new Error('the authenticator has no key');
  await cdp.send('WebAuthn.removeCredential', { authenticatorId, credentialId: credential.credentialId });
  await cdp.send('WebAuthn.addCredential', { authenticatorId, credential: { ...credential, signCount: 1 } });
  expect(await enter()).toEqual({
    __typename: 'SignInRefused',
    message: 'This passkey does not open an account here.',
  });
  const [{ count } = { count: 0 }] = await database.psql<{ count: number }>(
    "select count(*)::int from audit where action = 'user.refusePasskey'",
  );
  expect(count).toBe(1);
});
