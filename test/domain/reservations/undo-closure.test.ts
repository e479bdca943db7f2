import { createReservation } from '../../../src/domain/reservations/create-reservation.js';
import { type ClosureUndone, undoClosure } from '../../../src/domain/reservations/undo-closure.js';
import { close, reserved, scopeOf, wishFor } from '../../kit/closures.js';
import { testCtx } from '../../kit/ctx.js';
import { useDatabase } from '../../kit/database.js';
import { divided } from '../../kit/parts.js';
import { person } from '../../kit/people.js';
import { pool, resourceType, room } from '../../kit/things.js';

const { db, psql } = await useDatabase();
const manager = await person(db, 'MANAGER');
const boss = testCtx(db, manager.viewer);
const member = await person(db);
const me = testCtx(db, member.viewer);
const MINUTE = 60_000;

const at = (time: string) => `2027-03-02T${time}:00Z`;
const reserve = (resourceIds: string[], from: string, to: string, more: object = {}) =>
  reserved(me, resourceIds, at(from), at(to), more);
const stateOf = async ({ id }: { id: string }) =>
  (await psql<{ state: string }>('select state from reservation where id = $1', [id]))[0]?.state;

/** Of each reservation nothing, where it is back, or the codes of why not. */
async function undo(id: string, ctx = boss): Promise<string[][]> {
  const undone = await undoClosure(ctx, id);
  if ('kind' in undone) throw new Error(undone.message);
  return undone.undoings.map(({ reasons }) => reasons.map(({ code }) => code));
}

it('brings everything back as it was, tells each owner, and opens what was closed', async () => {
  const r = await room(db, { name: 'Lab' });
  const confirmed = await reserve([r.id], '09:00', '10:00');
  const held = await reserve([r.id], '10:00', '10:30', { holdMs: 30 * MINUTE });
  const { closure } = await close(boss, r.id, { existing: 'CANCEL' });
  expect(await undo(closure.id)).toEqual([[], []]);
  expect([await stateOf(confirmed), await stateOf(held)]).toEqual(['CONFIRMED', 'HELD']);
  const messages = await psql<{ message: string }>(
    `select message from notification where kind = 'RESTORED_AFTER_CLOSURE' and reservation_id = $1`,
    [confirmed.id],
  );
  expect(messages).toEqual([
    {
      message:
        'Your reservation “Planning” in Lab on 2027-03-02 at 09:00 is back: the closure “Maintenance” was undone.',
    },
  ]);
  const audits = await psql<{ action: string }>(
    'select action from audit where subject_id = $1 order by id',
    [confirmed.id],
  );
  expect(audits.map(({ action }) => action)).toEqual([
    'reservation.create',
    'reservation.cancelByClosure',
    'reservation.restore',
  ]);
  await reserve([r.id], '10:30', '11:00');
});

it('numbers what is taken again in every stream, sets as a whole', async () => {
  const [a, b] = [await room(db), await room(db)];
  await reserve([a.id, b.id], '09:00', '10:00');
  const { closure } = await close(boss, a.id, { existing: 'CANCEL' });
  await undo(closure.id);
  const changes = await psql<{ taken: boolean; freed: boolean }>(
    `select taken is not null as taken, freed is not null as freed from outbox
     where resource_id = $1 order by version`,
    [b.id],
  );
  expect(changes).toEqual([
    { taken: true, freed: false },
    { taken: false, freed: true },
    { taken: true, freed: false },
  ]);
});

it('says of each what stands in its way: another reservation, a hold, or its own time', async () => {
  const typeId = (await resourceType(db)).id;
  const [a, b] = [await room(db, { typeId }), await room(db, { typeId })];
  const ctx = testCtx(db, manager.viewer);
  const mine = testCtx(db, member.viewer, ctx.clock);
  ctx.clock.set(at('08:55'));
  const short = await reserved(mine, [a.id], at('08:30'), at('09:01'));
  const set = await reserved(mine, [a.id, b.id], at('10:00'), at('11:00'));
  const dying = await reserved(mine, [b.id], at('09:30'), at('10:00'), { holdMs: MINUTE });
  const free = await reserved(mine, [b.id], at('12:00'), at('13:00'));
  const scope = scopeOf({ resourceId: a.id });
  const { closure } = await close(ctx, '', {
    scope: scopeOf({ typeId }),
    existing: 'CANCEL',
    startsLocal: '2027-03-02',
    endsLocal: '2027-03-03',
  });
  // The place of one of the set's two resources is lost to somebody whom rules do not bind.
  await psql(
    `with made as (insert into reservation (id, title, owner_id, creator_id, state, starts_at, ends_at, created_at, updated_at)
       values (gen_random_uuid(), 'Sudden', $1, $1, 'CONFIRMED', $3, $4, now(), now()) returning id)
     insert into claim (reservation_id, resource_id, pooled, occupied, occupies_until)
     select id, $2, false, tstzrange($3::timestamptz, $4::timestamptz), 'infinity' from made`,
    [member.id, b.id, at('10:30'), at('11:30')],
  );
  ctx.clock.set(at('09:02'));
  const undone = (await undoClosure(ctx, closure.id)) as ClosureUndone;
  const verdict = (of: { id: string }) =>
    undone.undoings.find(({ reservationId }) => reservationId === of.id)?.reasons;
  expect(verdict(short)).toMatchObject([{ code: 'TOO_SOON' }]);
  expect(verdict(dying)).toMatchObject([{ code: 'HOLD_EXPIRED' }]);
  expect(verdict(set)).toMatchObject([
    {
      code: 'SLOT_TAKEN',
      resourceId: b.id,
      conflicts: [{ ownerId: member.id, window: { startsAt: expect.stringContaining('10:30') } }],
    },
  ]);
  expect(verdict(free)).toEqual([]);
  expect(await Promise.all([short, dying, set, free].map(stateOf))).toEqual([
    'CANCELLED',
    'CANCELLED',
    'CANCELLED',
    'CONFIRMED',
  ]);
  const claims = await psql('select from claim where resource_id = $1 and occupies', [scope.resourceId]);
  expect(claims).toHaveLength(0);
});

it('gives a pool back to the first ones, as far as it reaches', async () => {
  const p = await pool(db, { capacity: 3 });
  const quantity = (count: number) => ({ resources: [{ resourceId: p.id, quantity: count }] });
  const [two, one] = [
    await reserve([p.id], '09:00', '10:00', quantity(2)),
    await reserve([p.id], '09:30', '10:30', quantity(1)),
  ];
  const { closure } = await close(boss, p.id, { existing: 'CANCEL' });
  // Half of what is left is lent elsewhere while it is closed.
  await psql(
    `with made as (insert into reservation (id, title, owner_id, creator_id, state, starts_at, ends_at, created_at, updated_at)
       values (gen_random_uuid(), 'Sudden', $1, $1, 'CONFIRMED', $3, $4, now(), now()) returning id)
     insert into claim (reservation_id, resource_id, pooled, occupied, occupies_until)
     select id, $2, true, tstzrange($3::timestamptz, $4::timestamptz), 'infinity' from made`,
    [member.id, p.id, at('09:45'), at('10:00')],
  );
  expect(await undo(closure.id)).toEqual([[], ['CAPACITY_EXCEEDED']]);
  expect([await stateOf(two), await stateOf(one)]).toEqual(['CONFIRMED', 'CANCELLED']);
});

it('brings a whole back with its parts, unless one of them is taken by then', async () => {
  const rooms = [];
  for (let made = 0; made < 3; made++) rooms.push(await room(db));
  const [whole, one, two] = rooms.map(({ id }) => id) as [string, string, string];
  await divided(db, whole, [one, two]);
  const first = await reserve([whole], '09:00', '10:00');
  await reserve([whole], '10:00', '11:00');
  const { closure } = await close(boss, whole, { existing: 'CANCEL' });
  await reserve([one], '10:30', '11:30');
  expect(await undo(closure.id)).toEqual([[], ['SLOT_TAKEN', 'SLOT_TAKEN']]);
  const claims = await psql<{ kind: string }>(
    'select kind from claim where reservation_id = $1 and occupies order by kind',
    [first.id],
  );
  expect(claims.map(({ kind }) => kind)).toEqual(['OWN', 'PART', 'PART']);

  const [hall, corner] = [await room(db), await room(db)];
  await reserve([hall.id], '09:00', '10:00');
  await reserve([hall.id], '10:00', '11:00');
  const { closure: second } = await close(boss, hall.id, { existing: 'CANCEL' });
  await divided(db, hall.id, [corner.id]);
  await reserve([corner.id], '09:30', '09:45');
  expect(await undo(second.id)).toEqual([['SLOT_TAKEN', 'SLOT_TAKEN'], []]);
  expect(await psql('select from claim where resource_id = $1 and occupies', [corner.id])).toHaveLength(2);
});

it('lets a newer closure keep closed what the older one had cancelled', async () => {
  const r = await room(db);
  const [kept, taken] = [await reserve([r.id], '09:00', '10:00'), await reserve([r.id], '10:00', '11:00')];
  const { closure: older } = await close(boss, r.id, { existing: 'KEEP' });
  const { closure } = await close(boss, r.id, { existing: 'CANCEL' });
  await close(boss, r.id, { existing: 'CANCEL', startsLocal: '2027-03-02T10:30', title: 'Painting' });
  expect(await undo(closure.id)).toEqual([[], ['CLOSED']]);
  expect([await stateOf(kept), await stateOf(taken)]).toEqual(['CONFIRMED', 'CANCELLED']);
  expect(await undo(older.id)).toEqual([]);
});

it('expires dead holds that lie where something comes back', async () => {
  const r = await room(db);
  const ctx = testCtx(db, manager.viewer);
  const mine = testCtx(db, member.viewer, ctx.clock);
  const first = await reserved(mine, [r.id], at('09:00'), at('10:00'));
  const { closure } = await close(ctx, r.id, { existing: 'CANCEL' });
  await psql(
    `with made as (insert into reservation (id, title, owner_id, creator_id, state, starts_at, ends_at, expires_at, created_at, updated_at)
       values (gen_random_uuid(), 'Held', $1, $1, 'HELD', $3, $4, $5, now(), now()) returning id)
     insert into claim (reservation_id, resource_id, pooled, occupied, occupies_until)
     select id, $2, false, tstzrange($3::timestamptz, $4::timestamptz), $5 from made`,
    [member.id, r.id, at('09:00'), at('10:00'), '2027-03-01T08:01:00Z'],
  );
  ctx.clock.advance(MINUTE);
  expect(await undo(closure.id, ctx)).toEqual([[]]);
  expect(await stateOf(first)).toBe('CONFIRMED');
});

it('is too late after ten minutes, to the millisecond', async () => {
  const r = await room(db);
  const ctx = testCtx(db, manager.viewer);
  const first = await reserved(testCtx(db, member.viewer), [r.id], at('09:00'), at('10:00'));
  const { closure } = await close(ctx, r.id, { existing: 'CANCEL' });
  const { closure: other } = await close(ctx, r.id, { title: 'Painting' });
  ctx.clock.advance(10 * MINUTE - 1);
  expect(await undo(other.id, ctx)).toEqual([]);
  ctx.clock.advance(1);
  expect(await undoClosure(ctx, closure.id)).toMatchObject({
    kind: 'UndoTooLate',
    undoableUntil: '2027-03-01T08:10:00.000Z',
  });
  expect(await stateOf(first)).toBe('CANCELLED');
});

it('answers the same again, at once or years later, and changes nothing', async () => {
  const r = await room(db);
  const [gone, back] = [await reserve([r.id], '09:00', '09:30'), await reserve([r.id], '10:00', '11:00')];
  const { closure } = await close(boss, r.id, { existing: 'CANCEL' });
  const answers = await Promise.all([1, 2, 3, 4].map(() => undoClosure(boss, closure.id)));
  for (const answer of answers) expect(answer).toEqual(answers[0]);
  expect(answers[0]).toMatchObject({
    closure: { id: closure.id },
    undoings: [{ reservationId: gone.id }, { reservationId: back.id }],
  });
  const ctx = testCtx(db, manager.viewer);
  ctx.clock.set('2029-01-01T00:00:00Z');
  expect(await undoClosure(ctx, closure.id)).toEqual(answers[0]);
  expect(
    await psql(`select from notification where kind = 'RESTORED_AFTER_CLOSURE' and reservation_id = $1`, [
      back.id,
    ]),
  ).toHaveLength(1);
});

it('is for those who may close the resource', async () => {
  const carer = await person(db);
  const r = await room(db, { managers: [carer.id] });
  const { closure } = await close(boss, r.id);
  expect(await undoClosure(me, closure.id)).toMatchObject({ kind: 'NotFound' });
  expect(await undo(closure.id, testCtx(db, carer.viewer))).toEqual([]);
  expect(await undoClosure(me, closure.id)).toMatchObject({ kind: 'NotFound' });
  expect(await createReservation(me, wishFor([r.id], at('09:00'), at('10:00')))).toMatchObject({
    state: 'CONFIRMED',
  });
});
