import { undoClosing } from '../../src/domain/closings/undo-closing.js';
import { Unavailable } from '../../src/domain/failure.js';
import { cancelReservation } from '../../src/domain/reservations/cancel-reservation.js';
import { confirmReservation } from '../../src/domain/reservations/confirm-reservation.js';
import { createReservation } from '../../src/domain/reservations/create-reservation.js';
import { joinWaitlist } from '../../src/domain/waitlist/join-waitlist.js';
import { sweepWaitlist } from '../../src/sweeper/waitlist.js';
import { confirmed } from '../kit/approvals.js';
import { close, wishFor } from '../kit/closures.js';
import { testCtx } from '../kit/ctx.js';
import { useDatabase } from '../kit/database.js';
import { person } from '../kit/people.js';
import { place, resourceType, room } from '../kit/things.js';
import { waitFor } from '../kit/waits.js';

const { db, psql } = await useDatabase();
const boss = testCtx(db, (await person(db, 'ADMINISTRATOR')).viewer);
const [type, site] = [await resourceType(db), await place(db)];
const here = { typeId: type.id, placeId: site.id, seats: 4 };
const rooms = [await room(db, here), await room(db, here), await room(db, here)];
const at = (hour: number) => `2027-03-02T${String(hour).padStart(2, '0')}:00:00.000Z`;

it('closes and opens again under a crowd that joins, takes and cancels: one hold a wish, nobody forgotten, no deadlock', async () => {
  const failures: unknown[] = [];
  const crowd = await Promise.all(Array.from({ length: 6 }, () => person(db)));
  let busy = crowd.length;
  const act = async (who: (typeof crowd)[number], seed: number) => {
    const ctx = testCtx(db, who.viewer, boss.clock);
    for (let n = 0; n < 12; n++) {
      const [hour, id] = [9 + ((seed + n) % 3), rooms[(seed * 7 + n) % 3]?.id as string];
      const window = [at(hour), at(hour + 1)] as const;
      const joined = await joinWaitlist(ctx, waitFor([id], ...window, { orEquivalent: n % 2 === 0 }));
      const offer = 'kind' in joined || n % 3 > 0 ? null : joined.reservationId;
      if (offer) await confirmReservation(ctx, confirmed(offer));
      const made = await createReservation(ctx, wishFor([id], ...window));
      const given = 'kind' in made ? offer : made.id;
      if (given) await cancelReservation(ctx, confirmed(given));
    }
  };
  const shut = async () => {
    for (let n = 0; busy > 0; n++) {
      const closed = await close(boss, rooms[n % 3]?.id as string, { existing: 'CANCEL' }).catch((error) => {
        failures.push(error);
      });
      if (closed) await undoClosing(boss, closed.closing.id).catch((error) => failures.push(error));
      await sweepWaitlist(boss);
    }
  };
  await Promise.all([
    ...crowd.map((who, seed) =>
      act(who, seed)
        .catch((error) => failures.push(error))
        .finally(() => busy--),
    ),
    shut(),
  ]);
  while ((await sweepWaitlist(boss)) > 0);
  expect(failures.filter((error) => !(error instanceof Unavailable))).toEqual([]);
  expect(
    await psql(`select w.state, v.state as held from wait w left join reservation v on v.id = w.reservation_id
      where (w.state = 'OFFERED') <> coalesce(v.state = 'HELD', false)
        or (w.state = 'WAITING') <> exists (select from wait_target t where t.wait_id = w.id)`),
  ).toEqual([]);
  // every hold is an offer, and each of a wish of its own
  expect(
    await psql(`select from reservation v where v.state = 'HELD' and not exists (
      select from wait w where w.reservation_id = v.id and w.state = 'OFFERED')`),
  ).toEqual([]);
  expect(
    await psql(`select w.id from wait w join wait_target t on t.wait_id = w.id where w.state = 'WAITING' and not exists (
      select from claim c where c.resource_id = t.resource_id and c.occupies and c.occupied && tstzrange(w.first_start, w.last_end))`),
  ).toEqual([]);
  const [facts] = await psql<{ deadlocks: number; returned: number }>(
    `select (select deadlocks from pg_stat_database where datname = current_database())::integer as deadlocks,
       (select count(*) from audit o join audit c on c.subject_id = o.subject_id and c.action = 'reservation.cancelByClosure'
         where o.action = 'reservation.offer')::integer as returned`,
  );
  expect(facts?.deadlocks).toBe(0);
  // It was about something.
  expect(facts?.returned).toBeGreaterThan(3);
}, 120_000);
