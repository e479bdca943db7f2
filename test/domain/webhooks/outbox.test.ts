import { Client } from 'pg';
import { decideApproval } from '../../../src/domain/approvals/decide-approval.js';
import { undoClosing } from '../../../src/domain/closings/undo-closing.js';
import { globalId } from '../../../src/domain/ids.js';
import { checkIn } from '../../../src/domain/presence/check-in.js';
import { checkOut } from '../../../src/domain/presence/check-out.js';
import { cancelReservation } from '../../../src/domain/reservations/cancel-reservation.js';
import { confirmReservation } from '../../../src/domain/reservations/confirm-reservation.js';
import { createReservation } from '../../../src/domain/reservations/create-reservation.js';
import { editReservation } from '../../../src/domain/reservations/edit-reservation.js';
import { moveReservations } from '../../../src/domain/reservations/move-reservations.js';
import type { Move } from '../../../src/domain/reservations/plan-moves.js';
import { createSeries } from '../../../src/domain/series/create-series.js';
import { undoAct } from '../../../src/domain/undo/undo-act.js';
import { WEBHOOK_EVENTS } from '../../../src/domain/webhooks/events.js';
import { payloadOf } from '../../../src/domain/webhooks/payload.js';
import type { ReservationRow } from '../../../src/sql/reservations/reservation-json.js';
import { statement } from '../../../src/sql/statement.js';
import { type DeliveryRow, deliveryJson } from '../../../src/sql/webhooks/delivery-row.js';
import { expireHolds, releaseUnattended } from '../../../src/sweeper/tasks.js';
import { sources } from '../../architecture/sources.js';
import { by, mustApprove } from '../../kit/approvals.js';
import { close, reserved, wishFor } from '../../kit/closures.js';
import { testCtx } from '../../kit/ctx.js';
import { useDatabase } from '../../kit/database.js';
import { eventually } from '../../kit/eventually.js';
import { person } from '../../kit/people.js';
import { mustCheckIn } from '../../kit/presence.js';
import { place, resourceType, room } from '../../kit/things.js';
import { webhook } from '../../kit/webhooks.js';
import { made, wanted } from '../series/series-kit.js';

const { db, psql, url } = await useDatabase();
const { viewer } = await person(db, 'MANAGER');
const ctx = testCtx(db, viewer);
const [NINE, TEN, ELEVEN, NOON] = ['09', '10', '11', '12'].map((hour) => `2027-03-02T${hour}:00:00Z`) as [
  string,
  string,
  string,
  string,
];

const MINUTE = 60_000;

const KEPT = statement<{ row: DeliveryRow }>(
  'kit-deliveries',
  `select ${deliveryJson('d')} as row from webhook_delivery d where d.webhook_id = $1 order by d.id`,
);
const kept = async (webhookId: string) =>
  (await db.query(KEPT, [webhookId])).map(({ row }) => JSON.parse(payloadOf(row)));
const typesOf = async (webhookId: string) => (await kept(webhookId)).map(({ type }) => type);
const the = (id: string) => ({ id, expectedVersion: null, idempotencyKey: null });
const move = (id: string, to: Partial<Move>) =>
  moveReservations(ctx, {
    moves: [{ id, expectedVersion: null, startsAt: null, endsAt: null, resources: null, ...to }],
    idempotencyKey: null,
    dryRun: false,
  });
const hook = async (facts: Parameters<typeof webhook>[2] = {}) =>
  (await webhook(ctx, 'https://example.org/hooks', facts)).webhook.id;

afterEach(() => psql('delete from webhook'));

it('keeps the whole life of a reservation for a webhook, in order', async () => {
  const id = await hook();
  const r = await room(db);
  const tick = <T>(done: Promise<T>) => done.finally(() => ctx.clock.advance(1_000));
  const held = await tick(reserved(ctx, [r.id], NINE, TEN, { holdMs: 60_000 }));
  await tick(confirmReservation(ctx, the(held.id)));
  await tick(editReservation(ctx, { ...the(held.id), title: 'Other words', details: null }));
  await tick(move(held.id, { startsAt: new Date(TEN), endsAt: new Date(ELEVEN) }));
  const { closing } = await tick(close(ctx, r.id, { existing: 'CANCEL' }));
  await tick(undoClosing(ctx, closing.id));
  await tick(cancelReservation(ctx, the(held.id)));
  await tick(reserved(ctx, [r.id], NINE, TEN));
  await tick(reserved(ctx, [r.id], TEN, ELEVEN, { holdMs: 1_000 }));
  await tick(expireHolds(ctx));
  const boss = await person(db);
  const approver = testCtx(db, boss.viewer, ctx.clock);
  await mustApprove(db, { resourceId: r.id }, [by(boss.id)]);
  const say = (decision: 'APPROVED' | 'REJECTED', { id: reservationId }: { id: string }) =>
    decideApproval(approver, { id: reservationId, decision, words: 'So', step: null, idempotencyKey: null });
  const asked = await tick(reserved(ctx, [r.id], ELEVEN, NOON));
  await tick(say('APPROVED', asked));
  await tick(cancelReservation(ctx, the(asked.id)));
  await tick(say('REJECTED', await tick(reserved(ctx, [r.id], ELEVEN, NOON))));
  const busy = await room(db);
  await mustCheckIn(db, { resourceId: busy.id });
  const from = ctx.clock.now().getTime() + 5 * MINUTE;
  const soon = [new Date(from).toISOString(), new Date(from + 30 * MINUTE).toISOString()] as const;
  const there = await tick(reserved(ctx, [busy.id], ...soon));
  await tick(checkIn(ctx, { ...the(there.id), resourceId: null }));
  await tick(checkOut(ctx, the(there.id)));
  await tick(reserved(ctx, [busy.id], ...soon));
  ctx.clock.advance(15 * MINUTE);
  await releaseUnattended(ctx);
  const types = await typesOf(id);
  expect(types).toEqual([
    'reservation.held',
    'reservation.confirmed',
    'reservation.updated',
    'reservation.moved',
    'reservation.cancelled',
    'reservation.restored',
    'reservation.cancelled',
    'reservation.created',
    'reservation.held',
    'reservation.expired',
    'reservation.requested',
    'reservation.confirmed',
    'reservation.cancelled',
    'reservation.requested',
    'reservation.rejected',
    'reservation.created',
    'reservation.checked_in',
    'reservation.checked_out',
    'reservation.created',
    'reservation.no_show',
  ]);
  expect(new Set(types)).toEqual(new Set(WEBHOOK_EVENTS));
});

it('tells what is undone as restored, or as moved back with where it was until then', async () => {
  const id = await hook();
  const r = await room(db);
  const { id: bare } = await reserved(ctx, [r.id], NINE, TEN);
  ctx.clock.advance(1_000);
  const undo = async (done: object) => {
    const [row] = (Array.isArray(done) ? done : [done]) as ReservationRow[];
    ctx.clock.advance(1_000);
    await undoAct(ctx, row?.act?.id ?? '');
    ctx.clock.advance(1_000);
  };
  await undo(await cancelReservation(ctx, the(bare)));
  await undo(await move(bare, { startsAt: new Date(TEN), endsAt: new Date(ELEVEN) }));
  const [, cancelled, restored, moved, back] = await kept(id);
  expect([cancelled.type, restored.type, moved.type, back.type]).toEqual([
    'reservation.cancelled',
    'reservation.restored',
    'reservation.moved',
    'reservation.moved',
  ]);
  expect(restored.data).toMatchObject({ reservation: { state: 'CONFIRMED', version: 3 }, previous: null });
  expect(back.data).toMatchObject({
    reservation: { startsAt: '2027-03-02T09:00:00.000Z', version: 5 },
    previous: { startsAt: '2027-03-02T10:00:00.000Z', resources: [{ id: globalId('Resource', r.id) }] },
  });
});

it('shows a reservation as it was at that change, with public ids', async () => {
  const id = await hook();
  const [r, s] = [await room(db, { name: 'Attic' }), await room(db)];
  const { id: bare } = await reserved(ctx, [r.id], NINE, TEN);
  const then = ctx.clock.fixed();
  ctx.clock.advance(1_000);
  await move(bare, {
    startsAt: new Date(TEN),
    endsAt: new Date(ELEVEN),
    resources: [{ resourceId: s.id, quantity: 1 }],
  });
  const [created, moved] = await kept(id);
  const person = globalId('User', viewer.userId);
  const attic = { id: globalId('Resource', r.id), quantity: 1 };
  expect(created).toEqual({
    type: 'reservation.created',
    timestamp: then,
    data: {
      reservation: {
        id: globalId('Reservation', bare),
        title: 'Planning',
        details: '',
        state: 'CONFIRMED',
        startsAt: '2027-03-02T09:00:00.000Z',
        endsAt: '2027-03-02T10:00:00.000Z',
        expiresAt: null,
        resources: [{ ...attic, name: 'Attic' }],
        ownerId: person,
        creatorId: person,
        seriesId: null,
        version: 1,
        createdAt: then,
        updatedAt: then,
      },
      previous: null,
      actorId: person,
    },
  });
  expect(moved.data.previous).toEqual({
    startsAt: '2027-03-02T09:00:00.000Z',
    endsAt: '2027-03-02T10:00:00.000Z',
    resources: [attic],
  });
  expect(moved.data.reservation).toMatchObject({
    version: 2,
    resources: [{ id: globalId('Resource', s.id) }],
  });
});

it('keeps only the events and the resources that a webhook asks for', async () => {
  const site = await place(db);
  const floor = await place(db, { parentId: site.id, kind: 'FLOOR' });
  const type = await resourceType(db);
  const [inside, outside] = [await room(db, { placeId: floor.id, typeId: type.id }), await room(db)];
  const hooks = {
    cancelled: await hook({ events: ['reservation.cancelled'] }),
    resource: await hook({ resourceId: inside.id }),
    type: await hook({ typeId: type.id }),
    place: await hook({ placeId: site.id }),
    other: await hook({ resourceId: (await room(db)).id }),
  };
  const { id } = await reserved(ctx, [outside.id], NINE, TEN);
  await move(id, { resources: [{ resourceId: inside.id, quantity: 1 }] });
  await move(id, { resources: [{ resourceId: outside.id, quantity: 1 }] });
  await cancelReservation(ctx, the(id));
  const toAndAway = ['reservation.moved', 'reservation.moved'];
  const heard = await Promise.all(Object.values(hooks).map(typesOf));
  expect(Object.fromEntries(Object.keys(hooks).map((name, index) => [name, heard[index]]))).toEqual({
    cancelled: ['reservation.cancelled'],
    resource: toAndAway,
    type: toAndAway,
    place: toAndAway,
    other: [],
  });
});

it('keeps one for each occurrence of a series, for each webhook', async () => {
  const hooks = [await hook(), await hook()];
  made(await createSeries(ctx, wanted([(await room(db)).id])));
  for (const id of hooks) expect(await typesOf(id)).toEqual(Array(5).fill('reservation.created'));
});

it('keeps nothing of what was refused, tried dry or rolled back', async () => {
  const id = await hook();
  const r = await room(db);
  await reserved(ctx, [r.id], NINE, TEN);
  await createReservation(ctx, wishFor([r.id], NINE, TEN));
  await createReservation(ctx, wishFor([r.id], TEN, ELEVEN, { dryRun: true }));
  await createReservation(ctx, wishFor([r.id, (await room(db)).id], NINE, TEN));
  const rolledBack = db.transaction(async (tx) => {
    await tx.query(
      statement(
        'kit-audit',
        `insert into audit (id, at, action, subject_id)
      select gen_random_uuid(), now(), 'reservation.edit', id from reservation`,
      ),
      [],
    );
    throw new Error('rolled back');
  });
  await expect(rolledBack).rejects.toThrow('rolled back');
  expect(await typesOf(id)).toEqual(['reservation.created']);
});

it('keeps nothing for a webhook that is paused', async () => {
  const id = await hook();
  await psql(`update webhook set paused_at = now(), pause_reason = 'Asleep' where id = $1`, [id]);
  await reserved(ctx, [(await room(db)).id], NINE, TEN);
  expect(await typesOf(id)).toEqual([]);
});

it('lets a reservation through whose webhook is removed that very moment', async () => {
  const [id, staying] = [await hook(), await hook()];
  const r = await room(db);
  const other = new Client({ connectionString: url });
  await other.connect();
  await other.query('begin');
  await other.query('delete from webhook where id = $1', [id]);
  const made = reserved(ctx, [r.id], NINE, TEN);
  await eventually(async () => {
    const waiting = await psql(`select from pg_stat_activity where datname = current_database()
      and wait_event_type = 'Lock'`);
    if (waiting.length === 0) throw new Error('nobody waits');
  });
  await other.query('commit');
  await other.end();
  expect(await made).toMatchObject({ state: 'CONFIRMED' });
  expect(await typesOf(staying)).toEqual(['reservation.created']);
});

it('has a name for every change of a reservation that the program audits', async () => {
  const actions = sources()
    .filter(({ path }) => /^src\/(sql|domain)\/(?!webhooks\/)/.test(path))
    .flatMap(({ text }) => text.match(/(?<=')reservation\.\w+(?=')/g) ?? [])
    // The operation of an idempotency key; what it audits is reservation.create.
    .filter((action) => action !== 'reservation.hold');
  expect(actions.length).toBeGreaterThan(7);
  const unnamed = await psql(
    `select action from unnest($1::text[]) as a (action) where webhook_event(action, 'CONFIRMED') is null`,
    [actions],
  );
  expect(unnamed).toEqual([]);
});
