import { StreamReader } from '../../src/domain/events/stream-reader.js';
import { cancelReservation } from '../../src/domain/reservations/cancel-reservation.js';
import { createReservation } from '../../src/domain/reservations/create-reservation.js';
import { moveReservations } from '../../src/domain/reservations/move-reservations.js';
import { setResourceParts } from '../../src/domain/resources/set-resource-parts.js';
import type { ChangeRow } from '../../src/sql/streams/read-changes.js';
import { type TestCtx, testCtx } from '../kit/ctx.js';
import { useDatabase } from '../kit/database.js';
import { eventually } from '../kit/eventually.js';
import { DOUBLE_USE, divided } from '../kit/parts.js';
import { person } from '../kit/people.js';
import { room } from '../kit/things.js';

// Two instances: each with a pool and a rule book of its own.
const database = await useDatabase();
const { psql } = database;
const [db, other] = [database.db, await database.open()];
const { viewer } = await person(db, 'MANAGER');
const [first, second] = [testCtx(db, viewer), testCtx(other, viewer)];
const START = Date.parse('2032-06-01T08:00:00Z');
const hour = (number: number) => new Date(START + number * 3_600_000);
const rooms = (count: number) =>
  Promise.all(Array.from({ length: count }, async () => (await room(db)).id)) as Promise<
    [string, string, string, string]
  >;
const reserve = (ctx: TestCtx, ids: readonly string[], from: number, to = from + 1) =>
  createReservation(
    { ...ctx, viewer },
    {
      title: 'Race',
      details: '',
      window: { startsAt: hour(from), endsAt: hour(to) },
      resources: ids.map((resourceId) => ({ resourceId, quantity: 1 })),
      holdMs: null,
      ownerId: null,
      idempotencyKey: null,
      dryRun: false,
    },
  );
const made = (results: readonly object[]) => results.filter((result) => 'node' in result).length;
const complete = () =>
  psql(`select claim_parts_kept(id) from reservation where occupies_until > '-infinity'`);

async function hall() {
  const [whole, a, b] = await rooms(3);
  await divided(db, whole, [a, b]);
  return { whole, a, b };
}

it('lets one of two win who want the hall and a part of it: 200 rounds', async () => {
  const { whole, a, b } = await hall();
  for (let round = 0; round < 200; round++) {
    const part = round % 2 ? a : b;
    const results = await Promise.all([reserve(first, [whole], round), reserve(second, [part], round)]);
    expect(made(results)).toBe(1);
    expect(results.find((result) => !('node' in result))).toMatchObject({
      reasons: [{ code: 'SLOT_TAKEN' }],
    });
  }
  expect(await psql(DOUBLE_USE)).toEqual([{ count: 0 }]);
}, 60_000);

it('lets both win who want different parts, and all who want them as sets in opposite order wait for each other', async () => {
  const { whole, a, b } = await hall();
  for (let round = 0; round < 50; round++) {
    expect(made(await Promise.all([reserve(first, [a], round), reserve(second, [b], round)]))).toBe(2);
    const sets = [[a, b], [b, a], [whole], [b, a, whole]];
    const results = await Promise.all(
      sets.map((set, index) => reserve(index % 2 ? first : second, set, 100 + round)),
    );
    expect(made(results)).toBe(1);
  }
}, 60_000);

it('moves a hall and its part over each other without losing either', async () => {
  const { whole, a } = await hall();
  const [one, two] = [await reserve(first, [whole], 0), await reserve(first, [a], 1)] as { id: string }[];
  const swap = (ctx: TestCtx, from: number, to: number) =>
    moveReservations(
      { ...ctx, viewer },
      {
        moves: [
          {
            id: one?.id ?? '',
            expectedVersion: null,
            startsAt: hour(from),
            endsAt: hour(from + 1),
            resources: null,
          },
          {
            id: two?.id ?? '',
            expectedVersion: null,
            startsAt: hour(to),
            endsAt: hour(to + 1),
            resources: null,
          },
        ],
        idempotencyKey: null,
        dryRun: false,
      },
    );
  for (let round = 0; round < 20; round++) {
    const results = await Promise.all([swap(first, 1, 0), swap(second, 0, 1)]);
    expect(results.every(Array.isArray)).toBe(true);
  }
  await complete();
}, 60_000);

it('links and unlinks rooms while they are being reserved: whole and part are never in use together', async () => {
  for (let round = 0; round < 40; round++) {
    const [whole, a, b] = await rooms(3);
    // in every other round nobody wants the whole when a part is wanted, and each link must go through
    const apart = round % 2 === 0;
    const link = async () => {
      for (const parts of [[a], [a, b], [b], [a, b]]) {
        const result = await setResourceParts(first, { id: whole, partIds: parts });
        if (apart) expect(result).toMatchObject({ id: whole });
        else if (!('node' in result)) expect(result).toMatchObject({ kind: 'PartsInUse' });
      }
    };
    const book = async (ctx: TestCtx, ids: readonly string[], hours: readonly number[]) => {
      for (const each of hours) {
        const result = await reserve(ctx, ids, each);
        if ('node' in result && each % 3 === 0) {
          await cancelReservation(
            { ...ctx, viewer },
            { id: result.id, expectedVersion: null, idempotencyKey: null },
          );
        }
      }
    };
    await Promise.all([
      link(),
      book(first, [whole], apart ? [0, 1, 2, 0] : [0, 1, 2, 3, 4, 5]),
      book(second, [a], [3, 4, 5, 3]),
      book(first, [b], apart ? [5, 4, 3] : [5, 4, 3, 2, 1, 0]),
      book(second, [a, b], [6, 7, 8]),
    ]);
    expect(await psql(DOUBLE_USE)).toEqual([{ count: 0 }]);
  }
  await complete();
}, 120_000);

it('divides two rooms into each other at once: one is refused', async () => {
  for (let round = 0; round < 20; round++) {
    const [a, b, c] = await rooms(3);
    const results = await Promise.all([
      setResourceParts(first, { id: a, partIds: [b] }),
      setResourceParts(second, { id: b, partIds: [c] }),
      setResourceParts(first, { id: c, partIds: [a] }),
    ]);
    expect(made(results)).toBe(2);
  }
}, 60_000);

it('frees all parts of a cancelled hall in one commit, and tells each stream once', async () => {
  const { whole, a, b } = await hall();
  const ids = [whole, a, b];
  const told: ChangeRow[] = [];
  const reader = new StreamReader({ db, bus: second.bus, log: second.log, catchUpMs: 60_000 });
  await reader.start();
  await reader.watch(ids, { onChange: (change) => void told.push(change), onGap: () => undefined });
  const changesOf = (span: 'takenFrom' | 'freedFrom') =>
    told
      .filter((change) => change[span] !== null)
      .map(({ resourceId }) => resourceId)
      .toSorted();
  for (const [resources, touched] of [
    [[whole], ids],
    [[a], [whole, a]],
  ] as const) {
    told.length = 0;
    const reservation = (await reserve(second, resources, 0)) as { id: string };
    await eventually(() => expect(told).toHaveLength(touched.length));
    await cancelReservation(
      { ...second, viewer },
      { id: reservation.id, expectedVersion: null, idempotencyKey: null },
    );
    await eventually(() => expect(told).toHaveLength(2 * touched.length));
    expect(changesOf('takenFrom')).toEqual(touched.toSorted());
    expect(changesOf('freedFrom')).toEqual(touched.toSorted());
    const commits = await psql(
      'select distinct xmin::text from outbox where reservation_id = $1 and freed is not null',
      [reservation.id],
    );
    expect(commits).toHaveLength(1);
  }
  await reader.stop();
});
