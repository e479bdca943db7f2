import { checkTimeZones } from '../../../src/domain/reservations/check-time-zones.js';
import { createReservation } from '../../../src/domain/reservations/create-reservation.js';
import { moveReservations } from '../../../src/domain/reservations/move-reservations.js';
import { reserved } from '../../kit/closures.js';
import { testCtx } from '../../kit/ctx.js';
import { useDatabase } from '../../kit/database.js';
import { person } from '../../kit/people.js';
import { room } from '../../kit/things.js';

const { db, psql } = await useDatabase();

it('keeps wall time and zone of what is made and moved, and lists what a new tz database would move', async () => {
  const ctx = testCtx(db, (await person(db)).viewer);
  const r = await room(db, { timeZone: 'America/Sao_Paulo' });
  const make = async (startsAt: string, endsAt: string) => {
    const made = await createReservation(ctx, {
      title: 'Samba',
      details: '',
      window: { startsAt: new Date(startsAt), endsAt: new Date(endsAt) },
      resources: [{ resourceId: r.id, quantity: 1 }],
      holdMs: null,
      ownerId: null,
      idempotencyKey: null,
      dryRun: false,
    });
    if (!('node' in made)) throw new Error('not made');
    return made.id;
  };
  const stays = await make('2027-07-01T12:00Z', '2027-07-01T13:00Z');
  const moves = await make('2027-07-02T12:00Z', '2027-07-02T13:00Z');
  const window = { startsAt: new Date('2027-07-03T12:00Z'), endsAt: new Date('2027-07-03T13:00Z') };
  const move = { id: moves, expectedVersion: null, resources: null, ...window };
  await moveReservations(ctx, { moves: [move], idempotencyKey: null, dryRun: false });
  const kept = await psql('select time_zone, local_start::text from reservation order by starts_at');
  expect(kept).toEqual([
    { time_zone: 'America/Sao_Paulo', local_start: '2027-07-01 09:00:00' },
    { time_zone: 'America/Sao_Paulo', local_start: '2027-07-03 09:00:00' },
  ]);
  // As if it had been made when summer time was still expected: an hour earlier for the same wall clock.
  await psql(
    `update reservation set local_start = local_start + interval '1 hour',
    local_end = local_end + interval '1 hour' where id = $1`,
    [moves],
  );
  const found = [];
  for await (const { row, window } of checkTimeZones(ctx))
    found.push({ id: row.id, startsAt: window?.startsAt });
  expect(found).toEqual([{ id: moves, startsAt: new Date('2027-07-03T13:00Z') }]);
  expect(stays).not.toBe(moves);
});

it('lists what lies in a zone that this tz database does not know, and goes on', async () => {
  const ctx = testCtx(db, (await person(db)).viewer);
  const r = await room(db, { timeZone: 'Europe/Berlin' });
  const lost = await reserved(ctx, [r.id], '2027-07-05T12:00:00Z', '2027-07-05T13:00:00Z');
  await psql(`update reservation set time_zone = 'Mars/Olympus_Mons' where id = $1`, [lost.id]);
  const moves = await reserved(ctx, [r.id], '2027-07-06T12:00:00Z', '2027-07-06T13:00:00Z');
  await psql(`update reservation set local_start = local_start + interval '1 hour' where id = $1`, [
    moves.id,
  ]);
  const found = [];
  for await (const { row, window } of checkTimeZones(ctx)) found.push([row.id, window === null]);
  expect(found.slice(-2)).toEqual([
    [lost.id, true],
    [moves.id, false],
  ]);
});
