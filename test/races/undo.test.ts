import { cancelReservation } from '../../src/domain/reservations/cancel-reservation.js';
import { createReservation } from '../../src/domain/reservations/create-reservation.js';
import { moveReservations } from '../../src/domain/reservations/move-reservations.js';
import { undoAct } from '../../src/domain/undo/undo-act.js';
import type { ReservationRow } from '../../src/sql/reservations/reservation-json.js';
import type { Database } from '../../src/sql/statement.js';
import { close, reserved, wishFor } from '../kit/closures.js';
import { testCtx } from '../kit/ctx.js';
import { useDatabase } from '../kit/database.js';
import { person } from '../kit/people.js';
import { pool, room } from '../kit/things.js';

const { db, psql } = await useDatabase();
const me = testCtx(db, (await person(db)).viewer);
const rival = testCtx(db, (await person(db)).viewer);
const boss = testCtx(db, (await person(db, 'MANAGER')).viewer);

/** Each round has a day of its own, with a window that is fought for and one to move away to. */
const dayOf = (round: number) => {
  const at = (hour: number) => new Date(Date.UTC(2027, 2, 2 + round, hour)).toISOString();
  return { nine: at(9), ten: at(10), noon: at(12), one: at(13) };
};

async function cancelled(round: number, resourceIds: readonly string[]): Promise<string> {
  const { nine, ten } = dayOf(round);
  const { id } = await reserved(me, resourceIds, nine, ten);
  const gone = await cancelReservation(me, { id, expectedVersion: null, idempotencyKey: null });
  return 'node' in gone ? (gone.act?.id ?? '') : '';
}

async function movedAway(round: number, resourceIds: readonly string[]): Promise<string> {
  const { nine, ten, noon, one } = dayOf(round);
  const { id } = await reserved(me, resourceIds, nine, ten);
  const to = { startsAt: new Date(noon), endsAt: new Date(one), resources: null };
  const moves = [{ id, expectedVersion: null, ...to }];
  const moved = await moveReservations(me, { moves, idempotencyKey: null, dryRun: false });
  return (moved as ReservationRow[])[0]?.act?.id ?? '';
}

/** What came of a call: nothing where it was done, else the codes. */
const refusals = (result: object): string[] =>
  'reasons' in result
    ? (result.reasons as { code: string }[]).map(({ code }) => code)
    : 'kind' in result
      ? [result.kind as string]
      : [];

/** On how many days the resource is in use at nine, and how often in all. */
const useOf = async (resourceId: string) =>
  (
    await psql(
      `select count(distinct lower(occupied))::integer as days, count(*)::integer as claims from claim
       where resource_id = $1 and occupies and extract(hour from lower(occupied) at time zone 'UTC') = 9`,
      [resourceId],
    )
  )[0];

const atOnce = (act: string, take: () => Promise<object>) => Promise.all([undoAct(me, act), take()]);

/** The other one comes when the undo has found the place free and begins to write. */
async function whileWriting(act: string, take: () => Promise<object>): Promise<object[]> {
  let taken: Promise<object> | null = null;
  const watched: Database = {
    query: (statement, values) => db.query(statement, values),
    transaction: (work) => {
      taken ??= take();
      return db.transaction(work);
    },
    unitOfWork: (work) => db.unitOfWork(work),
    em: () => db.em(),
  };
  const undone = await undoAct({ ...me, db: watched }, act);
  return [undone, await (taken ?? take())];
}

it.each([
  ['cancelled', 200, cancelled],
  ['moved away', 80, movedAway],
])(
  'gives the window of what was %s to its former owner or to a new one, %i rounds',
  async (_, rounds, away) => {
    const [r, p] = [await room(db), await pool(db, { capacity: 1 })];
    const fights = [[r.id], [p.id], [r.id, p.id]];
    for (let round = 0; round < rounds; round++) {
      const ids = fights[round % fights.length] as string[];
      const act = await away(round, ids);
      const { nine, ten } = dayOf(round);
      const take = () => createReservation(rival, wishFor(ids, nine, ten));
      const lost = (await (round % 2 === 0 ? atOnce(act, take) : whileWriting(act, take))).map(refusals);
      expect(lost.filter((codes) => codes.length === 0)).toHaveLength(1);
      for (const code of lost.flat()) expect(['SLOT_TAKEN', 'CAPACITY_EXCEEDED']).toContain(code);
    }
    const inUse = (id: string) =>
      Array.from({ length: rounds }).filter((_, round) => fights[round % 3]?.includes(id)).length;
    for (const { id } of [r, p]) expect(await useOf(id)).toEqual({ days: inUse(id), claims: inUse(id) });
  },
);

it('undoes once for all who ask at the same time, whoever they are', async () => {
  const r = await room(db);
  for (let round = 0; round < 10; round++) {
    const act = await (round % 2 === 0 ? cancelled : movedAway)(round, [r.id]);
    const answers = await Promise.all(Array.from({ length: 8 }, (_, n) => undoAct(n % 2 ? boss : me, act)));
    for (const answer of answers) expect(answer).toEqual(answers[0]);
    expect(refusals(answers[0] as object)).toEqual([]);
    expect(await psql('select from audit where undoes = $1', [act])).toHaveLength(1);
  }
});

it('leaves nothing in a closure that cancels what it meets, whichever comes first', async () => {
  for (let round = 0; round < 20; round++) {
    const r = await room(db);
    const act = await cancelled(0, [r.id]);
    const [undone] = await Promise.all([undoAct(me, act), close(boss, r.id, { existing: 'CANCEL' })]);
    expect([[], ['CLOSED']]).toContainEqual(refusals(undone));
    expect(await useOf(r.id)).toEqual({ days: 0, claims: 0 });
  }
});

it('undoes two swaps and a move that cross each other without a deadlock', async () => {
  const rooms = [await room(db), await room(db), await room(db)];
  for (let round = 0; round < 20; round++) {
    const ids: string[] = [];
    for (const { id } of rooms) ids.push((await reserved(me, [id], dayOf(round).nine, dayOf(round).ten)).id);
    const to = (at: number, where: number) => ({
      id: ids[at] as string,
      expectedVersion: null,
      startsAt: null,
      endsAt: null,
      resources: [{ resourceId: rooms[where]?.id as string, quantity: 1 }],
    });
    const act = async (...moves: ReturnType<typeof to>[]) => {
      const done = await moveReservations(me, { moves, idempotencyKey: null, dryRun: false });
      return (done as ReservationRow[])[0]?.act?.id ?? '';
    };
    const first = await act(to(0, 1), to(1, 0));
    const second = await act(to(1, 2), to(2, 0));
    const [early, late] = await Promise.all([undoAct(me, first), undoAct(me, second)]);
    expect(refusals(late)).toEqual([]);
    expect([[], ['VersionConflict']]).toContainEqual(refusals(early));
  }
  for (const { id } of rooms) expect(await useOf(id)).toEqual({ days: 20, claims: 20 });
});
