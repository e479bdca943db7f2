import { DoorLinks } from '../../src/domain/presence/door-links.js';
import { freePort } from '../../src/infra/postgres/embedded-process.js';
import { reserved } from '../kit/closures.js';
import { testCtx } from '../kit/ctx.js';
import { cloneDatabase, type TestDatabase } from '../kit/database.js';
import { person } from '../kit/people.js';
import { mustCheckIn } from '../kit/presence.js';
import { type Api, SECRET, startApi } from '../kit/program.js';
import { room } from '../kit/things.js';
import { openBrowser } from './browser.js';
import { findings } from './findings.js';

let database: TestDatabase;
let api: Api;
let browser: Awaited<ReturnType<typeof openBrowser>>;
let env: Record<string, string>;

beforeAll(async () => {
  database = await cloneDatabase();
  const port = String(await freePort());
  env = { PORT: port, PUBLIC_URL: `http://localhost:${port}` };
  [api, browser] = await Promise.all([startApi({ databaseUrl: database.url, env }), openBrowser()]);
}, 60_000);
afterAll(async () => {
  await browser?.close();
  await api?.stop();
  await database?.drop();
});

it('shows what changes, and keeps its last picture while nobody answers, with as of when it is', async () => {
  const db = await database.open();
  const { id: resourceId } = await room(db, { name: 'Observatory' });
  await mustCheckIn(db, { resourceId });
  const ctx = testCtx(db, (await person(db)).viewer);
  ctx.clock.set(new Date().toISOString());
  const page = await browser.context.newPage();
  await page.setExtraHTTPHeaders({ 'accept-language': 'en' });
  const wrong: string[] = [];
  page.on('pageerror', (error) => wrong.push(String(error)));
  page.on('console', (message) => {
    if (message.text().includes('Content Security Policy')) wrong.push(message.text());
  });
  await page.goto(`${api.url}/door/${new DoorLinks(SECRET).token(resourceId, 0)}`);
  await page.getByText('Free', { exact: true }).waitFor();
  expect(await page.locator('#clock').textContent()).toMatch(/^\d\d:\d\d$/);
  expect(await page.getByText('Scan to check in').count()).toBe(0);

  const from = Date.now() + 5 * 60_000;
  await reserved(ctx, [resourceId], new Date(from).toISOString(), new Date(from + 3_600_000).toISOString());
  await page.getByText('waits for check-in').waitFor();
  await page.getByText('Scan to check in').waitFor();
  expect(await findings(page)).toEqual([]);

  await api.kill();
  await page.getByText(/No connection\. This is how it was at \d\d:\d\d\./).waitFor();
  await page.getByText('waits for check-in').waitFor();
  expect(await findings(page)).toEqual([]);

  api = await startApi({ databaseUrl: database.url, env });
  await page.getByText('No connection').waitFor({ state: 'hidden' });
  await database.psql('insert into resource_link (resource_id, turn) values ($1, 1)', [resourceId]);
  await page.getByText('This link no longer works.').waitFor();
  expect(await page.getByText('waits for check-in').isVisible()).toBe(false);
  expect(wrong).toEqual([]);
  await page.close();
});

it('renews itself without script', async () => {
  const db = await database.open();
  const { id: resourceId } = await room(db);
  const page = await browser.context.newPage();
  const cdp = await browser.context.newCDPSession(page);
  await cdp.send('Emulation.setScriptExecutionDisabled', { value: true });
  await page.goto(`${api.url}/door/${new DoorLinks(SECRET).token(resourceId, 0)}`);
  const html = await (await fetch(page.url())).text();
  expect(html).toContain('<noscript><meta http-equiv="refresh" content="15"></noscript>');
  await page.close();
});
