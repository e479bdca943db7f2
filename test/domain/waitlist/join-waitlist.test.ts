import { cancelReservation } from '../../../src/domain/reservations/cancel-reservation.js';
import { createReservation } from '../../../src/domain/reservations/create-reservation.js';
import { updateResource } from '../../../src/domain/resources/update-resource.js';
import { removeRule } from '../../../src/domain/schedules/remove-rule.js';
import { joinWaitlist } from '../../../src/domain/waitlist/join-waitlist.js';
import { leaveWaitlist } from '../../../src/domain/waitlist/leave-waitlist.js';
import { readQueue } from '../../../src/domain/waitlist/wait-reader.js';
import type { WaitRow } from '../../../src/sql/waitlist/wait-row.js';
import { sweepWaitlist } from '../../../src/sweeper/waitlist.js';
import { confirmed } from '../../kit/approvals.js';
import { ManualClock } from '../../kit/clock.js';
import { reserved, wishFor } from '../../kit/closures.js';
import { testCtx } from '../../kit/ctx.js';
import { useDatabase } from '../../kit/database.js';
import { person } from '../../kit/people.js';
import { group, openDaily, setUp } from '../../kit/rule-input.js';
import { rule } from '../../kit/rules.js';
import { pool, room } from '../../kit/things.js';
import { offerOf, standing, statesOf, waitFor, waiting } from '../../kit/waits.js';
import { counting } from '../availability/counting.js';

const { db, psql } = await useDatabase();
const clock = new ManualClock();
const somebody = async (role: 'MEMBER' | 'MANAGER' | 'GUEST' = 'MEMBER') =>
  testCtx(db, (await person(db, role)).viewer, clock);
const at = (time: string, day = '02') => `2027-03-${day}T${time}:00.000Z`;
const NINE = at('09:00');
const TEN = at('10:00');
const ELEVEN = at('11:00');
const holder = await somebody();

beforeEach(() => clock.set('2027-03-01T08:00:00.000Z'));

const codes = (result: Awaited<ReturnType<typeof joinWaitlist>>) =>
  'reasons' in result ? result.reasons.map(({ code }) => code) : result;

it('refuses at once what no time can grant', async () => {
  const [me, guest] = [await somebody(), await somebody('GUEST')];
  const r = await room(db);
  const p = await pool(db, { capacity: 2 });
  await rule(db, 'LENGTH', { leastMinutes: 30, mostMinutes: 60 }, { resourceId: r.id });
  await rule(db, 'OPENING_HOURS', openDaily('08:00', '18:00'), { resourceId: r.id });
  const join = async (...wanted: Parameters<typeof waitFor>) =>
    codes(await joinWaitlist(me, waitFor(...wanted)));
  expect(await join([r.id], NINE, at('09:10'))).toEqual(['TOO_SHORT']);
  expect(await join([r.id], NINE, ELEVEN)).toEqual(['DURATION_TOO_LONG']);
  expect(await join([r.id], at('20:00'), at('21:00'))).toEqual(['OUTSIDE_OPENING_HOURS']);
  expect(await join([r.id], at('18:00'), at('07:00', '03'), { minutes: 60 })).toEqual([
    'OUTSIDE_OPENING_HOURS',
  ]);
  expect(await join([], NINE, TEN, { resources: [{ resourceId: p.id, quantity: 3 }] })).toEqual([
    'QUANTITY_ABOVE_CAPACITY',
  ]);
  expect(codes(await joinWaitlist(guest, waitFor([r.id], NINE, TEN)))).toEqual(['NOT_PERMITTED']);
  expect(await join([r.id], TEN, NINE)).toEqual(['INVALID_WINDOW']);
  expect(await psql('select from wait')).toEqual([]);
});

it('answers bad input with where it is wrong, and keeps nothing', async () => {
  const me = await somebody();
  const r = await room(db);
  const path = async (more: Partial<Parameters<typeof joinWaitlist>[1]>) => {
    const result = await joinWaitlist(me, { ...waitFor([r.id], NINE, TEN), ...more });
    return 'path' in result ? [result.kind, ...result.path] : result;
  };
  const nobody = '00000000-0000-0000-0000-000000000000';
  expect(await path({ title: ' ' })).toEqual(['InvalidInput', 'input', 'title']);
  expect(await path({ resources: [] })).toEqual(['InvalidInput', 'input', 'resources']);
  expect(await path({ resources: [{ resourceId: r.id, quantity: 0 }] })).toEqual([
    'InvalidInput',
    'input',
    'resources',
    'quantity',
  ]);
  expect(await path({ minutes: 61 })).toEqual(['InvalidInput', 'input', 'minutes']);
  expect(await path({ minutes: 0 })).toEqual(['InvalidInput', 'input', 'minutes']);
  const long = { startsAt: new Date(NINE), endsAt: new Date(at('10:00', '17')) };
  expect(await path({ minutes: 60, window: long })).toEqual(['InvalidInput', 'input', 'window']);
  expect(await path({ sameAttributes: ['\0'] })).toEqual(['InvalidInput', 'input', 'sameAttributes']);
  expect(await path({ idempotencyKey: '' })).toEqual(['InvalidInput', 'input', 'idempotencyKey']);
  expect(await path({ resources: [{ resourceId: nobody, quantity: 1 }] })).toEqual([
    'NotFound',
    'input',
    'resources',
  ]);
  expect(await psql('select from wait where user_id = $1', [me.viewer.userId])).toEqual([]);
});

it('joins once by one key, also in parallel, and refuses the key for something else', async () => {
  const me = await somebody();
  const r = await room(db);
  await reserved(holder, [r.id], NINE, TEN);
  const input = waitFor([r.id], NINE, TEN, { idempotencyKey: 'join' });
  const all = await Promise.all([1, 2, 3, 4].map(() => joinWaitlist(me, input)));
  const [first] = all;
  expect(all).toEqual([first, first, first, first]);
  expect(await joinWaitlist(me, input)).toEqual(first);
  expect(await joinWaitlist(me, { ...input, title: 'Else' })).toMatchObject({ kind: 'IdempotencyKeyReused' });
  expect(await psql('select from wait where user_id = $1', [me.viewer.userId])).toHaveLength(1);
});

it('lets one person wait for ten things, also when they ask for all at once', async () => {
  const me = await somebody();
  const r = await room(db);
  await reserved(holder, [r.id], NINE, TEN);
  const results = await Promise.all(
    Array.from({ length: 12 }, () => joinWaitlist(me, waitFor([r.id], NINE, TEN))),
  );
  const refusals = results.filter((result) => 'reasons' in result);
  expect(refusals).toHaveLength(2);
  expect(refusals[0]).toMatchObject({
    reasons: [{ code: 'QUOTA_EXCEEDED', limit: 10, used: 11, rule: null }],
  });
  const [wait] = results.flatMap((result) => ('node' in result ? result : []));
  await leaveWaitlist(me, wait?.id ?? '');
  expect(await joinWaitlist(me, waitFor([r.id], NINE, TEN))).toMatchObject({ state: 'WAITING' });
});

it('serves by the priorities of a rule, then by who has asked first', async () => {
  const [early, member, chosen, boss] = [
    await somebody(),
    await somebody(),
    await somebody(),
    await somebody('MANAGER'),
  ];
  const board = await group(db, [{ id: chosen.viewer.userId }]);
  const r = await room(db);
  await setUp(db, {
    kind: 'WAITLIST',
    scope: { resourceId: r.id },
    settings: {
      offerMinutes: 5,
      mostOpen: 2,
      priorities: [
        { roles: ['MANAGER'], groupIds: [], priority: 5 },
        { roles: [], groupIds: [board.id], priority: 10 },
      ],
    },
  });
  let taken = await reserved(holder, [r.id], NINE, TEN);
  const waits = [];
  for (const who of [early, member, boss, chosen]) {
    waits.push(await waiting(who, [r.id], NINE, TEN));
    clock.advance(1_000);
  }
  expect(await Promise.all(waits.map(async (wait) => (await standing(early, wait)).position))).toEqual([
    3, 4, 2, 1,
  ]);
  const order = [];
  for (let n = 0; n < 4; n++) {
    await cancelReservation(
      { ...holder, viewer: { ...holder.viewer, userId: taken.ownerId } },
      confirmed(taken.id),
    );
    const states = await statesOf(early, waits);
    order.push(states.indexOf('OFFERED'));
    taken = await offerOf(early, waits[states.indexOf('OFFERED')] as WaitRow);
    expect(Date.parse(taken.expiresAt ?? '') - clock.now().getTime()).toBe(5 * 60_000);
  }
  expect(order).toEqual([3, 2, 0, 1]);
});

it('serves what a change of rules, of a capacity or of a status makes possible', async () => {
  const [me, manager] = [await somebody(), await somebody('MANAGER')];
  const things = [await pool(db, { capacity: 1 }), await room(db), await room(db)] as const;
  const [p, r, s] = things;
  const taken = [];
  for (const { id } of things) taken.push(await reserved(holder, [id], NINE, TEN));
  const waits = [];
  for (const { id } of things) waits.push(await waiting(me, [id], NINE, TEN));
  const hours = await setUp(db, {
    kind: 'OPENING_HOURS',
    scope: { resourceId: r.id },
    settings: openDaily('12:00', '18:00'),
  });
  await updateResource(manager, { id: s.id, status: 'MAINTENANCE', statusReason: 'Paint' });
  for (const { id } of taken.slice(1)) await cancelReservation(holder, confirmed(id));
  await sweepWaitlist(me);
  expect(await statesOf(me, waits)).toEqual(['WAITING', 'WAITING', 'WAITING']);
  await removeRule(manager, { id: hours.id, expectedVersion: null });
  await updateResource(manager, { id: p.id, capacity: 2 });
  await updateResource(manager, { id: s.id, status: 'ACTIVE' });
  // kept for who waits until then
  expect(await psql('select from wait_due')).not.toEqual([]);
  await sweepWaitlist(me);
  expect(await statesOf(me, waits)).toEqual(['OFFERED', 'OFFERED', 'OFFERED']);
});

it('is over by the clock once the last start has come, and dies then', async () => {
  const me = await somebody();
  const r = await room(db);
  const taken = await reserved(holder, [r.id], NINE, TEN);
  const wait = await waiting(me, [r.id], NINE, TEN);
  clock.set(NINE);
  expect(await standing(me, wait)).toMatchObject({ state: 'EXPIRED', position: null });
  expect(await leaveWaitlist(me, wait.id)).toMatchObject({ reasons: [{ code: 'ALREADY_DECIDED' }] });
  await cancelReservation(holder, confirmed(taken.id));
  expect(await createReservation(holder, wishFor([r.id], NINE, TEN))).toMatchObject({ state: 'CONFIRMED' });
  await sweepWaitlist(me);
  expect(await psql('select from wait_target where wait_id = $1', [wait.id])).toEqual([]);
});

it('does not offer beyond the start of the window', async () => {
  const me = await somebody();
  const r = await room(db);
  const taken = await reserved(holder, [r.id], NINE, TEN);
  const wait = await waiting(me, [r.id], NINE, TEN);
  clock.set(at('08:50'));
  await cancelReservation(holder, confirmed(taken.id));
  expect(await offerOf(me, wait)).toMatchObject({ expiresAt: '2027-03-02T09:00:00+00:00' });
});

it('passes over whose quota is used up meanwhile', async () => {
  const [me, other] = [await somebody(), await somebody()];
  const [r, s] = [await room(db), await room(db)];
  await rule(
    db,
    'QUOTA',
    { measure: 'COUNT', period: 'DAY', groupId: null, over: 'SCOPE', limit: 1 },
    { typeId: r.typeId, exemptRoles: [] },
  );
  const taken = await reserved(holder, [r.id], NINE, TEN);
  const waits = [await waiting(me, [r.id], NINE, TEN), await waiting(other, [r.id], NINE, TEN)];
  const third = await room(db, { typeId: r.typeId });
  await reserved(me, [third.id], NINE, TEN);
  await cancelReservation(holder, confirmed(taken.id));
  expect(await statesOf(me, waits)).toEqual(['WAITING', 'OFFERED']);
  expect(s.id).not.toBe(r.id);
});

it('shows the queue to managers, and to others only that somebody waits', async () => {
  const [me, other, manager, guest] = [
    await somebody(),
    await somebody(),
    await somebody('MANAGER'),
    await somebody('GUEST'),
  ];
  const r = await room(db);
  await reserved(holder, [r.id], NINE, TEN);
  const waits = [await waiting(me, [r.id], NINE, TEN), await waiting(other, [r.id], NINE, TEN)] as const;
  const seen = async (ctx: typeof me, after: string | null = null) =>
    (await readQueue(ctx, r.id, after, 10)).map(({ row, isOpen }) => [
      waits.findIndex(({ id }) => id === row.id),
      isOpen,
    ]);
  expect(await seen(manager)).toEqual([
    [0, true],
    [1, true],
  ]);
  expect(await seen(manager, waits[0].id)).toEqual([[1, true]]);
  expect(await seen(me)).toEqual([
    [0, true],
    [1, false],
  ]);
  expect(await seen(guest)).toEqual([]);
});

it('costs no round trip where nobody waits', async () => {
  const r = await room(db);
  const counted = counting(db);
  const me = { ...holder, db: counted.db };
  const made = await reserved(me, [r.id], NINE, TEN);
  await cancelReservation(me, confirmed(made.id));
  expect(counted.asked.filter((name) => !name.startsWith('read-'))).toEqual([
    'reserve',
    'change-reservation',
  ]);
});
