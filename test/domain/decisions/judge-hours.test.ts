import { newId } from '../../../src/domain/ids.js';
import { createReservation } from '../../../src/domain/reservations/create-reservation.js';
import { testCtx } from '../../kit/ctx.js';
import { useDatabase } from '../../kit/database.js';
import { person } from '../../kit/people.js';
import { room } from '../../kit/things.js';

const { db, psql } = await useDatabase();
const ctx = testCtx(db, (await person(db)).viewer);

it('judges the hours of each day by themselves where an exemption ends at midnight', async () => {
  const { id } = await room(db);
  const settings = {
    week: [{ days: [1, 2, 3], spans: [{ opens: '08:00', closes: '18:00' }] }],
    exceptions: [],
  };
  for (const [from, exempt] of [
    [null, ['MEMBER']],
    ['2027-03-03', []],
  ])
    await psql(
      `insert into rule (id, kind, resource_id, effective_from, exempt_roles, settings)
       values ($1, 'OPENING_HOURS', $2, $3, $4, $5)`,
      [newId(), id, from, exempt, settings],
    );
  const wish = (startsAt: string, endsAt: string) =>
    createReservation(ctx, {
      title: 'x',
      details: '',
      window: { startsAt: new Date(startsAt), endsAt: new Date(endsAt) },
      resources: [{ resourceId: id, quantity: 1 }],
      holdMs: null,
      ownerId: null,
      idempotencyKey: null,
      dryRun: true,
    });
  expect(await wish('2027-03-02T23:00:00Z', '2027-03-03T00:00:00Z')).toHaveProperty('node');
  expect(await wish('2027-03-02T23:00:00Z', '2027-03-03T01:00:00Z')).toMatchObject({
    reasons: [
      {
        code: 'OUTSIDE_OPENING_HOURS',
        span: { startsAt: '2027-03-03T00:00:00.000Z', endsAt: '2027-03-03T01:00:00.000Z' },
      },
    ],
  });
});
