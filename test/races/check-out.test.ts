import { checkIn } from '../../src/domain/presence/check-in.js';
import { checkOut } from '../../src/domain/presence/check-out.js';
import { endDeadSeries } from '../../src/domain/presence/end-series.js';
import { createReservation } from '../../src/domain/reservations/create-reservation.js';
import { moveReservations } from '../../src/domain/reservations/move-reservations.js';
import { createSeries } from '../../src/domain/series/create-series.js';
import { releaseUnattended } from '../../src/sweeper/tasks.js';
import { made, wanted } from '../domain/series/series-kit.js';
import { reserved, wishFor } from '../kit/closures.js';
import { testCtx } from '../kit/ctx.js';
import { useDatabase } from '../kit/database.js';
import { person } from '../kit/people.js';
import { mustCheckIn } from '../kit/presence.js';
import { place, pool, resourceType, room } from '../kit/things.js';

const { db, psql } = await useDatabase();
const me = testCtx(db, (await person(db)).viewer);
const other = testCtx(db, (await person(db)).viewer, me.clock);
const facts = { typeId: (await resourceType(db)).id, placeId: (await place(db)).id };
await mustCheckIn(db, {});

const at = (time: string) => `2027-03-02T${time}:00Z`;
const plain = (id: string) => ({ id, resourceId: null, expectedVersion: null, idempotencyKey: null });
const wordOf = (result: object): string => {
  if (Array.isArray(result)) return 'MOVED';
  if ('state' in result) return String(result.state);
  return 'reasons' in result
    ? (result.reasons as { code: string }[]).map(({ code }) => code).join(' ')
    : 'OTHER';
};

/** A room and a pool, reserved from ten to twelve and checked in to. */
async function there() {
  const [r, p] = [await room(db, facts), await pool(db, { ...facts, capacity: 1 })];
  me.clock.set(at('08:00'));
  const { id } = await reserved(me, [r.id, p.id], at('10:00'), at('12:00'));
  me.clock.set(at('10:00'));
  await checkIn(me, plain(id));
  me.clock.set(at('10:30'));
  return { r, p, id };
}

it('gives what is left to exactly one of those who reserve while somebody leaves, or to nobody yet, in 60 rounds', async () => {
  for (let n = 0; n < 60; n++) {
    const { r, p, id } = await there();
    const wish = (ids: string[]) => createReservation(other, wishFor(ids, at('10:30'), at('12:00')));
    const [left, ...taken] = await Promise.all([
      checkOut(me, plain(id)),
      wish([r.id, p.id]),
      wish([p.id, r.id]),
      wish([r.id]),
    ]);
    expect(wordOf(left)).toBe('COMPLETED');
    expect(taken.map(wordOf).filter((word) => word === 'CONFIRMED').length).toBeLessThanOrEqual(1);
    const changes = await psql(
      'select resource_id from outbox where reservation_id = $1 and freed is not null and upper(taken) < upper(freed)',
      [id],
    );
    expect(changes).toHaveLength(2);
  }
  const overlaps = await psql(
    `select from claim a join claim b on b.resource_id = a.resource_id and b.reservation_id > a.reservation_id
       and a.occupies and b.occupies and a.occupied && b.occupied`,
  );
  expect(overlaps).toEqual([]);
}, 60_000);

it('leaves or stays, and never both, where somebody does both at once', async () => {
  for (let n = 0; n < 30; n++) {
    const { id } = await there();
    const move = {
      id,
      expectedVersion: null,
      startsAt: null,
      endsAt: new Date(at('12:30')),
      resources: null,
    };
    const [left, stayed, again] = await Promise.all([
      checkOut(me, plain(id)),
      moveReservations(me, { moves: [move], idempotencyKey: null, dryRun: false }),
      checkOut(me, plain(id)),
    ]);
    expect([wordOf(left), wordOf(again)]).toEqual(['COMPLETED', 'COMPLETED']);
    expect(['MOVED', 'ALREADY_DECIDED']).toContain(wordOf(stayed));
    const [row] = await psql<{ ends: string; claims: string[] }>(
      `select to_char(v.ends_at, 'HH24:MI') as ends, array_agg(distinct to_char(upper(c.occupied), 'HH24:MI')) as claims
       from reservation v join claim c on c.reservation_id = v.id where v.id = $1 group by v.id`,
      [id],
    );
    expect(row).toEqual({ ends: '10:30', claims: ['10:30'] });
  }
}, 60_000);

it('ends a series once while somebody takes the place of its dead occurrence, and nobody waits for each other', async () => {
  for (let n = 0; n < 25; n++) {
    const r = await room(db, facts);
    await mustCheckIn(db, { resourceId: r.id }, { strikes: 2 });
    me.clock.set('2027-03-01T08:00:00Z');
    const { series } = made(await createSeries(me, wanted([r.id])));
    me.clock.set('2027-03-02T09:10:00Z');
    await releaseUnattended(me);
    me.clock.set('2027-03-03T09:10:00Z');
    const rest = wishFor([r.id], '2027-03-03T09:10:00Z', '2027-03-03T10:00:00Z');
    const [taken] = await Promise.all([
      createReservation(other, rest),
      releaseUnattended(me),
      endDeadSeries(me),
      releaseUnattended(me),
    ]);
    await endDeadSeries(me);
    expect(wordOf(taken)).toBe('CONFIRMED');
    const states = await psql(
      `select state, count(*)::integer from reservation where series_id = $1 group by state order by state`,
      [series.id],
    );
    expect(states).toEqual([
      { state: 'CANCELLED', count: 3 },
      { state: 'NO_SHOW', count: 2 },
    ]);
    const told = await psql(
      `select from notification where kind = 'SERIES_ENDED' and event #>> '{reservations,0,id}' in
      (select id::text from reservation where series_id = $1)`,
      [series.id],
    );
    expect(told).toHaveLength(1);
  }
}, 60_000);
