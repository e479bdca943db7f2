import fc from 'fast-check';
import { cancelReservation } from '../../../src/domain/reservations/cancel-reservation.js';
import { confirmReservation } from '../../../src/domain/reservations/confirm-reservation.js';
import { createReservation } from '../../../src/domain/reservations/create-reservation.js';
import { moveReservations } from '../../../src/domain/reservations/move-reservations.js';
import { setResourceAddOns } from '../../../src/domain/resources/set-resource-add-ons.js';
import { updateResource } from '../../../src/domain/resources/update-resource.js';
import { testCtx } from '../../kit/ctx.js';
import { useDatabase } from '../../kit/database.js';
import { DOUBLE_USE, divided } from '../../kit/parts.js';
import { person } from '../../kit/people.js';
import { pool, room, type ThingFacts } from '../../kit/things.js';

const { db, psql } = await useDatabase();
const manager = testCtx(db, (await person(db, 'MANAGER')).viewer);
const NOON = Date.parse('2027-03-02T12:00:00Z');
const SLOT = 15 * 60_000;

/** A hall of three rooms, of which the first is divided again: what of the floor each one covers. */
const FLOOR = {
  hall: ['a1', 'a2', 'b', 'c'],
  a: ['a1', 'a2'],
  a1: ['a1'],
  a2: ['a2'],
  b: ['b'],
  c: ['c'],
} as const satisfies Record<string, readonly string[]>;
type Name = keyof typeof FLOOR;
/** Slots before and after. */
const BUFFERS: Record<Name, readonly [number, number]> = {
  hall: [0, 1],
  a: [1, 0],
  a1: [0, 2],
  a2: [0, 0],
  b: [2, 0],
  c: [0, 0],
};
const CHAIRS = 3;
/** How many chairs each room lets a reservation add; the others offer none. */
const OFFERS: Partial<Record<Name, number>> = { hall: 3, a: 1, b: 2 };

interface Wish {
  readonly rooms: readonly Name[];
  readonly chairs: number;
}
type Step =
  | ({ readonly act: 'create' | 'hold'; readonly from: number; readonly slots: number } & Wish)
  | { readonly act: 'confirm' | 'cancel'; readonly which: number }
  | {
      readonly act: 'move';
      readonly which: number;
      readonly from: number;
      readonly slots: number;
      readonly to: Wish | null;
    }
  | { readonly act: 'wait'; readonly minutes: number };

const names = Object.keys(FLOOR) as Name[];
const from = fc.integer({ min: 0, max: 10 });
const slots = fc.integer({ min: 1, max: 4 });
const which = fc.integer({ min: 0, max: 30 });
const wish = fc.record({
  rooms: fc.oneof(
    { weight: 3, arbitrary: fc.constantFrom(...names).map((name) => [name]) },
    { weight: 1, arbitrary: fc.uniqueArray(fc.constantFrom(...names), { minLength: 1, maxLength: 3 }) },
  ),
  chairs: fc.oneof({ weight: 3, arbitrary: fc.constant(0) }, fc.integer({ min: 1, max: 4 })),
});
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc
      .tuple(fc.constantFrom('create' as const, 'hold' as const), from, slots, wish)
      .map(([act, start, length, wanted]) => ({ act, from: start, slots: length, ...wanted })),
  },
  { weight: 2, arbitrary: fc.record({ act: fc.constantFrom('confirm' as const, 'cancel' as const), which }) },
  {
    weight: 2,
    arbitrary: fc.record({ act: fc.constant('move' as const), which, from, slots, to: fc.option(wish) }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ act: fc.constant('wait' as const), minutes: fc.integer({ min: 1, max: 8 }) }),
  },
);

interface Mine extends Wish {
  readonly from: number;
  readonly slots: number;
  /** Infinity once confirmed, 0 once cancelled. */
  readonly until: number;
}

const meets = (one: readonly string[], other: readonly string[]) => one.some((each) => other.includes(each));

/** The rooms among them that share floor with it, directly or over others: they take the widest of their buffers. */
function together(rooms: readonly Name[], name: Name): Name[] {
  let found: Name[] = [name];
  for (let size = 0; size < found.length; ) {
    size = found.length;
    found = rooms.filter((room) => found.some((each) => meets(FLOOR[each], FLOOR[room])));
  }
  return found;
}

/** What it uses: each piece of floor in each slot, and each chair in each slot, chairs by their number. */
function uses({
  rooms,
  chairs,
  from: start,
  slots: length,
}: Pick<Mine, 'rooms' | 'chairs' | 'from' | 'slots'>): string[] {
  const ofRooms = rooms.flatMap((name) => {
    const buffers = together(rooms, name).map((each) => BUFFERS[each]);
    const first = start - Math.max(...buffers.map(([before]) => before));
    const end = start + length + Math.max(...buffers.map(([, after]) => after));
    return Array.from({ length: end - first }, (_, index) => first + index).flatMap((slot) =>
      FLOOR[name].map((piece) => `${piece} ${slot}`),
    );
  });
  const ofChairs = Array.from({ length }, (_, index) => start + index).flatMap((slot) =>
    Array.from({ length: chairs }, () => `chair ${slot}`),
  );
  return [...new Set(ofRooms), ...ofChairs];
}

/** The simplest thing that can be right: count every piece of floor and every chair in every quarter of an hour. */
function fits(all: readonly Mine[], wanted: Omit<Mine, 'until'>, now: number): boolean {
  const offered = wanted.rooms.reduce((sum, name) => sum + (OFFERS[name] ?? 0), 0);
  if (wanted.chairs > Math.min(offered, CHAIRS)) return false;
  const count = new Map<string, number>();
  for (const mine of [...all.filter(({ until }) => until > now), wanted]) {
    for (const use of uses(mine)) count.set(use, (count.get(use) ?? 0) + 1);
  }
  return uses(wanted).every((use) => (count.get(use) ?? 0) <= (use.startsWith('chair') ? CHAIRS : 1));
}

const window = (start: number, length: number) => ({
  startsAt: new Date(NOON + start * SLOT),
  endsAt: new Date(NOON + (start + length) * SLOT),
});

async function furnish(): Promise<Record<Name | 'chairs', string>> {
  const facts = (name: Name): ThingFacts => ({
    setupMinutes: BUFFERS[name][0] * 15,
    teardownMinutes: BUFFERS[name][1] * 15,
  });
  const made = await Promise.all(
    names.map(async (name) => [name, (await room(db, facts(name))).id] as const),
  );
  const { id: chairs } = await pool(db, { capacity: CHAIRS });
  const ids = { ...(Object.fromEntries(made) as Record<Name, string>), chairs };
  await updateResource(manager, { id: chairs, addOnOnly: true });
  await divided(db, ids.a, [ids.a1, ids.a2]);
  await divided(db, ids.hall, [ids.a, ids.b, ids.c]);
  for (const [name, most] of Object.entries(OFFERS)) {
    await setResourceAddOns(manager, { id: ids[name as Name], addOns: [{ poolId: chairs, most }] });
  }
  return ids;
}
type Ids = Awaited<ReturnType<typeof furnish>>;

const resourcesOf = ({ rooms, chairs }: Wish, ids: Ids) => [
  ...rooms.map((name) => ({ resourceId: ids[name], quantity: 1 })),
  ...(chairs > 0 ? [{ resourceId: ids.chairs, quantity: chairs }] : []),
];

/** Runs the same acts against the program and against the count. */
class Run {
  private readonly ctx = testCtx(db, manager.viewer);
  private readonly all: (Mine & { readonly id: string })[] = [];
  private readonly now = () => this.ctx.clock.now().getTime();

  constructor(private readonly ids: Ids) {}

  async follow(each: Step): Promise<void> {
    if (each.act === 'wait') this.ctx.clock.advance(each.minutes * 60_000);
    else if ('rooms' in each) await this.create(each, each.act === 'hold' ? 300_000 : null);
    else if (this.all.length > 0) {
      const index = each.which % this.all.length;
      if (each.act === 'move') await this.move(index, each);
      else await this.decide(index, each.act);
    }
  }

  private async create(wanted: Omit<Mine, 'until'>, holdMs: number | null): Promise<void> {
    const input = {
      title: 'x',
      details: '',
      window: window(wanted.from, wanted.slots),
      resources: resourcesOf(wanted, this.ids),
      holdMs,
      ownerId: null,
      idempotencyKey: null,
    };
    const expected = fits(this.all, wanted, this.now());
    const rehearsed = await createReservation(this.ctx, { ...input, dryRun: true });
    const made = await createReservation(this.ctx, { ...input, dryRun: false });
    expect('node' in made).toBe(expected);
    expect(normal(rehearsed)).toEqual(normal(made));
    if (!('node' in made)) return;
    const until = holdMs === null ? Number.POSITIVE_INFINITY : this.now() + holdMs;
    this.all.push({
      id: made.id,
      rooms: wanted.rooms,
      chairs: wanted.chairs,
      from: wanted.from,
      slots: wanted.slots,
      until,
    });
  }

  private async move(
    index: number,
    { from: start, slots: length, to }: Extract<Step, { act: 'move' }>,
  ): Promise<void> {
    const mine = this.all[index] as Run['all'][number];
    const moved = { ...mine, ...to, from: start, slots: length };
    const resources = to && resourcesOf(to, this.ids);
    const moves = [{ id: mine.id, expectedVersion: null, ...window(start, length), resources }];
    const expected =
      mine.until > this.now() &&
      fits(
        this.all.filter((each) => each !== mine),
        moved,
        this.now(),
      );
    const rehearsed = await moveReservations(this.ctx, { moves, idempotencyKey: null, dryRun: true });
    const done = await moveReservations(this.ctx, { moves, idempotencyKey: null, dryRun: false });
    expect(Array.isArray(done)).toBe(expected);
    expect(normal(rehearsed)).toEqual(normal(done));
    if (expected) this.all[index] = moved;
  }

  private async decide(index: number, act: 'confirm' | 'cancel'): Promise<void> {
    const mine = this.all[index] as Run['all'][number];
    const existing = { id: mine.id, expectedVersion: null, idempotencyKey: null };
    const alive = mine.until > this.now();
    const done = await (act === 'confirm' ? confirmReservation : cancelReservation)(this.ctx, existing);
    expect('node' in done).toBe(alive && (act === 'cancel' || Number.isFinite(mine.until)));
    if ('node' in done)
      this.all[index] = { ...mine, until: act === 'confirm' ? Number.POSITIVE_INFINITY : 0 };
  }
}

/** Instants in one form, and without the id of what was not made. */
const normal = (result: object) =>
  JSON.parse(
    JSON.stringify(result, (key, value) => {
      if (key === 'act' || (key === 'id' && 'node' in result)) return undefined;
      return typeof value === 'string' && /^\d{4}-\d\d-\d\d[T ]/.test(value)
        ? new Date(value).toISOString()
        : value;
    }),
  );

it('judges any sequence of acts on a hall, its rooms and their parts as a count of floor and chairs does', async () => {
  const property = fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 30 }), async (steps) => {
    const run = new Run(await furnish());
    for (const each of steps) await run.follow(each);
  });
  await fc.assert(property, { numRuns: 60 });
  expect(await psql(DOUBLE_USE)).toEqual([{ count: 0 }]);
  const between = await psql(
    `select from resource_part l
     join claim a on a.resource_id = l.whole_id and a.occupies and a.kind <> 'SHADE'
     join claim b on b.resource_id = l.part_id and b.occupies and b.kind <> 'SHADE'
       and b.reservation_id <> a.reservation_id and b.occupied && a.occupied`,
  );
  expect(between).toEqual([]);
  const incomplete = `select claim_parts_kept(id) from reservation where occupies_until > '-infinity'`;
  await expect(psql(incomplete)).resolves.not.toHaveLength(0);
}, 180_000);
