import fc from 'fast-check';
import { createReservation } from '../../../src/domain/reservations/create-reservation.js';
import { moveReservations } from '../../../src/domain/reservations/move-reservations.js';
import type { Quota } from '../../../src/domain/schedules/rule.js';
import { createSeries } from '../../../src/domain/series/create-series.js';
import { reserved, wishFor } from '../../kit/closures.js';
import { testCtx } from '../../kit/ctx.js';
import { useDatabase } from '../../kit/database.js';
import { person } from '../../kit/people.js';
import { group } from '../../kit/rule-input.js';
import { rule, type ScopeFacts } from '../../kit/rules.js';
import { place, pool, resourceType, room, type ThingRow } from '../../kit/things.js';
import { codes, outcomes, SKIP, wanted } from '../series/series-kit.js';

const { db, psql } = await useDatabase();

type Acting = Awaited<ReturnType<typeof someone>>;
const someone = async () => testCtx(db, (await person(db)).viewer);
const quota = (more: Partial<Quota>): Quota => ({
  measure: 'COUNT',
  period: 'ISO_WEEK',
  groupId: null,
  over: 'SCOPE',
  limit: 2,
  ...more,
});

beforeEach(() => psql('delete from rule'));

/** Moves the reservations to those instants, an hour each. */
const moveTo = (ctx: Acting, moves: readonly (readonly [id: string, startsAt: Date])[]) =>
  moveReservations(ctx, {
    moves: moves.map(([id, startsAt]) => ({
      id,
      expectedVersion: null,
      startsAt,
      endsAt: new Date(+startsAt + 3_600_000),
      resources: null,
    })),
    idempotencyKey: null,
    dryRun: false,
  });

const isMade = (result: object) => !('kind' in result);

/** Whether each of the wishes for one hour is granted, made one after the other. */
async function oneByOne(ctx: Acting, wishes: readonly (readonly [ids: readonly string[], startsAt: Date])[]) {
  const granted: boolean[] = [];
  for (const [ids, startsAt] of wishes) {
    const end = new Date(+startsAt + 3_600_000).toISOString();
    granted.push(isMade(await createReservation(ctx, wishFor(ids, startsAt.toISOString(), end))));
  }
  return granted;
}

it('counts the days of a week on which no quota stands yet', async () => {
  const r = await room(db);
  await rule(db, 'QUOTA', quota({ limit: 2 }), { resourceId: r.id, effectiveFrom: '2027-03-10' });
  const monday = wanted([r.id], {
    startsLocal: '2027-03-08T09:00',
    endsLocal: '2027-03-08T10:00',
    mode: SKIP,
  });
  expect(outcomes(await createSeries(await someone(), monday))).toBe(
    'RESERVED RESERVED SKIPPED SKIPPED SKIPPED',
  );
});

it('counts a set and a batch in every quota of that name, whichever is the nearest of each', async () => {
  const near = await room(db);
  const far = await room(db, { placeId: near.placeId });
  await rule(db, 'QUOTA', quota({ limit: 1 }), { placeId: near.placeId });
  await rule(db, 'QUOTA', quota({ limit: 5 }), { typeId: near.typeId });
  const [apart, together, batch] = [await someone(), await someone(), await someone()];
  const day = (date: string) => new Date(`2027-03-${date}T09:00:00Z`);
  expect(
    await oneByOne(apart, [
      [[near.id], day('02')],
      [[far.id], day('02')],
    ]),
  ).toEqual([true, false]);
  const set = wishFor([near.id, far.id], '2027-03-03T09:00:00Z', '2027-03-03T10:00:00Z');
  expect(codes(await createReservation(together, set))).toEqual(['QUOTA_EXCEEDED']);
  const one = await reserved(batch, [near.id], '2027-03-09T09:00:00Z', '2027-03-09T10:00:00Z');
  const two = await reserved(batch, [far.id], '2027-03-16T09:00:00Z', '2027-03-16T10:00:00Z');
  const moved = await moveTo(batch, [
    [one.id, day('04')],
    [two.id, day('05')],
  ]);
  expect(codes(moved)).toEqual(['QUOTA_EXCEEDED']);
});

it('counts from one version to the next, whatever each counts together', async () => {
  const r = await room(db);
  await rule(db, 'QUOTA', quota({ period: 'MONTH', limit: 3 }), { placeId: r.placeId });
  const each = quota({ period: 'MONTH', over: 'RESOURCE', limit: 4 });
  await rule(db, 'QUOTA', each, { placeId: r.placeId, effectiveFrom: '2027-03-05' });
  const seven = wanted([r.id], { rrule: 'FREQ=DAILY;COUNT=7', mode: SKIP });
  expect(outcomes(await createSeries(await someone(), seven))).toBe(
    'RESERVED RESERVED RESERVED RESERVED SKIPPED SKIPPED SKIPPED',
  );
});

it('makes what an earlier version would not allow any more once later days count', async () => {
  const r = await room(db);
  await rule(db, 'QUOTA', quota({ limit: 1 }), { resourceId: r.id });
  await rule(db, 'QUOTA', quota({ limit: 3 }), { resourceId: r.id, effectiveFrom: '2027-03-04' });
  const week = wanted([r.id], { mode: SKIP });
  expect(outcomes(await createSeries(await someone(), week))).toBe(
    'RESERVED SKIPPED RESERVED RESERVED SKIPPED',
  );
});

it('counts for the group of who acts, too, where a batch moves reservations of several owners', async () => {
  const [bound, free] = [await room(db), await room(db)];
  const boss = await person(db, 'MANAGER');
  const member = await person(db);
  const both = await group(db, [boss, member]);
  const [mine, theirs] = [testCtx(db, boss.viewer), testCtx(db, member.viewer)];
  const one = await reserved(theirs, [bound.id], '2027-03-09T09:00:00Z', '2027-03-09T10:00:00Z');
  const two = await reserved(mine, [free.id], '2027-03-16T09:00:00Z', '2027-03-16T10:00:00Z');
  await rule(db, 'QUOTA', quota({ groupId: both.id, limit: 1 }));
  await rule(db, 'QUOTA', quota({ limit: 9 }), { resourceId: free.id });
  const moved = await moveTo(mine, [
    [one.id, new Date('2027-03-02T09:00:00Z')],
    [two.id, new Date('2027-03-03T09:00:00Z')],
  ]);
  expect(codes(moved)).toEqual(['QUOTA_EXCEEDED']);
});

describe('under random quotas', () => {
  interface PlainQuota {
    readonly name: string;
    readonly scope: number;
    readonly from: string | null;
    readonly exempts: boolean;
    readonly ends: boolean;
    readonly group: number;
    readonly settings: Omit<Quota, 'groupId'>;
  }
  const measured = fc.constantFrom<Pick<Quota, 'measure' | 'period'>[]>(
    ...(['DAY', 'ISO_WEEK', 'MONTH'] as const).flatMap((period) => [
      { measure: 'COUNT' as const, period },
      { measure: 'MINUTES' as const, period },
    ]),
    { measure: 'COUNT', period: 'CONCURRENT' },
  );
  const plainQuota: fc.Arbitrary<PlainQuota> = fc.record({
    name: fc.constantFrom('A', 'A', 'B'),
    scope: fc.nat(4),
    from: fc.constantFrom(null, '2027-03-03', '2027-03-05'),
    exempts: fc.integer({ min: 0, max: 5 }).map((dice) => dice === 0),
    ends: fc.integer({ min: 0, max: 5 }).map((dice) => dice === 0),
    group: fc.constantFrom(0, 0, 1, 2),
    settings: fc
      .tuple(measured, fc.constantFrom('SCOPE' as const, 'RESOURCE' as const), fc.constantFrom(1, 2, 2, 3, 5))
      .map(([{ measure, period }, over, hours]) => ({
        measure,
        period,
        over,
        limit: measure === 'MINUTES' ? hours * 60 : hours,
      })),
  });
  const quotas = fc.uniqueArray(plainQuota, {
    minLength: 2,
    maxLength: 5,
    selector: ({ name, scope, from }) => `${name} ${scope} ${from}`,
  });
  /** Hours since Monday noon, six apart, so that nothing is in the way of anything. */
  const hours = (least: number, most: number) =>
    fc
      .uniqueArray(fc.nat(27), { minLength: least, maxLength: most })
      .map((sixths) => sixths.map((sixth) => sixth * 6 + 5));
  const instant = (hour: number) => new Date(Date.parse('2027-03-01T12:00:00Z') + hour * 3_600_000);
  const ways = fc.constantFrom('AT_ONCE' as const, 'OVERLAPPING' as const, 'APART' as const);
  const startOf = {
    AT_ONCE: ([first = 0]: number[]) => instant(first),
    OVERLAPPING: ([first = 0]: number[], index: number) => instant(first + index / 2),
    APART: (starts: number[], index: number) => instant(starts[index] ?? 0),
  };
  const someThings = fc.subarray([0, 1, 2], { minLength: 1 });

  /** Pools that nothing fills up, in three time zones and at nested places; somebody's group and one of others. */
  async function world() {
    await psql('delete from rule');
    const [one, other, site] = [await resourceType(db), await resourceType(db), await place(db)];
    const floor = await place(db, { parentId: site.id });
    const thing = (typeId: string, placeId: string, timeZone: string) =>
      pool(db, { typeId, placeId, timeZone, capacity: 100 });
    const things = [
      await thing(one.id, site.id, 'UTC'),
      await thing(other.id, floor.id, 'Europe/Berlin'),
      await thing(one.id, floor.id, 'Pacific/Auckland'),
    ] as const;
    const mate = await person(db);
    const [ours, others] = [await group(db, [mate]), await group(db, [mate])];
    await reserved(
      testCtx(db, mate.viewer),
      [things[0].id, things[2].id],
      '2027-03-03T17:00:00Z',
      '2027-03-03T18:00:00Z',
    );
    const scopes: ScopeFacts[] = [
      { resourceId: things[2].id },
      { typeId: one.id },
      { placeId: floor.id },
      { placeId: site.id },
      {},
    ];
    /** Somebody new, beside the mate the only one in the group. */
    const next = async () => {
      const fresh = await person(db);
      await psql('delete from group_member where group_id = $1 and user_id <> $2', [ours.id, mate.id]);
      await psql('insert into group_member (group_id, user_id) values ($1, $2)', [ours.id, fresh.id]);
      return testCtx(db, fresh.viewer);
    };
    const write = async (all: readonly PlainQuota[]) => {
      for (const { name, scope, from, exempts, ends, group: number, settings } of all) {
        const groupId = [null, ours.id, others.id][number] ?? null;
        await rule(db, 'QUOTA', ends ? null : { ...settings, groupId }, {
          ...scopes[scope],
          name,
          effectiveFrom: from,
          exemptRoles: exempts ? ['MEMBER'] : [],
        });
      }
    };
    return { things: things as readonly ThingRow[], next, write };
  }

  const orders = <T>(all: readonly T[]): T[][] =>
    all.length < 2
      ? [[...all]]
      : all.flatMap((first) => orders(all.filter((each) => each !== first)).map((rest) => [first, ...rest]));

  it('a series that skips grants what its occurrences would get one by one, in order of time', async () => {
    await fc.assert(
      fc.asyncProperty(quotas, someThings, hours(2, 7), async (rules, which, starts) => {
        const { things, next, write } = await world();
        await write(rules);
        const ids = which.map((index) => things[index]?.id ?? '');
        const inOrder = starts.map(instant).toSorted((a, b) => +a - +b);
        const expected = await oneByOne(
          await next(),
          inOrder.map((start) => [ids, start] as const),
        );
        const locals = inOrder.map((start) => start.toISOString().slice(0, 16));
        const series = wanted(ids, {
          startsLocal: locals[0] ?? '',
          endsLocal: new Date(+(inOrder[0] as Date) + 3_600_000).toISOString().slice(0, 16),
          timeZone: 'UTC',
          rrule: 'FREQ=DAILY;COUNT=1',
          rdates: locals.slice(1),
          mode: SKIP,
        });
        const result = await createSeries(await next(), series);
        const granted = isMade(result)
          ? outcomes(result)
              .split(' ')
              .map((outcome) => outcome === 'RESERVED')
          : inOrder.map(() => false);
        expect(granted).toEqual(expected);
      }),
      { numRuns: 25 },
    );
  }, 60_000);

  it('a set and a batch, which have no order, are granted where each order of their wishes would be', async () => {
    await fc.assert(
      fc.asyncProperty(quotas, someThings, hours(3, 3), ways, async (rules, which, starts, way) => {
        const { things, next, write } = await world();
        const wishes = which.map(
          (index) => [[things[index]?.id ?? ''], startOf[way](starts, index)] as const,
        );
        const mover = await next();
        const made: string[] = [];
        for (const [index, [ids]] of wishes.entries()) {
          const day = `2027-06-0${index + 1}`;
          made.push((await reserved(mover, ids, `${day}T09:00:00Z`, `${day}T10:00:00Z`)).id);
        }
        await write(rules);
        const moves = wishes.map(([, start], index) => [made[index] as string, start] as const);
        const results: object[] = [await moveTo(mover, moves)];
        if (way === 'AT_ONCE') {
          const start = instant(starts[0] as number);
          const end = new Date(+start + 3_600_000).toISOString();
          const ids = wishes.flatMap(([each]) => each);
          results.push(await createReservation(await next(), wishFor(ids, start.toISOString(), end)));
        }
        let isGrantedAlways = true;
        for (const order of orders(wishes)) {
          isGrantedAlways &&= !(await oneByOne(await next(), order)).includes(false);
        }
        expect(results.map(isMade)).toEqual(results.map(() => isGrantedAlways));
      }),
      { numRuns: 25 },
    );
  }, 60_000);
});
