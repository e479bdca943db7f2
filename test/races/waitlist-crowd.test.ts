import type { Viewer } from '../../src/domain/act.js';
import { Unavailable } from '../../src/domain/failure.js';
import { cancelReservation } from '../../src/domain/reservations/cancel-reservation.js';
import { confirmReservation } from '../../src/domain/reservations/confirm-reservation.js';
import { createReservation } from '../../src/domain/reservations/create-reservation.js';
import { moveReservations } from '../../src/domain/reservations/move-reservations.js';
import { joinWaitlist } from '../../src/domain/waitlist/join-waitlist.js';
import { leaveWaitlist } from '../../src/domain/waitlist/leave-waitlist.js';
import { expireHolds } from '../../src/sweeper/tasks.js';
import { sweepWaitlist } from '../../src/sweeper/waitlist.js';
import { confirmed } from '../kit/approvals.js';
import { ManualClock } from '../kit/clock.js';
import { wishFor } from '../kit/closures.js';
import { type TestCtx, testCtx } from '../kit/ctx.js';
import { useDatabase } from '../kit/database.js';
import { person } from '../kit/people.js';
import { place, pool, resourceType, room } from '../kit/things.js';
import { waitFor } from '../kit/waits.js';

const ACTORS = 8;
const STEPS = 40;
const database = await useDatabase();
const { db, psql } = database;
const clock = new ManualClock();
const [type, site] = [await resourceType(db), await place(db)];
const here = { typeId: type.id, placeId: site.id, seats: 4 };
const rooms = [await room(db, here), await room(db, here), await room(db, here)];
const pools = [await pool(db, { capacity: 2 }), await pool(db, { capacity: 3 })];
const capacity = new Map([...rooms, ...pools].map((each) => [each.id, each.capacity]));

/** The same numbers for the same seed. */
function dice(seed: number): (sides: number) => number {
  let state = seed;
  return (sides) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * sides);
  };
}

type Acting = TestCtx & { readonly viewer: Viewer };
type Roll = (sides: number) => number;

const HOUR = 3_600_000;
const DAY = Date.parse('2027-03-02T00:00:00Z');
const instant = (hours: number) => new Date(DAY + hours * HOUR).toISOString();

/** One of them, if there is any. */
const pick = <T>(roll: Roll, all: readonly T[]): T | undefined => all[roll(Math.max(1, all.length))];

/** A room, some of a pool, or both. */
function things(roll: Roll) {
  const id = (all: readonly { id: string }[]) => pick(roll, all)?.id ?? '';
  const some = { resourceId: id(pools), quantity: 1 + roll(2) };
  const one = { resourceId: id(rooms), quantity: 1 };
  return pick(roll, [[one], [some], [one, some]]) ?? [];
}

function window(roll: Roll): [string, string] {
  const start = 8 + roll(8) / 2;
  return [instant(start), instant(start + 1 + roll(3) / 2)];
}

const mine = async ({ viewer }: Acting, states: string[]) =>
  psql<{ id: string }>('select id from reservation where owner_id = $1 and state = any ($2) order by id', [
    viewer.userId,
    states,
  ]);
const waits = async ({ viewer }: Acting) =>
  psql<{ id: string }>(
    "select id from wait where user_id = $1 and state in ('WAITING', 'OFFERED') order by id",
    [viewer.userId],
  );

async function step(ctx: Acting, roll: Roll): Promise<unknown> {
  const resources = things(roll);
  const reserve = (holdMs: number | null) =>
    createReservation(ctx, wishFor([], ...window(roll), { resources, holdMs }));
  const join = () => {
    const flexible = roll(3) === 0;
    const span: [string, string] = flexible ? [instant(8), instant(14)] : window(roll);
    const more = { resources, minutes: flexible ? 60 : null, orEquivalent: roll(2) === 0 };
    return joinWaitlist(ctx, waitFor([], ...span, more));
  };
  const kind = roll(10);
  if (kind < 2) return reserve(null);
  if (kind < 3) return reserve(60_000 * (1 + roll(3)));
  if (kind < 6) return join();
  const [own, wait] = [pick(roll, await mine(ctx, ['HELD', 'CONFIRMED'])), pick(roll, await waits(ctx))];
  if (kind < 8) return own && cancelReservation(ctx, confirmed(own.id));
  if (kind < 9 && own) {
    const [startsAt, endsAt] = window(roll);
    const move = {
      id: own.id,
      expectedVersion: null,
      startsAt: new Date(startsAt),
      endsAt: new Date(endsAt),
    };
    return moveReservations(ctx, {
      moves: [{ ...move, resources: null }],
      idempotencyKey: null,
      dryRun: false,
    });
  }
  if (roll(2)) return wait && leaveWaitlist(ctx, wait.id);
  const held = pick(roll, await mine(ctx, ['HELD']));
  return held && confirmReservation(ctx, confirmed(held.id));
}

interface Open {
  readonly id: string;
  readonly first: number;
  readonly last: number;
  readonly length: number;
  readonly needs: Record<string, { id: string; quantity: number }[]>;
}
interface Use {
  readonly id: string;
  readonly from: number;
  readonly to: number;
  readonly quantity: number;
}

const isFree = (uses: readonly Use[], id: string, quantity: number, from: number, to: number): boolean => {
  const met = uses.filter((use) => use.id === id && use.from < to && from < use.to);
  const peak = Math.max(
    0,
    ...met.map(({ from: at }) =>
      met.filter((use) => use.from <= at && at < use.to).reduce((sum, use) => sum + use.quantity, 0),
    ),
  );
  return peak + quantity <= (capacity.get(id) ?? 0);
};

/** Whether the whole wish could be had, by trying every quarter of an hour; no two needs of it are of one kind. */
function fits({ first, last, length, needs }: Open, uses: readonly Use[]): boolean {
  for (let from = first; from <= last; from += HOUR / 4) {
    const all = Object.values(needs);
    if (all.every((some) => some.some(({ id, quantity }) => isFree(uses, id, quantity, from, from + length))))
      return true;
  }
  return false;
}

it('neither fails nor forgets anybody where a crowd reserves, moves, cancels, waits, takes and leaves', async () => {
  const people = await Promise.all(Array.from({ length: ACTORS }, () => person(db)));
  const failures: unknown[] = [];
  let over = 0;
  const act = async (ctx: Acting, seed: number) => {
    const roll = dice(seed);
    for (let n = 0; n < STEPS; n++) await step(ctx, roll).catch((error) => failures.push(error));
    over++;
  };
  const sweep = async () => {
    const ctx = testCtx(db, null, clock);
    while (over < ACTORS) {
      clock.advance(2_000);
      await expireHolds(ctx).catch((error) => failures.push(error));
      await sweepWaitlist(ctx).catch((error) => failures.push(error));
    }
    for (let rounds = 0; (await sweepWaitlist(ctx)) > 0; rounds++)
      if (rounds > 50) throw new Error('it never ends');
    failures.push(...ctx.log.lines.flatMap(({ facts }) => ('err' in facts ? facts.err : [])));
  };
  await Promise.all([
    ...people.map(({ viewer }, seed) => act(testCtx(db, viewer, clock), seed + 1)),
    sweep(),
  ]);
  // A machine that is too slow may say so: nothing is decided then.
  expect(failures.filter((error) => !(error instanceof Unavailable))).toEqual([]);
  expect(await psql('select * from wait_due')).toEqual([]);
  const uses = await psql<Use>(
    `select resource_id as id, quantity, (extract(epoch from lower(occupied)) * 1000)::float8 as from,
       (extract(epoch from upper(occupied)) * 1000)::float8 as to from claim where occupies`,
  );
  const open = await psql<Open>(
    `select w.id, (extract(epoch from first_start) * 1000)::float8 as first, (extract(epoch from last_start) * 1000)::float8 as last,
       (extract(epoch from last_end - last_start) * 1000)::float8 as length, (
       select json_object_agg(need, targets) from (select need, json_agg(json_build_object('id', resource_id,
         'quantity', quantity)) as targets from wait_target t where t.wait_id = w.id group by need) n) as needs
     from wait w where state = 'WAITING'`,
  );
  expect(open.filter((each) => fits(each, uses))).toEqual([]);
  const odd = await psql(
    `select w.state, v.state as held from wait w left join reservation v on v.id = w.reservation_id
     where (w.state = 'OFFERED') <> coalesce(v.state = 'HELD' and w.state = 'OFFERED', false)
       or (w.state = 'WAITING') <> exists (select from wait_target t where t.wait_id = w.id)`,
  );
  expect(odd).toEqual([]);
  const [facts] = await psql<Record<string, number>>(
    `select (select deadlocks from pg_stat_database where datname = current_database())::int as deadlocks,
       (select count(*) from wait)::int as wishes, (select count(*) from wait where offered_at is not null)::int as offers,
       (select count(*) from wait where state = 'WAITING')::int as waiting`,
  );
  expect(facts).toMatchObject({ deadlocks: 0, wishes: expect.any(Number) });
  // It was about something.
  expect(Math.min(facts?.offers ?? 0, facts?.waiting ?? 0)).toBeGreaterThan(10);
}, 120_000);
