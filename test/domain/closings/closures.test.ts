import { createClosure } from '../../../src/domain/closings/create-closure.js';
import { previewClosure } from '../../../src/domain/closings/preview-closure.js';
import { updateClosure } from '../../../src/domain/closings/update-closure.js';
import { cancelReservation } from '../../../src/domain/reservations/cancel-reservation.js';
import { createReservation } from '../../../src/domain/reservations/create-reservation.js';
import { readClosedSpans, readClosurePage } from '../../../src/domain/schedules/closure-reader.js';
import { removeClosure } from '../../../src/domain/schedules/remove-closure.js';
import type { Stretch } from '../../../src/domain/time/stretch.js';
import { close, reserved, scopeOf, wishFor } from '../../kit/closures.js';
import { testCtx } from '../../kit/ctx.js';
import { useDatabase } from '../../kit/database.js';
import { divided } from '../../kit/parts.js';
import { person } from '../../kit/people.js';
import { place, pool, resourceType, room } from '../../kit/things.js';
import { toldOf } from '../../kit/told.js';

const { db, psql } = await useDatabase();
const boss = testCtx(db, (await person(db, 'MANAGER')).viewer);
const member = await person(db, 'MEMBER', { name: 'Mia' });
const me = testCtx(db, member.viewer);

const at = (time: string) => `2027-03-02T${time}:00Z`;
const reserve = (resourceIds: string[], from: string, to: string, more: object = {}) =>
  reserved(me, resourceIds, at(from), at(to), more);
const stateOf = async ({ id }: { id: string }) =>
  (await psql<{ state: string }>('select state from reservation where id = $1', [id]))[0]?.state;
const told = (reservation: { id: string }) => toldOf(db, reservation);
const codes = (result: object) =>
  'reasons' in result ? (result.reasons as { code: string }[]).map(({ code }) => code) : result;
const closedSpans = async (id: string, bounds: Stretch) =>
  (await readClosedSpans(boss, [id], bounds)).get(id) ?? [];
const CLOSURE = {
  title: 'Maintenance',
  startsLocal: '2027-03-02T09:00',
  endsLocal: '2027-03-02T11:00',
  rrule: null,
  exdates: [],
  existing: 'KEEP',
} as const;

describe('a closure over reservations', () => {
  it('keeps and lists what it meets, and refuses what comes after it', async () => {
    const r = await room(db);
    const met = await reserve([r.id], '10:00', '12:00');
    const later = await reserve([r.id], '11:00', '12:00').catch(() => null);
    expect(later).toBeNull();
    await reserve([r.id], '12:00', '13:00');
    await reserve([r.id], '08:30', '09:00');
    const made = await close(boss, r.id);
    expect(made.met).toMatchObject({ totalCount: 1, reservations: [{ id: met.id, state: 'CONFIRMED' }] });
    expect(made.closure).toMatchObject({
      node: 'Closure',
      version: 1,
      startsLocal: '2027-03-02T09:00:00.000',
      creatorId: boss.viewer.userId,
    });
    const refused = await createReservation(me, wishFor([r.id], at('09:30'), at('10:00')));
    expect(codes(refused)).toEqual(['CLOSED']);
    expect(refused).toMatchObject({ reasons: [{ closure: { id: made.closure.id, title: 'Maintenance' } }] });
    expect(await told(met)).toEqual([]);
  });

  it('closes the whole with its part, tells its stream, and leaves the other part alone', async () => {
    const [hall, east, west] = [await room(db), await room(db), await room(db)];
    await divided(db, hall.id, [east.id, west.id]);
    const all = await reserve([hall.id], '09:30', '10:00');
    const streamOf = async (id: string) =>
      Number(
        (await psql<{ version: string }>('select version from stream where resource_id = $1', [id]))[0]
          ?.version,
      );
    const before = await streamOf(hall.id);
    const made = await close(boss, east.id, { existing: 'CANCEL' });
    expect(made.met).toMatchObject({ totalCount: 1, reservations: [{ id: all.id, state: 'CANCELLED' }] });
    expect(await streamOf(hall.id)).toBeGreaterThan(before);
    const wish = (id: string) =>
      createReservation(me, { ...wishFor([id], at('09:30'), at('10:00')), dryRun: true });
    expect(codes(await wish(hall.id))).toEqual(['CLOSED']);
    expect(codes(await wish(east.id))).toEqual(['CLOSED']);
    expect(codes(await wish(west.id))).toMatchObject({ node: 'Reservation' });
  });

  it('cancels what it meets in one commit, with a record and a word to each owner', async () => {
    const [r, other] = [await room(db, { name: 'Big room' }), await room(db)];
    const confirmed = await reserve([r.id], '10:00', '12:00');
    const held = await reserve([r.id], '09:00', '10:00', { holdMs: 600_000 });
    const set = await reserve([r.id, other.id], '08:00', '09:00');
    const [before] = await psql<{ version: string }>('select version from stream where resource_id = $1', [
      other.id,
    ]);
    const made = await close(boss, r.id, { existing: 'CANCEL', startsLocal: '2027-03-02T08:30' });
    expect(made.met.totalCount).toBe(3);
    expect(made.met.reservations.map(({ id }) => id)).toEqual([set.id, held.id, confirmed.id]);
    expect(made.met.reservations.every(({ state }) => state === 'CANCELLED')).toBe(true);
    expect(await told(confirmed)).toEqual([
      {
        kind: 'CANCELLED_BY_CLOSURE',
        userId: member.id,
        message: expect.stringMatching(
          /^Cancelled by a closure: Planning · Big room \(.+\) · Tue, 2 March 2027, 10:00.12:00 \(UTC\) · Closure: Maintenance$/,
        ),
      },
    ]);
    const audits = await psql(
      `select actor_id, before, after from audit where subject_id = $1 and action = 'reservation.cancelByClosure'`,
      [held.id],
    );
    expect(audits).toEqual([
      {
        actor_id: boss.viewer.userId,
        before: { state: 'HELD', version: 1 },
        after: { state: 'CANCELLED', version: 2, closureId: made.closure.id },
      },
    ]);
    // The other resource of the set is free again too, and its stream says so.
    const [after] = await psql<{ version: string }>('select version from stream where resource_id = $1', [
      other.id,
    ]);
    expect(Number(after?.version)).toBe(Number(before?.version) + 1);
    await reserve([other.id], '08:00', '09:00');
    const claims = await psql('select from claim where resource_id = $1 and occupies', [r.id]);
    expect(claims).toHaveLength(0);
  });

  it('leaves alone what is over, cancelled, expired or only met by buffers', async () => {
    const r = await room(db, { setupMinutes: 30, teardownMinutes: 30 });
    const ctx = testCtx(db, member.viewer);
    ctx.clock.set('2027-03-02T06:00:00Z');
    await reserved(ctx, [r.id], at('07:00'), at('08:30'));
    await reserved(ctx, [r.id], at('11:30'), at('12:00'));
    const gone = await reserved(ctx, [r.id], at('09:30'), at('10:30'));
    await cancelReservation(ctx, { id: gone.id, expectedVersion: null, idempotencyKey: null });
    const dead = await reserved(ctx, [r.id], at('09:30'), at('10:30'), { holdMs: 1_000 });
    const manager = testCtx(db, boss.viewer);
    manager.clock.set('2027-03-02T08:40:00Z');
    const made = await close(manager, r.id, {
      startsLocal: '2027-03-02T07:00',
      endsLocal: '2027-03-02T11:15',
      existing: 'CANCEL',
    });
    expect(made.met).toEqual({ totalCount: 0, reservations: [] });
    expect(await stateOf(dead)).toBe('HELD');
  });

  it('meets pools whatever the quantity, and counts each reservation of a set once', async () => {
    const typeId = (await resourceType(db)).id;
    const [p, r] = [await pool(db, { typeId, capacity: 5 }), await room(db, { typeId })];
    await reserve([p.id, r.id], '09:00', '10:00');
    await reserve([p.id], '10:00', '10:30');
    const { closure: _closure, met } = await close(boss, '', {
      scope: scopeOf({ typeId }),
      existing: 'CANCEL',
    });
    expect(met.totalCount).toBe(2);
    const claims = await psql('select from claim where resource_id = any ($1) and occupies', [[p.id, r.id]]);
    expect(claims).toHaveLength(0);
  });

  it('closes whole days by the clocks of each resource', async () => {
    const placeId = (await place(db)).id;
    const berlin = await room(db, { placeId, timeZone: 'Europe/Berlin' });
    const york = await room(db, { placeId, timeZone: 'America/New_York' });
    // 23:30 UTC is past midnight in Berlin and evening in New York.
    const inside = await reserved(me, [berlin.id], '2027-03-01T23:30:00Z', '2027-03-02T00:00:00Z');
    await reserved(me, [york.id], '2027-03-01T23:30:00Z', '2027-03-02T00:00:00Z');
    await reserved(me, [berlin.id], '2027-03-02T23:30:00Z', '2027-03-03T00:00:00Z');
    const late = await reserved(me, [york.id], '2027-03-02T23:30:00Z', '2027-03-03T00:00:00Z');
    const made = await close(boss, '', {
      scope: scopeOf({ placeId }),
      startsLocal: '2027-03-02',
      endsLocal: '2027-03-03',
    });
    expect(made.met.reservations.map(({ id }) => id)).toEqual([inside.id, late.id]);
  });

  it('is as long as its day where clocks change', async () => {
    const r = await room(db, { timeZone: 'Europe/Berlin' });
    await close(boss, r.id, { startsLocal: '2027-03-28', endsLocal: '2027-03-29' });
    const bounds = { from: Date.parse('2027-03-01T00:00Z'), to: Date.parse('2027-04-30T00:00Z') };
    const [span] = await closedSpans(r.id, bounds);
    expect([span?.from, span?.to].map((ms) => new Date(ms ?? 0).toISOString())).toEqual([
      '2027-03-27T23:00:00.000Z',
      '2027-03-28T22:00:00.000Z',
    ]);
  });

  it('keeps its length where clocks skip its start, as an occurrence of a rule does', async () => {
    const berlin = await room(db, { timeZone: 'Europe/Berlin' });
    const gap = { startsLocal: '2027-03-28T02:30', endsLocal: '2027-03-28T03:00' };
    const scope = scopeOf({ resourceId: berlin.id });
    const met = await reserved(me, [berlin.id], '2027-03-28T01:45:00Z', '2027-03-28T02:00:00Z');
    expect(await previewClosure(boss, { ...CLOSURE, ...gap, scope })).toMatchObject({ totalCount: 1 });
    expect((await close(boss, berlin.id, gap)).met.reservations).toMatchObject([{ id: met.id }]);
    await close(boss, berlin.id, { startsLocal: '2027-03-28T02:59', endsLocal: '2027-03-28T03:30' });
    const bounds = { from: Date.parse('2027-03-28T00:00Z'), to: Date.parse('2027-03-29T00:00Z') };
    const spans = await closedSpans(berlin.id, bounds);
    expect(spans.map(({ from, to }) => [from, to].map((ms) => new Date(ms).toISOString()))).toEqual([
      ['2027-03-28T01:30:00.000Z', '2027-03-28T02:00:00.000Z'],
      ['2027-03-28T01:59:00.000Z', '2027-03-28T02:30:00.000Z'],
    ]);
  });

  it('closes what it should also where a room has moved to clocks that skip its start', async () => {
    const r = await room(db, { timeZone: 'Asia/Tokyo' });
    await close(boss, r.id, { startsLocal: '2027-03-28T02:30', endsLocal: '2027-03-28T03:00' });
    await psql(`update resource set time_zone = 'Europe/Berlin' where id = $1`, [r.id]);
    const wish = wishFor([r.id], '2027-03-28T01:45:00Z', '2027-03-28T02:30:00Z');
    expect(codes(await createReservation(me, wish))).toEqual(['CLOSED']);
  });

  it('recurs: every occurrence as far as any horizon reaches but those left out', async () => {
    const r = await room(db, { timeZone: 'Europe/Berlin' });
    const on = (date: string, hour = '08') =>
      reserved(me, [r.id], `${date}T${hour}:30:00Z`, `${date}T${hour}:45:00Z`);
    const [first, out, third] = [await on('2027-03-02'), await on('2027-03-09'), await on('2027-03-16')];
    const otherDay = await on('2027-03-10');
    // 08:30 UTC is 09:30 in Berlin in winter, and 10:30 in summer.
    const [summer, later] = [await on('2027-06-01', '07'), await on('2027-06-08', '08')];
    const [far, farther] = [await on('2037-02-24'), await on('2037-06-02', '07')];
    const { met } = await close(boss, r.id, {
      startsLocal: '2027-03-02T09:00',
      endsLocal: '2027-03-02T10:00',
      rrule: 'FREQ=WEEKLY',
      exdates: ['2027-03-09'],
      existing: 'CANCEL',
    });
    expect(met.reservations.map(({ id }) => id)).toEqual([first.id, third.id, summer.id, far.id]);
    for (const kept of [out, otherDay, later, farther]) expect(await stateOf(kept)).toBe('CONFIRMED');
  });

  it('shows by a preview what it would meet, and writes nothing', async () => {
    const r = await room(db);
    const met = await reserve([r.id], '10:00', '12:00');
    const { existing: _existing, ...fields } = CLOSURE;
    const preview = await previewClosure(boss, { ...fields, scope: scopeOf({ resourceId: r.id }) });
    expect(preview).toMatchObject({ totalCount: 1, reservations: [{ id: met.id, state: 'CONFIRMED' }] });
    expect(await psql('select from closure where resource_id = $1', [r.id])).toHaveLength(0);
  });

  it('lists the first 200 of what it meets, and cancels all', async () => {
    const r = await pool(db, { capacity: 300 });
    for (let made = 0; made < 210; made++) await reserve([r.id], '10:00', '10:15');
    const { met } = await close(boss, r.id, { existing: 'CANCEL' });
    expect([met.reservations.length, met.totalCount]).toEqual([200, 210]);
    expect(await psql('select from claim where resource_id = $1 and occupies', [r.id])).toHaveLength(0);
  });
});

describe('changing closures', () => {
  it('lays a changed closure anew, and opens again what it no longer closes', async () => {
    const r = await room(db);
    const evening = await reserve([r.id], '18:00', '19:00');
    const { closure } = await close(boss, r.id);
    const moved = await updateClosure(boss, {
      id: closure.id,
      expectedVersion: 1,
      startsLocal: '2027-03-02T18:00',
      endsLocal: '2027-03-02T20:00',
      existing: 'CANCEL',
    });
    expect(moved).toMatchObject({
      closure: { version: 2, title: 'Maintenance' },
      met: { totalCount: 1, reservations: [{ id: evening.id }] },
    });
    await reserve([r.id], '09:00', '10:00');
    expect(codes(await createReservation(me, wishFor([r.id], at('18:00'), at('19:00'))))).toEqual(['CLOSED']);
    expect(
      await updateClosure(boss, { id: closure.id, expectedVersion: 1, title: 'x', existing: 'KEEP' }),
    ).toMatchObject({ kind: 'VersionConflict', currentVersion: 2 });
  });

  it('opens what a removed closure had closed; what it had cancelled stays so', async () => {
    const r = await room(db);
    const met = await reserve([r.id], '10:00', '11:00');
    const { closure } = await close(boss, r.id, { existing: 'CANCEL' });
    expect(await removeClosure(boss, { id: closure.id, expectedVersion: 7 })).toMatchObject({
      kind: 'VersionConflict',
    });
    expect(await removeClosure(boss, { id: closure.id })).toMatchObject({ id: closure.id });
    expect(await removeClosure(boss, { id: closure.id })).toMatchObject({ kind: 'NotFound' });
    expect(await stateOf(met)).toBe('CANCELLED');
    await reserve([r.id], '10:00', '11:00');
  });

  it('tells the stream of every resource that it touches, and wakes whoever watches', async () => {
    const placeId = (await place(db)).id;
    const [a, b] = [await room(db, { placeId }), await room(db, { placeId })];
    const woken: string[] = [];
    const stop = await boss.bus.listen((wake) => {
      if (wake.kind === 'streams') woken.push(...wake.resourceIds);
    });
    const { closure } = await close(boss, '', { scope: scopeOf({ placeId }) });
    await removeClosure(boss, { id: closure.id });
    await new Promise(setImmediate);
    stop();
    expect(woken.sort()).toEqual([a.id, a.id, b.id, b.id].sort());
    const versions = await psql('select version from stream where resource_id = any ($1)', [[a.id, b.id]]);
    expect(versions).toEqual([{ version: '2' }, { version: '2' }]);
  });

  it('refuses what makes no closure', async () => {
    const r = await room(db);
    const attempt = (more: object) =>
      createClosure(boss, { ...CLOSURE, scope: scopeOf({ resourceId: r.id }), ...more });
    const path = async (more: object) => ((await attempt(more)) as { path?: string[] }).path;
    expect(await path({ endsLocal: '2027-03-02T09:00' })).toEqual(['input', 'endsLocal']);
    expect(await path({ startsLocal: '2027-02-30' })).toEqual(['input', 'startsLocal']);
    expect(await path({ startsLocal: '2027-03-02T09:00Z' })).toEqual(['input', 'startsLocal']);
    expect(await path({ title: '  ' })).toEqual(['input', 'title']);
    expect(await path({ exdates: ['2027-03-09'] })).toEqual(['input', 'exdates']);
    expect(await path({ rrule: 'FREQ=SOMETIMES' })).toEqual(['input', 'rrule']);
    expect(await path({ scope: scopeOf({ resourceId: r.id, typeId: r.typeId }) })).toEqual([
      'input',
      'scope',
    ]);
    expect(await attempt({ scope: scopeOf({ placeId: r.id }) })).toMatchObject({ kind: 'NotFound' });
  });

  it('lets a resource be closed by its own managers, and more only by managers', async () => {
    const carer = await person(db);
    const [mine, other] = [await room(db, { managers: [carer.id] }), await room(db)];
    const ctx = testCtx(db, carer.viewer);
    const { closure } = await close(ctx, mine.id);
    expect(await createClosure(ctx, { ...CLOSURE, scope: scopeOf({ resourceId: other.id }) })).toMatchObject({
      kind: 'NotFound',
    });
    expect(await createClosure(ctx, { ...CLOSURE, scope: scopeOf({ typeId: mine.typeId }) })).toMatchObject({
      kind: 'InvalidInput',
      message: 'Only managers and administrators close more than a resource or a place in their care.',
    });
    expect(await removeClosure(me, { id: closure.id })).toMatchObject({ kind: 'NotFound' });
    expect(await updateClosure(me, { id: closure.id, title: 'x', existing: 'KEEP' })).toMatchObject({
      kind: 'NotFound',
    });
    expect(await removeClosure(ctx, { id: closure.id })).toMatchObject({ id: closure.id });
  });

  it('finds closures by scope and by window, page by page', async () => {
    const { id: typeId } = await resourceType(db);
    const scope = scopeOf({ typeId });
    const days = ['2027-05-01', '2027-05-02', '2027-06-01'];
    for (const [index, startsLocal] of days.entries())
      await close(boss, '', { scope, startsLocal, endsLocal: `${startsLocal}T12:00`, title: `No ${index}` });
    await close(boss, '', {
      scope,
      title: 'Sundays',
      startsLocal: '2027-01-03',
      endsLocal: '2027-01-04',
      rrule: 'FREQ=WEEKLY',
    });
    const titles = (rows: readonly { title: string }[]) => rows.map(({ title }) => title);
    const all = await readClosurePage(boss, scope, null, null, 10);
    expect(titles(all)).toEqual(['Sundays', 'No 0', 'No 1', 'No 2']);
    const window = { from: Date.parse('2027-05-31T12:00Z'), to: Date.parse('2027-06-02T00:00Z') };
    expect(titles(await readClosurePage(boss, scope, window, null, 10))).toEqual(['No 2']);
    const rest = await readClosurePage(boss, scope, null, all[1] ?? null, 10);
    expect(titles(rest)).toEqual(['No 1', 'No 2']);
  });
});
