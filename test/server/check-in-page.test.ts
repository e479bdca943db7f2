import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Identity } from '../../src/domain/auth/identity.js';
import { memoryCounters } from '../../src/domain/auth/memory-counters.js';
import { globalId, newId } from '../../src/domain/ids.js';
import { DoorLinks } from '../../src/domain/presence/door-links.js';
import { startServer } from '../../src/server/http.js';
import { reserved } from '../kit/closures.js';
import { testCtx } from '../kit/ctx.js';
import { useDatabase } from '../kit/database.js';
import { person } from '../kit/people.js';
import { mustCheckIn } from '../kit/presence.js';
import { room } from '../kit/things.js';
import { SampleIdentity } from './sample-identity.js';
import { sampleSchema } from './sample-schema.js';

const { db } = await useDatabase();
const ctx = testCtx(db, (await person(db)).viewer);
const links = new DoorLinks('a secret of the test');
const scripts = mkdtempSync(join(tmpdir(), 'holdfast-pages-'));
for (const name of ['check-in', 'display']) writeFileSync(join(scripts, `${name}.js`), `/* ${name} */`);

const common = {
  host: '127.0.0.1',
  port: 0,
  schema: sampleSchema({ counted: 0, aborted: false, begun: 0, ended: 0, contexts: [] }),
  links,
  db,
  bus: ctx.bus,
  clock: ctx.clock,
  log: ctx.log,
  counters: memoryCounters,
  live: null,
  notices: null,
  playground: null,
  allowedOrigins: [],
  production: true,
};
const identity = new SampleIdentity().asIdentity();
const full = await startServer({
  ...common,
  identity: { ...identity, provider: {}, passkeys: {} } as Identity,
  publicUrl: 'https://rooms.example.com',
  pageScripts: scripts,
});
const bare = await startServer({ ...common, identity });
afterAll(async () => {
  await Promise.all([full.close(), bare.close()]);
  rmSync(scripts, { recursive: true });
});

const ask = (path: string, { server = full, language = 'en', etag = '' } = {}) =>
  fetch(`http://127.0.0.1:${server.port}${path}`, {
    headers: { 'accept-language': language, ...(etag && { 'if-none-match': etag }) },
  });
const text = async (...wanted: Parameters<typeof ask>) => (await ask(...wanted)).text();

async function door() {
  const { id } = await room(db);
  await mustCheckIn(db, { resourceId: id });
  await reserved(ctx, [id], '2027-03-01T09:00:00Z', '2027-03-01T10:00:00Z');
  return links.token(id, 0);
}

it('speaks the language that the browser likes best of those that it knows', async () => {
  const token = await door();
  for (const [language, word] of [
    ['de-AT,de;q=0.9,en;q=0.5', 'Frei'],
    ['fr;q=0.1, ES;q=0.9', 'Libre'],
    ['nl, de;q=0', 'Free'],
    ['*', 'Free'],
    ['', 'Free'],
    ['de;q=nonsense, fr;q=0.2', 'Libre'],
  ] as const)
    expect(await text(`/door/${token}`, { language })).toContain(word);
  const { headers } = await ask(`/check-in/${token}`, { language: 'de' });
  expect(headers.get('vary')).toContain('accept-language');
  expect(await text(`/check-in/${token}`, { language: 'de' })).toContain('<html lang="de">');
});

it('offers every way to sign in that there is, and comes back from a provider to the same door', async () => {
  const token = await door();
  const page = await text(`/check-in/${token}`);
  expect(page).toContain(`data-provider="/auth/oidc/start?return=%2Fcheck-in%2F${token}"`);
  expect(page).toContain('data-passkeys=""');
  const without = await text(`/check-in/${token}`, { server: bare });
  expect(without).not.toMatch(/data-provider|data-passkeys|<script/);
});

it('shows the code on a display where somebody is asked to check in, and the address is known', async () => {
  const [token, { id }] = [await door(), await room(db)];
  expect(await text(`/door/${token}`)).toContain('Scan to check in');
  expect(await text(`/door/${token}`, { server: bare })).not.toContain('Scan to check in');
  expect(await text(`/door/${links.token(id, 0)}`)).not.toContain('Scan to check in');
});

it('renews a display by its script, and by itself where none was built or runs', async () => {
  const token = await door();
  const renewal = '<meta http-equiv="refresh" content="15">';
  expect(await text(`/door/${token}`)).toContain(`<noscript>${renewal}</noscript>`);
  expect(await text(`/door/${token}`, { server: bare })).toContain(`\n${renewal}\n`);
});

it('gives out the scripts with a tag, and under a policy that runs nothing else', async () => {
  for (const name of ['check-in', 'display']) {
    const { status, headers } = await ask(`/${name}.js`);
    expect([status, headers.get('content-type')]).toEqual([200, 'text/javascript; charset=utf-8']);
    expect((await ask(`/${name}.js`, { etag: headers.get('etag') ?? '' })).status).toBe(304);
    expect((await ask(`/${name}.js`, { server: bare })).status).toBe(404);
  }
  const policy = (await ask(`/check-in/${await door()}`)).headers.get('content-security-policy');
  expect(policy).toContain("script-src 'self';");
  expect(policy).toContain("style-src 'self';");
});

it('says of a reservation whether it exists to nobody', async () => {
  const { id } = await reserved(ctx, [(await room(db)).id], '2027-03-01T09:00:00Z', '2027-03-01T10:00:00Z');
  const page = (of: string) => text(`/check-in/reservation/${globalId('Reservation', of)}`);
  const [known, unknown] = [await page(id), newId()];
  expect(known.replaceAll(id.replaceAll('-', ''), '')).toBe(
    (await page(unknown)).replaceAll(unknown.replaceAll('-', ''), ''),
  );
  for (const wrong of ['x', globalId('User', newId()), '%00', ''])
    expect((await ask(`/check-in/reservation/${wrong}`)).status).toBe(404);
});
