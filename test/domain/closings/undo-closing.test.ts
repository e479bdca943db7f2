import { importClosures } from '../../../src/domain/closings/import-closures.js';
import { type ClosingUndone, undoClosing } from '../../../src/domain/closings/undo-closing.js';
import { type UpdateClosure, updateClosure } from '../../../src/domain/closings/update-closure.js';
import { createReservation } from '../../../src/domain/reservations/create-reservation.js';
import { removeClosure } from '../../../src/domain/schedules/remove-closure.js';
import { cancelSeries } from '../../../src/domain/series/cancel-series.js';
import { createSeries } from '../../../src/domain/series/create-series.js';
import { updateSeries } from '../../../src/domain/series/update-series.js';
import type { ClosingRow } from '../../../src/sql/closures/closings.js';
import { close, reserved, scopeOf, wishFor } from '../../kit/closures.js';
import { testCtx } from '../../kit/ctx.js';
import { useDatabase } from '../../kit/database.js';
import { divided } from '../../kit/parts.js';
import { person } from '../../kit/people.js';
import { rule } from '../../kit/rules.js';
import { pool, resourceType, room } from '../../kit/things.js';
import { toldOf } from '../../kit/told.js';
import { ALL, made, wanted } from '../series/series-kit.js';

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
  const undone = await undoClosing(ctx, id);
  if ('kind' in undone) throw new Error(undone.message);
  return undone.undoings.map(({ reasons }) => reasons.map(({ code }) => code));
}

it('brings everything back as it was, tells each owner, and opens what was closed', async () => {
  const r = await room(db, { name: 'Lab' });
  const confirmed = await reserve([r.id], '09:00', '10:00');
  const held = await reserve([r.id], '10:00', '10:30', { holdMs: 30 * MINUTE });
  const { closing } = await close(boss, r.id, { existing: 'CANCEL' });
  expect(await undo(closing.id)).toEqual([[], []]);
  expect([await stateOf(confirmed), await stateOf(held)]).toEqual(['CONFIRMED', 'HELD']);
  const messages = (await toldOf(db, confirmed)).filter(({ kind }) => kind === 'RESTORED_AFTER_CLOSURE');
  expect(messages.map(({ message }) => message)).toEqual([
    expect.stringMatching(/^Back: the closure was undone: Planning · Lab .* · Closure: Maintenance$/),
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
  const { closing } = await close(boss, a.id, { existing: 'CANCEL' });
  await undo(closing.id);
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
  const { closing } = await close(ctx, '', {
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
  const undone = (await undoClosing(ctx, closing.id)) as ClosingUndone;
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
  const { closing } = await close(boss, p.id, { existing: 'CANCEL' });
  // Half of what is left is lent elsewhere while it is closed.
  await psql(
    `with made as (insert into reservation (id, title, owner_id, creator_id, state, starts_at, ends_at, created_at, updated_at)
       values (gen_random_uuid(), 'Sudden', $1, $1, 'CONFIRMED', $3, $4, now(), now()) returning id)
     insert into claim (reservation_id, resource_id, pooled, occupied, occupies_until)
     select id, $2, true, tstzrange($3::timestamptz, $4::timestamptz), 'infinity' from made`,
    [member.id, p.id, at('09:45'), at('10:00')],
  );
  expect(await undo(closing.id)).toEqual([[], ['CAPACITY_EXCEEDED']]);
  expect([await stateOf(two), await stateOf(one)]).toEqual(['CONFIRMED', 'CANCELLED']);
});

it('brings a whole back with its parts, unless one of them is taken by then', async () => {
  const rooms = [];
  for (let made = 0; made < 3; made++) rooms.push(await room(db));
  const [whole, one, two] = rooms.map(({ id }) => id) as [string, string, string];
  await divided(db, whole, [one, two]);
  const first = await reserve([whole], '09:00', '10:00');
  await reserve([whole], '10:00', '11:00');
  const { closing } = await close(boss, whole, { existing: 'CANCEL' });
  await reserve([one], '10:30', '11:30');
  expect(await undo(closing.id)).toEqual([[], ['SLOT_TAKEN', 'SLOT_TAKEN']]);
  const claims = await psql<{ kind: string }>(
    'select kind from claim where reservation_id = $1 and occupies order by kind',
    [first.id],
  );
  expect(claims.map(({ kind }) => kind)).toEqual(['OWN', 'PART', 'PART']);

  const [hall, corner] = [await room(db), await room(db)];
  await reserve([hall.id], '09:00', '10:00');
  await reserve([hall.id], '10:00', '11:00');
  const { closing: second } = await close(boss, hall.id, { existing: 'CANCEL' });
  await divided(db, hall.id, [corner.id]);
  await reserve([corner.id], '09:30', '09:45');
  expect(await undo(second.id)).toEqual([['SLOT_TAKEN', 'SLOT_TAKEN'], []]);
  expect(await psql('select from claim where resource_id = $1 and occupies', [corner.id])).toHaveLength(2);
});

it('lets a newer closure keep closed what the older one had cancelled', async () => {
  const r = await room(db);
  const [kept, taken] = [await reserve([r.id], '09:00', '10:00'), await reserve([r.id], '10:00', '11:00')];
  const { closing: older } = await close(boss, r.id, { existing: 'KEEP' });
  const { closing } = await close(boss, r.id, { existing: 'CANCEL' });
  await close(boss, r.id, { existing: 'CANCEL', startsLocal: '2027-03-02T10:30', title: 'Painting' });
  expect(await undo(closing.id)).toEqual([[], ['CLOSED']]);
  expect([await stateOf(kept), await stateOf(taken)]).toEqual(['CONFIRMED', 'CANCELLED']);
  expect(await undo(older.id)).toEqual([]);
});

/** Changes a closure; throws where that is refused. */
async function change(ctx: typeof boss, id: string, facts: Partial<UpdateClosure>) {
  const changed = await updateClosure(ctx, { id, existing: 'CANCEL', ...facts });
  if ('kind' in changed) throw new Error(changed.message);
  return { ...changed, closing: changed.closing as ClosingRow };
}
const fieldsNow = async (id: string) =>
  (await psql('select title, starts_local::text as starts, rrule from closure where id = $1', [id]))[0];

describe('a changed closure', () => {
  it('is again what it was, however old it is, with what the change alone had cancelled', async () => {
    const r = await room(db);
    const ctx = testCtx(db, manager.viewer);
    const mine = testCtx(db, member.viewer, ctx.clock);
    const morning = await reserved(mine, [r.id], at('09:30'), at('10:00'));
    const evening = await reserved(mine, [r.id], at('18:00'), at('19:00'));
    const { closure } = await close(ctx, r.id, { existing: 'CANCEL' });
    ctx.clock.advance(60 * MINUTE);
    const { closing } = await change(ctx, closure.id, { title: 'Painting', endsLocal: '2027-03-02T20:00' });
    expect([await stateOf(morning), await stateOf(evening)]).toEqual(['CANCELLED', 'CANCELLED']);
    ctx.clock.advance(10 * MINUTE - 1);
    expect(await undoClosing(ctx, closing.id)).toEqual({
      removedCount: 0,
      changedBackCount: 1,
      undoings: [{ reservationId: evening.id, reasons: [] }],
    });
    expect([await stateOf(morning), await stateOf(evening)]).toEqual(['CANCELLED', 'CONFIRMED']);
    expect(await fieldsNow(closure.id)).toMatchObject({
      title: 'Maintenance',
      starts: '2027-03-02 09:00:00',
    });
    const refused = await createReservation(mine, wishFor([r.id], at('10:00'), at('11:00')));
    expect(refused).toMatchObject({ reasons: [{ code: 'CLOSED' }] });
    await reserved(mine, [r.id], at('11:00'), at('12:00'));
  });

  it('is undone step by step, the last one first', async () => {
    const r = await room(db);
    const kept = await reserve([r.id], '09:30', '10:00');
    const first = await close(boss, r.id, { existing: 'CANCEL' });
    const second = await change(boss, first.closure.id, { title: 'Painting', existing: 'KEEP' });
    expect(await undoClosing(boss, first.closing.id)).toMatchObject({
      kind: 'VersionConflict',
      message: 'The closure “Painting” was changed since; undo that first.',
      expectedVersion: 1,
      currentVersion: 2,
      current: { node: 'Closure', id: first.closure.id },
    });
    expect(await stateOf(kept)).toBe('CANCELLED');
    expect(await undo(second.closing.id)).toEqual([]);
    expect(await undo(first.closing.id)).toEqual([[]]);
    expect(await stateOf(kept)).toBe('CONFIRMED');
    expect(await fieldsNow(first.closure.id)).toBeUndefined();
  });

  it('lets be what was kept in another closure, made before the change', async () => {
    const r = await room(db);
    const kept = await reserve([r.id], '18:00', '19:00');
    const { closure } = await close(boss, r.id);
    await close(boss, r.id, { startsLocal: '2027-03-02T18:00', endsLocal: '2027-03-02T19:00' });
    const { closing } = await change(boss, closure.id, { endsLocal: '2027-03-02T20:00' });
    expect(await stateOf(kept)).toBe('CANCELLED');
    expect(await undo(closing.id)).toEqual([[]]);
  });

  it('keeps what another closure closes that was changed to do so later', async () => {
    const r = await room(db);
    const taken = await reserve([r.id], '18:00', '19:00');
    const later = { startsLocal: '2027-03-03T18:00', endsLocal: '2027-03-03T19:00' };
    const { closure: other } = await close(boss, r.id, later);
    const { closing } = await close(boss, r.id, { existing: 'CANCEL', endsLocal: '2027-03-02T20:00' });
    await change(boss, other.id, { startsLocal: '2027-03-02T18:00' });
    expect(await undo(closing.id)).toEqual([['CLOSED']]);
    expect(await stateOf(taken)).toBe('CANCELLED');
  });

  it('that was only laid anew stays, and what that had cancelled comes back', async () => {
    const r = await room(db);
    const met = await reserve([r.id], '09:00', '10:00');
    const { closure } = await close(boss, r.id);
    const { closing, met: cancelled } = await change(boss, closure.id, {});
    expect([cancelled.totalCount, await stateOf(met)]).toEqual([1, 'CANCELLED']);
    expect(await undoClosing(boss, closing.id)).toMatchObject({ removedCount: 0, changedBackCount: 0 });
    expect(await stateOf(met)).toBe('CONFIRMED');
    expect(await fieldsNow(closure.id)).toMatchObject({ title: 'Maintenance' });
  });

  it('brings back what it had cancelled where it was removed meanwhile', async () => {
    const r = await room(db, { name: 'Den' });
    const met = await reserve([r.id], '09:00', '10:00');
    const { closure, closing } = await close(boss, r.id, { existing: 'CANCEL' });
    await removeClosure(boss, { id: closure.id });
    expect(await undoClosing(boss, closing.id)).toMatchObject({
      removedCount: 0,
      undoings: [{ reasons: [] }],
    });
    expect(await stateOf(met)).toBe('CONFIRMED');
    const back = (await toldOf(db, met)).filter(({ kind }) => kind === 'RESTORED_AFTER_CLOSURE');
    expect(back.map(({ message }) => message)).toEqual([
      expect.stringMatching(
        /^Back: the closure was undone: Planning · Den [^·]* · Tue, 2 March 2027, 09:00[^·]*$/,
      ),
    ]);
  });
});

it('takes a whole calendar back as one: closures made and changed, and all that they had cancelled', async () => {
  const r = await room(db);
  const scope = scopeOf({ resourceId: r.id });
  const event = (uid: string, date: string) =>
    `BEGIN:VEVENT\nUID:${uid}\nDTSTART;VALUE=DATE:${date}\nSUMMARY:${uid}\nEND:VEVENT\n`;
  const load = async (...events: string[]) => {
    const text = `BEGIN:VCALENDAR\n${events.join('')}END:VCALENDAR\n`;
    const done = await importClosures(boss, {
      scope,
      text,
      existing: 'CANCEL',
      skipInvalid: false,
      dryRun: false,
    });
    if ('kind' in done) throw new Error(done.message);
    return done;
  };
  const days = ['03', '04', '05'];
  const met = [];
  for (const day of days)
    met.push(await reserved(me, [r.id], `2027-03-${day}T09:00:00Z`, `2027-03-${day}T10:00:00Z`));
  await load(event('moving', '20270303'));
  const { closing } = await load(event('moving', '20270304'), event('new', '20270305'));
  expect(await Promise.all(met.map(stateOf))).toEqual(['CANCELLED', 'CANCELLED', 'CANCELLED']);
  expect(await undoClosing(boss, closing?.id ?? '')).toMatchObject({
    removedCount: 1,
    changedBackCount: 1,
    undoings: [
      { reservationId: met[1]?.id, reasons: [] },
      { reservationId: met[2]?.id, reasons: [] },
    ],
  });
  expect(await Promise.all(met.map(stateOf))).toEqual(['CANCELLED', 'CONFIRMED', 'CONFIRMED']);
  const left = await psql('select title, starts_local::text as starts from closure where resource_id = $1', [
    r.id,
  ]);
  expect(left).toEqual([{ title: 'moving', starts: '2027-03-03 00:00:00' }]);
  // The event is still known by its UID.
  expect(await load(event('moving', '20270303'))).toMatchObject({ unchangedCount: 1 });
});

it('gives everybody back what they had, also where a quota is used up by something else meanwhile', async () => {
  const r = await room(db);
  const quota = { measure: 'COUNT', period: 'DAY', groupId: null, over: 'SCOPE', limit: 1 } as const;
  await rule(db, 'QUOTA', quota, { resourceId: r.id });
  const before = await reserve([r.id], '09:00', '10:00');
  const { closing } = await close(boss, r.id, { existing: 'CANCEL' });
  await reserve([r.id], '12:00', '13:00');
  expect(await undo(closing.id)).toEqual([[]]);
  expect(await stateOf(before)).toBe('CONFIRMED');
});

it('gives a later closing what it alone keeps cancelled, so that undoing both in any order loses nothing', async () => {
  const r = await room(db);
  const first = await reserve([r.id], '09:00', '10:00');
  const { closing: older } = await close(boss, r.id, { existing: 'CANCEL' });
  const { closing: newer } = await close(boss, r.id, { existing: 'CANCEL', title: 'Painting' });
  expect(await undo(older.id)).toEqual([['CLOSED']]);
  expect(await undo(newer.id)).toEqual([[]]);
  expect(await stateOf(first)).toBe('CONFIRMED');
  expect(await undo(older.id)).toEqual([['CLOSED']]);
});

it('brings back the first of two whose rooms have become whole and part meanwhile, and everything else', async () => {
  const typeId = (await resourceType(db)).id;
  const [hall, corner, third] = [
    await room(db, { typeId }),
    await room(db, { typeId }),
    await room(db, { typeId }),
  ];
  const all = [];
  for (const { id } of [hall, corner, third]) all.push(await reserve([id], '09:00', '10:00'));
  const { closing } = await close(boss, '', { scope: scopeOf({ typeId }), existing: 'CANCEL' });
  await divided(db, hall.id, [corner.id]);
  expect((await undo(closing.id)).map(([code]) => code)).toEqual([undefined, 'SLOT_TAKEN', undefined]);
  expect(await Promise.all(all.map(stateOf))).toEqual(['CONFIRMED', 'CANCELLED', 'CONFIRMED']);
});

describe('an occurrence of a series', () => {
  const cancelled = async () => {
    const r = await room(db);
    const report = made(await createSeries(me, wanted([r.id])));
    const first = report.occurrences[0]?.reservation as { id: string };
    const { closing } = await close(boss, r.id, { existing: 'CANCEL' });
    expect(await stateOf(first)).toBe('CANCELLED');
    return { first, closing, seriesId: report.series.id };
  };
  const act = { reservationId: null, scope: 'ALL', expectedVersion: null, idempotencyKey: null } as const;

  it('stays cancelled where its owner has cancelled the series meanwhile', async () => {
    const { first, closing, seriesId } = await cancelled();
    made(await cancelSeries(me, { ...act, seriesId }));
    expect(await undo(closing.id)).toEqual([]);
    expect(await stateOf(first)).toBe('CANCELLED');
  });

  it('comes back by itself where the series has become another one meanwhile', async () => {
    const { first, closing, seriesId } = await cancelled();
    const edit = { title: 'Other', details: null, startTime: '14:00', endTime: '15:00', resources: null };
    const later = testCtx(db, member.viewer);
    later.clock.advance(1_000);
    made(await updateSeries(later, { ...act, ...edit, seriesId, mode: ALL, dryRun: false }));
    expect(await undo(closing.id)).toEqual([[]]);
    const [row] = await psql('select title, detached from reservation where id = $1', [first.id]);
    expect(row).toEqual({ title: 'Standup', detached: true });
  });
});

it('expires dead holds that lie where something comes back', async () => {
  const r = await room(db);
  const ctx = testCtx(db, manager.viewer);
  const mine = testCtx(db, member.viewer, ctx.clock);
  const first = await reserved(mine, [r.id], at('09:00'), at('10:00'));
  const { closing } = await close(ctx, r.id, { existing: 'CANCEL' });
  await psql(
    `with made as (insert into reservation (id, title, owner_id, creator_id, state, starts_at, ends_at, expires_at, created_at, updated_at)
       values (gen_random_uuid(), 'Held', $1, $1, 'HELD', $3, $4, $5, now(), now()) returning id)
     insert into claim (reservation_id, resource_id, pooled, occupied, occupies_until)
     select id, $2, false, tstzrange($3::timestamptz, $4::timestamptz), $5 from made`,
    [member.id, r.id, at('09:00'), at('10:00'), '2027-03-01T08:01:00Z'],
  );
  ctx.clock.advance(MINUTE);
  expect(await undo(closing.id, ctx)).toEqual([[]]);
  expect(await stateOf(first)).toBe('CONFIRMED');
});

it('is too late after ten minutes, to the millisecond', async () => {
  const r = await room(db);
  const ctx = testCtx(db, manager.viewer);
  const first = await reserved(testCtx(db, member.viewer), [r.id], at('09:00'), at('10:00'));
  const { closing } = await close(ctx, r.id, { existing: 'CANCEL' });
  const { closing: other } = await close(ctx, r.id, { title: 'Painting' });
  ctx.clock.advance(10 * MINUTE - 1);
  expect(await undo(other.id, ctx)).toEqual([]);
  ctx.clock.advance(1);
  expect(await undoClosing(ctx, closing.id)).toMatchObject({
    kind: 'UndoTooLate',
    undoableUntilAt: '2027-03-01T08:10:00.000Z',
  });
  expect(await stateOf(first)).toBe('CANCELLED');
});

it('answers the same again, at once or years later, and changes nothing', async () => {
  const r = await room(db);
  const [gone, back] = [await reserve([r.id], '09:00', '09:30'), await reserve([r.id], '10:00', '11:00')];
  const { closing } = await close(boss, r.id, { existing: 'CANCEL' });
  const answers = await Promise.all([1, 2, 3, 4].map(() => undoClosing(boss, closing.id)));
  for (const answer of answers) expect(answer).toEqual(answers[0]);
  expect(answers[0]).toMatchObject({
    removedCount: 1,
    changedBackCount: 0,
    undoings: [{ reservationId: gone.id }, { reservationId: back.id }],
  });
  const ctx = testCtx(db, manager.viewer);
  ctx.clock.set('2029-01-01T00:00:00Z');
  expect(await undoClosing(ctx, closing.id)).toEqual(answers[0]);
  expect(
    await psql(`select from notification where kind = 'RESTORED_AFTER_CLOSURE' and reservation_id = $1`, [
      back.id,
    ]),
  ).toHaveLength(1);
});

it('is for those who may close the resource', async () => {
  const carer = await person(db);
  const r = await room(db, { managers: [carer.id] });
  const { closing } = await close(boss, r.id);
  expect(await undoClosing(me, closing.id)).toMatchObject({ kind: 'NotFound' });
  expect(await undo(closing.id, testCtx(db, carer.viewer))).toEqual([]);
  expect(await undoClosing(me, closing.id)).toMatchObject({ kind: 'NotFound' });
  expect(await createReservation(me, wishFor([r.id], at('09:00'), at('10:00')))).toMatchObject({
    state: 'CONFIRMED',
  });
});
