import type { Page } from 'playwright-core';
import { globalId } from '../../src/domain/ids.js';
import { HASHER_LIMITS, PasswordHasher } from '../../src/domain/users/password-hasher.js';
import { codeAt } from '../kit/authenticator-app.js';
import { post } from '../kit/calls.js';
import { cloneDatabase, type TestDatabase } from '../kit/database.js';
import { person } from '../kit/people.js';
import { type Api, startApi } from '../kit/program.js';
import { room } from '../kit/things.js';
import { openBrowser } from './browser.js';

const PASSWORD = 'a long enough password';
const EMAIL = 'ada@example.com';
const GRACE = 'grace@example.com';

let database: TestDatabase;
let api: Api;
let browser: Awaited<ReturnType<typeof openBrowser>>;
let resourceId: string;

beforeAll(async () => {
  database = await cloneDatabase();
  const db = await database.open();
  const passwordHash = await new PasswordHasher(HASHER_LIMITS).hash(PASSWORD);
  await person(db, 'MEMBER', { name: 'Ada Lovelace', email: EMAIL, passwordHash });
  await person(db, 'MEMBER', { name: 'Grace Hopper', email: GRACE, passwordHash });
  resourceId = globalId('Resource', (await room(db, { name: 'Observatory' })).id);
  [api, browser] = await Promise.all([startApi({ databaseUrl: database.url }), openBrowser()]);
}, 60_000);
afterAll(async () => {
  await browser?.close();
  await api?.stop();
  await database?.drop();
});

interface Opened {
  readonly page: Page;
  /** Requests that went elsewhere, and what the page's policy has blocked. */
  readonly elsewhere: string[];
  readonly blocked: string[];
}

async function openPlayground(server = api): Promise<Opened> {
  const page = await browser.context.newPage();
  const elsewhere: string[] = [];
  const blocked: string[] = [];
  page.on('request', (request) => {
    const { protocol, host } = new URL(request.url());
    if (host !== new URL(server.url).host && !['data:', 'blob:'].includes(protocol))
      elsewhere.push(request.url());
  });
  page.on('console', (message) => {
    if (/Content Security Policy|Refused to/.test(message.text())) blocked.push(message.text());
  });
  page.on('pageerror', (error) => blocked.push(String(error)));
  await page.goto(`${server.url}/playground`);
  await page.locator('.graphiql-query-editor .view-line').first().waitFor();
  return { page, elsewhere, blocked };
}

async function signIn(page: Page, password = PASSWORD, email = EMAIL): Promise<void> {
  await page.getByLabel('E-mail').fill(email);
  await page.getByLabel('Password').fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
}

/** Pastes an operation over the one in the editor; typing it would let the editor close its brackets. */
async function write(page: Page, name: string, text: string): Promise<void> {
  await page.bringToFront();
  await page.locator('.graphiql-query-editor .monaco-editor').click();
  await page.keyboard.press('ControlOrMeta+A');
  await page.evaluate((pasted) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData('text/plain', pasted);
    document.activeElement?.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true }));
  }, text);
  // The editor takes a moment to learn which operation it holds.
  await page.locator('.graphiql-tabs').getByText(name, { exact: true }).waitFor();
}

const response = (page: Page) => page.locator('.result-window');
const run = (page: Page) => page.getByLabel('Execute query').click();

describe('the playground', () => {
  it('loads from our own files alone, and its policy blocks nothing of it', async () => {
    const { page, elsewhere, blocked } = await openPlayground();
    await write(page, 'Smallest', 'query Smallest { __typename }');
    await run(page);
    await response(page).getByText('"Query"').waitFor();
    expect(elsewhere).toEqual([]);
    expect(blocked).toEqual([]);
    const { headers } = await fetch(`${api.url}/playground`);
    expect(headers.get('content-security-policy')).toContain("script-src 'self';");
    await page.close();
  });

  it('knows the schema, and completes from it', async () => {
    const { page } = await openPlayground();
    await page.getByLabel('Show Documentation Explorer').click();
    await page.getByText('Root Types').waitFor();
    await page.close();
  });

  it('signs in, says who is there, and signs out', async () => {
    const { page } = await openPlayground();
    await signIn(page, 'not the password');
    await page.locator('.sign-in [role=alert]').waitFor();
    await signIn(page);
    await page.getByText('Ada Lovelace').waitFor();
    await write(page, 'Who', 'query Who { viewer { name } }');
    await run(page);
    await response(page).getByText('"Ada Lovelace"').waitFor();
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.getByLabel('E-mail').waitFor();
    await run(page);
    await response(page).getByText('null').waitFor();
    await page.close();
  });

  it('asks for the code of a second factor, and lets one begin anew', async () => {
    const ask = async (query: string, token: string | null = null) =>
      Object.values((await post(api, token, { query }))?.answer.data ?? {})[0] as Record<string, string>;
    const { accessToken = '' } = await ask(
      `mutation { signIn(input: { email: "${GRACE}", password: "${PASSWORD}" }) { ... on SignInSuccess { accessToken } } }`,
    );
    const { secret = '' } = await ask(
      'mutation { totpEnrol { ... on TotpEnrolSuccess { secret } } }',
      accessToken,
    );
    const clock = { clock: { now: () => new Date() } };
    const confirm = `mutation { totpConfirm(input: { code: "${codeAt(secret, clock)}" }) { __typename } }`;
    await ask(confirm, accessToken);
    const { page } = await openPlayground();
    await signIn(page, PASSWORD, GRACE);
    await page.getByLabel('Code').fill('000000');
    await page.getByRole('button', { name: 'Begin anew' }).click();
    await signIn(page, PASSWORD, GRACE);
    await page.getByLabel('Code').fill(codeAt(secret, clock, 1));
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByText('Grace Hopper').waitFor();
    await page.close();
  });

  it('replaces its token before the end, and stays signed in', async () => {
    const brief = await startApi({
      databaseUrl: database.url,
      env: { HOLDFAST_ACCESS_TOKEN_SECONDS: '6' },
    });
    const { page } = await openPlayground(brief);
    await signIn(page);
    const refreshed = await page.waitForResponse(
      (response) => response.request().postData()?.includes('PlaygroundTokenRefresh') === true,
    );
    expect(JSON.stringify(await refreshed.json())).toContain('accessToken');
    await write(page, 'Who', 'query Who { viewer { name } }');
    await run(page);
    await response(page).getByText('"Ada Lovelace"').waitFor();
    await page.close();
    await brief.stop();
  });

  it('shows in one window what is reserved in another', async () => {
    const watching = (await openPlayground()).page;
    const reserving = (await openPlayground()).page;
    await signIn(watching);
    await watching.getByText('Ada Lovelace').waitFor();
    await signIn(reserving);
    await reserving.getByText('Ada Lovelace').waitFor();
    const day = new Date(Date.now() + 86_400_000).toISOString().slice(0, 10);
    await write(
      watching,
      'Seen',
      `subscription Seen { availability(resources: ["${resourceId}"], window: { startsAt: "${day}T00:00:00Z", endsAt: "${day}T23:00:00Z" }) {
        __typename ... on AvailabilityChange { taken { startsAt } }
      } }`,
    );
    await run(watching);
    await response(watching).getByText('AvailabilitySnapshot').waitFor();
    await write(
      reserving,
      'Make',
      `mutation Make { reservationCreate(input: { title: "Seen elsewhere", resources: [{ resourceId: "${resourceId}" }],
        window: { startsAt: "${day}T09:00:00Z", endsAt: "${day}T10:00:00Z" } }) { __typename } }`,
    );
    await run(reserving);
    await response(reserving).getByText('ReservationSuccess').waitFor();
    await response(watching).getByText('AvailabilityChange').waitFor();
    await response(watching).getByText(`${day}T09:00:00.000Z`).waitFor();
    await watching.close();
    await reserving.close();
  });
});
