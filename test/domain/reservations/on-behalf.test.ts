import { answerApproval } from '../../../src/domain/approvals/answer-approval.js';
import { decideApproval } from '../../../src/domain/approvals/decide-approval.js';
import { findAlternatives } from '../../../src/domain/availability/alternatives.js';
import { addGroupMembers } from '../../../src/domain/people/change-members.js';
import { createCircle } from '../../../src/domain/people/circle.js';
import { addDelegateOf, removeDelegate } from '../../../src/domain/people/delegates.js';
import { cancelReservation } from '../../../src/domain/reservations/cancel-reservation.js';
import { confirmReservation } from '../../../src/domain/reservations/confirm-reservation.js';
import { createReservation } from '../../../src/domain/reservations/create-reservation.js';
import { editReservation } from '../../../src/domain/reservations/edit-reservation.js';
import { moveReservations } from '../../../src/domain/reservations/move-reservations.js';
import { cancelSeries } from '../../../src/domain/series/cancel-series.js';
import { createSeries } from '../../../src/domain/series/create-series.js';
import { joinWaitlist } from '../../../src/domain/waitlist/join-waitlist.js';
import { leaveWaitlist } from '../../../src/domain/waitlist/leave-waitlist.js';
import { readOwnWaits, readWaits } from '../../../src/domain/waitlist/wait-reader.js';
import { reservationsByIds } from '../../../src/sql/reservations/read-reservations.js';
import { by, mustApprove } from '../../kit/approvals.js';
import { ManualClock } from '../../kit/clock.js';
import { reserved, wishFor } from '../../kit/closures.js';
import { testCtx } from '../../kit/ctx.js';
import { useDatabase } from '../../kit/database.js';
import { person } from '../../kit/people.js';
import { rule } from '../../kit/rules.js';
import { place, resourceType, room } from '../../kit/things.js';
import { toldOf } from '../../kit/told.js';
import { offerOf, standing, waitFor } from '../../kit/waits.js';
import { counting, made, wanted } from '../series/series-kit.js';

const { db, psql } = await useDatabase();
const clock = new ManualClock();
const at = (time: string) => `2027-03-02T${time}:00.000Z`;
const plain = (id: string) => ({ id, expectedVersion: null, idempotencyKey: null });
const actor = async (role: Parameters<typeof person>[1] = 'MEMBER') =>
  testCtx(db, (await person(db, role)).viewer, clock);
type Acting = Awaited<ReturnType<typeof actor>>;

const [owner, delegate, second, keeper, stranger] = await Promise.all([1, 2, 3, 4, 5].map(() => actor()));
if (!owner || !delegate || !second || !keeper || !stranger) throw new Error('nobody');
const ownerId = owner.viewer.userId;

async function acting(by: Acting, forWhom: Acting, until: string | null = null): Promise<string> {
  const made = await addDelegateOf(forWhom, {
    delegateId: by.viewer.userId,
    ownerId: null,
    until: until === null ? null : new Date(until),
  });
  if ('kind' in made) throw new Error(made.message);
  return made.id;
}
const codes = (result: object) =>
  'reasons' in result ? (result.reasons as { code: string }[]).map(({ code }) => code) : result;
const move = (ctx: Acting, id: string, from: string, to: string) =>
  moveReservations(ctx, {
    moves: [
      { id, expectedVersion: null, startsAt: new Date(at(from)), endsAt: new Date(at(to)), resources: null },
    ],
    idempotencyKey: null,
    dryRun: false,
  });
const sees = async ({ viewer }: Acting, id: string) =>
  (await reservationsByIds(db, clock.fixed(), [id], viewer)).has(id);

beforeEach(async () => {
  clock.set('2027-03-01T08:00:00.000Z');
  await psql('delete from delegate');
});

it('refuses whoever is no delegate, and a delegate of the delegate', async () => {
  const r = await room(db);
  await acting(second, delegate);
  await acting(delegate, owner);
  for (const ctx of [stranger, second, await actor('GUEST')]) {
    const wish = wishFor([r.id], at('09:00'), at('10:00'), { ownerId });
    expect(codes(await createReservation(ctx, wish))).toEqual(['NOT_PERMITTED']);
    expect(codes(await joinWaitlist(ctx, waitFor([r.id], at('09:00'), at('10:00'), { ownerId })))).toEqual([
      'NOT_PERMITTED',
    ]);
    expect(codes(await createSeries(ctx, wanted([r.id], { ownerId })))).toEqual(['NOT_PERMITTED']);
  }
  const private_ = await reserved(owner, [r.id], at('09:00'), at('10:00'), { visibility: 'PRIVATE' });
  expect(await sees(second, private_.id)).toBe(false);
  for (const refused of [
    await cancelReservation(second, plain(private_.id)),
    await cancelReservation(stranger, plain('00000000-0000-7000-8000-000000000000')),
  ])
    expect(refused).toMatchObject({ kind: 'NotFound', path: ['id'] });
});

it('lets a delegate do with a reservation whatever the person could, and says who did it', async () => {
  const r = await room(db);
  await acting(delegate, owner);
  const held = await reserved(delegate, [r.id], at('09:00'), at('10:00'), {
    ownerId,
    holdMs: 60_000,
    visibility: 'PRIVATE',
  });
  expect(held).toMatchObject({ ownerId, creatorId: delegate.viewer.userId, state: 'HELD' });
  expect(await confirmReservation(delegate, plain(held.id))).toMatchObject({ state: 'CONFIRMED' });
  expect(await toldOf(db, held)).toMatchObject([{ kind: 'RESERVED_FOR_YOU', userId: ownerId }]);
  expect(await editReservation(delegate, { ...plain(held.id), title: 'Other', details: null })).toMatchObject(
    { title: 'Other' },
  );
  expect(await move(delegate, held.id, '11:00', '12:00')).not.toHaveProperty('kind');
  expect(await cancelReservation(delegate, plain(held.id))).toMatchObject({ state: 'CANCELLED', ownerId });
  expect(await psql('select distinct actor_id from audit where subject_id = $1', [held.id])).toEqual([
    { actor_id: delegate.viewer.userId },
  ]);
  const [made_] = await psql(
    "select after ->> 'ownerId' as owner from audit where subject_id = $1 and action = 'reservation.create'",
    [held.id],
  );
  expect(made_).toEqual({ owner: ownerId });
  // also with what the person has made alone
  const own = await reserved(owner, [r.id], at('14:00'), at('15:00'), { visibility: 'PRIVATE' });
  expect([await sees(delegate, own.id), await sees(stranger, own.id)]).toEqual([true, false]);
  expect(await move(delegate, own.id, '15:00', '16:00')).not.toHaveProperty('kind');
  expect(await cancelReservation(delegate, plain(own.id))).toMatchObject({ state: 'CANCELLED' });
  const series = made(await createSeries(delegate, wanted([r.id], { ownerId })));
  expect(series.series).toMatchObject({ ownerId, creatorId: delegate.viewer.userId });
  const all = {
    seriesId: series.series.id,
    reservationId: null,
    scope: 'ALL' as const,
    expectedVersion: null,
    idempotencyKey: null,
  };
  expect(await cancelSeries(delegate, all)).not.toHaveProperty('kind');
});

it('ends with the delegation: nothing is left of it, not even in what the delegate has made', async () => {
  const r = await room(db);
  const id = await acting(delegate, owner, '2027-03-01T09:00:00Z');
  const secret = { ownerId, visibility: 'PRIVATE' } as const;
  const one = await reserved(delegate, [r.id], at('09:00'), at('10:00'), secret);
  const wish = wishFor([r.id], at('12:00'), at('13:00'), { ownerId });
  const isOver = async () => {
    expect(await sees(delegate, one.id)).toBe(false);
    expect(await cancelReservation(delegate, plain(one.id))).toMatchObject({ kind: 'NotFound' });
    expect(await move(delegate, one.id, '10:00', '11:00')).toMatchObject({ kind: 'NotFound' });
    expect(codes(await createReservation(delegate, wish))).toEqual(['NOT_PERMITTED']);
  };
  clock.set('2027-03-01T08:59:59.999Z');
  expect(await sees(delegate, one.id)).toBe(true);
  clock.set('2027-03-01T09:00:00.000Z');
  await isOver();
  await acting(delegate, owner);
  expect(await sees(delegate, one.id)).toBe(true);
  await removeDelegate(owner, id);
  await isOver();
  await move(owner, one.id, '10:00', '11:00');
  expect(await toldOf(db, one)).toEqual([
    expect.objectContaining({ kind: 'RESERVED_FOR_YOU', userId: ownerId }),
  ]);
});

it('lets a delegate answer what an approver asks, and nobody who is none any more', async () => {
  const [lab, approver] = [await room(db), await actor()];
  await mustApprove(db, { resourceId: lab.id }, [by(approver.viewer.userId)], { deadlineMinutes: 600 });
  const id = await acting(delegate, owner);
  const asked = await reserved(owner, [lab.id], at('09:00'), at('10:00'));
  const made = await reserved(delegate, [lab.id], at('11:00'), at('12:00'), { ownerId });
  for (const { id } of [asked, made])
    await decideApproval(approver, {
      id,
      decision: 'ASKED_BACK',
      words: 'Why?',
      step: null,
      idempotencyKey: null,
    });
  const answer = (of: { id: string }) =>
    answerApproval(delegate, { id: of.id, words: 'So', idempotencyKey: null });
  expect(await answer(asked)).toMatchObject({ state: 'PENDING_APPROVAL' });
  await removeDelegate(owner, id);
  expect(codes(await answer(made))).toEqual(['NOT_PERMITTED']);
});

it('judges by the person: groups, quotas and exemptions are theirs', async () => {
  const r = await room(db);
  const professor = await actor('MANAGER');
  await acting(delegate, professor);
  await acting(delegate, owner);
  await rule(
    db,
    'LENGTH',
    { leastMinutes: null, mostMinutes: 30 },
    {
      resourceId: r.id,
      exemptRoles: ['MANAGER'],
    },
  );
  const long = (by: Acting, forWhom: Acting | null, from: string, to: string) =>
    createReservation(by, wishFor([r.id], at(from), at(to), { ownerId: forWhom?.viewer.userId ?? null }));
  expect(codes(await long(delegate, null, '09:00', '10:00'))).toEqual(['DURATION_TOO_LONG']);
  expect(codes(await long(delegate, owner, '09:00', '10:00'))).toEqual(['DURATION_TOO_LONG']);
  expect(await long(delegate, professor, '09:00', '10:00')).toMatchObject({ state: 'CONFIRMED' });
  const circle = await createCircle(await actor('ADMINISTRATOR'), 'Group', { name: 'Laser people' });
  if ('kind' in circle) throw new Error(circle.message);
  await addGroupMembers(await actor('ADMINISTRATOR'), { groupId: circle.id, userIds: [ownerId] });
  const lab = await room(db);
  await rule(db, 'ACCESS', { roles: [], groupIds: [circle.id], trainingIds: [] }, { resourceId: lab.id });
  const wish = wishFor([lab.id], at('09:00'), at('09:30'));
  expect(codes(await createReservation(delegate, wish))).toEqual(['NOT_PERMITTED']);
  expect(await createReservation(delegate, { ...wish, ownerId })).toMatchObject({ state: 'CONFIRMED' });
  // managers act by their own role, as before
  expect(await long(professor, owner, '10:00', '11:00')).toMatchObject({ state: 'CONFIRMED' });
});

it('waits in the name of somebody, and takes and leaves for them', async () => {
  const r = await room(db);
  await acting(delegate, owner);
  const taken = await reserved(stranger, [r.id], at('09:00'), at('10:00'));
  const joined = await joinWaitlist(delegate, waitFor([r.id], at('09:00'), at('10:00'), { ownerId }));
  if ('kind' in joined) throw new Error(joined.message);
  expect(joined).toMatchObject({ userId: ownerId, state: 'WAITING' });
  expect(await readWaits(delegate, ownerId, null, null, 10)).toHaveLength(1);
  expect(await readWaits(delegate, null, null, null, 10)).toEqual([]);
  expect(await readWaits(stranger, ownerId, null, null, 10)).toEqual([]);
  expect((await readOwnWaits(delegate, [joined.id])).size).toBe(1);
  expect((await readOwnWaits(stranger, [joined.id])).size).toBe(0);
  const [noted] = await psql(
    "select actor_id, after ->> 'userId' as owner from audit where subject_id = $1",
    [joined.id],
  );
  expect(noted).toEqual({ actor_id: delegate.viewer.userId, owner: ownerId });
  await cancelReservation(stranger, plain(taken.id));
  const offer = await offerOf(owner, joined);
  expect(offer).toMatchObject({ ownerId, creatorId: delegate.viewer.userId });
  expect(await leaveWaitlist(stranger, joined.id)).toMatchObject({ kind: 'NotFound' });
  expect(await confirmReservation(delegate, plain(offer.id))).toMatchObject({ state: 'CONFIRMED', ownerId });
  const next = await joinWaitlist(owner, waitFor([r.id], at('09:30'), at('10:30')));
  if ('kind' in next) throw new Error(next.message);
  expect(await leaveWaitlist(delegate, next.id)).toMatchObject({ state: 'WITHDRAWN' });
  expect(await standing(owner, next)).toMatchObject({ state: 'WITHDRAWN' });
});

it('lets whoever looks after all of the resources reserve for others there, and nowhere else', async () => {
  const [type, site] = [await resourceType(db), await place(db)];
  const here = { typeId: type.id, placeId: site.id, seats: 4 };
  const [mine, also, foreign] = [
    await room(db, { ...here, managers: [keeper.viewer.userId] }),
    await room(db, { ...here, managers: [keeper.viewer.userId] }),
    await room(db, here),
  ];
  const both = await reserved(keeper, [mine.id, also.id], at('09:00'), at('10:00'), { ownerId });
  expect(both).toMatchObject({ ownerId, creatorId: keeper.viewer.userId });
  for (const ids of [[foreign.id], [mine.id, foreign.id]]) {
    expect(
      codes(await createReservation(keeper, wishFor(ids, at('11:00'), at('12:00'), { ownerId }))),
    ).toEqual(['NOT_PERMITTED']);
    expect(codes(await joinWaitlist(keeper, waitFor(ids, at('11:00'), at('12:00'), { ownerId })))).toEqual([
      'NOT_PERMITTED',
    ]);
  }
  // also by looking after the place
  const porter = await actor();
  await psql('insert into care (place_id, user_id) values ($1, $2)', [site.id, porter.viewer.userId]);
  expect(
    await createReservation(porter, wishFor([foreign.id], at('15:00'), at('16:00'), { ownerId })),
  ).toMatchObject({
    ownerId,
  });
  const later = { ownerId, startsLocal: '2027-03-03T09:00', endsLocal: '2027-03-03T10:00' };
  expect(await createSeries(keeper, wanted([mine.id], later))).not.toHaveProperty('kind');
  // others might be taken instead
  const mode = { kind: 'SUBSTITUTE', maxConflicts: null, sameAttributes: false } as const;
  expect(codes(await createSeries(keeper, wanted([mine.id], { ownerId, mode })))).toEqual(['NOT_PERMITTED']);
  const equals = waitFor([mine.id], at('09:00'), at('10:00'), { ownerId, orEquivalent: true });
  expect(codes(await joinWaitlist(keeper, equals))).toEqual(['NOT_PERMITTED']);
  const nobody = wishFor([mine.id], at('13:00'), at('14:00'), {
    ownerId: '00000000-0000-7000-8000-000000000000',
  });
  expect(await createReservation(keeper, nobody)).toMatchObject({
    kind: 'InvalidInput',
    path: ['input', 'ownerId'],
  });
  const refused = await createReservation(keeper, wishFor([mine.id], at('09:00'), at('10:00'), { ownerId }));
  if (!('wish' in refused)) throw new Error('taken');
  const found = await findAlternatives(keeper, refused.wish ?? null, { first: 5, attributes: [] });
  expect(Array.isArray(found) && found.length).toBeGreaterThan(0);
});

it('asks the database nothing more for people who reserve for themselves', async () => {
  const r = await room(db);
  const counted = counting(db);
  const me = { ...owner, db: Object.assign(Object.create(db), counted.db) };
  const reserve = (from: string, to: string) => reserved(me, [r.id], at(from), at(to), { ownerId });
  await reserve('07:00', '07:30');
  counted.asked.splice(0);
  await reserve('08:00', '08:30');
  expect(counted.asked).toEqual(['reserve']);
});
