import { decideApproval } from '../../src/domain/approvals/decide-approval.js';
import { confirmReservation } from '../../src/domain/reservations/confirm-reservation.js';
import { createReservation } from '../../src/domain/reservations/create-reservation.js';
import { moveReservations } from '../../src/domain/reservations/move-reservations.js';
import { expireHolds } from '../../src/sweeper/tasks.js';
import { by, mustApprove } from '../kit/approvals.js';
import { reserved, wishFor } from '../kit/closures.js';
import { testCtx } from '../kit/ctx.js';
import { useDatabase } from '../kit/database.js';
import { person } from '../kit/people.js';
import { room } from '../kit/things.js';

const database = await useDatabase();
const { db, psql } = database;
/** A second instance, with a rule book and connections of its own. */
const far = await database.open();
const [me, one, two, rival] = await Promise.all([1, 2, 3, 4].map(() => person(db)));
const ROUNDS = 50;
const at = (time: string) => `2027-03-02T${time}:00Z`;

const decide = (ctx: Parameters<typeof decideApproval>[0], id: string, decision: 'APPROVED' | 'REJECTED') =>
  decideApproval(ctx, { id, decision, words: 'So be it', step: null, idempotencyKey: null });
const outcome = (result: object) =>
  'state' in result
    ? result.state
    : (result as { reasons: { code: string }[] }).reasons.map(({ code }) => code)[0];

it('has one winner when two decide at once, and tells the other that it is decided', async () => {
  const r = await room(db);
  await mustApprove(db, { resourceId: r.id }, [by(one?.id ?? '', two?.id ?? '')]);
  for (let round = 0; round < ROUNDS; round++) {
    const asked = await reserved(testCtx(db, me?.viewer ?? never()), [r.id], at('09:00'), at('10:00'));
    const both = await Promise.all([
      decide(testCtx(db, one?.viewer ?? never()), asked.id, 'APPROVED'),
      decide(testCtx(far, two?.viewer ?? never()), asked.id, 'REJECTED'),
    ]);
    const outcomes = both.map(outcome);
    expect(outcomes).toContain('ALREADY_DECIDED');
    const [won] = outcomes.filter((each) => each !== 'ALREADY_DECIDED');
    const [row] = await psql('select state from reservation where id = $1', [asked.id]);
    expect(['CONFIRMED', 'REJECTED']).toContain(won);
    expect(row).toEqual({ state: won });
    const words = await psql('select from approval_word where reservation_id = $1', [asked.id]);
    expect(words).toHaveLength(1);
    await psql(`update reservation set state = 'CANCELLED' where id = $1`, [asked.id]);
  }
});

it('takes one step for however many approve it at once, whoever they are', async () => {
  const r = await room(db);
  const steps = [by(one?.id ?? '', two?.id ?? ''), by(two?.id ?? ''), by(rival?.id ?? '')];
  await mustApprove(db, { resourceId: r.id }, steps);
  for (let round = 0; round < ROUNDS; round++) {
    const asked = await reserved(testCtx(db, me?.viewer ?? never()), [r.id], at('09:00'), at('10:00'));
    const first = (ctx: Parameters<typeof decideApproval>[0]) =>
      decideApproval(ctx, { id: asked.id, decision: 'APPROVED', words: '', step: 0, idempotencyKey: null });
    const all = await Promise.all([
      first(testCtx(db, one?.viewer ?? never())),
      first(testCtx(far, two?.viewer ?? never())),
      first(testCtx(far, one?.viewer ?? never())),
    ]);
    expect(all.map(outcome).sort()).toEqual(['ALREADY_DECIDED', 'ALREADY_DECIDED', 'PENDING_APPROVAL']);
    expect(await psql('select step from approval where reservation_id = $1', [asked.id])).toEqual([
      { step: 1 },
    ]);
    await psql(`update reservation set state = 'CANCELLED' where id = $1`, [asked.id]);
  }
});

it('confirms no hold that a move has made long meanwhile without asking', async () => {
  const r = await room(db);
  await mustApprove(db, { resourceId: r.id }, [by(one?.id ?? '')], { overMinutes: 120 });
  const [mine, also] = [testCtx(db, me?.viewer ?? never()), testCtx(far, me?.viewer ?? never())];
  for (let round = 0; round < ROUNDS; round++) {
    const held = await reserved(mine, [r.id], at('09:00'), at('10:00'), { holdMs: 600_000 });
    const move = {
      id: held.id,
      expectedVersion: null,
      startsAt: null,
      endsAt: new Date(at('17:00')),
      resources: null,
    };
    await Promise.all([
      confirmReservation(mine, { id: held.id, expectedVersion: null, idempotencyKey: null }),
      moveReservations(also, { moves: [move], idempotencyKey: null, dryRun: false }),
    ]);
    const unasked = await psql(
      `select from reservation v where v.id = $1 and v.state = 'CONFIRMED' and v.ends_at > $2
         and not exists (select from approval a where a.reservation_id = v.id)`,
      [held.id, at('11:00')],
    );
    expect(unasked).toEqual([]);
    await psql(`update reservation set state = 'CANCELLED' where id = $1`, [held.id]);
  }
});

it('leaves one of approval, sweeper and rival with the window around the deadline', async () => {
  const r = await room(db);
  await mustApprove(db, { resourceId: r.id }, [by(one?.id ?? '')], { deadlineMinutes: 30 });
  const before = testCtx(db, me?.viewer ?? never());
  for (let round = 0; round < ROUNDS; round++) {
    const asked = await reserved(before, [r.id], at('09:00'), at('10:00'));
    // The approver's clock is a millisecond before the deadline, everybody else's on it.
    const approver = testCtx(far, one?.viewer ?? never());
    const others = testCtx(db, rival?.viewer ?? never());
    approver.clock.advance(30 * 60_000 - 1);
    others.clock.advance(30 * 60_000);
    const [decided, made] = await Promise.all([
      decide(approver, asked.id, 'APPROVED'),
      createReservation(others, wishFor([r.id], at('09:30'), at('10:30'), { holdMs: 60_000 })),
      expireHolds(others),
    ]);
    const winners = [decided, made].filter((result) => 'node' in result);
    expect(winners).toHaveLength(1);
    expect(await psql('select from claim where resource_id = $1 and occupies', [r.id])).toHaveLength(1);
    await psql(
      `update reservation v set state = 'CANCELLED' from claim c where c.reservation_id = v.id and c.resource_id = $1`,
      [r.id],
    );
  }
});

function never(): never {
  throw new Error('not everybody is there');
}
