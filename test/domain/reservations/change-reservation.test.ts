import { cancelReservation } from '../../../src/domain/reservations/cancel-reservation.js';
import { confirmReservation } from '../../../src/domain/reservations/confirm-reservation.js';
import {
  type CreateReservation,
  createReservation,
} from '../../../src/domain/reservations/create-reservation.js';
import { editReservation } from '../../../src/domain/reservations/edit-reservation.js';
import { moveReservations } from '../../../src/domain/reservations/move-reservations.js';
import { readAvailability } from '../../../src/sql/availability/read-availability.js';
import type { Queryable } from '../../../src/sql/statement.js';
import { testCtx } from '../../kit/ctx.js';
import { useDatabase } from '../../kit/database.js';
import { person } from '../../kit/people.js';
import { pool, room } from '../../kit/things.js';

const { db, psql } = await useDatabase();
const owner = await person(db);
const ctx = testCtx(db, owner.viewer);
const as = async (role: Parameters<typeof person>[1]) =>
  testCtx(db, (await person(db, role)).viewer, ctx.clock);
const at = (time: string) => new Date(`2027-03-02T${time}:00Z`);
const wish = (
  resourceIds: string[],
  from: string,
  to: string,
  more: Partial<CreateReservation> = {},
): CreateReservation => ({
  title: 'Planning',
  details: '',
  window: { startsAt: at(from), endsAt: at(to) },
  resources: resourceIds.map((resourceId) => ({ resourceId, quantity: 1 })),
  holdMs: null,
  ownerId: null,
  idempotencyKey: null,
  dryRun: false,
  ...more,
});
async function made(resourceIds: string[], from: string, to: string, more: Partial<CreateReservation> = {}) {
  const result = await createReservation(ctx, wish(resourceIds, from, to, more));
  if (!('node' in result)) throw new Error(JSON.stringify(result));
  return result;
}
const plain = (id: string) => ({
  id,
  expectedVersion: null as number | null,
  idempotencyKey: null as string | null,
});
const move = (id: string, from: string | null, to: string | null, more: object = {}) => ({
  id,
  expectedVersion: null,
  startsAt: from === null ? null : at(from),
  endsAt: to === null ? null : at(to),
  resources: null,
  ...more,
});
const moved = (on: typeof ctx, moves: ReturnType<typeof move>[], key: string | null = null) =>
  moveReservations(on, { moves, idempotencyKey: key, dryRun: false });
const codes = (result: object) =>
  'reasons' in result ? (result.reasons as { code: string }[]).map(({ code }) => code) : result;
const TABLES = ['reservation', 'claim', 'outbox', 'audit', 'idempotency'];
const rows = async () =>
  (
    await psql(`select ${TABLES.map((table) => `(select count(*) from ${table}) as ${table}`).join(', ')}`)
  )[0];

it('confirms a hold once, and says of a stale version what is there now', async () => {
  const { id } = await made([(await room(db)).id], '09:00', '10:00', { holdMs: 60_000 });
  expect(await confirmReservation(ctx, { ...plain(id), expectedVersion: 1 })).toMatchObject({
    state: 'CONFIRMED',
    version: 2,
    expiresAt: null,
  });
  expect(codes(await confirmReservation(ctx, plain(id)))).toEqual(['ALREADY_DECIDED']);
  expect(await cancelReservation(ctx, { ...plain(id), expectedVersion: 1 })).toMatchObject({
    kind: 'VersionConflict',
    expectedVersion: 1,
    currentVersion: 2,
    current: { id },
  });
});

it('changes words and leaves the occupied span as it was frozen, which a move freezes anew', async () => {
  const r = await room(db);
  const before = await made([r.id], '09:00', '10:00');
  await psql('update resource set setup_minutes = 30 where id = $1', [r.id]);
  const edited = await editReservation(ctx, { ...plain(before.id), title: ' New ', details: null });
  expect(edited).toMatchObject({
    title: 'New',
    version: 2,
    claims: [{ startsAt: '2027-03-02T09:00:00+00:00' }],
  });
  const after = await moved(ctx, [move(before.id, '11:00', '12:00')]);
  expect(after).toMatchObject([
    { version: 3, claims: [{ startsAt: '2027-03-02T10:30:00+00:00', endsAt: '2027-03-02T12:00:00+00:00' }] },
  ]);
  const changes = await psql(
    'select freed is not null as freed, taken is not null as taken from outbox where resource_id = $1 order by version',
    [r.id],
  );
  expect(changes).toEqual([
    { freed: false, taken: true },
    { freed: true, taken: true },
  ]);
});

it('swaps two reservations in one batch, and moves none when one of them cannot', async () => {
  const [a, b] = [await room(db), await room(db)];
  const [one, two] = [await made([a.id], '09:00', '10:00'), await made([b.id], '09:00', '10:00')];
  const on = (id: string) => ({ resources: [{ resourceId: id, quantity: 1 }] });
  expect(
    await moved(ctx, [move(one.id, null, null, on(b.id)), move(two.id, null, null, on(a.id))]),
  ).toMatchObject([{ claims: [{ resourceId: b.id }] }, { claims: [{ resourceId: a.id }] }]);
  const before = await rows();
  expect(
    codes(await moved(ctx, [move(one.id, '12:00', '13:00'), move(two.id, '12:00', '13:00', on(b.id))])),
  ).toEqual(['SLOT_TAKEN', 'SLOT_TAKEN']);
  expect(await rows()).toEqual(before);
});

it('extends over free time only, and moves into a window whose hold is dead', async () => {
  const r = await room(db);
  const mine = await made([r.id], '09:00', '10:00');
  await made([r.id], '11:00', '12:00', { holdMs: 60_000 });
  expect(codes(await moved(ctx, [move(mine.id, null, '11:30')]))).toEqual(['SLOT_HELD']);
  ctx.clock.advance(60_000);
  expect(await moved(ctx, [move(mine.id, null, '11:30')])).toMatchObject([
    { endsAt: '2027-03-02T11:30:00+00:00' },
  ]);
});

it('places a set on all of its resources or on none', async () => {
  const [a, b, p] = [await room(db), await room(db), await pool(db, { capacity: 1 })];
  await made([b.id], '09:00', '10:00');
  const before = await rows();
  expect(codes(await createReservation(ctx, wish([a.id, b.id, p.id], '09:30', '10:30')))).toEqual([
    'SLOT_TAKEN',
  ]);
  expect(await rows()).toEqual(before);
  expect((await made([a.id, b.id, p.id], '10:00', '11:00')).claims).toHaveLength(3);
});

it('names every reason at once and writes nothing', async () => {
  const r = await room(db, { status: 'MAINTENANCE', setupMinutes: 15, teardownMinutes: 15 });
  await psql(`update resource set status = 'ACTIVE' where id = $1`, [r.id]);
  await made([r.id], '09:00', '10:00');
  await made([r.id], '11:00', '12:00', { holdMs: 3_600_000 });
  await made([r.id], '13:00', '14:00');
  await psql(`update resource set status = 'MAINTENANCE', status_reason = 'Paint' where id = $1`, [r.id]);
  const before = await rows();
  const refused = await createReservation(
    ctx,
    wish([r.id], '09:30', '12:45', { resources: [{ resourceId: r.id, quantity: 2 }] }),
  );
  expect(codes(refused)).toEqual([
    'RESOURCE_INACTIVE',
    'QUANTITY_ABOVE_CAPACITY',
    'SLOT_TAKEN',
    'SLOT_HELD',
    'BUFFER_CONFLICT',
  ]);
  const guest = await as('GUEST');
  expect(codes(await createReservation(guest, wish([r.id], '09:30', '09:45')))).toEqual([
    'NOT_PERMITTED',
    'RESOURCE_INACTIVE',
    'SLOT_TAKEN',
  ]);
  const over = wish([(await room(db)).id], '09:00', '10:00', {
    window: { startsAt: new Date('2020-01-01T00:00:00Z'), endsAt: new Date('2020-01-01T01:00:00Z') },
  });
  expect(codes(await createReservation(ctx, over))).toEqual(['TOO_SOON']);
  expect(codes(await createReservation(ctx, wish([r.id], '10:00', '10:00')))).toEqual(['INVALID_WINDOW']);
  expect(await rows()).toMatchObject({ ...before, audit: expect.anything() });
});

it('lets owners, managers and those who look after the resource change a reservation, and nobody else', async () => {
  const keeper = await person(db);
  const r = await room(db, { managers: [keeper.id] });
  const { id } = await made([r.id], '09:00', '10:00');
  const stranger = await as('MEMBER');
  const guest = await as('GUEST');
  expect(codes(await cancelReservation(stranger, plain(id)))).toEqual(['NOT_PERMITTED']);
  expect(codes(await moved(stranger, [move(id, '12:00', '13:00')]))).toEqual(['NOT_PERMITTED']);
  expect(await cancelReservation(guest, plain(id))).toMatchObject({ kind: 'NotFound' });
  const words = { ...plain(id), title: 'Mine', details: null };
  for (const allowed of [
    testCtx(db, keeper.viewer, ctx.clock),
    await as('MANAGER'),
    await as('ADMINISTRATOR'),
  ]) {
    expect(await editReservation(allowed, words)).toMatchObject({ title: 'Mine' });
  }
});

it('reserves on behalf of an active person, for managers only', async () => {
  const [r, somebody, gone] = [
    await room(db),
    await person(db),
    await person(db, 'MEMBER', { active: false }),
  ];
  const manager = await as('MANAGER');
  expect(
    codes(await createReservation(ctx, wish([r.id], '09:00', '10:00', { ownerId: somebody.id }))),
  ).toEqual(['NOT_PERMITTED']);
  expect(
    await createReservation(manager, wish([r.id], '09:00', '10:00', { ownerId: gone.id })),
  ).toMatchObject({ kind: 'InvalidInput' });
  expect(
    await createReservation(manager, wish([r.id], '09:00', '10:00', { ownerId: somebody.id })),
  ).toMatchObject({ ownerId: somebody.id, creatorId: manager.viewer.userId });
});

it('answers every act again for the same key, also in parallel, and frees the key after 24 hours', async () => {
  const r = await room(db);
  const held = await made([r.id], '09:00', '10:00', { holdMs: 80_000_000 });
  const confirm = () => confirmReservation(ctx, { ...plain(held.id), idempotencyKey: 'c' });
  const [first, ...others] = await Promise.all([confirm(), confirm(), confirm()]);
  for (const other of others) expect(other).toEqual(first);
  const shift = () => moved(ctx, [move(held.id, '10:00', '11:00')], 'm');
  const [there, again] = await Promise.all([shift(), shift()]);
  expect(again).toEqual(there);
  expect(await moved(ctx, [move(held.id, '11:00', '12:00')], 'm')).toMatchObject({
    kind: 'IdempotencyKeyReused',
  });
  const create = () => createReservation(ctx, wish([r.id], '14:00', '15:00', { idempotencyKey: 'k' }));
  const [one, two] = await Promise.all([create(), create()]);
  expect(two).toEqual(one);
  ctx.clock.advance(24 * 3_600_000);
  const later = {
    window: { startsAt: new Date('2027-03-09T09:00:00Z'), endsAt: new Date('2027-03-09T10:00:00Z') },
  };
  expect(
    await createReservation(ctx, wish([r.id], '14:00', '15:00', { ...later, idempotencyKey: 'k' })),
  ).toMatchObject({ node: 'Reservation' });
});

it('costs one statement to reserve, two to be refused, and one to read the availability of 20 resources', async () => {
  const r = await room(db);
  let statements = 0;
  const counting = {
    ...ctx,
    db: {
      query: (...given: Parameters<Queryable['query']>) => {
        statements++;
        return db.query(...given);
      },
    },
  } as unknown as typeof ctx;
  const window = { startsAt: new Date('2027-04-01T09:00:00Z'), endsAt: new Date('2027-04-01T10:00:00Z') };
  const before = { startsAt: new Date('2027-03-31T09:00:00Z'), endsAt: new Date('2027-03-31T10:00:00Z') };
  // The first reservation of a process reads the rule book, and where the resource stands.
  await createReservation(counting, wish([r.id], '09:00', '10:00', { window: before }));
  expect(statements).toBe(3);
  statements = 0;
  await createReservation(counting, wish([r.id], '09:00', '10:00', { window }));
  expect(statements).toBe(1);
  await createReservation(counting, wish([r.id], '09:00', '10:00', { window }));
  expect(statements).toBe(3);
  const ids = await Promise.all(Array.from({ length: 20 }, async () => (await room(db)).id));
  statements = 0;
  expect(await readAvailability(counting.db, null, ids, window)).toHaveLength(20);
  expect(statements).toBe(1);
});
