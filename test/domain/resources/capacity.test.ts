import { createReservation } from '../../../src/domain/reservations/create-reservation.js';
import { updateResource } from '../../../src/domain/resources/update-resource.js';
import { testCtx } from '../../kit/ctx.js';
import { useDatabase } from '../../kit/database.js';
import { eventually } from '../../kit/eventually.js';
import { person } from '../../kit/people.js';
import { pool, room } from '../../kit/things.js';

const { db, psql } = await useDatabase();
const boss = await person(db, 'MANAGER');
const ctx = testCtx(db, boss.viewer);

const at = (time: string, day = 2) => new Date(`2027-03-0${day}T${time}:00Z`);
async function reserve(
  resourceId: string,
  window: { startsAt: Date; endsAt: Date },
  quantity = 1,
  holdMs: number | null = null,
) {
  const made = await createReservation(ctx, {
    title: 'Use',
    details: '',
    window,
    resources: [{ resourceId, quantity }],
    holdMs,
    ownerId: null,
    idempotencyKey: null,
    dryRun: false,
  });
  return 'node' in made ? made : null;
}
const from = (start: string, end: string, day = 2) => ({ startsAt: at(start, day), endsAt: at(end, day) });
const capacityOf = async (id: string) =>
  (await psql<{ capacity: number }>('select capacity from resource where id = $1', [id]))[0]?.capacity;

describe('a pool', () => {
  it('shrinks to the peak of what is committed and not below, naming the first stretch that would not fit', async () => {
    const p = await pool(db, { capacity: 9 });
    await reserve(p.id, from('09:00', '12:00'), 2);
    await reserve(p.id, from('10:00', '11:00'), 3);
    await reserve(p.id, from('10:30', '11:30'), 1);
    await reserve(p.id, from('15:00', '16:00'), 5);
    expect(await updateResource(ctx, { id: p.id, capacity: 6 })).toMatchObject({ capacity: 6, version: 2 });
    const refused = await updateResource(ctx, { id: p.id, capacity: 4 });
    expect(refused).toMatchObject({
      kind: 'CapacityBelowUse',
      path: ['input', 'capacity'],
      used: 6,
      capacity: 4,
    });
    const { window } = refused as unknown as { window: { startsAt: string; endsAt: string } };
    expect([new Date(window.startsAt), new Date(window.endsAt)]).toEqual([at('10:00'), at('11:00')]);
    expect(await capacityOf(p.id)).toBe(6);
  });

  it('shrinks below what is over already, by the clock', async () => {
    const p = await pool(db, { capacity: 5 });
    await reserve(p.id, from('09:00', '10:00'), 5);
    const later = testCtx(db, boss.viewer);
    later.clock.set('2027-03-02T10:00:00Z');
    expect(await updateResource(later, { id: p.id, capacity: 4 })).toMatchObject({
      kind: 'CapacityBelowUse',
    });
    await psql(
      `update reservation set starts_at = '2020-01-01', ends_at = '2020-01-02' where id in (select reservation_id from claim where resource_id = $1)`,
      [p.id],
    );
    await psql(`update claim set occupied = '[2020-01-01,2020-01-02)' where resource_id = $1`, [p.id]);
    expect(await updateResource(later, { id: p.id, capacity: 4 })).toMatchObject({ capacity: 4 });
  });

  it('does not mind a hold that the clock has killed, expires it and says so in the stream', async () => {
    const p = await pool(db, { capacity: 3 });
    await reserve(p.id, from('09:00', '10:00'), 3, 60_000);
    expect(await updateResource(ctx, { id: p.id, capacity: 1 })).toMatchObject({ kind: 'CapacityBelowUse' });
    const later = testCtx(db, boss.viewer);
    later.clock.advance(60_000);
    const woken: unknown[] = [];
    await later.bus.listen((wake) => woken.push(wake));
    expect(await updateResource(later, { id: p.id, capacity: 1 })).toMatchObject({ capacity: 1 });
    await eventually(() => expect(woken).toEqual([{ kind: 'streams', resourceIds: [p.id] }]));
    const stream = await psql(
      'select quantity, taken is null as freed from outbox where resource_id = $1 order by version',
      [p.id],
    );
    expect(stream).toEqual([
      { quantity: 3, freed: false },
      { quantity: 3, freed: true },
    ]);
  });

  it('never ends below its use when it shrinks while others reserve', async () => {
    for (let round = 0; round < 12; round++) {
      const p = await pool(db, { capacity: 2 });
      const [shrunk, ...reserved] = await Promise.all([
        updateResource(ctx, { id: p.id, capacity: 1 }),
        ...Array.from({ length: 4 }, () => reserve(p.id, from('09:00', '10:00'))),
      ]);
      const won = reserved.filter((made) => made !== null).length;
      const capacity = (await capacityOf(p.id)) ?? 0;
      expect(won).toBeLessThanOrEqual(capacity);
      expect(capacity).toBe('kind' in shrunk ? 2 : 1);
      expect(won).toBeGreaterThan(0);
    }
  });

  it('becomes exclusive where it was never shared, with all its reservations', async () => {
    const p = await pool(db, { capacity: 2 });
    await reserve(p.id, from('09:00', '10:00'));
    await reserve(p.id, from('10:00', '11:00'));
    expect(await updateResource(ctx, { id: p.id, pooled: false })).toMatchObject({
      pooled: false,
      capacity: 1,
    });
    await expect(
      psql(`update claim set occupied = '[2027-03-02 09:30Z,2027-03-02 10:30Z)' where resource_id = $1`, [
        p.id,
      ]),
    ).rejects.toMatchObject({ code: '23P01' });
  });

  it.each<[string, (id: string) => Promise<unknown>]>([
    [
      'two shared it',
      async (id) => [await reserve(id, from('09:00', '10:00')), await reserve(id, from('09:59', '11:00'))],
    ],
    ['somebody took two at once', (id) => reserve(id, from('09:00', '10:00'), 2)],
  ])('stays a pool where %s', async (_, use) => {
    const p = await pool(db, { capacity: 2 });
    await use(p.id);
    expect(await updateResource(ctx, { id: p.id, pooled: false })).toMatchObject({
      kind: 'CapacityBelowUse',
      path: ['input', 'isPool'],
      used: 2,
    });
    expect(await updateResource(ctx, { id: p.id, name: 'Still a pool' })).toMatchObject({
      pooled: true,
      capacity: 2,
    });
  });
});

it('makes a pool of an exclusive resource, whose reservations stay', async () => {
  const r = await room(db);
  await reserve(r.id, from('09:00', '10:00'));
  expect(await updateResource(ctx, { id: r.id, pooled: true, capacity: 2 })).toMatchObject({
    pooled: true,
    capacity: 2,
  });
  expect(await reserve(r.id, from('09:00', '10:00'))).not.toBeNull();
  expect(await reserve(r.id, from('09:00', '10:00'))).toBeNull();
});

it('refuses by psql too what would leave a pool below its use', async () => {
  const p = await pool(db, { capacity: 2 });
  await reserve(p.id, from('09:00', '10:00'), 2);
  await expect(psql('update resource set capacity = 1 where id = $1', [p.id])).rejects.toMatchObject({
    code: 'HF002',
  });
});
