import { newId } from '../../src/domain/ids.js';
import { useDatabase } from '../kit/database.js';
import { person } from '../kit/people.js';
import { pool, room } from '../kit/things.js';

// Everything here is written as psql would write it: past the program.
const { db, psql } = await useDatabase();
const { id: owner } = await person(db);

async function reservation(state = 'CONFIRMED', expiresAt: string | null = null): Promise<string> {
  const id = newId();
  await psql(
    `insert into reservation (id, title, owner_id, creator_id, state, starts_at, ends_at, expires_at, created_at, updated_at)
     values ($1, 'By hand', $2, $2, $3, '2030-01-01', '2030-01-02', $4, now(), now())`,
    [id, owner, state, expiresAt],
  );
  return id;
}

const claim = (
  of: string,
  resource: string,
  span: string,
  more: { pooled?: boolean; quantity?: number; until?: string } = {},
) =>
  psql(
    `insert into claim (reservation_id, resource_id, pooled, quantity, occupied, occupies_until) values ($1, $2, $3, $4, $5, $6)`,
    [of, resource, more.pooled ?? false, more.quantity ?? 1, span, more.until ?? 'infinity'],
  );
const code = (expected: string) => expect.objectContaining({ code: expected });
const versions = async (resource: string) =>
  (
    await psql<{ version: string }>('select version from outbox where resource_id = $1 order by version', [
      resource,
    ])
  ).map(({ version }) => Number(version));

it('refuses two claims that overlap on one room, and lets them touch', async () => {
  const { id } = await room(db);
  await claim(await reservation(), id, '[2030-01-01 09:00+0,2030-01-01 10:00+0)');
  await claim(await reservation(), id, '[2030-01-01 10:00+0,2030-01-01 11:00+0)');
  await expect(claim(await reservation(), id, '[2030-01-01 09:59+0,2030-01-01 10:01+0)')).rejects.toEqual(
    code('23P01'),
  );
  expect(await versions(id)).toEqual([1, 2]);
});

it('refuses the claim that a pool has no room for, even from two sessions at once', async () => {
  const { id } = await pool(db, { capacity: 2 });
  const span = '[2030-01-01 09:00+0,2030-01-01 10:00+0)';
  const reservations = await Promise.all(Array.from({ length: 6 }, () => reservation()));
  const outcomes = await Promise.allSettled(reservations.map((of) => claim(of, id, span, { pooled: true })));
  expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(2);
  for (const outcome of outcomes)
    if (outcome.status === 'rejected') expect(outcome.reason).toEqual(code('HF001'));
});

it.each([
  ['empty', 'empty'],
  ['unbounded', '[2030-01-01 09:00+0,)'],
  ['endless', '[2030-01-01 09:00+0,infinity)'],
  ['closed at its end', '[2030-01-01 09:00+0,2030-01-01 10:00+0]'],
])('refuses a span that is %s', async (_, span) => {
  const { id } = await room(db);
  await expect(claim(await reservation(), id, span)).rejects.toEqual(code('23514'));
});

it('refuses a claim that does not say what its reservation says', async () => {
  const { id } = await room(db);
  const span = '[2030-01-01 09:00+0,2030-01-01 10:00+0)';
  await expect(claim(await reservation('CONFIRMED'), id, span, { until: '-infinity' })).rejects.toEqual(
    code('23503'),
  );
  await expect(claim(await reservation('CANCELLED'), id, span)).rejects.toEqual(code('23503'));
  await expect(claim(await reservation(), id, span, { pooled: true })).rejects.toEqual(code('23503'));
  await expect(claim(await reservation(), id, span, { quantity: 2 })).rejects.toEqual(code('23514'));
  await expect(reservation('HELD', null)).rejects.toEqual(code('23502'));
});

it('frees and takes with the state of the reservation, and refuses to revive one whose place is taken', async () => {
  const { id } = await room(db);
  const first = await reservation();
  const span = '[2030-01-01 09:00+0,2030-01-01 10:00+0)';
  await claim(first, id, span);
  await psql(`update reservation set state = 'CANCELLED' where id = $1`, [first]);
  const second = await reservation();
  await claim(second, id, span);
  await expect(psql(`update reservation set state = 'CONFIRMED' where id = $1`, [first])).rejects.toEqual(
    code('23P01'),
  );
  await psql('delete from reservation where id = $1', [second]);
  await psql(`update reservation set state = 'CONFIRMED' where id = $1`, [first]);
  expect(await versions(id)).toEqual([1, 2, 3, 4, 5]);
});

it('refuses to shrink a pool below what is committed', async () => {
  const { id } = await pool(db, { capacity: 3 });
  const [{ from, to } = { from: '', to: '' }] = await psql<{ from: string; to: string }>(
    `select (now() + interval '1 day')::text as from, (now() + interval '2 days')::text as to`,
  );
  await claim(await reservation(), id, `["${from}","${to}")`, { pooled: true, quantity: 2 });
  await psql('update resource set capacity = 2 where id = $1', [id]);
  await expect(psql('update resource set capacity = 1 where id = $1', [id])).rejects.toEqual(code('HF002'));
});
