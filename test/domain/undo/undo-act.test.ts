import { cancelReservation } from '../../../src/domain/reservations/cancel-reservation.js';
import { editReservation } from '../../../src/domain/reservations/edit-reservation.js';
import { moveReservations } from '../../../src/domain/reservations/move-reservations.js';
import { type ActUndone, undoAct } from '../../../src/domain/undo/undo-act.js';
import type { ReservationRow } from '../../../src/sql/reservations/reservation-json.js';
import { close, reserved } from '../../kit/closures.js';
import { testCtx } from '../../kit/ctx.js';
import { useDatabase } from '../../kit/database.js';
import { divided } from '../../kit/parts.js';
import { person } from '../../kit/people.js';
import { rule } from '../../kit/rules.js';
import { pool, room } from '../../kit/things.js';

const { db, psql } = await useDatabase();
const manager = await person(db, 'MANAGER');
const member = await person(db);
const other = await person(db);
const me = testCtx(db, member.viewer);
const boss = testCtx(db, manager.viewer, me.clock);
const stranger = testCtx(db, other.viewer, me.clock);
const MINUTE = 60_000;

const at = (time: string) => `2027-03-02T${time}:00Z`;
const on = (...resourceIds: string[]) => ({
  resources: resourceIds.map((resourceId) => ({ resourceId, quantity: 1 })),
});
const move = (id: string, from: string | null, to: string | null, more: object = {}) => ({
  id,
  expectedVersion: null,
  startsAt: from === null ? null : new Date(at(from)),
  endsAt: to === null ? null : new Date(at(to)),
  resources: null,
  ...more,
});
const plain = (id: string) => ({ id, expectedVersion: null, idempotencyKey: null });
const reserve = (resourceIds: string[], from: string, to: string, more: object = {}) =>
  reserved(me, resourceIds, at(from), at(to), more);

/** The id of the act that did it; throws where it was refused. */
const actOf = (done: object): string => {
  const [first] = (Array.isArray(done) ? done : [done]) as ReservationRow[];
  if (!first?.act) throw new Error(JSON.stringify(done));
  return first.act.id;
};
const cancel = async ({ id }: { id: string }, ctx = me) => actOf(await cancelReservation(ctx, plain(id)));
const moved = async (...moves: ReturnType<typeof move>[]) =>
  actOf(await moveReservations(me, { moves, idempotencyKey: null, dryRun: false }));

async function undone(id: string, ctx = me): Promise<readonly ReservationRow[]> {
  const result = await undoAct(ctx, id);
  if ('kind' in result) throw new Error(JSON.stringify(result));
  return result.reservations;
}
const codes = async (id: string, ctx = me) => {
  const result = await undoAct(ctx, id);
  return 'reasons' in result ? result.reasons.map(({ code }) => code) : result;
};
/** All facts of the reservation but version and instant of change, with every claim of it. */
const factsOf = async ({ id }: { id: string }) =>
  (
    await psql(
      `select to_jsonb(v) - 'version' - 'updated_at' as reservation, (select jsonb_agg(to_jsonb(c) - 'vacated' - 'judged_by'
         order by c.resource_id) from claim c where c.reservation_id = v.id) as claims
       from reservation v where v.id = $1`,
      [id],
    )
  )[0];

describe('an undone cancellation', () => {
  it('brings a reservation or a hold back as it was, and nobody else can have its place', async () => {
    const r = await room(db);
    const confirmed = await reserve([r.id], '09:00', '10:00');
    const held = await reserve([r.id], '10:00', '11:00', { holdMs: 30 * MINUTE });
    const before = [await factsOf(confirmed), await factsOf(held)];
    const acts = [await cancel(confirmed), await cancel(held)] as const;
    expect(await undone(acts[0])).toMatchObject([{ id: confirmed.id, state: 'CONFIRMED', version: 3 }]);
    expect(await undone(acts[1])).toMatchObject([
      { id: held.id, state: 'HELD', claims: [{ resourceId: r.id }] },
    ]);
    expect([await factsOf(confirmed), await factsOf(held)]).toEqual(before);
    await expect(reserve([r.id], '09:30', '10:30')).rejects.toThrow('already reserved');
  });

  it('numbers what is taken again in the stream of each resource, and is written down', async () => {
    const [a, b] = [await room(db), await room(db)];
    const set = await reserve([a.id, b.id], '09:00', '10:00');
    const act = await cancel(set);
    await undone(act);
    const changes = await psql(
      `select taken is not null as taken, freed is not null as freed from outbox
       where resource_id = $1 order by version`,
      [b.id],
    );
    expect(changes).toEqual([
      { taken: true, freed: false },
      { taken: false, freed: true },
      { taken: true, freed: false },
    ]);
    const audits = await psql(
      `select action, actor_id, before ->> 'state' as before, after ->> 'state' as after, undoes from audit
       where subject_id = $1 order by (after ->> 'version')::integer desc limit 1`,
      [set.id],
    );
    expect(audits).toEqual([
      {
        action: 'reservation.undo',
        actor_id: member.id,
        before: 'CANCELLED',
        after: 'CONFIRMED',
        undoes: act,
      },
    ]);
  });

  it('leaves an occurrence with its series', async () => {
    const r = await room(db);
    const one = await reserve([r.id], '09:00', '10:00');
    const [series] = await psql<{ id: string }>(
      `insert into series (id, title, owner_id, creator_id, rrule, starts_local, ends_local, time_zone, resources,
         created_at, updated_at)
       values (gen_random_uuid(), 'Weekly', $1, $1, 'FREQ=DAILY;COUNT=1', '2027-03-02T09:00', '2027-03-02T10:00', 'UTC',
         '[]', now(), now()) returning id`,
      [member.id],
    );
    await psql('update reservation set series_id = $1, occurrence = $2 where id = $3', [
      series?.id,
      '2027-03-02T09:00',
      one.id,
    ]);
    const before = await factsOf(one);
    const act = await cancel(one);
    expect(await undone(act)).toMatchObject([{ detached: false, seriesId: series?.id }]);
    expect(await factsOf(one)).toEqual(before);
  });

  it('brings a whole back with the parts that it has by then', async () => {
    const [whole, one, two] = [await room(db), await room(db), await room(db)];
    const all = await reserve([whole.id], '09:00', '10:00');
    const part = await reserve([two.id], '11:00', '12:00');
    const acts = [await cancel(all), await cancel(part)] as const;
    await divided(db, whole.id, [one.id, two.id]);
    await undone(acts[0]);
    await undone(acts[1]);
    const kinds = async ({ id }: { id: string }) =>
      (
        await psql<{ kind: string }>(
          'select kind from claim where reservation_id = $1 and occupies order by kind',
          [id],
        )
      ).map(({ kind }) => kind);
    expect([await kinds(all), await kinds(part)]).toEqual([
      ['OWN', 'PART', 'PART'],
      ['OWN', 'SHADE'],
    ]);
    await expect(reserve([one.id], '09:30', '10:30')).rejects.toThrow('already reserved');
  });
});

describe('an undone move', () => {
  it('gives back window, resources, quantities, wall clock and the buffers that were frozen', async () => {
    const [a, p] = [
      await room(db, { setupMinutes: 15, timeZone: 'Europe/Berlin' }),
      await pool(db, { capacity: 5 }),
    ];
    const b = await room(db, { timeZone: 'Asia/Tokyo' });
    const resources = [
      { resourceId: a.id, quantity: 1 },
      { resourceId: p.id, quantity: 3 },
    ];
    const made = await reserve([], '09:00', '10:00', { resources });
    const before = await factsOf(made);
    const act = await moved(move(made.id, '12:00', '14:00', on(b.id)));
    await psql('update resource set setup_minutes = 60 where id = $1', [a.id]);
    const [row] = await undone(act);
    expect(await factsOf(made)).toEqual(before);
    expect(row).toMatchObject({ version: 3, startsAt: made.startsAt, claims: made.claims });
    await reserve([b.id], '12:00', '14:00');
    const changes = await psql(
      `select lower(freed) is not null as freed, lower(taken) is not null as taken from outbox
       where resource_id = $1 order by version`,
      [b.id],
    );
    expect(changes).toEqual([
      { freed: false, taken: true },
      { freed: true, taken: false },
      { freed: false, taken: true },
    ]);
  });

  it('tells a move over its own place as one change of the stream', async () => {
    const r = await room(db);
    const made = await reserve([r.id], '09:00', '10:00');
    await undone(await moved(move(made.id, '09:30', '10:30')));
    const changes = await psql<{ freed: string; taken: string }>(
      `select to_char(lower(freed) at time zone 'UTC', 'HH24:MI') as freed,
         to_char(lower(taken) at time zone 'UTC', 'HH24:MI') as taken from outbox where resource_id = $1 order by version`,
      [r.id],
    );
    expect(changes).toEqual([
      { freed: null, taken: '09:00' },
      { freed: '09:00', taken: '09:30' },
      { freed: '09:30', taken: '09:00' },
    ]);
  });

  it('swaps back what a batch has swapped, all or nothing', async () => {
    const [a, b, c] = [await room(db), await room(db), await room(db)];
    const [one, two] = [await reserve([a.id], '09:00', '10:00'), await reserve([b.id], '09:00', '10:00')];
    const three = await reserve([c.id], '09:00', '10:00');
    const before = await Promise.all([one, two, three].map(factsOf));
    const swap = [move(one.id, null, null, on(b.id)), move(two.id, null, null, on(a.id))];
    const act = await moved(...swap, move(three.id, '12:00', '13:00'));
    expect(new Set((await undone(act)).map(({ id }) => id))).toEqual(new Set([one.id, two.id, three.id]));
    expect(await Promise.all([one, two, three].map(factsOf))).toEqual(before);

    const again = await moved(...swap, move(three.id, '12:00', '13:00'));
    const swapped = await Promise.all([one, two, three].map(factsOf));
    await reserved(stranger, [c.id], at('09:30'), at('11:00'));
    expect(await undoAct(me, again)).toMatchObject({
      kind: 'ReservationRefused',
      reasons: [{ code: 'SLOT_TAKEN', resourceId: c.id, conflicts: [{ ownerId: other.id }] }],
    });
    expect(await Promise.all([one, two, three].map(factsOf))).toEqual(swapped);
  });

  it('counts what the batch itself takes of a pool', async () => {
    const p = await pool(db, { capacity: 2 });
    const [one, two] = [await reserve([p.id], '09:00', '10:00'), await reserve([p.id], '09:00', '10:00')];
    const act = await moved(move(one.id, '12:00', '13:00'), move(two.id, '12:00', '13:00'));
    const between = await reserved(stranger, [p.id], at('09:30'), at('09:45'));
    expect(await undoAct(me, act)).toMatchObject({
      reasons: [{ code: 'CAPACITY_EXCEEDED', freeQuantity: 0, conflicts: [{ ownerId: other.id }] }],
    });
    await cancel(between, stranger);
    expect(await undone(act)).toHaveLength(2);
  });

  it('can be undone step by step, the last one first', async () => {
    const r = await room(db);
    const made = await reserve([r.id], '09:00', '10:00');
    const before = await factsOf(made);
    const first = await moved(move(made.id, '10:00', '11:00'));
    const second = await moved(move(made.id, '12:00', '13:00'));
    const third = await cancel(made);
    expect(await undoAct(me, first)).toEqual({
      kind: 'VersionConflict',
      message: 'The reservation was changed since; undo that first.',
      path: ['id'],
      expectedVersion: 2,
      currentVersion: 4,
      current: { node: 'Reservation', id: made.id },
    });
    await undone(third);
    await undone(second);
    const fourth = await moved(move(made.id, '14:00', '15:00'));
    expect(await undoAct(me, first)).toMatchObject({ kind: 'VersionConflict' });
    await undone(fourth);
    expect(await undone(first)).toMatchObject([{ version: 9, state: 'CONFIRMED' }]);
    expect(await factsOf(made)).toEqual(before);
  });
});

describe('an undo is refused', () => {
  it('where the reservation was changed since, in whatever way', async () => {
    const r = await room(db);
    const made = await reserve([r.id], '09:00', '10:00');
    const act = await moved(move(made.id, '11:00', '12:00'));
    await editReservation(me, { ...plain(made.id), title: 'Other', details: null });
    expect(await undoAct(me, act)).toMatchObject({ kind: 'VersionConflict', currentVersion: 3 });
    const again = await moved(move(made.id, '13:00', '14:00'));
    await close(boss, r.id, { existing: 'CANCEL', endsLocal: '2027-03-02T20:00' });
    expect(await undoAct(me, again)).toMatchObject({ kind: 'VersionConflict', currentVersion: 5 });
  });

  it('where a place is taken, a pool is lent or smaller, or a resource is out of service', async () => {
    const [r, p] = [await room(db), await pool(db, { capacity: 3 })];
    const taken = await cancel(await reserve([r.id, p.id], '09:00', '10:00'));
    await reserved(stranger, [r.id], at('09:30'), at('10:30'), { holdMs: MINUTE });
    await reserved(stranger, [p.id], at('09:00'), at('10:00'), {
      resources: [{ resourceId: p.id, quantity: 3 }],
    });
    expect((await codes(taken)) as string[]).toEqual(
      expect.arrayContaining(['SLOT_TAKEN', 'CAPACITY_EXCEEDED']),
    );
    const two = { resources: [{ resourceId: p.id, quantity: 2 }] };
    const less = await cancel(await reserve([], '13:00', '14:00', two));
    const inactive = await cancel(await reserve([r.id], '13:00', '14:00'));
    await psql(`update resource set status = 'MAINTENANCE' where id = $1`, [r.id]);
    expect(await codes(inactive)).toEqual(['RESOURCE_INACTIVE']);
    await psql(`update reservation set state = 'CANCELLED' where owner_id = $1`, [other.id]);
    await psql('update resource set capacity = 1 where id = $1', [p.id]);
    expect(await codes(less)).toEqual(['QUANTITY_ABOVE_CAPACITY']);
  });

  it('where it was closed since, and not where it had been let be in a closure', async () => {
    const r = await room(db);
    const made = await reserve([r.id], '09:00', '10:00');
    await close(boss, r.id);
    await undone(await cancel(made));
    await undone(await moved(move(made.id, '14:00', '15:00')));
    const act = await cancel(made);
    await close(boss, r.id, { title: 'Painting' });
    expect(await undoAct(me, act)).toMatchObject({
      reasons: [{ code: 'CLOSED', resourceId: r.id, closure: { title: 'Painting' } }],
    });
  });

  it('where its time is over or the hold has run out, swept or not', async () => {
    const clock = testCtx(db, member.viewer).clock;
    const mine = testCtx(db, member.viewer, clock);
    clock.set(at('08:55'));
    const r = await room(db);
    const over = await cancel(await reserved(mine, [r.id], at('08:30'), at('09:00')), mine);
    const dead = await cancel(
      await reserved(mine, [r.id], at('09:30'), at('10:00'), { holdMs: 5 * MINUTE }),
      mine,
    );
    const moving = await reserved(mine, [r.id], at('10:00'), at('11:00'), { holdMs: 5 * MINUTE });
    const back = actOf(
      await moveReservations(mine, {
        moves: [move(moving.id, '12:00', '13:00')],
        idempotencyKey: null,
        dryRun: false,
      }),
    );
    clock.advance(5 * MINUTE - 1);
    expect(await undone(dead, mine)).toMatchObject([{ state: 'HELD' }]);
    clock.advance(1);
    expect(await codes(over, mine)).toEqual(['TOO_SOON']);
    expect(await codes(back, mine)).toEqual(['HOLD_EXPIRED']);
    await psql(`update reservation set state = 'EXPIRED', version = version + 1 where id = $1`, [moving.id]);
    expect(await codes(back, mine)).toEqual(['HOLD_EXPIRED']);
  });

  it('after ten minutes, to the millisecond', async () => {
    const clock = testCtx(db, member.viewer).clock;
    const mine = testCtx(db, member.viewer, clock);
    const [a, b] = [await room(db), await room(db)];
    const acts = [];
    for (const { id } of [a, b])
      acts.push(await cancel(await reserved(mine, [id], at('09:00'), at('10:00')), mine));
    clock.advance(10 * MINUTE - 1);
    await undone(acts[0] as string, mine);
    clock.advance(1);
    expect(await undoAct(mine, acts[1] as string)).toEqual({
      kind: 'UndoTooLate',
      message: 'This can be undone for ten minutes; reserve or move anew instead.',
      path: ['id'],
      undoableUntilAt: '2027-03-01T08:10:00.000Z',
    });
    expect(await undone(acts[0] as string, mine)).toMatchObject([{ state: 'CONFIRMED' }]);
  });

  it('to everybody but who did it and who may change it', async () => {
    const carer = await person(db);
    const r = await room(db);
    const made = await reserve([r.id], '09:00', '10:00');
    const act = await cancel(made);
    const guest = testCtx(db, (await person(db, 'GUEST')).viewer, me.clock);
    expect(await codes(act, stranger)).toEqual(['NOT_PERMITTED']);
    expect(await undoAct(guest, act)).toMatchObject({ kind: 'NotFound' });
    expect(await undoAct(me, made.id)).toMatchObject({ kind: 'NotFound' });
    await undone(act, boss);
    await psql('insert into resource_manager (resource_id, user_id) values ($1, $2)', [r.id, carer.id]);
    const inCare = testCtx(db, carer.viewer, me.clock);
    const theirs = await cancel(made, inCare);
    await psql('delete from resource_manager where user_id = $1', [carer.id]);
    await undone(theirs, inCare);
    await undone(await cancel(made, boss));
  });
});

it('answers the same again, also in parallel, and changes nothing more', async () => {
  const r = await room(db);
  const made = await reserve([r.id], '09:00', '10:00');
  const act = await moved(move(made.id, '11:00', '12:00'));
  const answers = await Promise.all(Array.from({ length: 8 }, () => undoAct(me, act)));
  await editReservation(me, { ...plain(made.id), title: 'Later', details: null });
  answers.push(await undoAct(me, act));
  for (const answer of answers) expect(answer).toEqual(answers[0]);
  expect((answers[0] as ActUndone).reservations).toMatchObject([{ version: 3, title: 'Planning' }]);
  expect(await psql('select from audit where undoes = $1', [act])).toHaveLength(1);
});

it('asks neither quotas nor notice again', async () => {
  const r = await room(db);
  const first = await reserve([r.id], '09:00', '10:00');
  const act = await cancel(first);
  const away = await moved(move((await reserve([r.id], '10:00', '11:00')).id, '11:00', '12:00'));
  const quota = { measure: 'COUNT', period: 'DAY', groupId: null, over: 'SCOPE', limit: 1 } as const;
  await rule(db, 'QUOTA', quota, { resourceId: r.id });
  await rule(
    db,
    'NOTICE',
    { leastMinutes: 5_000_000, horizonDays: null, cancelMinutes: 5_000_000 },
    { resourceId: r.id },
  );
  await undone(act);
  await undone(away);
});

it('expires dead holds that lie where something comes back', async () => {
  const clock = testCtx(db, member.viewer).clock;
  const mine = testCtx(db, member.viewer, clock);
  const r = await room(db);
  const act = await cancel(await reserved(mine, [r.id], at('09:00'), at('10:00')), mine);
  const hold = await reserved(testCtx(db, other.viewer, clock), [r.id], at('09:00'), at('10:00'), {
    holdMs: MINUTE,
  });
  expect(await codes(act, mine)).toEqual(['SLOT_TAKEN']);
  clock.advance(MINUTE);
  await undone(act, mine);
  expect(await psql('select state from reservation where id = $1', [hold.id])).toEqual([
    { state: 'EXPIRED' },
  ]);
});

it('names the act again to whoever repeats the call with its key', async () => {
  const r = await room(db);
  const made = await reserve([r.id], '09:00', '10:00');
  const twice = async () =>
    moveReservations(me, {
      moves: [move(made.id, '11:00', '12:00')],
      idempotencyKey: 'once',
      dryRun: false,
    });
  const act = actOf(await twice());
  expect(actOf(await twice())).toBe(act);
  await undone(act);
  const gone = async () => cancelReservation(me, { ...plain(made.id), idempotencyKey: 'gone' });
  const cancelled = actOf(await gone());
  expect(actOf(await gone())).toBe(cancelled);
  const rehearsed = await moveReservations(me, {
    moves: [move((await reserve([r.id], '13:00', '14:00')).id, '15:00', '16:00')],
    idempotencyKey: null,
    dryRun: true,
  });
  expect((rehearsed as ReservationRow[])[0]?.act).toBeUndefined();
});
