import { Unavailable } from '../../src/domain/failure.js';
import { eraseUser } from '../../src/domain/privacy/erase-user.js';
import { cancelReservation } from '../../src/domain/reservations/cancel-reservation.js';
import { createReservation } from '../../src/domain/reservations/create-reservation.js';
import { joinWaitlist } from '../../src/domain/waitlist/join-waitlist.js';
import { leaveWaitlist } from '../../src/domain/waitlist/leave-waitlist.js';
import { confirmed } from '../kit/approvals.js';
import { wishFor } from '../kit/closures.js';
import { testCtx } from '../kit/ctx.js';
import { useDatabase } from '../kit/database.js';
import { person } from '../kit/people.js';
import { pool, room } from '../kit/things.js';
import { waitFor } from '../kit/waits.js';

const { db, psql } = await useDatabase();
const { clock, viewer: boss } = testCtx(db, (await person(db, 'ADMINISTRATOR')).viewer);
const HOURS = [9, 10, 11, 12];
const at = (hour: number) => `2027-03-02T${String(hour).padStart(2, '0')}:00:00.000Z`;

it('erases people while a crowd joins, cancels, leaves and takes: nobody waits for what is free, and nothing deadlocks', async () => {
  const things = [await room(db), await pool(db, { capacity: 1 }), await room(db)];
  const ids = things.map(({ id }) => id);
  const failures: unknown[] = [];
  for (let round = 0; round < 8; round++) {
    const leaving = await Promise.all([1, 2].map(() => person(db)));
    const crowd = await Promise.all(Array.from({ length: 6 }, () => person(db)));
    const acting = (who: { viewer: typeof boss }) => testCtx(db, who.viewer, clock);
    // those who leave have most of it, some of it several things at once
    for (const [n, who] of leaving.entries())
      for (const hour of HOURS)
        await createReservation(
          acting(who),
          wishFor(n === hour % 2 ? ids : ids.slice(n), at(hour), at(hour + 1)),
        );
    const busy = async (who: (typeof crowd)[number], seed: number) => {
      const ctx = acting(who);
      for (const hour of HOURS) {
        const wanted = seed % 3 === 0 ? ids : [ids[(seed + hour) % ids.length] as string];
        const joined = await joinWaitlist(ctx, waitFor(wanted, at(hour), at(hour + 1)));
        const taken = await createReservation(ctx, wishFor(wanted, at(hour), at(hour + 1)));
        if (!('kind' in taken)) await cancelReservation(ctx, confirmed(taken.id));
        if (!('kind' in joined) && (seed + hour) % 4 === 0) await leaveWaitlist(ctx, joined.id);
      }
    };
    await Promise.all([
      ...crowd.map((who, seed) => busy(who, seed).catch((error) => failures.push(error))),
      ...leaving.map(({ id, email }) =>
        eraseUser(acting({ viewer: boss }), { id, confirmEmail: email }).catch((error) =>
          failures.push(error),
        ),
      ),
    ]);
    expect(
      await psql(`select from reservation v join app_user u on u.id = v.owner_id
      where not u.active and v.state in ('HELD', 'CONFIRMED')`),
    ).toEqual([]);
    expect(await psql('select * from wait_due')).toEqual([]);
    // whoever waits for one thing alone finds it taken
    expect(
      await psql(`select w.id from wait w join wait_target t on t.wait_id = w.id
        where w.state = 'WAITING' and jsonb_array_length(w.resources) = 1 and not exists (select from claim c
          where c.resource_id = t.resource_id and c.occupies and c.occupied && tstzrange(w.first_start, w.last_end))`),
    ).toEqual([]);
    await psql('delete from wait');
    await psql(`update reservation set state = 'CANCELLED' where state in ('HELD', 'CONFIRMED')`);
  }
  expect(failures.filter((error) => !(error instanceof Unavailable))).toEqual([]);
  const [facts] = await psql(
    'select deadlocks::integer from pg_stat_database where datname = current_database()',
  );
  expect(facts).toEqual({ deadlocks: 0 });
}, 120_000);
