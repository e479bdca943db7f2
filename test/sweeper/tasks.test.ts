import { Client } from 'pg';
import { setPreferences } from '../../src/domain/notifications/set-preferences.js';
import { createReservation } from '../../src/domain/reservations/create-reservation.js';
import { moveReservations } from '../../src/domain/reservations/move-reservations.js';
import { expireHolds, pruneOld, relayWakes, remind } from '../../src/sweeper/tasks.js';
import { reserved } from '../kit/closures.js';
import { testCtx } from '../kit/ctx.js';
import { cloneDatabase, useDatabase } from '../kit/database.js';
import { mailsTo, withRelay } from '../kit/mails.js';
import { person } from '../kit/people.js';
import { room } from '../kit/things.js';
import { toldOf } from '../kit/told.js';

const { db, psql } = await useDatabase();
const { viewer } = await person(db);
const ctx = testCtx(db, viewer);

async function hold(resourceId: string, hour: number): Promise<void> {
  const startsAt = new Date(Date.parse('2027-03-02T00:00:00Z') + hour * 3_600_000);
  const window = { startsAt, endsAt: new Date(startsAt.getTime() + 3_600_000) };
  const made = await createReservation(ctx, {
    title: 'Held',
    details: '',
    window,
    resources: [{ resourceId, quantity: 1 }],
    holdMs: 60_000,
    ownerId: null,
    idempotencyKey: `h${hour}`,
    dryRun: false,
  });
  if (!('node' in made)) throw new Error(JSON.stringify(made));
}

it('expires 100 holds exactly once with three sweepers at it', async () => {
  const r = await room(db);
  for (let hour = 0; hour < 100; hour++) await hold(r.id, hour);
  expect(await expireHolds(ctx)).toBe(0);
  ctx.clock.advance(60_000);
  const counts = await Promise.all([expireHolds(ctx), expireHolds(ctx), expireHolds(ctx)]);
  expect(counts[0] + counts[1] + counts[2]).toBe(100);
  const [facts] = await psql<{ changes: string; notes: string; left: string }>(
    `select (select count(*) from outbox where freed is not null) as changes,
       (select count(*) from audit where action = 'reservation.expire') as notes,
       (select count(*) from claim where occupies) as left`,
  );
  expect(facts).toEqual({ changes: '100', notes: '100', left: '0' });
});

it('reminds owners once of each start that comes within an hour, with three sweepers at it', async () => {
  const database = await cloneDatabase();
  try {
    const own = testCtx(await database.open(), (await person(db)).viewer);
    const owner = await person(own.db);
    const me = { ...own, viewer: owner.viewer };
    await withRelay(own);
    await setPreferences(me, [{ kind: 'REMINDER', byMail: true }]);
    const r = await room(own.db);
    const at = (time: string) => `2027-03-01T${time}:00Z`;
    const first = await reserved(me, [r.id], at('09:01'), at('09:30'));
    await reserved(me, [r.id], at('08:30'), at('09:00'));
    await reserved(me, [r.id], at('09:30'), at('10:00'), { holdMs: 7_200_000 });
    const told = async () => (await toldOf(own.db, first)).map(({ kind }) => kind);
    expect(await remind(own)).toBe(0);
    own.clock.advance(60_000);
    // Whoever cancels it at this instant is not waited for.
    const cancelling = new Client({ connectionString: database.url });
    await cancelling.connect();
    await cancelling.query('begin');
    await cancelling.query('select from reservation where id = $1 for update', [first.id]);
    expect(await remind(own)).toBe(0);
    await cancelling.query('rollback');
    await cancelling.end();
    const counts = await Promise.all([remind(own), remind(own), remind(own)]);
    expect(counts.toSorted()).toEqual([0, 0, 1]);
    expect(await told()).toEqual(['REMINDER']);
    expect((await mailsTo(own.db, owner)).map(({ kind }) => kind)).toEqual([
      'RESERVED',
      'RESERVED',
      'REMINDER',
    ]);
    const moves = [
      {
        id: first.id,
        expectedVersion: null,
        startsAt: new Date(at('10:30')),
        endsAt: new Date(at('11:00')),
        resources: null,
      },
    ];
    await moveReservations(me, { moves, idempotencyKey: null, dryRun: false });
    own.clock.advance(5_400_000);
    expect(await remind(own)).toBe(1);
    expect(await told()).toEqual(['REMINDER', 'REMINDER']);
    own.clock.advance(2 * 86_400_000);
    await pruneOld(own, 7);
    expect(await database.psql('select from reminder')).toEqual([]);
  } finally {
    await database.drop();
  }
});

it('wakes the readers of what has changed lately, for a writer that died before it could', async () => {
  const woken: string[] = [];
  const stop = await ctx.bus.listen((wake) => {
    if (wake.kind === 'streams') woken.push(...wake.resourceIds);
  });
  const r = await room(db);
  await hold(r.id, 200);
  woken.length = 0;
  await relayWakes(ctx, 60_000);
  expect(woken).toContain(r.id);
  stop();
});

it('prunes changes by retention and answers after a day, and leaves each stream its newest change', async () => {
  const database = await cloneDatabase();
  try {
    const own = testCtx(await database.open(), ctx.viewer, ctx.clock);
    await person(own.db);
    const r = await room(own.db);
    await database.psql(
      `insert into outbox (resource_id, version, reservation_id, quantity, at)
       select $1, n, $1, 1, $2::timestamptz - n * interval '1 minute' from generate_series(1, 2500) n`,
      [r.id, '2027-01-01T00:00:00Z'],
    );
    await database.psql('update stream set version = 2500 where resource_id = $1', [r.id]);
    await database.psql(
      `insert into idempotency (actor_id, operation, key, payload_hash, answer, at)
       values ($1, 'x', 'old', '', '1', $2::timestamptz - interval '24 hours'), ($1, 'x', 'new', '', '1', $2)`,
      [ctx.viewer.userId, own.clock.fixed()],
    );
    await Promise.all([pruneOld(own, 7), pruneOld(own, 7)]);
    await pruneOld(own, 7);
    expect(await database.psql('select version from outbox')).toEqual([{ version: '2500' }]);
    expect(await database.psql('select key from idempotency')).toEqual([{ key: 'new' }]);
  } finally {
    await database.drop();
  }
});
