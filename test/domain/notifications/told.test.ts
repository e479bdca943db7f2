import { undoClosing } from '../../../src/domain/closings/undo-closing.js';
import { setPreferences } from '../../../src/domain/notifications/set-preferences.js';
import { cancelReservation } from '../../../src/domain/reservations/cancel-reservation.js';
import { confirmReservation } from '../../../src/domain/reservations/confirm-reservation.js';
import { createReservation } from '../../../src/domain/reservations/create-reservation.js';
import { editReservation } from '../../../src/domain/reservations/edit-reservation.js';
import { moveReservations } from '../../../src/domain/reservations/move-reservations.js';
import type { Move } from '../../../src/domain/reservations/plan-moves.js';
import { cancelSeries } from '../../../src/domain/series/cancel-series.js';
import { createSeries } from '../../../src/domain/series/create-series.js';
import { undoAct } from '../../../src/domain/undo/undo-act.js';
import { claimMails } from '../../../src/sql/mail/claim-mails.js';
import { readPreferences } from '../../../src/sql/notifications/preferences.js';
import type { ToldEvent } from '../../../src/sql/notifications/told-event.js';
import { statement } from '../../../src/sql/statement.js';
import { expireHolds } from '../../../src/sweeper/tasks.js';
import { sources } from '../../architecture/sources.js';
import { close, reserved, wishFor } from '../../kit/closures.js';
import { testCtx } from '../../kit/ctx.js';
import { useDatabase } from '../../kit/database.js';
import { mailsTo, withRelay } from '../../kit/mails.js';
import { person } from '../../kit/people.js';
import { room } from '../../kit/things.js';
import { toldOf } from '../../kit/told.js';
import { made, wanted } from '../series/series-kit.js';

const { db, psql } = await useDatabase();
const [owner, manager, aide] = [
  await person(db, 'MEMBER', { name: 'Olga' }),
  await person(db, 'MANAGER', { name: 'Max' }),
  await person(db, 'MANAGER', { name: 'Aida' }),
];
const me = testCtx(db, owner.viewer);
const boss = testCtx(db, manager.viewer, me.clock);
const helper = testCtx(db, aide.viewer, me.clock);
const [NINE, TEN, ELEVEN] = ['2027-03-02T09:00:00Z', '2027-03-02T10:00:00Z', '2027-03-02T11:00:00Z'];

beforeEach(() => withRelay(me));
afterEach(() =>
  psql(`with a as (delete from mail), b as (delete from notification), c as (delete from notification_preference)
    delete from mail_relay`),
);

const the = (id: string) => ({ id, expectedVersion: null, idempotencyKey: null });
const tick = <T>(done: Promise<T>) => done.finally(() => me.clock.advance(1_000));
const move = (ctx: typeof me, id: string, to: Partial<Move>) =>
  moveReservations(ctx, {
    moves: [{ id, expectedVersion: null, startsAt: null, endsAt: null, resources: null, ...to }],
    idempotencyKey: null,
    dryRun: false,
  });
const LATER = { startsAt: new Date(TEN), endsAt: new Date(ELEVEN) };
const mailed = async (to: { id: string }) => (await mailsTo(db, to)).map(({ kind }) => kind);
const told = async (reservation: { id: string }, { id }: { id: string }) =>
  (await toldOf(db, reservation)).filter(({ userId }) => userId === id).map(({ kind }) => kind);

it('tells people of what others do with their reservations, in the app and by mail', async () => {
  const r = await room(db);
  const made = await tick(reserved(boss, [r.id], NINE, TEN, { ownerId: owner.id }));
  await tick(editReservation(boss, { ...the(made.id), title: 'Other words', details: null }));
  await tick(move(boss, made.id, LATER));
  const { closing } = await tick(close(boss, r.id, { existing: 'CANCEL' }));
  await tick(undoClosing(boss, closing.id));
  await tick(cancelReservation(boss, the(made.id)));
  const kinds = [
    'RESERVED_FOR_YOU',
    'CHANGED',
    'MOVED',
    'CANCELLED_BY_CLOSURE',
    'RESTORED_AFTER_CLOSURE',
    'CANCELLED',
  ];
  expect(await mailed(owner)).toEqual(kinds);
  expect(await told(made, owner)).toEqual(kinds);
  // What closures do is told also to whoever has laid them and has reserved: it was not named.
  expect(await told(made, manager)).toEqual(['CANCELLED_BY_CLOSURE', 'RESTORED_AFTER_CLOSURE']);
});

it('confirms a new reservation by mail, and tells nobody else of what people do themselves', async () => {
  const r = await room(db);
  const made = await reserved(me, [r.id], NINE, TEN);
  await editReservation(me, { ...the(made.id), title: 'Other words', details: null });
  await move(me, made.id, LATER);
  await cancelReservation(me, the(made.id));
  expect(await mailed(owner)).toEqual(['RESERVED']);
  expect(await toldOf(db, made)).toEqual([]);
  expect(await mailsTo(db)).toHaveLength(1);
});

it('confirms a hold when it is confirmed, and tells of one that dies', async () => {
  const r = await room(db);
  const kept = await reserved(me, [r.id], NINE, TEN, { holdMs: 60_000 });
  const lost = await reserved(boss, [r.id], TEN, ELEVEN, { holdMs: 60_000, ownerId: owner.id });
  expect(await mailsTo(db)).toEqual([]);
  await tick(confirmReservation(me, the(kept.id)));
  me.clock.advance(60_000);
  await expireHolds(me);
  expect(await mailed(owner)).toEqual(['RESERVED', 'HOLD_EXPIRED']);
  expect(await mailed(manager)).toEqual(['HOLD_EXPIRED']);
  expect(await told(lost, owner)).toEqual(['HOLD_EXPIRED']);
});

it('tells whoever has reserved for somebody else what becomes of it, but not what both know', async () => {
  const r = await room(db);
  const made = await tick(reserved(helper, [r.id], NINE, TEN, { ownerId: owner.id }));
  await tick(move(boss, made.id, LATER));
  await tick(cancelReservation(me, the(made.id)));
  expect(await mailed(aide)).toEqual(['MOVED', 'CANCELLED']);
  expect(await mailed(owner)).toEqual(['RESERVED_FOR_YOU', 'MOVED']);
  expect(await mailed(manager)).toEqual([]);
});

it('keeps the reservation as it was at that change, and what it was before a move', async () => {
  const [r, s] = [
    await room(db, { name: 'Attic', timeZone: 'Europe/Berlin' }),
    await room(db, { name: 'Cellar' }),
  ];
  const made = await tick(reserved(me, [r.id], NINE, TEN));
  // The confirmation gets its facts when a sweeper first claims it.
  await claimMails(db, me.clock.fixed(), 10, 1_000);
  await tick(move(boss, made.id, { ...LATER, resources: [{ resourceId: s.id, quantity: 1 }] }));
  const [first, second] = await mailsTo(db, owner);
  expect(first?.event).toMatchObject({
    actor: 'Olga',
    closure: null,
    count: 1,
    previous: null,
    reservations: [{ id: made.id, version: 1, state: 'CONFIRMED', timeZone: 'Europe/Berlin' }],
  });
  expect(second?.event).toMatchObject({
    actor: 'Max',
    previous: { startsAt: expect.stringContaining('T09:00:00'), resources: ['Attic'] },
    reservations: [{ version: 2, timeZone: 'UTC', resources: [{ name: 'Cellar', quantity: 1 }] }],
  });
});

it('tells guests nobody else’s name', async () => {
  const guest = await person(db, 'GUEST');
  const r = await room(db);
  const made = await reserved(boss, [r.id], NINE, TEN, { ownerId: guest.id });
  await cancelReservation(boss, the(made.id));
  expect((await mailsTo(db, guest)).map(({ event }) => (event as ToldEvent).actor)).toEqual([null, null]);
});

it('tells nobody who may not sign in any more', async () => {
  const gone = await person(db, 'MEMBER');
  const r = await room(db);
  const made = await reserved(boss, [r.id], NINE, TEN, { ownerId: gone.id });
  await psql('update app_user set active = false where id = $1', [gone.id]);
  await cancelReservation(boss, the(made.id));
  expect(await mailed(gone)).toEqual(['RESERVED_FOR_YOU']);
});

it('tells of a series once, naming at most a hundred of its dates', async () => {
  const r = await room(db);
  const rrule = 'FREQ=DAILY;COUNT=120';
  const report = made(await createSeries(boss, wanted([r.id], { ownerId: owner.id, rrule })));
  const seriesId = report.series?.id as string;
  me.clock.advance(1_000);
  await cancelSeries(boss, {
    seriesId,
    reservationId: null,
    scope: 'ALL',
    expectedVersion: null,
    idempotencyKey: null,
  });
  const [first, second, ...more] = await mailsTo(db, owner);
  expect(more).toEqual([]);
  expect(first).toMatchObject({ kind: 'RESERVED_FOR_YOU', event: { count: 120 } });
  expect((first as { event: ToldEvent }).event.reservations).toHaveLength(100);
  expect(second).toMatchObject({ kind: 'CANCELLED', event: { count: 120 } });
  expect(await psql('select from notification where user_id = $1', [owner.id])).toHaveLength(2);
});

it('is taken back with the change, and tells nothing of what was refused or tried dry', async () => {
  const r = await room(db);
  const made = await reserved(me, [r.id], NINE, TEN);
  await createReservation(boss, wishFor([r.id], NINE, TEN, { ownerId: owner.id }));
  await createReservation(boss, wishFor([r.id], TEN, ELEVEN, { ownerId: owner.id, dryRun: true }));
  const rolledBack = db.transaction(async (tx) => {
    const audit = statement(
      'kit-audit',
      `insert into audit (id, at, actor_id, action, subject_id)
       values (gen_random_uuid(), $1, $2, 'reservation.cancel', $3)`,
    );
    await tx.query(audit, [me.clock.fixed(), manager.id, made.id]);
    throw new Error('rolled back');
  });
  await expect(rolledBack).rejects.toThrow('rolled back');
  expect(await mailed(owner)).toEqual(['RESERVED']);
  expect(await toldOf(db, made)).toEqual([]);
});

it('writes no mails while no sweeper has been there for a week that sends them', async () => {
  const r = await room(db);
  const week = 7 * 86_400_000;
  me.clock.advance(week - 1);
  await reserved(me, [r.id], '2027-05-02T09:00:00Z', '2027-05-02T10:00:00Z');
  expect(await mailed(owner)).toEqual(['RESERVED']);
  me.clock.advance(1);
  const quiet = await reserved(boss, [r.id], '2027-05-02T10:00:00Z', '2027-05-02T11:00:00Z', {
    ownerId: owner.id,
  });
  expect(await mailsTo(db)).toHaveLength(1);
  expect(await told(quiet, owner)).toEqual(['RESERVED_FOR_YOU']);
  me.clock.advance(-week);
});

it('says that a cancellation was undone to others, and to nobody what they undo themselves', async () => {
  const r = await room(db);
  const made = await tick(reserved(boss, [r.id], NINE, TEN, { ownerId: owner.id }));
  const mine = (await tick(cancelReservation(me, the(made.id)))) as { act: { id: string } };
  await tick(undoAct(me, mine.act.id));
  expect(await told(made, owner)).toEqual(['RESERVED_FOR_YOU']);
  const theirs = (await tick(cancelReservation(boss, the(made.id)))) as { act: { id: string } };
  await tick(undoAct(boss, theirs.act.id));
  expect(await told(made, owner)).toEqual(['RESERVED_FOR_YOU', 'CANCELLED', 'RESTORED']);
});

it('follows what people have chosen, by kind and channel', async () => {
  const r = await room(db);
  const chosen = await setPreferences(me, [
    { kind: 'RESERVED_FOR_YOU', byMail: false },
    { kind: 'CANCELLED', inApp: false },
    { kind: 'MOVED', inApp: false, byMail: false },
    { kind: 'OWN_CHANGE', byMail: true },
  ]);
  if ('kind' in chosen) throw new Error(chosen.message);
  expect(chosen).toEqual(await readPreferences(db, owner.id));
  const made = await tick(reserved(boss, [r.id], NINE, TEN, { ownerId: owner.id }));
  await tick(move(boss, made.id, LATER));
  await tick(move(me, made.id, { startsAt: new Date(NINE), endsAt: new Date(TEN) }));
  await tick(cancelReservation(boss, the(made.id)));
  expect(await mailed(owner)).toEqual(['OWN_CHANGE', 'CANCELLED']);
  expect(await told(made, owner)).toEqual(['RESERVED_FOR_YOU']);
  expect(await psql(`select before, after from audit where action = 'user.setPreferences'`)).toEqual([
    {
      before: expect.objectContaining({ MOVED: { inApp: true, byMail: true, mail: 'NOW' } }),
      after: expect.objectContaining({ MOVED: { inApp: false, byMail: false, mail: 'OFF' } }),
    },
  ]);
});

it('refuses a choice of the app for what is told by mail only, and one kind named twice', async () => {
  expect(await setPreferences(me, [{ kind: 'RESERVED', inApp: true }])).toMatchObject({
    kind: 'InvalidInput',
  });
  const twice = [{ kind: 'MOVED' as const }, { kind: 'MOVED' as const }];
  expect(await setPreferences(me, twice)).toMatchObject({ kind: 'InvalidInput' });
});

it('has a kind for every change of a reservation that the program audits', async () => {
  const actions = sources()
    .filter(({ path }) => /^src\/(sql|domain)\/(?!webhooks\/)/.test(path))
    .flatMap(({ text }) => text.match(/(?<=')reservation\.\w+(?=')/g) ?? [])
    // The operation of an idempotency key, what is told to approvers instead, that somebody is there, and what the
    // statement that offers tells itself.
    .filter((action) => !/^reservation\.(hold|answer|checkIn|offer)$/.test(action));
  expect(actions.length).toBeGreaterThan(7);
  const unnamed = await psql(
    `select action from unnest($1::text[]) as a (action) where notification_kind_of(action, 'CONFIRMED', false) is null`,
    [actions],
  );
  expect(unnamed).toEqual([]);
});
