import { memoryCounters } from '../../src/domain/auth/memory-counters.js';
import { globalId, newId } from '../../src/domain/ids.js';
import { checkIn } from '../../src/domain/presence/check-in.js';
import { DoorLinks } from '../../src/domain/presence/door-links.js';
import { rotateLink } from '../../src/domain/presence/rotate-link.js';
import { startServer } from '../../src/server/http.js';
import { close, reserved } from '../kit/closures.js';
import { testCtx } from '../kit/ctx.js';
import { useDatabase } from '../kit/database.js';
import { person } from '../kit/people.js';
import { mustCheckIn } from '../kit/presence.js';
import { openDaily } from '../kit/rule-input.js';
import { rule } from '../kit/rules.js';
import { pool, room } from '../kit/things.js';
import { SampleIdentity } from './sample-identity.js';
import { type Seen, sampleSchema } from './sample-schema.js';

const { db, psql } = await useDatabase();
const owner = await person(db);
const ctx = testCtx(db, owner.viewer);
const manager = testCtx(db, (await person(db, 'MANAGER')).viewer, ctx.clock);
const seen: Seen = { counted: 0, aborted: false, begun: 0, ended: 0, contexts: [] };
const links = new DoorLinks('a secret of the test');
const server = await startServer({
  host: '127.0.0.1',
  port: 0,
  schema: sampleSchema(seen),
  links,
  db,
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
beforeEach(() => ctx.clock.set('2027-03-02T08:00:00Z'));

const at = (time: string) => `2027-03-02T${time}Z`;
const ask = (under: string, init: RequestInit = {}) =>
  fetch(`http://127.0.0.1:${server.port}${under}`, { redirect: 'manual', ...init });
const press = (token: string, fields: Record<string, string>) =>
  ask(`/check-in/${token}`, { method: 'POST', body: new URLSearchParams(fields) });
const shown = async (token: string) => (await ask(`/door/${token}.json`)).json();
const stateOf = async ({ id }: { id: string }) =>
  (await psql<{ state: string }>('select state from reservation where id = $1', [id]))[0]?.state;

/** A room with a secret title from ten to twelve, where anybody at the door checks in. */
async function awaited(more: Parameters<typeof mustCheckIn>[2] = { anonymous: true }) {
  const r = await room(db, { name: `<b>Attic & "loft" ${newId()}</b>` });
  await mustCheckIn(db, { resourceId: r.id }, more);
  const reservation = await reserved(ctx, [r.id], at('10:00:00'), at('12:00:00'), {
    title: 'Merger talks',
    details: 'secret',
  });
  return { r, reservation, token: links.token(r.id, 0) };
}

it('shows what is on and next, until when it is free, and nothing of whose or what for', async () => {
  const { r, reservation, token } = await awaited();
  await reserved(ctx, [r.id], at('13:00:00'), at('14:00:00'), { holdMs: 3_600_000 });
  const door = await shown(token);
  expect(door).toEqual({
    resource: { id: globalId('Resource', r.id), name: r.name, timeZone: 'UTC' },
    state: 'FREE',
    until: '2027-03-02T10:00:00.000Z',
    present: [],
    next: [
      {
        state: 'CONFIRMED',
        startsAt: '2027-03-02T10:00:00.000Z',
        endsAt: '2027-03-02T12:00:00.000Z',
        quantity: 1,
        checkIn: { opensAt: '2027-03-02T09:45:00.000Z', releaseAt: '2027-03-02T10:10:00.000Z' },
      },
      expect.objectContaining({ state: 'HELD', checkIn: expect.objectContaining({ releaseAt: null }) }),
    ],
    awaited: [],
  });
  ctx.clock.set(at('10:00:00'));
  expect(await shown(token)).toMatchObject({
    state: 'TAKEN',
    until: '2027-03-02T12:00:00.000Z',
    present: [{ state: 'CONFIRMED' }],
    awaited: [{ id: globalId('Reservation', reservation.id), anonymous: true }],
  });
  for (const under of [`/door/${token}`, `/door/${token}.json`, `/check-in/${token}`]) {
    const text = await (await ask(under)).text();
    expect(text).not.toMatch(/Merger|secret/);
    expect(text).not.toContain(owner.name);
    if (!under.endsWith('.json')) expect(text).not.toContain('<b>');
  }
  ctx.clock.set(at('10:10:00'));
  expect(await shown(token)).toMatchObject({ state: 'FREE', present: [], awaited: [] });
});

it('says when it is closed, out of hours, or has some left', async () => {
  const [r, p] = [await room(db), await pool(db, { capacity: 2 })];
  await rule(db, 'OPENING_HOURS', openDaily('07:00', '11:00'), { resourceId: r.id });
  await close(manager, r.id, { startsLocal: '2027-03-02T09:00', endsLocal: '2027-03-02T10:00' });
  const at9 = links.token(r.id, 0);
  expect(await shown(at9)).toMatchObject({ state: 'FREE', until: '2027-03-02T09:00:00.000Z' });
  ctx.clock.set(at('09:00:00'));
  expect(await shown(at9)).toMatchObject({ state: 'CLOSED', until: '2027-03-02T10:00:00.000Z' });
  ctx.clock.set(at('11:00:00'));
  expect(await shown(at9)).toMatchObject({ state: 'CLOSED', until: '2027-03-03T07:00:00.000Z' });
  ctx.clock.set(at('08:00:00'));
  await reserved(ctx, [p.id], at('08:00:00'), at('10:00:00'));
  expect(await shown(links.token(p.id, 0))).toMatchObject({ state: 'FREE', until: null, present: [{}] });
  await reserved(ctx, [p.id], at('09:00:00'), at('11:00:00'));
  expect(await shown(links.token(p.id, 0))).toMatchObject({
    state: 'FREE',
    until: '2027-03-02T09:00:00.000Z',
  });
});

it('checks in whoever presses the button, where the rule lets anybody, and shows that', async () => {
  const { reservation, token } = await awaited();
  const id = globalId('Reservation', reservation.id);
  expect(await (await ask(`/check-in/${token}`)).text()).not.toContain('<form');
  ctx.clock.set(at('09:45:00'));
  expect(await (await ask(`/check-in/${token}`)).text()).toContain(`name="reservation" value="${id}"`);
  const pressed = await press(token, { reservation: id });
  expect([pressed.status, pressed.headers.get('location')]).toEqual([303, `/check-in/${token}?outcome=in`]);
  expect(await stateOf(reservation)).toBe('CHECKED_IN');
  expect(await (await ask(`/check-in/${token}?outcome=in`)).text()).toContain('You are checked in.');
  const again = await press(token, { reservation: id });
  expect(again.headers.get('location')).toContain('outcome=not');
  const [note] = await psql(
    `select actor_id, after ->> 'resourceId' is not null as door from audit
     where subject_id = $1 and action = 'reservation.checkIn'`,
    [reservation.id],
  );
  expect(note).toEqual({ actor_id: null, door: true });
});

it('checks nobody in where the rule asks for an account, elsewhere, or with anything odd', async () => {
  const strict = await awaited({ anonymous: false });
  const open = await awaited();
  ctx.clock.set(at('10:00:00'));
  expect(await (await ask(`/check-in/${strict.token}`)).text()).toContain('check in with your account');
  const id = (reservation: { id: string }) => globalId('Reservation', reservation.id);
  const attempts: [string, Record<string, string>][] = [
    [strict.token, { reservation: id(strict.reservation) }],
    [strict.token, { reservation: id(open.reservation) }],
    [open.token, { reservation: 'rsv_nonsense' }],
    [open.token, { reservation: globalId('User', owner.id) }],
    [open.token, {}],
  ];
  for (const [token, fields] of attempts)
    expect((await press(token, fields)).headers.get('location')).toContain('outcome=not');
  expect([await stateOf(strict.reservation), await stateOf(open.reservation)]).toEqual([
    'CONFIRMED',
    'CONFIRMED',
  ]);
  const odd = { method: 'POST', body: '{}', headers: { 'content-type': 'application/json' } };
  expect((await ask(`/check-in/${open.token}`, odd)).headers.get('location')).toContain('outcome=not');
  expect(
    (await ask('/graphql', { method: 'POST', body: new URLSearchParams({ query: '{ whoami }' }) })).status,
  ).toBe(415);
});

it('answers a wrong, forged or former token as an address with nothing under it', async () => {
  const { r, reservation, token } = await awaited();
  ctx.clock.set(at('10:00:00'));
  const nothing = await (await ask('/nowhere')).text();
  const forged = new DoorLinks('another secret').token(r.id, 0);
  const unknown = links.token(newId(), 0);
  const flipped = `${token.slice(0, -2)}${token.endsWith('AA') ? 'BB' : 'AA'}`;
  for (const wrong of [
    forged,
    unknown,
    flipped,
    links.token(r.id, 1),
    'x',
    '',
    `${token}x`,
    `${token}/`,
    '%00',
  ]) {
    for (const under of [`/door/${wrong}`, `/door/${wrong}.json`, `/check-in/${wrong}`]) {
      const answer = await ask(under);
      expect([answer.status, await answer.text()]).toEqual([404, nothing]);
    }
    const pressed = await press(wrong, { reservation: globalId('Reservation', reservation.id) });
    expect([pressed.status, await pressed.text()]).toEqual([404, nothing]);
  }
  expect(await rotateLink(ctx, r.id)).toMatchObject({ kind: 'NotFound' });
  expect(await rotateLink(manager, newId())).toMatchObject({ kind: 'NotFound' });
  await rotateLink(manager, r.id);
  expect((await ask(`/door/${token}`)).status).toBe(404);
  expect((await ask(`/door/${links.token(r.id, 1)}`)).status).toBe(200);
  expect(await stateOf(reservation)).toBe('CONFIRMED');
});

it('keeps the address to itself, and tells by a tag whether anything is new', async () => {
  const { reservation, token } = await awaited();
  for (const under of [`/door/${token}`, `/check-in/${token}`]) {
    const { headers } = await ask(under);
    expect(headers.get('referrer-policy')).toBe('no-referrer');
    expect(headers.get('cache-control')).toBe('private, no-cache');
    expect(headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(headers.get('content-security-policy')).toContain("form-action 'self'");
  }
  const etag = (await ask(`/door/${token}.json`)).headers.get('etag') ?? '';
  const known = () => ask(`/door/${token}.json`, { headers: { 'if-none-match': etag } });
  ctx.clock.set(at('09:00:00'));
  expect((await known()).status).toBe(304);
  ctx.clock.set(at('10:00:00'));
  await checkIn(ctx, { id: reservation.id, resourceId: null, expectedVersion: null, idempotencyKey: null });
  expect((await known()).status).toBe(200);
  expect(JSON.stringify(ctx.log.lines)).not.toContain(token);
});

it('lets one address press only so often', async () => {
  const { token } = await awaited();
  let last = await press(token, {});
  for (let n = 0; n < 60 && last.status === 303; n++) last = await press(token, {});
  expect(last.status).toBe(429);
  expect(Number(last.headers.get('retry-after'))).toBeGreaterThan(0);
});
