import { eraseUser } from '../../../src/domain/privacy/erase-user.js';
import { createSeries } from '../../../src/domain/series/create-series.js';
import { releaseUnattended } from '../../../src/sweeper/tasks.js';
import { sweepWaitlist } from '../../../src/sweeper/waitlist.js';
import { ManualClock } from '../../kit/clock.js';
import { reserved } from '../../kit/closures.js';
import { testCtx } from '../../kit/ctx.js';
import { useDatabase } from '../../kit/database.js';
import { person } from '../../kit/people.js';
import { mustCheckIn } from '../../kit/presence.js';
import { room } from '../../kit/things.js';
import { offerOf, statesOf, waiting } from '../../kit/waits.js';
import { made, wanted } from '../series/series-kit.js';

const { db, psql } = await useDatabase();
const clock = new ManualClock();
const boss = testCtx(db, (await person(db, 'ADMINISTRATOR')).viewer, clock);
const somebody = async () => testCtx(db, (await person(db)).viewer, clock);
const [first, second] = [await somebody(), await somebody()];
const at = (day: number, time: string) => `2027-03-0${day}T${time}:00.000Z`;

/** What is kept of the resource for who waits. */
const keptOf = (id: string) => psql('select from wait_due where resource_id = $1', [id]);

beforeEach(() => clock.set('2027-03-01T08:00:00.000Z'));

it('passes on all that an erased person had, in the transaction that cancels it', async () => {
  const gone = await person(db);
  const own = testCtx(db, gone.viewer, clock);
  const [one, two] = [await room(db), await room(db)];
  await reserved(own, [one.id], at(2, '09:00'), at(2, '10:00'));
  await reserved(own, [two.id], at(3, '09:00'), at(3, '10:00'), { holdMs: 3_600_000 });
  const waits = [
    await waiting(first, [one.id], at(2, '09:00'), at(2, '10:00')),
    await waiting(second, [one.id], at(2, '09:00'), at(2, '10:00')),
    await waiting(second, [two.id], at(3, '09:00'), at(3, '10:00')),
  ] as const;
  expect(await eraseUser(boss, { id: gone.id, confirmEmail: gone.email })).toMatchObject({
    cancelledReservations: 2,
  });
  expect(await statesOf(boss, waits)).toEqual(['OFFERED', 'WAITING', 'OFFERED']);
  expect([await keptOf(one.id), await keptOf(two.id)]).toEqual([[], []]);
  const [offered] = await psql(
    `select c.xmin = v.xmin as same from reservation c, reservation v where c.owner_id = $1 and c.state = 'CANCELLED'
       and v.id = $2 and exists (select from claim a join claim b on b.resource_id = a.resource_id
         where a.reservation_id = c.id and b.reservation_id = v.id)`,
    [gone.id, (await offerOf(boss, waits[0])).id],
  );
  expect(offered).toEqual({ same: true });
});

it('passes on the rest of a series that nobody attends, in the transaction that ends it', async () => {
  const { id } = await room(db);
  await mustCheckIn(db, { resourceId: id }, { strikes: 2 });
  const own = await somebody();
  made(await createSeries(own, wanted([id])));
  const waits = [
    await waiting(first, [id], at(4, '09:00'), at(4, '10:00')),
    await waiting(second, [id], at(5, '09:00'), at(5, '10:00')),
  ];
  for (const day of [2, 3]) {
    clock.set(at(day, '09:10'));
    // what somebody waits for is released by what passes it on
    await sweepWaitlist(own);
    await releaseUnattended(own);
  }
  expect(await statesOf(boss, waits)).toEqual(['OFFERED', 'OFFERED']);
  expect(await keptOf(id)).toEqual([]);
});

it('releases what nobody has come to and passes it on, in one transaction', async () => {
  const { id } = await room(db);
  await mustCheckIn(db, { resourceId: id });
  const taken = await reserved(await somebody(), [id], at(2, '09:00'), at(2, '12:00'));
  const wait = await waiting(first, [id], at(2, '10:00'), at(2, '11:00'));
  clock.set(at(2, '09:10'));
  expect(await releaseUnattended(boss)).toBe(0);
  await sweepWaitlist(boss);
  expect(await statesOf(boss, [wait])).toEqual(['OFFERED']);
  const [both] = await psql(
    'select a.state, a.xmin = b.xmin as same from reservation a, reservation b where a.id = $1 and b.id = $2',
    [taken.id, (await offerOf(boss, wait)).id],
  );
  expect(both).toEqual({ state: 'NO_SHOW', same: true });
});
