import { createReservation } from '../../src/domain/reservations/create-reservation.js';
import { setRule } from '../../src/domain/schedules/set-rule.js';
import { testCtx } from '../kit/ctx.js';
import { useDatabase } from '../kit/database.js';
import { person } from '../kit/people.js';
import { openDaily, ruleInput } from '../kit/rule-input.js';
import { room } from '../kit/things.js';

const database = await useDatabase();
/** Two instances, each with a rule book of its own in memory. */
const [one, two] = [database.db, await database.open()];
const [boss, me] = [await person(one, 'MANAGER'), await person(one)];
const ROUNDS = 30;

it('either counts a reservation before the rule that would refuse it, or refuses it: 30 rounds on two instances', async () => {
  const outcomes = { before: 0, refused: 0 };
  for (let round = 0; round < ROUNDS; round++) {
    const thing = await room(one);
    const reserving = round % 2 === 0 ? one : two;
    const close = () =>
      setRule(
        testCtx(one, boss.viewer),
        ruleInput({
          kind: 'OPENING_HOURS',
          scope: { resourceId: thing.id },
          settings: openDaily('08:00', '18:00'),
        }),
      );
    const reserve = (hour: number, holdMs: number | null) =>
      createReservation(testCtx(reserving, me.viewer), {
        title: 'Late',
        details: '',
        window: {
          startsAt: new Date(`2027-03-02T${hour}:00:00Z`),
          endsAt: new Date(`2027-03-02T${hour}:30:00Z`),
        },
        resources: [{ resourceId: thing.id, quantity: 1 }],
        holdMs,
        ownerId: null,
        idempotencyKey: null,
        dryRun: false,
      });
    // The rules in its memory are those of before the change.
    await reserve(12, null);
    const acts = [
      () => reserve(19, null),
      () => reserve(20, 60_000),
      close,
      () => reserve(21, null),
      () => reserve(22, null),
    ];
    const done = await Promise.all(acts.map((act) => act()));
    const [told] = await database.psql<{ version: string }>(
      'select version from outbox where resource_id = $1 and reservation_id is null',
      [thing.id],
    );
    const rule = Number(told?.version);
    const late = await database.psql<{ reservation_id: string; version: string }>(
      `select o.reservation_id, o.version from outbox o join reservation v on v.id = o.reservation_id
       where o.resource_id = $1 and v.ends_at > '2027-03-02T18:00:00Z'`,
      [thing.id],
    );
    expect(late.filter(({ version }) => Number(version) > rule)).toEqual([]);
    const made = done.filter((each) => 'node' in each).length;
    expect(made).toBe(late.length);
    for (const each of done.filter((result) => 'reasons' in result)) {
      expect(each).toMatchObject({ reasons: [{ code: 'OUTSIDE_OPENING_HOURS' }] });
    }
    outcomes.before += made;
    outcomes.refused += done.filter((each) => 'reasons' in each).length;
  }
  expect(outcomes.before + outcomes.refused).toBe(ROUNDS * 4);
  // Both come, else nothing has raced.
  expect(outcomes.before).toBeGreaterThan(0);
  expect(outcomes.refused).toBeGreaterThan(0);
}, 60_000);
