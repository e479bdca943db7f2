import type { Page } from 'playwright-core';
import { type AuthViewerCtx, createIdentity } from '../../src/domain/auth/identity.js';
import { addPasskey, beginPasskey } from '../../src/domain/auth/passkeys/add-passkey.js';
import { relyingPartyOf } from '../../src/domain/auth/passkeys/relying-party.js';
import { globalId } from '../../src/domain/ids.js';
import { DoorLinks } from '../../src/domain/presence/door-links.js';
import { HASHER_LIMITS, PasswordHasher } from '../../src/domain/users/password-hasher.js';
import { freePort } from '../../src/infra/postgres/embedded-process.js';
import { codeAt, withApp } from '../kit/authenticator-app.js';
import { reserved } from '../kit/closures.js';
import { type TestCtx, testCtx } from '../kit/ctx.js';
import { cloneDatabase, type TestDatabase } from '../kit/database.js';
import { type PersonRow, person } from '../kit/people.js';
import { mustCheckIn } from '../kit/presence.js';
import { type Api, SECRET, startApi } from '../kit/program.js';
import { room } from '../kit/things.js';
import { openBrowser } from './browser.js';
import { findings } from './findings.js';

const PASSWORD = 'a long enough password';
const links = new DoorLinks(SECRET);

let database: TestDatabase;
let db: Awaited<ReturnType<TestDatabase['open']>>;
let api: Api;
let origin: string;
let browser: Awaited<ReturnType<typeof openBrowser>>;
let passwordHash: string;

beforeAll(async () => {
  database = await cloneDatabase();
  db = await database.open();
  passwordHash = await new PasswordHasher(HASHER_LIMITS).hash(PASSWORD);
  const port = await freePort();
  origin = `http://localhost:${port}`;
  const env = { PORT: String(port), PUBLIC_URL: origin, HOLDFAST_PERSISTED_ONLY: 'on' };
  [api, browser] = await Promise.all([startApi({ databaseUrl: database.url, env }), openBrowser()]);
}, 60_000);
afterAll(async () => {
  await browser?.close();
  await api?.stop();
  await database?.drop();
});

let people = 0;
const somebody = () =>
  person(db, 'MEMBER', { name: 'Ada Lovelace', email: `ada${++people}@example.com`, passwordHash });

/** So many minutes from now, to the minute. */
const inMinutes = (minutes: number) =>
  new Date(Math.floor(Date.now() / 60_000) * 60_000 + minutes * 60_000).toISOString();

interface Wanted {
  readonly from?: number;
  readonly to?: number;
  readonly anonymous?: boolean;
}

/** A room where one checks in, with a reservation of the person's; it was made three hours ago. */
async function awaited(owner: PersonRow, { from = -5, to = 60, anonymous = false }: Wanted = {}) {
  const { id: resourceId } = await room(db, { name: 'Observatory' });
  await mustCheckIn(db, { resourceId }, { anonymous });
  const ctx = testCtx(db, owner.viewer);
  ctx.clock.set(inMinutes(-180));
  const reservation = await reserved(ctx, [resourceId], inMinutes(from), inMinutes(to), {
    title: 'Star charts',
  });
  return { ctx, resourceId, reservation, path: `/check-in/${links.token(resourceId, 0)}` };
}

/** Does something to how the person signs in, five minutes ago. */
async function signingIn<T>({ viewer }: PersonRow, work: (ctx: AuthViewerCtx & TestCtx) => Promise<T>) {
  const ctx = testCtx(db, viewer);
  ctx.clock.set(new Date(Date.now() - 300_000).toISOString());
  await database.psql('update session set proved_at = $2 where id = $1', [
    viewer.sessionId,
    ctx.clock.fixed(),
  ]);
  const passkeys = relyingPartyOf(origin, []);
  const settings = { secret: SECRET, issuer: 'holdfast', audience: 'holdfast', passkeys };
  const identity = await createIdentity({ ...ctx, ...settings });
  try {
    return await work({ ...ctx, identity, viewer });
  } finally {
    await identity.close();
  }
}

interface Opened {
  readonly page: Page;
  /** What was asked in words of our own, and what the page's policy has blocked. */
  readonly wrong: string[];
}

async function open(path: string, accept = 'en'): Promise<Opened> {
  await browser.context.clearCookies();
  const page = await browser.context.newPage();
  page.setDefaultTimeout(10_000);
  await page.setExtraHTTPHeaders({ 'accept-language': accept });
  const wrong: string[] = [];
  page.on('request', (request) => {
    const body = request.url().endsWith('/graphql') ? request.postDataJSON() : { documentId: '' };
    if (!('documentId' in body) || 'query' in body) wrong.push(JSON.stringify(body));
  });
  page.on('console', (message) => {
    if (/Content Security Policy|Refused to/.test(message.text())) wrong.push(message.text());
  });
  page.on('pageerror', (error) => wrong.push(String(error)));
  await page.goto(`${origin}${path}`);
  return { page, wrong };
}

async function signIn(page: Page, { email }: { email: string }, password = PASSWORD): Promise<void> {
  await page.getByLabel('E-mail or login').fill(email);
  await page.getByLabel('Password').fill(password);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
}

const press = (page: Page, name: string | RegExp) => page.getByRole('button', { name, exact: true }).click();
const said = (page: Page, text: string | RegExp) =>
  page.getByRole('status').filter({ hasText: text }).waitFor();
const stateOf = async ({ id }: { id: string }) =>
  (await database.psql<{ state: string }>('select state from reservation where id = $1', [id]))[0]?.state;

it('signs in, checks in with one tap, stays longer as far as it goes, and leaves, by documents alone', async () => {
  const ada = await somebody();
  const { ctx, resourceId, reservation, path } = await awaited(ada);
  await reserved(ctx, [resourceId], inMinutes(80), inMinutes(90));
  const { page, wrong } = await open(path);
  await signIn(page, ada, 'not the password');
  await page.getByRole('alert').filter({ hasText: 'do not open an account' }).waitFor();
  await signIn(page, ada);
  await page.getByText('Signed in as Ada Lovelace').waitFor();
  await page.getByText('Star charts').waitFor();
  await press(page, 'I am here');
  await said(page, 'You are checked in.');
  expect(await stateOf(reservation)).toBe('CHECKED_IN');

  await press(page, '15 min longer');
  await said(page, /It is yours until/);
  await press(page, '30 min longer');
  await said(page, 'It is reserved behind this.');
  await press(page, /Stay until/);
  await said(page, /It is yours until/);
  await page.reload();
  await page.getByText('Signed in as Ada Lovelace').waitFor();
  await press(page, 'Leave now');
  await said(page, 'You have left.');
  expect(await stateOf(reservation)).toBe('COMPLETED');

  await press(page, 'Sign out');
  await page.getByLabel('Password').waitFor();
  await page.reload();
  await page.getByLabel('Password').waitFor();
  expect(wrong).toEqual([]);
  await page.close();
});

it('says from when on one checks in, and that it was released', async () => {
  const ada = await somebody();
  const early = await awaited(ada, { from: 90, to: 120 });
  const { page, wrong } = await open(early.path);
  await signIn(page, ada);
  await page.getByText(/You check in from .* on\./).waitFor();
  expect(await page.getByRole('button', { name: 'I am here' }).count()).toBe(0);
  const late = await awaited(ada, { from: -30, to: 60 });
  await page.goto(`${origin}${late.path}`);
  await page.getByText(/Too late: nobody had checked in, so it was released at/).waitFor();

  const soon = await awaited(ada);
  await page.goto(`${origin}${soon.path}`);
  await page.getByRole('button', { name: 'I am here' }).waitFor();
  await database.psql("update reservation set release_at = now() - interval '1 minute' where id = $1", [
    soon.reservation.id,
  ]);
  await press(page, 'I am here');
  await said(page, /That was not possible: Too late: .* released at/);
  expect(await findings(page)).toEqual([]);
  expect(wrong).toEqual([]);
  await page.close();
});

it('lets whoever is signed in check in for somebody else at the door, but not from a mail', async () => {
  const [ada, grace] = [await somebody(), await somebody()];
  const { reservation, path } = await awaited(ada);
  const { page } = await open(`/check-in/reservation/${globalId('Reservation', reservation.id)}`);
  await signIn(page, grace);
  await press(page, 'I am here');
  await said(page, 'That was not possible: You may not do this.');
  expect(await stateOf(reservation)).toBe('CONFIRMED');
  await page.goto(`${origin}${path}`);
  await press(page, 'I am here');
  await said(page, 'You are checked in.');
  expect(await stateOf(reservation)).toBe('CHECKED_IN');
  await page.close();
});

it('checks in to one reservation behind the link of a mail', async () => {
  const ada = await somebody();
  const { reservation } = await awaited(ada);
  const { page, wrong } = await open(`/check-in/reservation/${globalId('Reservation', reservation.id)}`);
  expect(await page.content()).not.toContain('Star charts');
  await signIn(page, ada);
  await page.getByText('Observatory').waitFor();
  await press(page, 'I am here');
  await said(page, 'You are checked in.');
  expect(await stateOf(reservation)).toBe('CHECKED_IN');
  expect(wrong).toEqual([]);
  await page.close();
});

it('asks for the code of a second factor, and lets one begin anew', async () => {
  const ada = await somebody();
  const { path } = await awaited(ada);
  const { secret } = await signingIn(ada, withApp);
  const { page, wrong } = await open(path);
  await signIn(page, ada);
  await page.getByLabel('Code').fill('000000');
  await press(page, 'Confirm');
  await page.getByRole('alert').filter({ hasText: 'This code does not count.' }).waitFor();
  await press(page, 'Begin anew');
  await signIn(page, ada);
  await page.getByLabel('Code').waitFor();
  expect(await findings(page)).toEqual([]);
  await page.getByLabel('Code').fill(codeAt(secret, { clock: { now: () => new Date() } }, 1));
  await press(page, 'Confirm');
  await page.getByText('Signed in as Ada Lovelace').waitFor();
  expect(wrong).toEqual([]);
  await page.close();
});

it('has a button for everybody where the rule says so, without any script', async () => {
  const { reservation, path } = await awaited(await somebody(), { anonymous: true });
  await browser.context.clearCookies();
  const page = await browser.context.newPage();
  const cdp = await browser.context.newCDPSession(page);
  await cdp.send('Emulation.setScriptExecutionDisabled', { value: true });
  await page.goto(`${origin}${path}`);
  expect(await page.getByLabel('Password').count()).toBe(0);
  await press(page, /I am here|Ich bin da/);
  await page.getByText('You are checked in.').waitFor();
  expect(await stateOf(reservation)).toBe('CHECKED_IN');
  await page.close();
});

it('speaks the language of the browser, and nobody is shut out from it', async () => {
  const ada = await somebody();
  const { path } = await awaited(ada, { anonymous: true });
  const { page, wrong } = await open(path, 'de-AT,en;q=0.5');
  await page.getByLabel('Passwort').waitFor();
  expect(await page.locator('html').getAttribute('lang')).toBe('de');
  expect(await findings(page)).toEqual([]);
  const focused = () => page.evaluate(() => document.activeElement?.textContent);
  await page.getByRole('button', { name: 'Ich bin da' }).focus();
  const [button] = await page.getByRole('button', { name: 'Ich bin da' }).elementHandles();
  await page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')));
  await page.waitForFunction((before) => !before?.isConnected, button);
  expect(await focused()).toBe('Ich bin da');
  await page.getByLabel('E-Mail oder Benutzername').fill(ada.email);
  await page.getByLabel('Passwort').fill(PASSWORD);
  await press(page, 'Anmelden');
  await page.getByText('Angemeldet als Ada Lovelace').waitFor();
  expect(await findings(page)).toEqual([]);
  await page.getByRole('button', { name: 'Ich bin da' }).focus();
  await page.keyboard.press('Enter');
  await said(page, 'Du bist eingecheckt.');
  await page.getByText('Du bist hier bis').waitFor();
  expect(await focused()).toBe('Star charts');
  expect(await findings(page)).toEqual([]);
  expect(wrong).toEqual([]);
  await page.close();
});

it('signs in with a passkey, alone and as the second factor', async () => {
  const ada = await somebody();
  const { path } = await awaited(ada);
  const { page, wrong } = await open(path);
  const cdp = await browser.context.newCDPSession(page);
  await cdp.send('WebAuthn.enable');
  await cdp.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
  await press(page, 'Sign in with a passkey');
  await page.getByRole('alert').filter({ hasText: 'does not open an account' }).waitFor();
  await signingIn(ada, async (ctx) => {
    const begun = await beginPasskey(ctx);
    if (!('options' in begun)) throw new Error(begun.kind);
    const response = await page.evaluate(async (json) => {
      const publicKey = PublicKeyCredential.parseCreationOptionsFromJSON(JSON.parse(json));
      const credential = (await navigator.credentials.create({ publicKey })) as PublicKeyCredential;
      return JSON.stringify(credential.toJSON());
    }, begun.options);
    expect(await addPasskey(ctx, { name: 'This phone', response })).toHaveProperty('passkey');
  });
  await press(page, 'Sign in with a passkey');
  await page.getByText('Signed in as Ada Lovelace').waitFor();
  await press(page, 'I am here');
  await said(page, 'You are checked in.');
  await press(page, 'Sign out');

  await signIn(page, ada);
  await page.getByLabel('Code').waitFor();
  await press(page, 'Sign in with a passkey');
  await page.getByText('Signed in as Ada Lovelace').waitFor();
  expect(wrong).toEqual([]);
  await page.close();
});
