import { memoryCounters } from '../../src/domain/auth/memory-counters.js';
import { newInvitationToken } from '../../src/domain/participants/invitation-token.js';
import { inviteParticipants } from '../../src/domain/participants/invite-participants.js';
import { removeParticipants } from '../../src/domain/participants/remove-participants.js';
import { cancelReservation } from '../../src/domain/reservations/cancel-reservation.js';
import { editReservation } from '../../src/domain/reservations/edit-reservation.js';
import { startServer } from '../../src/server/http.js';
import { reserved } from '../kit/closures.js';
import { testCtx } from '../kit/ctx.js';
import { useDatabase } from '../kit/database.js';
import { mailParts, sendDue, withRelay } from '../kit/mails.js';
import { person } from '../kit/people.js';
import { postOffice } from '../kit/post-office.js';
import { room } from '../kit/things.js';
import { toldOf } from '../kit/told.js';
import { SampleIdentity } from './sample-identity.js';
import { sampleSchema } from './sample-schema.js';

const { db, psql } = await useDatabase();
const owner = await person(db, 'MEMBER', { name: 'Olga' });
const ctx = testCtx(db, owner.viewer);
const office = await postOffice();
const server = await startServer({
  counters: memoryCounters,
  host: '127.0.0.1',
  port: 0,
  schema: sampleSchema({ counted: 0, aborted: false, begun: 0, ended: 0, contexts: [] }),
  publicUrl: 'https://rooms.example.com',
  db,
  bus: ctx.bus,
  clock: ctx.clock,
  log: ctx.log,
  identity: new SampleIdentity().asIdentity(),
  live: null,
  notices: null,
  playground: null,
  allowedOrigins: [],
  production: true,
});
afterAll(() => server.close());
afterEach(() => psql('delete from mail'));

const plain = (id: string) => ({ id, expectedVersion: null, idempotencyKey: null });

/** A reservation with a guest, and the path of the link that the guest was sent. */
async function invited(name = 'Gus <b>Guest</b>') {
  await withRelay(ctx);
  const attic = await room(db, { name: 'Attic & "Loft"' });
  const more = { title: '<script>alert(1)</script>', details: 'Not for guests' };
  const made = await reserved(ctx, [attic.id], '2027-03-02T09:00:00Z', '2027-03-02T10:00:00Z', more);
  const guests = [{ email: 'gus@example.net', name }];
  await inviteParticipants(ctx, { id: made.id, scope: 'THIS', userIds: [], guests });
  return { id: made.id, path: await link() };
}
async function link() {
  office.received.splice(0);
  await sendDue(mailParts(ctx, office));
  const mail = office.received.find(({ to }) => to.join() === 'gus@example.net');
  return /https:\/\/rooms\.example\.com(\/invitation\/\S+)/.exec(mail?.text ?? '')?.[1] ?? '';
}

async function ask(path: string, form: Record<string, string> | null = null) {
  const response = await fetch(`http://127.0.0.1:${server.port}${path}`, {
    redirect: 'manual',
    ...(form && { method: 'POST', body: new URLSearchParams(form) }),
  });
  return { status: response.status, headers: response.headers, body: await response.text() };
}
const say = (path: string, response: string, version = '1') => ask(path, { response, version });
const answerOf = async (id: string) =>
  (await psql<{ response: string }>('select response from participant where reservation_id = $1', [id]))[0]
    ?.response;

it('shows what a guest needs to answer and no more, as nothing but text, and changes nothing by that', async () => {
  const { id, path } = await invited();
  const { status, headers, body } = await ask(path);
  expect(status).toBe(200);
  expect(headers.get('content-type')).toBe('text/html; charset=utf-8');
  expect(headers.get('cache-control')).toBe('no-store');
  expect(headers.get('referrer-policy')).toBe('no-referrer');
  expect(headers.get('content-security-policy')).toContain("default-src 'none'");
  expect(body).toContain('<h1>&lt;script&gt;alert(1)&lt;/script&gt;</h1>');
  expect(body).toContain('Attic &amp; &quot;Loft&quot;');
  expect(body).toContain('Olga');
  expect(body).not.toMatch(/Not for guests|<script|gus@|rsv_|@example\.com/);
  expect(await answerOf(id)).toBe('NONE');
});

it('takes the answer, the last one, tells the owner, and shows it', async () => {
  const { id, path } = await invited();
  const answered = await say(path, 'DECLINED');
  expect([answered.status, answered.headers.get('location')]).toEqual([303, path]);
  await say(path, 'TENTATIVE');
  expect(await answerOf(id)).toBe('TENTATIVE');
  expect((await ask(path)).body).toContain('maybe');
  const told = await toldOf(db, { id });
  expect(told.map(({ kind, userId }) => [kind, userId])).toEqual([
    ['INVITATION_ANSWERED', owner.id],
    ['INVITATION_ANSWERED', owner.id],
  ]);
  const [entry] = await psql<{ actor_id: string | null; after: object }>(
    "select actor_id, after from audit where action = 'participants.respond' order by id limit 1",
  );
  expect(entry).toEqual({ actor_id: null, after: expect.objectContaining({ response: 'DECLINED' }) });
});

it('keeps no token that could be found in the database', async () => {
  const { path } = await invited();
  const token = path.split('/').at(-1) as string;
  const all = await psql<{ text: string }>(
    `select (select jsonb_agg(m) from mail m)::text || (select jsonb_agg(l) from invitation_link l)::text
       || (select jsonb_agg(a) from audit a)::text as text`,
  );
  expect(all[0]?.text).not.toContain(token);
});

it('asks to look again where the reservation has changed in between', async () => {
  const { id, path } = await invited();
  await editReservation(ctx, { ...plain(id), title: 'Something else', details: null });
  const { status, body } = await say(path, 'ACCEPTED');
  expect(status).toBe(409);
  expect(body).toMatch(/changed meanwhile[\s\S]*Something else[\s\S]*name="version" value="2"/);
  expect(await answerOf(id)).toBe('NONE');
  expect((await say(path, 'ACCEPTED', '2')).status).toBe(303);
});

it('has a link of its own in every mail, each of which works until the guest is taken out', async () => {
  const { id, path } = await invited();
  await editReservation(ctx, { ...plain(id), title: 'Plans', details: null });
  const second = await link();
  expect(second).not.toBe(path);
  for (const each of [path, second]) expect((await ask(each)).status).toBe(200);
  const [guest] = await psql<{ id: string }>('select id from participant where reservation_id = $1', [id]);
  await removeParticipants(ctx, { id, scope: 'THIS', participantIds: [guest?.id as string] });
  for (const each of [path, second]) {
    expect((await ask(each)).status).toBe(404);
    expect((await say(each, 'ACCEPTED', '2')).status).toBe(404);
  }
});

it('takes no answer to what was cancelled or is over, and says so', async () => {
  const { id, path } = await invited();
  await cancelReservation(ctx, plain(id));
  const page = await ask(path);
  expect(page.body).toContain('cancelled, or is over');
  expect(page.body).not.toContain('<form');
  expect((await say(path, 'ACCEPTED', '2')).status).toBe(409);
  expect(await answerOf(id)).toBe('NONE');
});

it.each([
  ['another token', () => `/invitation/${newInvitationToken()}`],
  ['no token', () => '/invitation/'],
  ['a token with more behind it', (path: string) => `${path}0`],
  [
    'a token in other letters',
    (path: string) => path.toUpperCase().replace('/INVITATION/HFI_', '/invitation/hfi_'),
  ],
  ['a path out of it', (path: string) => `${path}%2f..%2f..`],
  ['NUL', () => '/invitation/hfi_%00'],
  ['a token that is very long', () => `/invitation/hfi_${'x'.repeat(3_000)}`],
])('answers %s as an invitation that is not there', async (_what, under) => {
  const { id, path } = await invited();
  const { status, body } = await ask(under(path));
  expect([status, body]).toEqual([404, expect.stringContaining('no longer works')]);
  expect((await say(under(path), 'ACCEPTED')).status).toBe(404);
  expect(await answerOf(id)).toBe('NONE');
});

it.each([
  ['another answer', { response: 'NONE', version: '1' }, 400],
  ['no answer', { version: '1' }, 400],
  ['no version', { response: 'ACCEPTED', version: 'x' }, 400],
  ['too much', { response: 'ACCEPTED', version: '1', more: 'x'.repeat(2_000) }, 413],
])('refuses %s and changes nothing', async (_what, form, status) => {
  const { id, path } = await invited();
  expect((await ask(path, form as Record<string, string>)).status).toBe(status);
  expect(await answerOf(id)).toBe('NONE');
});

it('takes of many answers at once one after the other, and tells the owner of each that is news', async () => {
  const { id, path } = await invited();
  const answers = Array.from({ length: 16 }, (_, n) => (n % 2 ? 'ACCEPTED' : 'DECLINED'));
  const statuses = await Promise.all(answers.map(async (answer) => (await say(path, answer)).status));
  expect(new Set(statuses)).toEqual(new Set([303]));
  const entries = await psql<{ before: { response: string }; after: { response: string } }>(
    `select before, after from audit where action = 'participants.respond' and subject_id = $1 order by at, id`,
    [id],
  );
  // Each begins with what another has left, and the one that nobody goes on from is what stands.
  const left = entries.map(({ after }) => after.response);
  const begun = entries.map(({ before }) => before.response);
  expect([...begun, await answerOf(id)].sort()).toEqual(['NONE', ...left].sort());
  expect(entries.every(({ before, after }) => before.response !== after.response)).toBe(true);
  const told = (await toldOf(db, { id })).filter(({ kind }) => kind === 'INVITATION_ANSWERED');
  expect(told).toHaveLength(entries.length);
});

it('takes the answer while the meeting is on', async () => {
  const { id, path } = await invited();
  await psql(`update reservation set state = 'CHECKED_IN', checked_in_at = starts_at where id = $1`, [id]);
  expect((await ask(path)).body).toContain('name="response"');
  await say(path, 'ACCEPTED');
  expect(await answerOf(id)).toBe('ACCEPTED');
});
