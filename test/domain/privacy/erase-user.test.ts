import type { ViewerCtx } from '../../../src/domain/act.js';
import { answerApproval } from '../../../src/domain/approvals/answer-approval.js';
import { decideApproval } from '../../../src/domain/approvals/decide-approval.js';
import { addDeputyOf } from '../../../src/domain/approvals/deputies.js';
import { verifyChain } from '../../../src/domain/audit/verify-chain.js';
import { changePassword } from '../../../src/domain/auth/change-password.js';
import { setPassword } from '../../../src/domain/auth/set-password.js';
import { addComment } from '../../../src/domain/comments/add-comment.js';
import { createFeed } from '../../../src/domain/feeds/create-feed.js';
import { importReservations } from '../../../src/domain/feeds/import-reservations.js';
import { setPreferences } from '../../../src/domain/notifications/set-preferences.js';
import { setSettings } from '../../../src/domain/notifications/set-settings.js';
import { inviteParticipants } from '../../../src/domain/participants/invite-participants.js';
import { addGroupMembers } from '../../../src/domain/people/change-members.js';
import { createCircle } from '../../../src/domain/people/circle.js';
import { addDelegateOf } from '../../../src/domain/people/delegates.js';
import { grantTraining } from '../../../src/domain/people/grant-training.js';
import { endErasures, eraseUser } from '../../../src/domain/privacy/erase-user.js';
import { cancelReservation } from '../../../src/domain/reservations/cancel-reservation.js';
import { createReservation } from '../../../src/domain/reservations/create-reservation.js';
import { editReservation } from '../../../src/domain/reservations/edit-reservation.js';
import { moveReservations } from '../../../src/domain/reservations/move-reservations.js';
import { createSeries } from '../../../src/domain/series/create-series.js';
import { updateUser } from '../../../src/domain/users/update-user.js';
import { eraseAccount } from '../../../src/sql/privacy/erase-account.js';
import { makeDigests } from '../../../src/sweeper/digests.js';
import { by, mustApprove } from '../../kit/approvals.js';
import { sealAll } from '../../kit/audit.js';
import { reserved, wishFor } from '../../kit/closures.js';
import { testCtx } from '../../kit/ctx.js';
import { useDatabase } from '../../kit/database.js';
import { grep } from '../../kit/grep.js';
import { SilentLog } from '../../kit/log.js';
import { withRelay } from '../../kit/mails.js';
import { person } from '../../kit/people.js';
import { room } from '../../kit/things.js';
import { toldOf } from '../../kit/told.js';
import { waiting } from '../../kit/waits.js';
import { webhook } from '../../kit/webhooks.js';
import { instance, PASSWORD, session, member as signedUp, viewerOf } from '../auth/identity-kit.js';
import { wanted } from '../series/series-kit.js';

const database = await useDatabase();
const { db, psql } = database;
const api = await instance(db);
const { clock } = api.ctx;
const admin = await person(db, 'ADMINISTRATOR', { name: 'Ada' });
const boss = { ...api.ctx, viewer: admin.viewer };
const manager = await person(db, 'MANAGER', { name: 'Max' });

const NAME = 'Wilhelmina Featherstonehaugh';
const EMAIL = 'wilhelmina@featherstone.example';
const TRACES = ['Wilhelmina', 'Featherston', 'Zzyzx', '203.0.113.77', 'Netscape'];

const at = (day: number, hour: number) => `2027-03-0${day}T0${hour}:00:00Z`;
const existing = (id: string) => ({ id, expectedVersion: null, idempotencyKey: null });

/** Lets the others have it that day, and something wait for the digest of the day after. */
async function digested(id: string, people: ViewerCtx[]): Promise<void> {
  for (const each of people) {
    await setPreferences(each, [{ kind: 'CHANGED', mail: 'DIGEST' }]);
    await setSettings(each, { digestAt: '00:00', reminderMinutes: [30] });
  }
  const userIds = people.map(({ viewer }) => viewer.userId);
  await inviteParticipants(boss, { id, scope: 'THIS', userIds, guests: [] });
  clock.set(at(2, 0));
  expect(await makeDigests({ ...boss, log: new SilentLog() })).toBe(people.length);
  await editReservation(boss, { ...existing(id), title: null, details: 'Zzyzx waits for the digest' });
}

/** Somebody who has left traces wherever one can. */
async function busyPerson() {
  const her = await signedUp(api, { name: NAME, email: EMAIL });
  const from = { ...api.ctx, address: '203.0.113.77', userAgent: 'Netscape 4.7' };
  const viewer = await viewerOf(api, await session({ ...api, ctx: from }, EMAIL));
  const ctx = { ...from, viewer };
  const place = await room(db);
  await webhook(api.ctx, 'https://hooks.example.com');
  await withRelay(api.ctx);
  const past = await reserved(ctx, [place.id], at(2, 1), at(2, 2), {
    title: 'Zzyzx past',
    details: 'with Zzyzx',
    idempotencyKey: 'k1',
  });
  const running = await reserved(ctx, [place.id], at(3, 1), at(3, 5), { title: 'Zzyzx running' });
  const coming = await reserved(ctx, [place.id], at(4, 1), at(4, 2), { title: 'Zzyzx coming' });
  const made = await reserved({ ...boss, viewer: manager.viewer }, [place.id], at(5, 1), at(5, 2), {
    title: 'Zzyzx by Max',
    ownerId: her.id,
    idempotencyKey: 'k2',
  });
  await editReservation(ctx, { ...existing(coming.id), title: 'Zzyzx edited', details: null });
  await editReservation(boss, { ...existing(coming.id), title: null, details: 'Zzyzx, says Ada' });
  await moveReservations(ctx, {
    moves: [
      {
        id: made.id,
        expectedVersion: null,
        startsAt: new Date(at(5, 2)),
        endsAt: new Date(at(5, 3)),
        resources: null,
      },
    ],
    idempotencyKey: 'k3',
    dryRun: false,
  });
  await inviteParticipants(ctx, { id: coming.id, scope: 'THIS', userIds: [manager.id], guests: [] });
  const others = await reserved({ ...boss, viewer: manager.viewer }, [place.id], at(8, 6), at(8, 7));
  const invited = { id: others.id, scope: 'THIS' as const, userIds: [her.id], guests: [] };
  await inviteParticipants({ ...boss, viewer: manager.viewer }, invited);
  await addComment(ctx, { id: others.id, words: 'Zzyzx says so' });
  await waiting(ctx as Parameters<typeof waiting>[0], [place.id], at(8, 6), at(8, 7), {
    title: 'Zzyzx waits',
  });
  const lab = await room(db);
  await mustApprove(db, { resourceId: lab.id }, [by(admin.id)], { deadlineMinutes: 10 * 24 * 60 });
  const asked = await reserved(ctx, [lab.id], at(6, 1), at(6, 2), { title: 'Zzyzx lab' });
  await decideApproval(boss, {
    id: asked.id,
    decision: 'ASKED_BACK',
    words: 'Zzyzx?',
    step: null,
    idempotencyKey: null,
  });
  await answerApproval(ctx, { id: asked.id, words: 'Zzyzx!', idempotencyKey: null });
  const series = await createSeries(
    ctx,
    wanted([place.id], {
      title: 'Zzyzx weekly',
      startsLocal: '2027-03-07T09:00',
      endsLocal: '2027-03-07T10:00',
    }),
  );
  expect(series).not.toHaveProperty('kind');
  await createFeed(ctx, { name: 'Zzyzx feed', resourceId: null, placeId: null });
  const event = `BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nBEGIN:VEVENT\r\nUID:${EMAIL}\r\nDTSTAMP:20270301T000000Z\r\nDTSTART:20270302T040000Z\r\nDTEND:20270302T050000Z\r\nSUMMARY:Zzyzx imported\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n`;
  const imported = await importReservations(ctx, {
    text: event,
    resources: [{ resourceId: place.id, quantity: 1 }],
    ownerId: null,
    skipRefused: false,
    dryRun: false,
  });
  expect(imported).not.toHaveProperty('kind');
  const group = await createCircle(boss, 'Group', { name: 'Circle' });
  if ('kind' in group) throw new Error(group.message);
  await addGroupMembers(boss, { groupId: group.id, userIds: [her.id] });
  const training = await createCircle(boss, 'Training', { name: 'Laser' });
  if ('kind' in training) throw new Error(training.message);
  await grantTraining(boss, { userId: her.id, trainingId: training.id, validUntil: null });
  await addDeputyOf(ctx, { deputyId: admin.id, from: null, until: null });
  await addDelegateOf(ctx, { delegateId: manager.id, ownerId: null, until: null });
  await addDelegateOf(
    { ...boss, viewer: manager.viewer },
    { delegateId: her.id, ownerId: null, until: null },
  );
  await updateUser(boss, { id: her.id, name: `${NAME} II` });
  await changePassword(ctx, { currentPassword: PASSWORD, newPassword: 'another long password' });
  await digested(past.id, [ctx, { ...boss, viewer: manager.viewer }]);
  await sealAll(db);
  return { her, ctx, place, past, running, coming, made, asked };
}

const world = await busyPerson();
const { her, ctx, past, running, coming, made, asked } = world;
const erase = (input: { id: string; confirmEmail: string }, viewer = admin.viewer) =>
  eraseUser({ ...boss, viewer }, input);

it('refuses a slip, a stranger and the last administrator, and changes nothing then', async () => {
  expect(await erase({ id: her.id, confirmEmail: 'x@example.com' })).toMatchObject({
    kind: 'InvalidInput',
    path: ['input', 'confirmEmail'],
  });
  expect(await erase({ id: ctx.viewer.sessionId, confirmEmail: EMAIL })).toMatchObject({ kind: 'NotFound' });
  expect(await erase({ id: admin.id, confirmEmail: admin.email })).toMatchObject({
    kind: 'LastAdministrator',
  });
  expect((await grep(database, [NAME])).length).toBeGreaterThan(3);
  expect(await psql('select from erasure')).toHaveLength(0);
});

it('leaves no trace of name, address, titles and words anywhere, and the chain valid', async () => {
  const tables = new Set((await grep(database, TRACES)).map((found) => found.split(':')[0]));
  // that the test would see them
  for (const column of [
    'app_user.name',
    'reservation.title',
    'audit.after',
    'audit.source',
    'notification.event',
    'mail.event',
    'webhook_delivery.event',
    'idempotency.answer',
    'approval_word.words',
    'series.title',
    'feed.name',
    'imported_event.uid',
    'session.address',
  ])
    expect(tables).toContain(column);
  const counts = () =>
    psql(`select (select count(*) from reservation) as reservations, (select count(*) from audit where action = 'reservation.create') as made,
      (select sum(upper(occupied) - lower(occupied)) from claim where lower(occupied) <= '${at(3, 2)}')::text as used`);
  const before = await counts();
  clock.set(at(3, 2));
  const erased = await erase({ id: her.id, confirmEmail: ` ${EMAIL.toUpperCase()} ` });
  expect(erased).toMatchObject({
    user: { id: her.id, name: `Former member ${her.id.slice(-4)}`, isActive: false },
    // coming, made, lab, and five of the series
    cancelledReservations: 8,
  });
  expect(await grep(database, TRACES)).toEqual([]);
  expect(await counts()).toEqual(before);
  expect(await psql('select from digest')).toHaveLength(1);
  expect(await psql('select from reminder_lead')).toHaveLength(1);
  await sealAll(db);
  expect(await verifyChain(db)).toMatchObject({ broken: null, redacted: expect.any(Number) });
  expect((await verifyChain(db)).redacted).toBeGreaterThan(10);
});

it('keeps what has been, ends what was to come, and tells those whom it concerns without saying what it was', async () => {
  const states = await psql(
    `select title, state, owner_id = $2 as hers from reservation where id = any ($1) order by starts_at`,
    [[past, running, coming, made, asked].map(({ id }) => id), her.id],
  );
  expect(states).toEqual(
    ['CONFIRMED', 'CONFIRMED', 'CANCELLED', 'CANCELLED', 'CANCELLED'].map((state) => ({
      title: 'Erased',
      state,
      hers: true,
    })),
  );
  const freed = await psql(
    `select from outbox where reservation_id = $1 and freed is not null and taken is null`,
    [coming.id],
  );
  expect(freed).toHaveLength(1);
  const [history] = await psql<{ after: object }>(
    `select after from audit where subject_id = $1 and action = 'reservation.create'`,
    [past.id],
  );
  expect(history?.after).toMatchObject({ title: 'Erased', details: '', state: 'CONFIRMED', ownerId: her.id });
  expect(await toldOf(db, made)).toMatchObject([
    { kind: 'MOVED', userId: manager.id, message: expect.stringContaining('Moved: Erased') },
    { kind: 'CANCELLED', userId: manager.id, message: expect.stringContaining('Cancelled: Erased') },
  ]);
  const actors = await psql(
    `select event ->> 'actor' as actor from notification where reservation_id = $1 order by created_at`,
    [made.id],
  );
  expect(actors).toEqual([{ actor: `Former member ${her.id.slice(-4)}` }, { actor: 'Ada' }]);
});

it('lets nobody in as who was erased, and nobody become them', async () => {
  expect(await api.identity.authenticate(undefined)).toBeNull();
  await expect(session(api, EMAIL, 'another long password')).rejects.toThrow('SignInRefused');
  expect(await setPassword({ ...boss }, { id: her.id, password: 'a new long password' })).toMatchObject({
    kind: 'NotFound',
  });
  expect(await updateUser(boss, { id: her.id, name: NAME, isActive: true })).toMatchObject({
    kind: 'NotFound',
  });
  expect(await psql('select from session where user_id = $1 and revoked_at is null', [her.id])).toHaveLength(
    0,
  );
});

it('is the same when it is asked again, and takes along what was under way', async () => {
  const late = await createReservation(
    ctx,
    wishFor([world.place.id], at(8, 1), at(8, 2), { title: 'Zzyzx late' }),
  );
  expect(late).toMatchObject({ state: 'CONFIRMED' });
  await endErasures(boss);
  expect(await grep(database, TRACES)).not.toEqual([]);
  clock.advance(15 * 60_000);
  await endErasures(boss);
  expect(await grep(database, TRACES)).toEqual([]);
  expect(
    await psql(`select from reservation where owner_id = $1 and state <> 'CANCELLED' and starts_at > $2`, [
      her.id,
      at(3, 2),
    ]),
  ).toEqual([]);
  expect(await psql('select from erasure where ended_at is null')).toHaveLength(0);
  const links = await psql('select from audit_link where redacts');
  expect(await erase({ id: her.id, confirmEmail: EMAIL })).toMatchObject({ cancelledReservations: 0 });
  expect(await psql('select from audit_link where redacts')).toHaveLength(links.length);
});

it('goes on where it was broken off', async () => {
  const other = await person(db, 'MEMBER', { name: 'Wilhelmina the second', email: 'zzyzx@example.com' });
  const place = await room(db);
  const own = testCtx(db, other.viewer, clock);
  const later = await reserved(own, [place.id], at(9, 1), at(9, 2), { title: 'Zzyzx once more' });
  await cancelReservation(
    own,
    existing((await reserved(own, [place.id], at(9, 3), at(9, 4), { title: 'Zzyzx off' })).id),
  );
  await sealAll(db);
  await eraseAccount(db, clock.fixed(), other.id, admin.id);
  expect(await grep(database, TRACES)).not.toEqual([]);
  clock.advance(15 * 60_000);
  await endErasures(boss);
  expect(await grep(database, TRACES)).toEqual([]);
  expect(await psql('select state from reservation where id = $1', [later.id])).toEqual([
    { state: 'CANCELLED' },
  ]);
  await sealAll(db);
  expect((await verifyChain(db)).broken).toBeNull();
});

it('may erase oneself where somebody else administers', async () => {
  const second = await person(db, 'ADMINISTRATOR');
  expect(await erase({ id: second.id, confirmEmail: second.email }, second.viewer)).toMatchObject({
    user: { id: second.id },
  });
});
