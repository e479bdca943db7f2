import { importClosures } from '../../../src/domain/closings/import-closures.js';
import { undoClosing } from '../../../src/domain/closings/undo-closing.js';
import { updateClosure } from '../../../src/domain/closings/update-closure.js';
import { cancelReservation } from '../../../src/domain/reservations/cancel-reservation.js';
import { confirmReservation } from '../../../src/domain/reservations/confirm-reservation.js';
import { leaveWaitlist } from '../../../src/domain/waitlist/leave-waitlist.js';
import { sweepWaitlist } from '../../../src/sweeper/waitlist.js';
import { confirmed } from '../../kit/approvals.js';
import { ManualClock } from '../../kit/clock.js';
import { close, reserved, scopeOf } from '../../kit/closures.js';
import { testCtx } from '../../kit/ctx.js';
import { useDatabase } from '../../kit/database.js';
import { person } from '../../kit/people.js';
import { place, resourceType, room } from '../../kit/things.js';
import { offerOf, standing, statesOf, waiting } from '../../kit/waits.js';

const { db, psql } = await useDatabase();
const clock = new ManualClock();
const boss = testCtx(db, (await person(db, 'ADMINISTRATOR')).viewer, clock);
const somebody = async () => testCtx(db, (await person(db)).viewer, clock);
const [first, second, holder] = [await somebody(), await somebody(), await somebody()];
const at = (time: string) => `2027-03-02T${time}:00.000Z`;
const nine = [at('09:00'), at('10:00')] as const;

beforeEach(() => clock.set('2027-03-01T08:00:00.000Z'));

/** A room whose first in the queue has an offer, and whose second waits. */
async function offered() {
  const r = await room(db);
  const taken = await reserved(holder, [r.id], ...nine);
  const waits = [await waiting(first, [r.id], ...nine), await waiting(second, [r.id], ...nine)] as const;
  clock.advance(1_000);
  await cancelReservation(holder, confirmed(taken.id));
  expect(await statesOf(boss, waits)).toEqual(['OFFERED', 'WAITING']);
  return { id: r.id, waits, hold: await offerOf(boss, waits[0]) };
}
const heldFor = (resourceId: string) =>
  psql(
    `select v.owner_id as owner from reservation v join claim c on c.reservation_id = v.id
     where c.resource_id = $1 and c.occupies`,
    [resourceId],
  );

it('lets whoever loses an offer to a closure wait again, in their old place', async () => {
  const { id, waits, hold } = await offered();
  const joined = await standing(boss, waits[0]);
  const { met } = await close(boss, id, { existing: 'CANCEL' });
  expect(met.reservations).toMatchObject([{ id: hold.id, state: 'CANCELLED' }]);
  const again = await standing(boss, waits[0]);
  expect(again).toMatchObject({ state: 'WAITING', position: 1, offeredAt: null, reservationId: null });
  expect(again.askedAt).toBe(joined.askedAt);
  while ((await sweepWaitlist(boss)) > 0);
  expect(await statesOf(boss, waits)).toEqual(['WAITING', 'WAITING']);
  expect(await heldFor(id)).toEqual([]);
});

it('offers it anew once the closure is undone, to the same person and once', async () => {
  const { id, waits, hold } = await offered();
  const { closing } = await close(boss, id, { existing: 'CANCEL' });
  const undone = await undoClosing(boss, closing.id);
  expect(undone).toMatchObject({
    undoings: [{ reservationId: hold.id, reasons: [{ code: 'OFFER_EXPIRED' }] }],
  });
  while ((await sweepWaitlist(boss)) > 0);
  expect(await statesOf(boss, waits)).toEqual(['OFFERED', 'WAITING']);
  expect(await heldFor(id)).toEqual([{ owner: first.viewer.userId }]);
  const offer = await offerOf(boss, waits[0]);
  expect(offer.id).not.toBe(hold.id);
  expect(await confirmReservation(first, confirmed(offer.id))).toMatchObject({ state: 'CONFIRMED' });
  expect(await statesOf(boss, waits)).toEqual(['FULFILLED', 'WAITING']);
});

it('does so however closures come: changed and imported ones', async () => {
  const changed = await offered();
  const { closure } = await close(boss, changed.id, {
    startsLocal: '2027-03-05T09:00',
    endsLocal: '2027-03-05T10:00',
  });
  await updateClosure(boss, {
    id: closure.id,
    startsLocal: '2027-03-02T08:00',
    endsLocal: '2027-03-02T12:00',
    existing: 'CANCEL',
  });
  expect(await statesOf(boss, changed.waits)).toEqual(['WAITING', 'WAITING']);
  const imported = await offered();
  await importClosures(boss, {
    scope: scopeOf({ resourceId: imported.id }),
    text: 'BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nBEGIN:VEVENT\r\nUID:u\r\nDTSTAMP:20270301T000000Z\r\nDTSTART:20270302T080000Z\r\nDTEND:20270302T120000Z\r\nSUMMARY:Shut\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n',
    existing: 'CANCEL',
    skipInvalid: false,
    dryRun: false,
  });
  expect(await statesOf(boss, imported.waits)).toEqual(['WAITING', 'WAITING']);
});

it('still takes an equal, as it would have before it was offered', async () => {
  const [type, site] = [await resourceType(db), await place(db)];
  const here = { typeId: type.id, placeId: site.id, seats: 4 };
  const [one, other] = [await room(db, here), await room(db, here)];
  await reserved(holder, [one.id], ...nine);
  const taken = await reserved(holder, [other.id], ...nine);
  const wait = await waiting(first, [one.id], ...nine, { orEquivalent: true });
  await cancelReservation(holder, confirmed(taken.id));
  expect(await offerOf(boss, wait)).toMatchObject({ claims: [{ resourceId: other.id }] });
  await close(boss, other.id, { existing: 'CANCEL' });
  const targets = await psql(
    'select need, resource_id, quantity, rank from wait_target where wait_id = $1 order by rank',
    [wait.id],
  );
  expect(targets).toEqual(
    [one, other].map(({ id }, rank) => ({ need: 0, resource_id: id, quantity: 1, rank })),
  );
  const { id } = (
    await psql<{ id: string }>('select reservation_id as id from claim where resource_id = $1 and occupies', [
      one.id,
    ])
  )[0] ?? { id: '' };
  await cancelReservation(holder, confirmed(id));
  expect(await offerOf(boss, wait)).toMatchObject({ claims: [{ resourceId: one.id }] });
});

it('leaves alone who has taken the offer, or has left since', async () => {
  const taken = await offered();
  await confirmReservation(first, confirmed(taken.hold.id));
  const { closing } = await close(boss, taken.id, { existing: 'CANCEL' });
  expect(await statesOf(boss, taken.waits)).toEqual(['FULFILLED', 'WAITING']);
  expect(await undoClosing(boss, closing.id)).toMatchObject({ undoings: [{ reasons: [] }] });
  const left = await offered();
  const shut = await close(boss, left.id, { existing: 'CANCEL' });
  await leaveWaitlist(first, left.waits[0].id);
  await undoClosing(boss, shut.closing.id);
  while ((await sweepWaitlist(boss)) > 0);
  expect(await statesOf(boss, left.waits)).toEqual(['WITHDRAWN', 'OFFERED']);
});
