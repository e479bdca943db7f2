import { decideApproval } from '../../../src/domain/approvals/decide-approval.js';
import { cancelReservation } from '../../../src/domain/reservations/cancel-reservation.js';
import { confirmReservation } from '../../../src/domain/reservations/confirm-reservation.js';
import { createReservation } from '../../../src/domain/reservations/create-reservation.js';
import { moveReservations } from '../../../src/domain/reservations/move-reservations.js';
import { undoAct } from '../../../src/domain/undo/undo-act.js';
import { leaveWaitlist } from '../../../src/domain/waitlist/leave-waitlist.js';
import { sweepWaitlist } from '../../../src/sweeper/waitlist.js';
import { by, confirmed, mustApprove } from '../../kit/approvals.js';
import { ManualClock } from '../../kit/clock.js';
import { reserved, wishFor } from '../../kit/closures.js';
import { testCtx } from '../../kit/ctx.js';
import { useDatabase } from '../../kit/database.js';
import { person } from '../../kit/people.js';
import { place, pool, resourceType, room } from '../../kit/things.js';
import { toldOf } from '../../kit/told.js';
import { offerOf, standing, statesOf, waiting } from '../../kit/waits.js';

const { db, psql } = await useDatabase();
const clock = new ManualClock();
const somebody = async () => testCtx(db, (await person(db)).viewer, clock);
const at = (time: string, day = '02') => `2027-03-${day}T${time}:00.000Z`;
const [holder, first, second, third, stranger] = await Promise.all([1, 2, 3, 4, 5].map(somebody));
if (!holder || !first || !second || !third || !stranger) throw new Error('nobody');
const codes = async (made: ReturnType<typeof createReservation>) => {
  const result = await made;
  return 'reasons' in result ? result.reasons.map(({ code }) => code) : result;
};

beforeEach(() => clock.set('2027-03-01T08:00:00.000Z'));

it('offers a cancelled window to the first who waits, in the transaction of the cancellation', async () => {
  const { id } = await room(db);
  const taken = await reserved(holder, [id], at('09:00'), at('10:00'));
  const waits = [
    await waiting(first, [id], at('09:00'), at('10:00')),
    await waiting(second, [id], at('09:00'), at('10:00')),
  ] as const;
  expect(waits.map(({ state, position }) => [state, position])).toEqual([
    ['WAITING', 1],
    ['WAITING', 2],
  ]);
  expect(await cancelReservation(holder, confirmed(taken.id))).toMatchObject({ state: 'CANCELLED' });
  expect(await statesOf(first, waits)).toEqual(['OFFERED', 'WAITING']);
  const offer = await offerOf(first, waits[0]);
  expect(offer).toMatchObject({
    state: 'HELD',
    ownerId: first.viewer.userId,
    title: 'Waiting',
    startsAt: '2027-03-02T09:00:00+00:00',
    expiresAt: '2027-03-01T08:30:00+00:00',
  });
  expect(await psql('select from wait_due')).toEqual([]);
  expect(await toldOf(db, offer)).toMatchObject([{ kind: 'WAITLIST_OFFERED', userId: first.viewer.userId }]);
  expect(await codes(createReservation(stranger, wishFor([id], at('09:30'), at('10:30'))))).toEqual([
    'SLOT_HELD',
  ]);
  expect(await confirmReservation(first, confirmed(offer.id))).toMatchObject({ state: 'CONFIRMED' });
  expect(await statesOf(first, waits)).toEqual(['FULFILLED', 'WAITING']);
});

it('passes an offer down a chain of three, each in the transaction that notices its expiry', async () => {
  const { id } = await room(db);
  await reserved(holder, [id], at('09:00'), at('10:00'), { holdMs: 60_000 });
  const waits = [
    await waiting(first, [id], at('09:00'), at('10:00')),
    await waiting(second, [id], at('09:00'), at('10:00')),
    await waiting(third, [id], at('09:00'), at('10:00')),
  ] as const;
  clock.advance(60_000);
  // a stranger notices
  expect(await codes(createReservation(stranger, wishFor([id], at('09:00'), at('10:00'))))).toEqual([
    'SLOT_HELD',
  ]);
  expect(await statesOf(first, waits)).toEqual(['OFFERED', 'WAITING', 'WAITING']);
  clock.advance(30 * 60_000);
  expect(await statesOf(first, waits)).toEqual(['EXPIRED', 'WAITING', 'WAITING']);
  const late = await confirmReservation(first, confirmed((await offerOf(first, waits[0])).id));
  expect(late).toMatchObject({ reasons: [{ code: 'OFFER_EXPIRED' }] });
  // the sweeper notices
  await sweepWaitlist(first);
  expect(await statesOf(first, waits)).toEqual(['EXPIRED', 'OFFERED', 'WAITING']);
  // declining passes on
  expect(await leaveWaitlist(second, waits[1].id)).toMatchObject({ state: 'WITHDRAWN' });
  expect(await statesOf(first, waits)).toEqual(['EXPIRED', 'WITHDRAWN', 'OFFERED']);
  const [{ count } = { count: null }] = await psql<{ count: string }>(
    'select count(*) from claim where resource_id = $1 and occupies',
    [id],
  );
  expect(count).toBe('1');
});

it('offers at once what is free', async () => {
  const { id } = await room(db);
  expect(await waiting(first, [id], at('09:00'), at('10:00'))).toMatchObject({
    state: 'OFFERED',
    position: null,
  });
  expect(await psql('select from wait_due')).toEqual([]);
});

it('triggers nothing by partial frees until the whole wish fits', async () => {
  const [a, b] = [await room(db), await room(db)];
  const [one, two] = [
    await reserved(holder, [a.id], at('09:00'), at('10:00')),
    await reserved(holder, [b.id], at('09:00'), at('10:00')),
  ];
  const wait = await waiting(first, [a.id, b.id], at('09:00'), at('10:00'));
  await cancelReservation(holder, confirmed(one.id));
  expect((await standing(first, wait)).state).toBe('WAITING');
  // nobody is kept from a part that helps nobody who waits
  const between = await reserved(stranger, [a.id], at('09:00'), at('09:30'));
  await cancelReservation(stranger, confirmed(between.id));
  await cancelReservation(holder, confirmed(two.id));
  expect(await offerOf(first, wait)).toMatchObject({ state: 'HELD', claims: [{}, {}] });
});

it('takes the first equivalent that becomes free', async () => {
  const [type, site] = [await resourceType(db), await place(db)];
  const make = () => room(db, { typeId: type.id, placeId: site.id, seats: 4 });
  const [asked, equal] = [await make(), await make()];
  const take = ({ id }: { id: string }) => reserved(holder, [id], at('09:00'), at('10:00'));
  await take(asked);
  const taken = await take(equal);
  const strict = await waiting(first, [asked.id], at('09:00'), at('10:00'));
  const any = await waiting(second, [asked.id], at('09:00'), at('10:00'), { orEquivalent: true });
  await cancelReservation(holder, confirmed(taken.id));
  expect(await statesOf(first, [strict, any])).toEqual(['WAITING', 'OFFERED']);
  expect((await offerOf(second, any)).claims).toMatchObject([{ resourceId: equal.id }]);
});

it('finds the earliest window of a flexible wish, also one that begins off the quarters', async () => {
  const { id } = await room(db);
  const taken = await reserved(holder, [id], at('08:00'), at('12:00'));
  await reserved(holder, [id], at('12:00'), at('18:00'));
  const wait = await waiting(first, [id], at('08:00'), at('18:00'), { minutes: 90 });
  // shrinks it: the sweeper passes on
  const move = {
    id: taken.id,
    expectedVersion: null,
    startsAt: null,
    endsAt: new Date(at('10:31')),
    resources: null,
  };
  expect(await moveReservations(holder, { moves: [move], idempotencyKey: null, dryRun: false })).toHaveLength(
    1,
  );
  await sweepWaitlist(first);
  expect((await standing(first, wait)).state).toBe('WAITING');
  const more = [{ ...move, endsAt: new Date(at('10:07')) }];
  await moveReservations(holder, { moves: more, idempotencyKey: null, dryRun: false });
  await sweepWaitlist(first);
  expect(await offerOf(first, wait)).toMatchObject({
    startsAt: '2027-03-02T10:07:00+00:00',
    endsAt: '2027-03-02T11:37:00+00:00',
  });
});

it('serves a pool by its peak, and the rest of what is free to who comes next', async () => {
  const { id } = await pool(db, { capacity: 4 });
  const all = await reserved(holder, [], at('09:00'), at('10:00'), {
    resources: [{ resourceId: id, quantity: 4 }],
  });
  const many = (quantity: number) => ({ resources: [{ resourceId: id, quantity }] });
  const waits = [
    await waiting(first, [], at('09:00'), at('10:00'), many(3)),
    await waiting(second, [], at('09:30'), at('10:30'), many(2)),
    await waiting(third, [], at('09:30'), at('11:00'), many(1)),
  ] as const;
  await cancelReservation(holder, confirmed(all.id));
  expect(await statesOf(first, waits)).toEqual(['OFFERED', 'WAITING', 'OFFERED']);
});

it('keeps for who waits what psql has freed, until somebody passes it on', async () => {
  const { id } = await room(db);
  const taken = await reserved(holder, [id], at('09:00'), at('10:00'));
  const wait = await waiting(first, [id], at('09:00'), at('10:00'));
  await psql("update reservation set state = 'CANCELLED' where id = $1", [taken.id]);
  expect((await standing(first, wait)).state).toBe('WAITING');
  expect(await psql('select from wait_due where resource_id = $1', [id])).toHaveLength(1);
  expect(await codes(createReservation(stranger, wishFor([id], at('09:00'), at('10:00'))))).toEqual([
    'SLOT_HELD',
  ]);
  expect(await offerOf(first, wait)).toMatchObject({ ownerId: first.viewer.userId, state: 'HELD' });
  expect(await psql('select from wait_due')).toEqual([]);
});

it('serves who waits before an undo', async () => {
  const { id } = await room(db);
  const taken = await reserved(holder, [id], at('09:00'), at('10:00'));
  const wait = await waiting(first, [id], at('09:00'), at('10:00'));
  const cancelled = await cancelReservation(holder, confirmed(taken.id));
  expect((await standing(first, wait)).state).toBe('OFFERED');
  const undone = await undoAct(holder, ('act' in cancelled && cancelled.act?.id) || '');
  expect(undone).toMatchObject({ kind: 'ReservationRefused', reasons: [{ code: 'SLOT_TAKEN' }] });
});

it('offers what a rejected request frees', async () => {
  const { id } = await room(db);
  const boss = await somebody();
  await mustApprove(db, { resourceId: id }, [by(boss.viewer.userId)]);
  const asked = await reserved(holder, [id], at('09:00'), at('10:00'));
  expect(asked.state).toBe('PENDING_APPROVAL');
  const wait = await waiting(first, [id], at('09:00'), at('10:00'));
  await decideApproval(boss, {
    id: asked.id,
    decision: 'REJECTED',
    words: 'No',
    step: null,
    idempotencyKey: null,
  });
  const offer = await offerOf(first, wait);
  expect(offer.state).toBe('HELD');
  expect(await confirmReservation(first, confirmed(offer.id))).toMatchObject({ state: 'PENDING_APPROVAL' });
  expect((await standing(first, wait)).state).toBe('FULFILLED');
});
