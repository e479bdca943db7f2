import { request as httpRequest } from 'node:http';
import type { Viewer } from '../../src/domain/act.js';
import { type AttachFile, attachFile } from '../../src/domain/attachments/attach-file.js';
import { removeAttachment } from '../../src/domain/attachments/remove-attachment.js';
import { sweepFiles } from '../../src/domain/attachments/sweep-files.js';
import { memoryCounters } from '../../src/domain/auth/memory-counters.js';
import { Unavailable } from '../../src/domain/failure.js';
import { globalId, newId } from '../../src/domain/ids.js';
import { startServer } from '../../src/server/http.js';
import { clamdListener, EICAR, scanBy } from '../kit/clamd.js';
import { reserved } from '../kit/closures.js';
import { testCtx } from '../kit/ctx.js';
import { useDatabase } from '../kit/database.js';
import { eventually } from '../kit/eventually.js';
import { filesIn, limits, pdf, png } from '../kit/files.js';
import { person } from '../kit/people.js';
import { room } from '../kit/things.js';
import { SampleIdentity } from './sample-identity.js';
import { sampleSchema } from './sample-schema.js';

const { db, psql } = await useDatabase();
const owner = await person(db);
const stranger = await person(db);
const ctx = testCtx(db, owner.viewer);
const clamd = await clamdListener();
const files = await filesIn(scanBy(clamd));
const identity = new SampleIdentity();
const server = await startServer({
  counters: memoryCounters,
  host: '127.0.0.1',
  port: 0,
  schema: sampleSchema({ counted: 0, aborted: false, begun: 0, ended: 0, contexts: [] }),
  db,
  bus: ctx.bus,
  clock: ctx.clock,
  log: ctx.log,
  identity: identity.asIdentity(),
  live: null,
  notices: null,
  playground: null,
  allowedOrigins: [],
  production: true,
  files: { ...files, limits },
});
afterAll(() => server.close());
beforeEach(() => {
  clamd.manner = 'JUDGES';
});

const base = `http://127.0.0.1:${server.port}/files/`;
let hour = 0;
const { id: roomId } = await room(db);
const meeting = (more: object = {}) => {
  const at = (n: number) => new Date(Date.UTC(2027, 4, 1, n)).toISOString();
  return reserved(ctx, [roomId], at(hour), at(++hour), more);
};
const announce = (id: string, more: Partial<AttachFile> = {}, by: Viewer = owner.viewer) =>
  attachFile({ ...ctx, viewer: by }, limits, {
    id,
    name: 'plan.png',
    type: 'image/png',
    size: 1_000,
    ...more,
  });
async function announced(more: Partial<AttachFile> = {}) {
  const { id } = await meeting();
  const made = await announce(id, more);
  if (made.kind !== 'Awaited') throw new Error(made.message);
  return made;
}
async function put(
  token: string,
  body: Buffer | string | ReadableStream,
  headers: Record<string, string> = {},
) {
  const response = await fetch(base + token, { method: 'PUT', body, headers, duplex: 'half' } as RequestInit);
  return { status: response.status, body: await response.json() };
}
const get = (name: string, by: Viewer | null = owner.viewer) =>
  fetch(base + name, { headers: by ? { authorization: `Bearer ${identity.token(by.userId)}` } : {} });
const rowsOf = (reservationId: string) =>
  psql<{ file_key: string | null }>('select file_key from attachment where reservation_id = $1', [
    reservationId,
  ]);
const strays = async () => (await psql('select from stray_file')).length;
/** Nothing lies about, on the disk or in the table, but what attachments name. */
async function expectTidy() {
  const named = await psql<{ key: string }>(
    'select file_key as key from attachment where file_key is not null',
  );
  expect(files.lying().sort()).toEqual(named.map(({ key }) => key).sort());
  expect(await strays()).toBe(0);
}

it('takes in what was announced, once, and gives it to whoever sees the reservation, to be saved', async () => {
  const { token, attachmentId, reservation } = await announced({ name: 'C:\\plans\\Plan für "März".png' });
  const content = png(1_000);
  const { status, body } = await put(token, content);
  expect([status, body]).toEqual([
    201,
    {
      id: globalId('Attachment', attachmentId),
      name: 'Plan für _März_.png',
      type: 'image/png',
      size: 1_000,
      sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
    },
  ]);
  const got = await get(body.id);
  expect(Buffer.from(await got.arrayBuffer()).equals(content)).toBe(true);
  expect(Object.fromEntries(got.headers)).toMatchObject({
    'content-type': 'image/png',
    'content-length': '1000',
    'content-disposition':
      'attachment; filename="Plan f_r _M_rz_.png"; filename*=UTF-8\'\'Plan%20f%C3%BCr%20_M%C3%A4rz_.png',
    'x-content-type-options': 'nosniff',
    'content-security-policy': "sandbox; default-src 'none'",
    'cache-control': 'private, no-store',
  });
  expect(clamd.streams.at(-1)?.equals(content)).toBe(true);
  expect((await put(token, content)).status).toBe(404);
  expect(
    await psql('select action from audit where subject_id = $1 and action like $2', [
      reservation.id,
      'attachment.%',
    ]),
  ).toEqual([{ action: 'attachment.add' }]);
  await expectTidy();
});

it('takes them while the reservation is on, and none once it is cancelled', async () => {
  const { id } = await meeting();
  await psql(`update reservation set state = 'CHECKED_IN', checked_in_at = now() where id = $1`, [id]);
  expect(await announce(id)).toMatchObject({ kind: 'Awaited' });
  const other = await meeting();
  await psql(`update reservation set state = 'CANCELLED' where id = $1`, [other.id]);
  expect(await announce(other.id)).toMatchObject({ kind: 'ReservationRefused' });
});

it('gives nothing to who is not signed in, or does not see the reservation', async () => {
  const { id } = await meeting({ visibility: 'PRIVATE' });
  const made = await announce(id);
  if (made.kind !== 'Awaited') throw new Error(made.message);
  const { body } = await put(made.token, png(1_000));
  expect((await get(body.id, null)).status).toBe(401);
  expect((await fetch(base + body.id, { headers: { authorization: 'Bearer x' } })).status).toBe(401);
  const [hidden, none] = [
    await get(body.id, stranger.viewer),
    await get(globalId('Attachment', newId()), stranger.viewer),
  ];
  expect([hidden.status, await hidden.text()]).toEqual([none.status, await none.text()]);
  expect(hidden.status).toBe(404);
  expect((await get(body.id)).status).toBe(200);
});

it('stops taking in once there is more than was announced, with nothing left behind', async () => {
  const { token, reservation } = await announced({ size: 100_000 });
  let sent = 0;
  const endless = new ReadableStream({
    pull(controller) {
      controller.enqueue(sent === 0 ? png(50_000) : Buffer.alloc(50_000));
      sent += 50_000;
      if (sent >= 20_000_000) controller.close();
    },
  });
  expect(await put(token, endless)).toEqual({
    status: 413,
    body: { error: 'The file is longer than was said.' },
  });
  expect(await rowsOf(reservation.id)).toEqual([{ file_key: null }]);
  await expectTidy();
  expect((await put(token, png(100_000))).status).toBe(201);
});

it.each([
  ['shorter than was said', png(999), 400],
  ['empty', Buffer.alloc(0), 415],
  ['of another type than was said', pdf(1_000), 415],
  [
    'a page under the name of a picture',
    Buffer.from(`<!doctype html><script>${'x'.repeat(1_000)}`).subarray(0, 1_000),
    415,
  ],
])('refuses a file that is %s and leaves nothing', async (_what, content, status) => {
  const { token } = await announced();
  expect((await put(token, content)).status).toBe(status);
  await expectTidy();
  expect((await put(token, png(1_000))).status).toBe(201);
});

it('leaves nothing where the caller goes away in the middle', async () => {
  const { token, reservation } = await announced({ size: 500_000 });
  const before = files.lying().length;
  const request = httpRequest(base + token, { method: 'PUT', headers: { 'content-length': 500_000 } });
  request.on('error', () => undefined);
  request.write(png(200_000));
  await eventually(() => expect(files.lying().length).toBe(before + 1));
  request.destroy();
  await eventually(async () => {
    expect(files.lying().length).toBe(before);
    expect(await strays()).toBe(0);
  });
  expect(await rowsOf(reservation.id)).toEqual([{ file_key: null }]);
});

it('refuses what the scanner has found something in, for good', async () => {
  const { token, reservation } = await announced({
    name: 'notes.txt',
    type: 'text/plain',
    size: EICAR.length,
  });
  expect(await put(token, EICAR)).toMatchObject({ status: 422 });
  expect(await rowsOf(reservation.id)).toEqual([]);
  expect((await put(token, EICAR)).status).toBe(404);
  expect(
    await psql(`select after ->> 'found' as found from audit where action = 'attachment.infected'`),
  ).toEqual([{ found: 'Eicar-Test-Signature' }]);
  await expectTidy();
});

it('opens no door where the scanner is away: nothing is kept, and it can be tried again', async () => {
  const { token, reservation } = await announced();
  await clamd.stop();
  const { status } = await put(token, png(1_000));
  expect(status).toBe(503);
  expect(await rowsOf(reservation.id)).toEqual([{ file_key: null }]);
  await expectTidy();
  await clamd.start();
  expect((await put(token, png(1_000))).status).toBe(201);
});

it('keeps one of several uploads by one token at once', async () => {
  const { token, reservation } = await announced();
  const statuses = (await Promise.all(Array.from({ length: 8 }, () => put(token, png(1_000))))).map(
    ({ status }) => status,
  );
  expect(statuses.filter((status) => status === 201)).toHaveLength(1);
  expect(statuses.filter((status) => status === 404)).toHaveLength(7);
  expect(await rowsOf(reservation.id)).toHaveLength(1);
  await expectTidy();
});

it.each([
  ['no token', ''],
  ['an unknown token', `hfu_${'x'.repeat(43)}`],
  ['a path out of it', '..%2f..%2fetc%2fpasswd'],
  ['NUL', 'hfu_%00'],
  ['an id', globalId('Attachment', newId())],
])('takes in nothing under %s', async (_what, token) => {
  const before = files.lying();
  expect((await put(token, png(1_000))).status).toBe(404);
  expect((await get(token)).status).toBe(404);
  expect(files.lying()).toEqual(before);
});

it('takes in nothing once the time is over, the uploader has left, or the reservation is erased', async () => {
  const late = await announced();
  ctx.clock.advance(15 * 60_000);
  expect((await put(late.token, png(1_000))).status).toBe(404);
  ctx.clock.advance(-15 * 60_000);
  await psql('update app_user set active = false where id = $1', [owner.id]);
  expect((await put(late.token, png(1_000))).status).toBe(404);
  await psql('update app_user set active = true where id = $1', [owner.id]);
  await psql('delete from reservation where id = $1', [late.reservation.id]);
  expect((await put(late.token, png(1_000))).status).toBe(404);
  await expectTidy();
});

describe('the sweeper', () => {
  it('removes files of attachments and of reservations that are gone, and announcements that came to nothing', async () => {
    const [one, two, never] = [await announced(), await announced(), await announced()];
    for (const { token } of [one, two]) expect((await put(token, png(1_000))).status).toBe(201);
    await removeAttachment(ctx, one.attachmentId);
    await psql('delete from reservation where id = $1', [two.reservation.id]);
    expect(await strays()).toBe(2);
    expect(await sweepFiles(ctx, files.store)).toBe(2);
    await expectTidy();
    expect(await rowsOf(never.reservation.id)).toHaveLength(1);
    ctx.clock.advance(15 * 60_000);
    await sweepFiles(ctx, files.store);
    expect(await rowsOf(never.reservation.id)).toEqual([]);
    ctx.clock.advance(-15 * 60_000);
  });

  it('finds what a process that died between file and row has left, and no file that is named', async () => {
    const named = await announced();
    await put(named.token, png(1_000));
    const key = newId();
    // What receiveFile has done when it is killed: the expectation is committed, the file is there, nothing names it.
    await psql(`insert into stray_file (key, due_at) values ($1, $2::timestamptz + interval '1 hour')`, [
      key,
      ctx.clock.fixed(),
    ]);
    await files.store.put(
      key,
      (async function* () {
        yield png(1_000);
      })(),
      1_000,
    );
    await sweepFiles(ctx, files.store);
    expect(files.lying()).toContain(key);
    ctx.clock.advance(3_600_000);
    await Promise.all([sweepFiles(ctx, files.store), sweepFiles(ctx, files.store)]);
    ctx.clock.advance(-3_600_000);
    await expectTidy();
    expect((await get(globalId('Attachment', named.attachmentId))).status).toBe(200);
  });

  it('forgets no file that the store could not remove', async () => {
    const { attachmentId, token } = await announced();
    await put(token, png(1_000));
    await removeAttachment(ctx, attachmentId);
    const away = { ...files.store, remove: () => Promise.reject(new Unavailable('no disk')) };
    await expect(sweepFiles(ctx, away)).rejects.toThrow(Unavailable);
    expect(await strays()).toBe(1);
    await sweepFiles(ctx, files.store);
    await expectTidy();
  });
});

describe('an announcement', () => {
  it.each([
    ['a type that is not on the list', { type: 'text/html' }, 'type'],
    ['a type that is none', { type: 'constructor' }, 'type'],
    ['nothing', { size: 0 }, 'size'],
    ['less than nothing', { size: -5 }, 'size'],
    ['more than a file may have', { size: limits.ofFile + 1 }, 'size'],
    ['no name', { name: ' ' }, 'name'],
    ['NUL in the name', { name: 'a\0.png' }, 'name'],
    ['half a character in the name', { name: 'a\ud800.png' }, 'name'],
  ])('of %s is refused and changes nothing', async (_what, more, field) => {
    const { id } = await meeting();
    expect(await announce(id, more)).toMatchObject({ kind: 'InvalidInput', path: ['input', field] });
    expect(await rowsOf(id)).toEqual([]);
  });

  it('is for whoever may change the reservation, and tells others no more than they see', async () => {
    const { id } = await meeting();
    const hidden = await meeting({ visibility: 'PRIVATE' });
    expect(await announce(id, {}, stranger.viewer)).toMatchObject({ reasons: [{ code: 'NOT_PERMITTED' }] });
    expect(await announce(hidden.id, {}, stranger.viewer)).toEqual(
      await announce(newId(), {}, stranger.viewer),
    );
  });

  it('counts against reservation and person, also in a race', async () => {
    await psql('delete from attachment');
    const { id } = await meeting();
    const size = limits.ofFile;
    const tries = await Promise.all(Array.from({ length: 8 }, () => announce(id, { size })));
    expect(tries.filter(({ kind }) => kind === 'Awaited')).toHaveLength(3);
    expect(tries.find(({ kind }) => kind !== 'Awaited')).toMatchObject({
      reasons: [{ code: 'QUOTA_EXCEEDED', limit: 3, used: 4 }],
    });
    const others = [await meeting(), await meeting(), await meeting()];
    const more = await Promise.all(others.map((other) => announce(other.id, { size })));
    expect(more.filter(({ kind }) => kind === 'Awaited')).toHaveLength(2);
    await psql('delete from attachment');
  });

  it('is one of at most 20 files', async () => {
    const { id } = await meeting();
    for (let n = 0; n < 20; n++) expect(await announce(id, { size: 1 })).toMatchObject({ kind: 'Awaited' });
    expect(await announce(id, { size: 1 })).toMatchObject({
      reasons: [{ code: 'QUOTA_EXCEEDED', limit: 20, used: 21 }],
    });
  });
});

it('removes for who has attached, and who may change it, and for nobody else', async () => {
  const { attachmentId, token } = await announced();
  await put(token, png(1_000));
  const theirs = { ...ctx, viewer: stranger.viewer };
  expect(await removeAttachment(theirs, attachmentId)).toMatchObject({
    reasons: [{ code: 'NOT_PERMITTED' }],
  });
  expect(await removeAttachment(theirs, newId())).toMatchObject({ kind: 'NotFound' });
  expect(await removeAttachment(ctx, attachmentId)).toMatchObject({ node: 'Reservation' });
  expect(await removeAttachment(ctx, attachmentId)).toMatchObject({ kind: 'NotFound' });
  expect((await get(globalId('Attachment', attachmentId))).status).toBe(404);
  await sweepFiles(ctx, files.store);
});
