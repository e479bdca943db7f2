import { createClosure } from '../../src/domain/closings/create-closure.js';
import { type ClosingUndone, undoClosing } from '../../src/domain/closings/undo-closing.js';
import { createReservation } from '../../src/domain/reservations/create-reservation.js';
import { close, reserved, scopeOf, wishFor } from '../kit/closures.js';
import { testCtx } from '../kit/ctx.js';
import { useDatabase } from '../kit/database.js';
import { person } from '../kit/people.js';
import { pool, room } from '../kit/things.js';

const database = await useDatabase();
const { db, psql } = database;
/** A second instance, with a rule book and connections of its own. */
const other = await database.open();
const boss = testCtx(db, (await person(db, 'MANAGER')).viewer);
const people = await Promise.all(Array.from({ length: 20 }, () => person(db)));
const ROUNDS = 20;

const at = (time: string) => `2027-03-02T${time}:00Z`;
const codesOf = (result: object) =>
  'reasons' in result ? (result.reasons as { code: string }[]).map(({ code }) => code).join() : 'MADE';

it('leaves no live reservation under a closure that cancels, whoever comes first', async () => {
  const seen = new Set<string>();
  for (let round = 0; round < ROUNDS; round++) {
    const r = round % 2 ? await pool(db, { capacity: 20 }) : await room(db);
    const reserve = (index: number) => {
      const ctx = testCtx(index % 2 ? db : other, people[index]?.viewer ?? boss.viewer);
      const minute = String(10 + (index % 20) * 2);
      return createReservation(ctx, wishFor([r.id], at(`09:${minute}`), at('10:30')));
    };
    const wishes = people.map((_, index) => index);
    const early = wishes.slice(0, 10).map(reserve);
    const closing = createClosure(boss, {
      scope: scopeOf({ resourceId: r.id }),
      title: 'Maintenance',
      startsLocal: '2027-03-02T10:00',
      endsLocal: '2027-03-02T11:00',
      rrule: null,
      exdates: [],
      existing: 'CANCEL',
    });
    const late = wishes.slice(10).map(reserve);
    const results = await Promise.all([...early, ...late]);
    const laid = await closing;
    if ('kind' in laid) throw new Error(laid.message);
    for (const result of results) for (const code of codesOf(result).split(',')) seen.add(code);
    const made = results.filter((result) => 'node' in result);
    expect(laid.met.totalCount).toBe(made.length);
    const alive = await psql(
      `select v.id from claim c join reservation v on v.id = c.reservation_id
       where c.resource_id = $1 and (c.occupies or v.state <> 'CANCELLED')`,
      [r.id],
    );
    expect(alive).toEqual([]);
  }
  // Both orders have happened, or the test has tried nothing.
  expect([...seen]).toEqual(expect.arrayContaining(['MADE', 'CLOSED']));
});

it('lets exactly one of an undo and new reservations have the freed window', async () => {
  for (let round = 0; round < ROUNDS; round++) {
    const r = await room(db);
    const owner = testCtx(db, people[0]?.viewer ?? boss.viewer);
    const before = await reserved(owner, [r.id], at('10:00'), at('11:00'));
    const { closure, closing } = await close(boss, r.id, { existing: 'CANCEL' });
    const reserve = (index: number) => {
      const ctx = testCtx(index % 2 ? db : other, people[index]?.viewer ?? boss.viewer);
      return createReservation(ctx, wishFor([r.id], at('10:30'), at('11:30')));
    };
    // Let go without bringing anything back, as removing it would: now both are after the same window.
    await psql(`update closure set ends_local = starts_local + interval '1 minute' where id = $1`, [
      closure.id,
    ]);
    const racing = [1, 2, 3, 4, 5, 6].map(reserve);
    const undoing = undoClosing(boss, closing.id);
    const results = await Promise.all([...racing, ...[7, 8, 9].map(reserve)]);
    const undone = (await undoing) as ClosingUndone;
    const restored = undone.undoings.filter(({ reasons }) => reasons.length === 0);
    const made = results.filter((result) => 'node' in result);
    expect(restored.length + made.length).toBe(1);
    if (made.length > 0)
      expect(undone.undoings).toMatchObject([
        { reservationId: before.id, reasons: [{ code: 'SLOT_TAKEN' }] },
      ]);
    expect(await psql('select from claim where resource_id = $1 and occupies', [r.id])).toHaveLength(1);
  }
});

it('has one winner when several undo at once, and lets two closures cross', async () => {
  const rooms = [await room(db), await room(db)];
  const ids = rooms.map(({ id }) => id);
  const owner = testCtx(db, people[1]?.viewer ?? boss.viewer);
  for (let round = 0; round < ROUNDS; round++) {
    const set = await reserved(owner, ids, at('10:00'), at('11:00'));
    const made = await Promise.all(ids.map((id) => close(boss, id, { existing: 'CANCEL' })));
    expect(made.map(({ met }) => met.totalCount).sort()).toEqual([0, 1]);
    const bosses = [boss, testCtx(other, boss.viewer)];
    const undone = await Promise.all(
      made.flatMap(({ closing }) => bosses.map((each) => undoClosing(each, closing.id))),
    );
    const told = undone.flatMap((each) => (each as ClosingUndone).undoings);
    // Where the other closure still stood, it is handed on to that one; each undo tells twice, one of them does it.
    expect(new Set(told.map(({ reservationId }) => reservationId))).toEqual(new Set([set.id]));
    expect(told.filter(({ reasons }) => reasons.length === 0)).toHaveLength(2);
    const events = await psql(
      `select from notification where reservation_id = $1 and kind = 'RESTORED_AFTER_CLOSURE'`,
      [set.id],
    );
    expect(events).toHaveLength(1);
    await psql(`update reservation set state = 'CANCELLED' where id = $1`, [set.id]);
  }
});
