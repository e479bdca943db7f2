import { cancelReservation } from '../../../src/domain/reservations/cancel-reservation.js';
import { confirmReservation } from '../../../src/domain/reservations/confirm-reservation.js';
import {
  type CreateReservation,
  createReservation,
} from '../../../src/domain/reservations/create-reservation.js';
import { moveReservations } from '../../../src/domain/reservations/move-reservations.js';
import { setResourceAddOns } from '../../../src/domain/resources/set-resource-add-ons.js';
import { setResourceParts } from '../../../src/domain/resources/set-resource-parts.js';
import { updateResource } from '../../../src/domain/resources/update-resource.js';
import { expireHolds } from '../../../src/sweeper/tasks.js';
import { testCtx } from '../../kit/ctx.js';
import { useDatabase } from '../../kit/database.js';
import { DOUBLE_USE, divided } from '../../kit/parts.js';
import { person } from '../../kit/people.js';
import { pool, room, type ThingFacts } from '../../kit/things.js';

const { db, psql } = await useDatabase();
const ctx = testCtx(db, (await person(db, 'MANAGER')).viewer);
const at = (time: string) => new Date(`2027-03-02T${time}:00Z`);
const input = (ids: readonly string[], from: string, to: string, more: Partial<CreateReservation> = {}) => ({
  title: 'Planning',
  details: '',
  window: { startsAt: at(from), endsAt: at(to) },
  resources: ids.map((resourceId) => ({ resourceId, quantity: 1 })),
  holdMs: null,
  ownerId: null,
  idempotencyKey: null,
  dryRun: false,
  ...more,
});
const reserve = async (
  ids: readonly string[],
  from: string,
  to: string,
  more: Partial<CreateReservation> = {},
) => {
  const made = await createReservation(ctx, input(ids, from, to, more));
  if (!('node' in made)) throw new Error(JSON.stringify(made));
  return made.id;
};
const rooms = (count: number, facts: ThingFacts = {}) =>
  Promise.all(Array.from({ length: count }, async () => (await room(db, facts)).id)) as Promise<
    [string, string, string, string, string, string]
  >;
const parts = (id: string, partIds: readonly string[], expectedVersion?: number) =>
  setResourceParts(ctx, { id, partIds, expectedVersion });
const links = async (whole: string) =>
  Object.fromEntries(
    (
      await psql<{ part_id: string; depth: number }>(
        'select part_id, depth from resource_part where whole_id = $1',
        [whole],
      )
    ).map(({ part_id, depth }) => [part_id, depth]),
  );
const claims = async (id: string) =>
  Object.fromEntries(
    (
      await psql<{ resource_id: string; kind: string }>(
        'select resource_id, kind from claim where reservation_id = $1',
        [id],
      )
    ).map(({ resource_id, kind }) => [resource_id, kind]),
  );
const turn = () => new Promise(setImmediate);

/** Which streams the act wakes. */
async function wokenBy(act: () => Promise<unknown>): Promise<Set<string>> {
  await turn();
  const woken: string[] = [];
  const stop = await ctx.bus.listen((wake) => {
    if (wake.kind === 'streams') woken.push(...wake.resourceIds);
  });
  await act();
  await turn();
  stop();
  return new Set(woken);
}
const existing = (id: string) => ({ id, expectedVersion: null, idempotencyKey: null });

describe('links', () => {
  it('make the parts of parts far ones, whichever end is divided first, and give them up again', async () => {
    const [a, b, c, d] = await rooms(4);
    await divided(db, b, [c]);
    await divided(db, a, [b]);
    await divided(db, c, [d]);
    expect(await links(a)).toEqual({ [b]: 1, [c]: 2, [d]: 3 });
    await divided(db, a, [b, d]);
    expect(await links(a)).toEqual({ [b]: 1, [c]: 2, [d]: 1 });
    await divided(db, b, []);
    expect(await links(a)).toEqual({ [b]: 1, [d]: 1 });
    expect(await links(b)).toEqual({});
  });

  it('are refused as a circle, too deep, too many, of pools, of nothing, and of what is not there', async () => {
    const [a, b, c, d, e, f] = await rooms(6);
    const { id: p } = await pool(db);
    await divided(db, a, [b]);
    await divided(db, b, [c]);
    const refusal = expect.objectContaining({ kind: 'InvalidInput', path: ['input', 'partIds'] });
    expect(await parts(c, [a])).toEqual(refusal);
    expect(await parts(a, [a])).toEqual(refusal);
    expect(await parts(a, [p])).toEqual(refusal);
    expect(await parts(p, [a])).toEqual(refusal);
    expect(await parts(a, [crypto.randomUUID()])).toEqual(refusal);
    expect(await parts(a, await rooms(21))).toEqual(refusal);
    expect(await parts(crypto.randomUUID(), [a])).toMatchObject({ kind: 'NotFound' });
    await divided(db, c, [d]);
    await divided(db, d, [e]);
    expect(await parts(e, [f])).toEqual(refusal);
    const thirds = await rooms(6);
    for (const third of thirds) await divided(db, third, await rooms(18));
    expect(await parts(f, thirds)).toEqual(refusal);
    expect(await parts(f, thirds.slice(1))).toMatchObject({ id: f });
  });

  it('count as a change of the whole, name a stale version, and leave an equal wish alone', async () => {
    const [a, b] = await rooms(2);
    expect(await parts(a, [b, b], 1)).toMatchObject({ id: a, version: 2 });
    expect(await parts(a, [b], 2)).toMatchObject({ id: a, version: 2 });
    expect(await parts(a, [], 1)).toMatchObject({ kind: 'VersionConflict', currentVersion: 2 });
    const audits = await psql('select before, after from audit where subject_id = $1', [a]);
    expect(audits).toEqual([{ before: { partIds: [] }, after: { partIds: [b] } }]);
  });

  it('keep their rooms from becoming pools, and add-ons from becoming none', async () => {
    const [a, b] = await rooms(2);
    const { id: p } = await pool(db, { capacity: 1 });
    await divided(db, a, [b]);
    await setResourceAddOns(ctx, { id: a, addOns: [{ poolId: p, most: null }] });
    const refusal = expect.objectContaining({ kind: 'InvalidInput', path: ['input', 'isPool'] });
    expect(await updateResource(ctx, { id: a, pooled: true })).toEqual(refusal);
    expect(await updateResource(ctx, { id: b, pooled: true })).toEqual(refusal);
    expect(await updateResource(ctx, { id: p, pooled: false })).toEqual(refusal);
  });
});

describe('reservations that are there when a room is divided', () => {
  it('get claims on parts and wholes, and lose them again; what is over stays as it was', async () => {
    const [hall, a, b] = await rooms(3);
    const [whole, part] = [await reserve([hall], '09:00', '10:00'), await reserve([a], '11:00', '12:00')];
    const cancelled = await reserve([hall], '13:00', '14:00');
    await cancelReservation(ctx, existing(cancelled));
    const past = testCtx(db, ctx.viewer);
    past.clock.set('2020-02-01T00:00:00Z');
    const old = await createReservation(
      past,
      input([hall], '09:00', '10:00', {
        window: { startsAt: new Date('2020-02-01T09:00Z'), endsAt: new Date('2020-02-01T10:00Z') },
      }),
    );
    await divided(db, hall, [a, b]);
    expect(await claims(whole)).toEqual({ [hall]: 'OWN', [a]: 'PART', [b]: 'PART' });
    expect(await claims(part)).toEqual({ [a]: 'OWN', [hall]: 'SHADE' });
    expect(await claims(cancelled)).toEqual({ [hall]: 'OWN', [a]: 'PART', [b]: 'PART' });
    expect(await claims((old as { id: string }).id)).toEqual({ [hall]: 'OWN' });
    await divided(db, hall, [b]);
    expect(await claims(whole)).toEqual({ [hall]: 'OWN', [b]: 'PART' });
    expect(await claims(part)).toEqual({ [a]: 'OWN' });
    await divided(db, hall, []);
    expect(await claims(whole)).toEqual({ [hall]: 'OWN' });
    expect(await claims(cancelled)).toEqual({ [hall]: 'OWN' });
  });

  it('follow every level, and rooms that share a part', async () => {
    const [hall, left, right, middle, l, r] = await rooms(6);
    const [ofHall, ofMiddle] = [
      await reserve([hall], '09:00', '10:00'),
      await reserve([middle], '11:00', '12:00'),
    ];
    await divided(db, hall, [left, right]);
    await divided(db, left, [l, middle]);
    await divided(db, right, [r, middle]);
    expect(await claims(ofHall)).toEqual({
      [hall]: 'OWN',
      [left]: 'PART',
      [right]: 'PART',
      [l]: 'PART',
      [middle]: 'PART',
      [r]: 'PART',
    });
    expect(await claims(ofMiddle)).toEqual({
      [middle]: 'OWN',
      [left]: 'SHADE',
      [right]: 'SHADE',
      [hall]: 'SHADE',
    });
    await divided(db, hall, [left]);
    expect(await claims(ofHall)).toEqual({
      [hall]: 'OWN',
      [left]: 'PART',
      [right]: 'SHADE',
      [l]: 'PART',
      [middle]: 'PART',
    });
  });

  it('refuse it where whole and part are in use together, and name each other; dead holds and touching ones do not', async () => {
    const [hall, a, b] = await rooms(3);
    const whole = await reserve([hall], '09:00', '10:00');
    const part = await reserve([a], '09:30', '10:30');
    await reserve([b], '10:00', '11:00');
    const refused = await parts(hall, [a, b]);
    expect(refused).toMatchObject({ kind: 'PartsInUse', path: ['input', 'partIds'] });
    expect(refused).toMatchObject({
      conflicts: [
        { reservationId: whole, ownerId: ctx.viewer.userId, quantity: 1, heldUntil: null },
        { reservationId: part, ownerId: ctx.viewer.userId },
      ],
    });
    expect(await links(hall)).toEqual({});
    expect(await claims(whole)).toEqual({ [hall]: 'OWN' });
    await cancelReservation(ctx, existing(part));
    const hold = await reserve([a], '09:30', '10:30', { holdMs: 60_000 });
    expect(await parts(hall, [a, b])).toMatchObject({ kind: 'PartsInUse' });
    ctx.clock.advance(60_000);
    expect(await parts(hall, [a, b])).toMatchObject({ id: hall });
    const [row] = await psql('select state from reservation where id = $1', [hold]);
    expect(row).toEqual({ state: 'EXPIRED' });
  });

  it('refuse it where one that is over reaches into a long one', async () => {
    const [hall, a] = await rooms(2);
    const early = testCtx(db, ctx.viewer);
    early.clock.set('2020-02-20T00:00:00Z');
    const day = (number: number) => new Date(Date.UTC(2020, 1, number));
    for (const [id, from, to] of [
      [hall, 25, 40],
      [a, 24, 26],
    ] as const) {
      const window = { startsAt: day(from), endsAt: day(to) };
      expect(await createReservation(early, input([id], '', '', { window }))).toMatchObject({
        state: 'CONFIRMED',
      });
    }
    early.clock.set('2020-03-01T00:00:00Z');
    expect(await setResourceParts(early, { id: hall, partIds: [a] })).toMatchObject({
      kind: 'PartsInUse',
      conflicts: [{}, {}],
    });
  });

  it('refuse it where one asked for whole and part with other buffers for each', async () => {
    const [hall] = await rooms(1);
    const [a] = await rooms(1, { setupMinutes: 30 });
    const both = await reserve([hall, a], '09:00', '10:00');
    expect(await parts(hall, [a])).toMatchObject({
      kind: 'PartsInUse',
      conflicts: [{ reservationId: both }],
    });
  });

  it('tell each stream, and wake its readers', async () => {
    const [hall, a, b] = await rooms(3);
    await reserve([hall], '09:00', '10:00');
    await divided(db, hall, [a]);
    expect(await wokenBy(() => parts(hall, [a, b]))).toEqual(new Set([hall, a, b]));
    const told = await psql<{ id: string; rules: number; taken: number }>(
      `select resource_id as id, count(*) filter (where reservation_id is null)::integer as rules,
         count(taken)::integer as taken from outbox where resource_id = any ($1) group by 1`,
      [[hall, a, b]],
    );
    expect(new Map(told.map(({ id, rules, taken }) => [id, [rules, taken]]))).toEqual(
      new Map([
        [hall, [2, 1]],
        [a, [2, 1]],
        [b, [1, 1]],
      ]),
    );
  });
});

describe('divided rooms', () => {
  it('name the reservation of a part to who asks for the whole, and of the whole to who asks for a part', async () => {
    const [hall, a, b] = await rooms(3);
    await divided(db, hall, [a, b]);
    const part = await reserve([a], '09:00', '10:00');
    const refused = await createReservation(ctx, input([hall], '09:30', '11:00'));
    expect(refused).toMatchObject({
      reasons: [
        {
          code: 'SLOT_TAKEN',
          resourceId: hall,
          conflicts: [{ reservationId: part }],
          earliestStart: '2027-03-02T10:00:00.000Z',
        },
      ],
    });
    const whole = await reserve([hall], '10:00', '11:00');
    expect(await createReservation(ctx, input([b], '10:30', '11:30'))).toMatchObject({
      reasons: [{ code: 'SLOT_TAKEN', conflicts: [{ reservationId: whole }] }],
    });
    expect(await createReservation(ctx, input([b], '09:00', '10:00'))).toMatchObject({ state: 'CONFIRMED' });
  });

  it('take the widest buffers of a whole and a part that one reservation asks for, and judge by them', async () => {
    const [hall, b] = await rooms(2);
    const [a] = await rooms(1, { setupMinutes: 30 });
    await divided(db, hall, [a, b]);
    await reserve([b], '09:00', '10:00');
    for (const dryRun of [true, false]) {
      expect(await createReservation(ctx, input([hall, a], '10:00', '11:00', { dryRun }))).toMatchObject({
        reasons: [{ code: 'BUFFER_CONFLICT', resourceId: hall, earliestStart: '2027-03-02T10:30:00.000Z' }],
      });
    }
    const both = await reserve([a, b], '11:00', '12:00');
    expect(await createReservation(ctx, input([hall], '10:20', '10:40'))).toMatchObject({
      reasons: [{ code: 'BUFFER_CONFLICT', conflicts: [{ reservationId: both }] }],
    });
    const moves = [
      {
        id: both,
        expectedVersion: null,
        startsAt: at('13:00'),
        endsAt: at('14:00'),
        resources: [
          { resourceId: hall, quantity: 1 },
          { resourceId: a, quantity: 1 },
        ],
      },
    ];
    expect(await moveReservations(ctx, { moves, idempotencyKey: null, dryRun: false })).toMatchObject([
      { version: 2 },
    ]);
    expect(await claims(both)).toEqual({ [hall]: 'OWN', [a]: 'OWN', [b]: 'PART' });
  });

  it('swap a hall with its part in one batch of moves', async () => {
    const [hall, a, b] = await rooms(3);
    await divided(db, hall, [a, b]);
    const [whole, part] = [await reserve([hall], '09:00', '10:00'), await reserve([a], '10:00', '11:00')];
    const to = (id: string, from: string, until: string) => ({
      id,
      expectedVersion: null,
      startsAt: at(from),
      endsAt: at(until),
      resources: null,
    });
    const swapped = await moveReservations(ctx, {
      moves: [to(whole, '10:00', '11:00'), to(part, '09:00', '10:00')],
      idempotencyKey: null,
      dryRun: false,
    });
    expect(swapped).toMatchObject([{ id: whole }, { id: part }]);
    const half = await moveReservations(ctx, {
      moves: [to(part, '10:30', '11:30')],
      idempotencyKey: null,
      dryRun: false,
    });
    expect(half).toMatchObject({ reasons: [{ code: 'SLOT_TAKEN', conflicts: [{ reservationId: whole }] }] });
  });

  it('wake whoever watches a part or a whole, at every change of a reservation', async () => {
    const [hall, a, b] = await rooms(3);
    await divided(db, hall, [a, b]);
    const made = await reserve([hall], '09:00', '10:00');
    expect(await wokenBy(() => cancelReservation(ctx, existing(made)))).toEqual(new Set([hall, a, b]));
    const held = await reserve([a], '09:00', '10:00', { holdMs: 60_000 });
    expect(await wokenBy(() => confirmReservation(ctx, existing(held)))).toEqual(new Set([hall, a]));
    await reserve([hall], '10:00', '11:00', { holdMs: 60_000 });
    ctx.clock.advance(60_000);
    expect(await wokenBy(() => expireHolds(ctx))).toEqual(new Set([hall, a, b]));
    await reserve([hall], '11:00', '12:00', { holdMs: 60_000 });
    ctx.clock.advance(60_000);
    expect(await wokenBy(() => reserve([b], '11:00', '12:00'))).toEqual(new Set([hall, a, b]));
  });

  it('never are in double use', async () => {
    expect(await psql(DOUBLE_USE)).toEqual([{ count: 0 }]);
  });
});

describe('add-ons', () => {
  it('replace each other, count as a change, and are refused where they make no sense', async () => {
    const [a] = await rooms(1);
    const [p, q] = [(await pool(db)).id, (await pool(db)).id];
    const set = (addOns: { poolId: string; most: number | null }[]) =>
      setResourceAddOns(ctx, { id: a, addOns });
    expect(
      await set([
        { poolId: p, most: 2 },
        { poolId: q, most: null },
      ]),
    ).toMatchObject({ version: 2 });
    expect(
      await set([
        { poolId: q, most: null },
        { poolId: p, most: 2 },
      ]),
    ).toMatchObject({ version: 2 });
    expect(await set([{ poolId: q, most: 1 }])).toMatchObject({ version: 3 });
    expect(await psql('select pool_id, most from resource_add_on where resource_id = $1', [a])).toEqual([
      { pool_id: q, most: 1 },
    ]);
    expect(await setResourceAddOns(ctx, { id: a, addOns: [], expectedVersion: 2 })).toMatchObject({
      kind: 'VersionConflict',
    });
    for (const addOns of [
      [{ poolId: p, most: 0 }],
      [
        { poolId: p, most: 1 },
        { poolId: p, most: 2 },
      ],
      [{ poolId: a, most: 1 }],
      [{ poolId: (await room(db)).id, most: 1 }],
      [{ poolId: crypto.randomUUID(), most: 1 }],
    ])
      expect(await set(addOns)).toMatchObject({ kind: 'InvalidInput' });
    const told = await psql('select from outbox where resource_id = $1', [a]);
    expect(told).toHaveLength(2);
  });

  it('come only with what offers them, and no more than it allows', async () => {
    const [a, b] = await rooms(2);
    const { id: p } = await pool(db, { capacity: 5 });
    await updateResource(ctx, { id: p, addOnOnly: true });
    await setResourceAddOns(ctx, { id: a, addOns: [{ poolId: p, most: 2 }] });
    const ask = (ids: readonly string[], quantity: number) =>
      createReservation(
        ctx,
        input([], '15:00', '16:00', {
          resources: [...ids.map((resourceId) => ({ resourceId, quantity: 1 })), { resourceId: p, quantity }],
        }),
      );
    expect(await ask([], 1)).toMatchObject({ reasons: [{ code: 'NOT_PERMITTED', resourceId: p }] });
    expect(await ask([b], 1)).toMatchObject({ reasons: [{ code: 'NOT_PERMITTED', resourceId: p }] });
    expect(await ask([a], 3)).toMatchObject({ reasons: [{ code: 'CAPACITY_EXCEEDED', limit: 2, used: 3 }] });
    const made = await ask([a], 2);
    expect(made).toMatchObject({ state: 'CONFIRMED' });
    await setResourceAddOns(ctx, { id: a, addOns: [] });
    const { id } = made as { id: string };
    const move = { id, expectedVersion: null, startsAt: at('17:00'), endsAt: at('18:00'), resources: null };
    expect(await moveReservations(ctx, { moves: [move], idempotencyKey: null, dryRun: false })).toMatchObject(
      {
        reasons: [{ code: 'NOT_PERMITTED', resourceId: p }],
      },
    );
  });
});
