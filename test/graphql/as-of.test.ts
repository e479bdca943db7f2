import type { Viewer } from '../../src/domain/act.js';
import { undoClosing } from '../../src/domain/closings/undo-closing.js';
import { globalId } from '../../src/domain/ids.js';
import { cancelReservation } from '../../src/domain/reservations/cancel-reservation.js';
import { confirmReservation } from '../../src/domain/reservations/confirm-reservation.js';
import { createReservation } from '../../src/domain/reservations/create-reservation.js';
import { editReservation } from '../../src/domain/reservations/edit-reservation.js';
import { moveReservations } from '../../src/domain/reservations/move-reservations.js';
import { undoAct } from '../../src/domain/undo/undo-act.js';
import { expireHolds } from '../../src/sweeper/tasks.js';
import { instance } from '../domain/auth/identity-kit.js';
import { close, reserved, wishFor } from '../kit/closures.js';
import { testCtx } from '../kit/ctx.js';
import { useDatabase } from '../kit/database.js';
import { person } from '../kit/people.js';
import { pool, room } from '../kit/things.js';
import { ask } from './identity-query.js';

const { db } = await useDatabase();
const { ctx } = await instance(db);
const manager = await person(db, 'MANAGER');
const member = await person(db, 'MEMBER', { name: 'Mia' });
const acting = testCtx(db, manager.viewer, ctx.clock);
const { clock } = acting;

const AS_OF = `query ($id: ID!, $at: DateTime!, $first: Int, $after: String) { resource(id: $id) {
  reservationsAsOf(at: $at, window: { startsAt: "2027-03-02T00:00:00Z", endsAt: "2027-03-09T00:00:00Z" }, first: $first, after: $after) {
    pageInfo { hasNextPage endCursor } nodes { title state quantity window { startsAt endsAt } occupied { startsAt } owner { name } reservation { state } } } } }`;

interface Node {
  readonly title: string;
  readonly state: string;
  readonly quantity: number;
  readonly window: { readonly startsAt: string };
}
const run = (id: string, at: string, viewer: Viewer = manager.viewer, more: object = {}) =>
  ask(ctx, viewer, AS_OF, { id: globalId('Resource', id), at, ...more });
/** What was in the calendar at the instant, each as `title state start`. */
async function asOf(id: string, at: string): Promise<string[]> {
  const { data, errors } = await run(id, at);
  expect(errors).toEqual([]);
  return (data.resource.reservationsAsOf.nodes as Node[]).map(
    ({ title, state, window }) => `${title} ${state} ${window.startsAt.slice(5, 13)}`,
  );
}

const existing = (id: string) => ({ id, expectedVersion: null, idempotencyKey: null });
const at = (day: number, hour: number) => `2027-03-0${day}T0${hour}:00:00Z`;
/** Lets a minute go by and says what time it was before. */
function tick(): string {
  const now = clock.fixed();
  clock.advance(60_000);
  return now;
}
const move = (id: string, startsAt: string, endsAt: string, resourceId?: string) =>
  moveReservations(acting, {
    moves: [
      {
        id,
        expectedVersion: null,
        startsAt: new Date(startsAt),
        endsAt: new Date(endsAt),
        resources: resourceId ? [{ resourceId, quantity: 1 }] : null,
      },
    ],
    idempotencyKey: null,
    dryRun: false,
  });

it('shows every state that a calendar has gone through', async () => {
  const [one, two] = [await room(db), await room(db)];
  const empty = tick();
  const first = await reserved(acting, [one.id], at(2, 1), at(2, 2), { title: 'First' });
  const made = tick();
  await editReservation(acting, { ...existing(first.id), title: 'Renamed', details: null });
  const renamed = tick();
  await move(first.id, at(3, 1), at(3, 2));
  const moved = tick();
  await move(first.id, at(4, 1), at(4, 2), two.id);
  const away = tick();
  const second = await reserved(acting, [one.id], at(2, 1), at(2, 2), { title: 'Second' });
  const again = tick();
  await cancelReservation(acting, existing(second.id));
  const cancelled = tick();
  const history: [string, string[], string[]][] = [
    [empty, [], []],
    [made, ['First CONFIRMED 03-02T01'], []],
    [renamed, ['Renamed CONFIRMED 03-02T01'], []],
    [moved, ['Renamed CONFIRMED 03-03T01'], []],
    [away, [], ['Renamed CONFIRMED 03-04T01']],
    [again, ['Second CONFIRMED 03-02T01'], ['Renamed CONFIRMED 03-04T01']],
    [cancelled, [], ['Renamed CONFIRMED 03-04T01']],
  ];
  for (const [when, ofOne, ofTwo] of history) {
    expect([when, await asOf(one.id, when)]).toEqual([when, ofOne]);
    expect([when, await asOf(two.id, when)]).toEqual([when, ofTwo]);
  }
  const act = await cancelReservation(acting, existing(first.id));
  const gone = tick();
  await undoAct(acting, (act as { act: { id: string } }).act.id);
  expect(await asOf(two.id, gone)).toEqual([]);
  expect(await asOf(two.id, tick())).toEqual(['Renamed CONFIRMED 03-04T01']);
});

it('shows holds as long as they lived', async () => {
  const { id } = await room(db);
  const kept = await reserved(acting, [id], at(2, 1), at(2, 2), { title: 'Kept', holdMs: 600_000 });
  const lost = await reserved(acting, [id], at(2, 3), at(2, 4), { title: 'Lost', holdMs: 90_000 });
  const held = tick();
  await confirmReservation(acting, existing(kept.id));
  const confirmed = tick();
  const dead = tick();
  await expireHolds(acting);
  expect(lost.state).toBe('HELD');
  expect(await asOf(id, held)).toEqual(['Kept HELD 03-02T01', 'Lost HELD 03-02T03']);
  expect(await asOf(id, confirmed)).toEqual(['Kept CONFIRMED 03-02T01', 'Lost HELD 03-02T03']);
  expect(await asOf(id, dead)).toEqual(['Kept CONFIRMED 03-02T01']);
});

it('shows what a closure had cancelled, and what its undoing brought back', async () => {
  const { id } = await room(db);
  await reserved(acting, [id], '2027-03-02T09:00:00Z', '2027-03-02T10:00:00Z', { title: 'Met' });
  const before = tick();
  const { closing } = await close(acting, id, { existing: 'CANCEL' });
  const closed = tick();
  await undoClosing(acting, closing.id);
  expect(await asOf(id, before)).toEqual(['Met CONFIRMED 03-02T09']);
  expect(await asOf(id, closed)).toEqual([]);
  expect(await asOf(id, tick())).toEqual(['Met CONFIRMED 03-02T09']);
});

it('shows quantities, buffers, whose it is and what has become of it, page by page', async () => {
  const bikes = await pool(db, { setupMinutes: 30 });
  const mine = await reserved(acting, [], at(2, 1), at(2, 2), {
    title: 'Bikes',
    resources: [{ resourceId: bikes.id, quantity: 2 }],
    ownerId: member.id,
  });
  await reserved(acting, [bikes.id], at(3, 1), at(3, 2), { title: 'One' });
  const then = tick();
  await cancelReservation(acting, existing(mine.id));
  const page = (await run(bikes.id, then, manager.viewer, { first: 1 })).data.resource.reservationsAsOf;
  expect(page).toMatchObject({
    pageInfo: { hasNextPage: true },
    nodes: [
      {
        title: 'Bikes',
        quantity: 2,
        occupied: { startsAt: '2027-03-02T00:30:00.000Z' },
        owner: { name: 'Mia' },
        reservation: { state: 'CANCELLED' },
      },
    ],
  });
  const next = await run(bikes.id, then, manager.viewer, { first: 1, after: page.pageInfo.endCursor });
  expect(next.data.resource.reservationsAsOf).toMatchObject({
    pageInfo: { hasNextPage: false },
    nodes: [{ title: 'One', quantity: 1 }],
  });
});

it('agrees with what was seen at the time, whatever has happened since', async () => {
  const rooms = [await room(db), await room(db)];
  const made: string[] = [];
  const seen: { when: string; calendars: string[][] }[] = [];
  const any = <T>(items: readonly T[]): T => items[Math.floor(Math.random() * items.length)] as T;
  const start = () => at(any([2, 3, 4, 5]), any([1, 2, 3, 4, 5, 6]));
  const end = (startsAt: string) => new Date(Date.parse(startsAt) + 3_600_000).toISOString();
  const acts = [
    async () => {
      const startsAt = start();
      const holdMs = any([null, null, 90_000]);
      const wish = wishFor([any(rooms).id], startsAt, end(startsAt), { title: `R${made.length}`, holdMs });
      const result = await createReservation(acting, wish);
      if (!('kind' in result)) made.push(result.id);
    },
    async () => {
      const startsAt = start();
      await move(any(made), startsAt, end(startsAt), any(rooms).id);
    },
    () => editReservation(acting, { ...existing(any(made)), title: `T${Math.random()}`, details: null }),
    async () => {
      const result = await cancelReservation(acting, existing(any(made)));
      if ('act' in result && result.act && Math.random() < 0.5) await undoAct(acting, result.act.id);
    },
    () => confirmReservation(acting, existing(any(made))),
    () => expireHolds(acting),
  ];
  await acts[0]?.();
  for (let step = 0; step < 60; step++) {
    await any([acts[0], acts[0], ...acts])?.();
    const calendars = await Promise.all(rooms.map(({ id }) => asOf(id, clock.fixed())));
    seen.push({ when: tick(), calendars });
  }
  for (const { when, calendars } of seen) {
    const now = await Promise.all(rooms.map(({ id }) => asOf(id, when)));
    expect({ when, calendars: now }).toEqual({ when, calendars });
  }
  expect(seen.some(({ calendars }) => calendars.flat().length > 4)).toBe(true);
});

it('is for whoever manages the resource, and knows no future', async () => {
  const { id } = await room(db, { managers: [member.id] });
  const other = await room(db);
  const now = tick();
  expect((await run(id, now, member.viewer)).errors).toEqual([]);
  expect((await run(other.id, now, member.viewer)).errors).toMatchObject([{ code: 'FORBIDDEN' }]);
  expect((await run(id, '2099-01-01T00:00:00Z')).errors).toMatchObject([{ code: 'BAD_USER_INPUT' }]);
});
