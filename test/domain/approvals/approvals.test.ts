import { Client } from 'pg';
import { answerApproval } from '../../../src/domain/approvals/answer-approval.js';
import { type DecideApproval, decideApproval } from '../../../src/domain/approvals/decide-approval.js';
import { addDeputyOf, removeDeputy } from '../../../src/domain/approvals/deputies.js';
import { readWaiting } from '../../../src/domain/approvals/waiting.js';
import { undoClosing } from '../../../src/domain/closings/undo-closing.js';
import { cancelReservation } from '../../../src/domain/reservations/cancel-reservation.js';
import { confirmReservation } from '../../../src/domain/reservations/confirm-reservation.js';
import { createReservation } from '../../../src/domain/reservations/create-reservation.js';
import { editReservation } from '../../../src/domain/reservations/edit-reservation.js';
import { moveReservations } from '../../../src/domain/reservations/move-reservations.js';
import { cancelSeries } from '../../../src/domain/series/cancel-series.js';
import { createSeries } from '../../../src/domain/series/create-series.js';
import { updateSeries } from '../../../src/domain/series/update-series.js';
import { undoAct } from '../../../src/domain/undo/undo-act.js';
import { announceApprovals, expireHolds } from '../../../src/sweeper/tasks.js';
import { by, confirmed, mustApprove } from '../../kit/approvals.js';
import { close, reserved, wishFor } from '../../kit/closures.js';
import { testCtx } from '../../kit/ctx.js';
import { useDatabase } from '../../kit/database.js';
import { person } from '../../kit/people.js';
import { rule } from '../../kit/rules.js';
import { place, resourceType, room } from '../../kit/things.js';
import { made, wanted } from '../series/series-kit.js';

const { db, psql, open, url } = await useDatabase();
const MINUTE = 60_000;
const at = (time: string) => `2027-03-02T${time}:00Z`;
const sweeper = testCtx(db);
const { clock } = sweeper;
const START = clock.now().toISOString();
beforeEach(() => clock.set(START));

const somebody = async (
  ...facts: Parameters<typeof person> extends [unknown, ...infer Rest] ? Rest : never
) => {
  const { id, viewer } = await person(db, ...facts);
  return { ...testCtx(db, viewer, clock), id };
};
const me = await somebody('MEMBER', { name: 'Mia' });
const boss = await somebody('MEMBER', { name: 'Bo' });
const other = await somebody('MEMBER', { name: 'Otto' });
const admin = await somebody('ADMINISTRATOR');

const reserve = (resourceId: string, from = '09:00', to = '10:00', more: object = {}) =>
  reserved(me, [resourceId], at(from), at(to), more);
const decide = (ctx: typeof me, { id }: { id: string }, more: Partial<DecideApproval> = {}) =>
  decideApproval(ctx, { id, decision: 'APPROVED', words: '', step: null, idempotencyKey: null, ...more });
const codes = (result: object) =>
  'reasons' in result ? (result.reasons as { code: string }[]).map(({ code }) => code) : result;
const told = async ({ id }: { id: string }, ctx: { id: string }) =>
  (
    await psql<{ kind: string }>(
      'select kind from notification where reservation_id = $1 and user_id = $2 order by kind, id',
      [id, ctx.id],
    )
  ).map(({ kind }) => kind);
const stateOf = async ({ id }: { id: string }) =>
  (await psql<{ state: string }>('select state from reservation where id = $1', [id]))[0]?.state;
const changesOf = async (resourceId: string) =>
  psql<{ taken: boolean; until: string }>(
    `select taken is not null as taken, taken_until::text as until from outbox where resource_id = $1 order by version`,
    [resourceId],
  );

describe('a reservation that must be approved', () => {
  it('occupies while it waits, and counts for good once it is approved', async () => {
    const r = await room(db, { name: 'Lab' });
    await mustApprove(db, { resourceId: r.id }, [by(boss.id)]);
    const asked = await reserve(r.id);
    expect(asked).toMatchObject({
      state: 'PENDING_APPROVAL',
      expiresAt: expect.stringContaining('2027-03-02T08:00:00'),
    });
    expect(codes(await createReservation(other, wishFor([r.id], at('09:30'), at('10:30'))))).toEqual([
      'SLOT_HELD',
    ]);
    expect(await told(asked, boss)).toEqual(['APPROVAL_ASKED']);
    expect((await readWaiting(boss, null, 200)).map(({ id }) => id)).toContain(asked.id);
    expect((await readWaiting(other, null, 200)).map(({ id }) => id)).not.toContain(asked.id);
    expect(await decide(boss, asked, { words: 'Enjoy' })).toMatchObject({
      state: 'CONFIRMED',
      expiresAt: null,
      version: 2,
    });
    expect(await told(asked, me)).toEqual(['APPROVED']);
    expect(await readWaiting(boss, null, 200)).toEqual([]);
    expect(await changesOf(r.id)).toEqual([
      { taken: true, until: expect.stringContaining('2027-03-02') },
      { taken: true, until: 'infinity' },
    ]);
    clock.advance(365 * 24 * 60 * MINUTE);
    await expireHolds(sweeper);
    expect(await stateOf(asked)).toBe('CONFIRMED');
  });

  it('is free again for others once it is rejected, with the reason', async () => {
    const r = await room(db);
    await mustApprove(db, { resourceId: r.id }, [by(boss.id)]);
    const asked = await reserve(r.id);
    expect(await decide(boss, asked, { decision: 'REJECTED' })).toMatchObject({
      kind: 'InvalidInput',
      path: ['input', 'words'],
    });
    expect(await decide(boss, asked, { decision: 'REJECTED', words: 'Not this week' })).toMatchObject({
      state: 'REJECTED',
    });
    const [note] = await psql<{ event: object }>(
      `select event from notification where reservation_id = $1 and kind = 'REJECTED'`,
      [asked.id],
    );
    expect(note?.event).toMatchObject({
      actor: 'Bo',
      words: 'Not this week',
      isOwn: true,
      reservations: [{ title: 'Planning', state: 'REJECTED' }],
    });
    expect(codes(await decide(boss, asked))).toEqual(['ALREADY_DECIDED']);
    await reserved(other, [r.id], at('09:00'), at('10:00'), { holdMs: MINUTE });
  });

  it('is dead at its deadline by the clock, before any sweeper, and announced once', async () => {
    const r = await room(db);
    await mustApprove(db, { resourceId: r.id }, [by(boss.id)], { deadlineMinutes: 30 });
    const asked = await reserve(r.id);
    clock.advance(30 * MINUTE);
    expect(codes(await decide(boss, asked))).toEqual(['APPROVAL_EXPIRED']);
    expect(await readWaiting(boss, null, 200)).toEqual([]);
    await reserved(other, [r.id], at('09:00'), at('10:00'), { holdMs: MINUTE });
    expect(await stateOf(asked)).toBe('EXPIRED');
    await Promise.all([expireHolds(sweeper), expireHolds(sweeper)]);
    expect(await told(asked, me)).toEqual(['APPROVAL_EXPIRED']);
    const audits = await psql<{ before: { state: string } }>(
      `select before from audit where subject_id = $1 and action = 'reservation.expireRequest'`,
      [asked.id],
    );
    expect(audits).toMatchObject([{ before: { state: 'PENDING_APPROVAL' } }]);
  });

  it('dies at its start at the latest, and at its end where that has come', async () => {
    const r = await room(db);
    await mustApprove(db, { resourceId: r.id }, [by(boss.id)], { deadlineMinutes: 60 * 24 * 30 });
    expect(await reserve(r.id)).toMatchObject({ expiresAt: expect.stringContaining('2027-03-02T09:00:00') });
    clock.set(at('10:30'));
    const rehearsed = await createReservation(me, {
      ...wishFor([r.id], at('10:00'), at('11:00')),
      dryRun: true,
    });
    expect(rehearsed).toMatchObject({ state: 'PENDING_APPROVAL', expiresAt: '2027-03-02T11:00:00.000Z' });
    expect(await reserve(r.id, '10:00', '11:00')).toMatchObject({
      expiresAt: expect.stringContaining('2027-03-02T11:00:00'),
    });
  });

  it('is asked for only where the rule says so: over a length, outside hours, and not of those exempt', async () => {
    const r = await room(db);
    const scope = { resourceId: r.id };
    const week = [{ days: [1, 2, 3, 4, 5], spans: [{ opens: '08:00', closes: '18:00' }] }];
    await rule(db, 'OPENING_HOURS', { week, exceptions: [] }, scope);
    expect(codes(await createReservation(me, wishFor([r.id], at('18:00'), at('19:00'))))).toEqual([
      'OUTSIDE_OPENING_HOURS',
    ]);
    await mustApprove(db, scope, [by(boss.id)], { overMinutes: 240, name: 'Long' });
    await mustApprove(db, scope, [by(other.id)], {
      outsideHours: true,
      name: 'Late',
      exemptRoles: ['MANAGER'],
    });
    expect(await reserve(r.id, '08:00', '12:00')).toMatchObject({ state: 'CONFIRMED' });
    const late = await reserve(r.id, '18:00', '19:00');
    expect(late).toMatchObject({ state: 'PENDING_APPROVAL' });
    expect(await told(late, other)).toEqual(['APPROVAL_ASKED']);
    expect(await told(late, boss)).toEqual([]);
    const manager = await somebody('MANAGER');
    expect(await reserved(manager, [r.id], at('19:00'), at('20:00'))).toMatchObject({ state: 'CONFIRMED' });
    const both = await reserve(r.id, '13:00', '18:00');
    expect(await decide(other, both)).toMatchObject({ kind: 'ReservationRefused' });
    expect(await decide(boss, both)).toMatchObject({ state: 'CONFIRMED' });
  });

  it('passes one step after the other, each by one of its people', async () => {
    const r = await room(db, { managers: [other.id] });
    const third = await somebody('MEMBER');
    const { id: groupId } = (
      await psql<{ id: string }>(
        `insert into user_group (id, name) values (gen_random_uuid(), 'Safety') returning id`,
      )
    )[0] as { id: string };
    await psql('insert into group_member (group_id, user_id) values ($1, $2)', [groupId, third.id]);
    await mustApprove(db, { resourceId: r.id }, [
      by(boss.id, other.id),
      { userIds: [], groupIds: [groupId], managers: true },
    ]);
    const asked = await reserve(r.id);
    expect(codes(await decide(third, asked))).toEqual(['NOT_PERMITTED']);
    expect(await decide(boss, asked, { step: 0 })).toMatchObject({ state: 'PENDING_APPROVAL', version: 2 });
    expect([await told(asked, third), await told(asked, other)]).toEqual([
      ['APPROVAL_ASKED'],
      ['APPROVAL_ASKED', 'APPROVAL_ASKED'],
    ]);
    expect(codes(await decide(boss, asked))).toEqual(['ALREADY_DECIDED']);
    expect(codes(await decide(other, asked, { step: 0 }))).toEqual(['ALREADY_DECIDED']);
    expect(await told(asked, me)).toEqual([]);
    expect(await decide(third, asked)).toMatchObject({ state: 'CONFIRMED' });
  });

  it('is decided by a deputy in the time for which one is named, and by administrators', async () => {
    const r = await room(db);
    await mustApprove(db, { resourceId: r.id }, [by(boss.id)]);
    const asked = await reserve(r.id);
    expect(codes(await decide(other, asked))).toEqual(['NOT_PERMITTED']);
    const [from, until] = [5, 10].map((minutes) => new Date(+clock.now() + minutes * MINUTE));
    const deputy = await addDeputyOf(boss, { deputyId: other.id, from: from as Date, until: until as Date });
    expect(await addDeputyOf(boss, { deputyId: other.id, from: null, until: null })).toMatchObject({
      kind: 'InvalidInput',
    });
    expect(codes(await decide(other, asked))).toEqual(['NOT_PERMITTED']);
    clock.advance(10 * MINUTE);
    expect(codes(await decide(other, asked))).toEqual(['NOT_PERMITTED']);
    clock.advance(-5 * MINUTE);
    const next = await reserve(r.id, '11:00', '12:00');
    expect(await told(next, other)).toEqual(['APPROVAL_ASKED']);
    expect(await decide(other, asked)).toMatchObject({ state: 'CONFIRMED' });
    const [word] = await psql<{ user_id: string; for_id: string }>(
      'select user_id, for_id from approval_word where reservation_id = $1',
      [asked.id],
    );
    expect(word).toEqual({ user_id: other.id, for_id: boss.id });
    const { id } = deputy as { id: string };
    expect(await removeDeputy(other, id)).toMatchObject({ kind: 'NotFound' });
    expect(await removeDeputy(boss, id)).toMatchObject({ id });
    expect(codes(await decide(other, next))).toEqual(['NOT_PERMITTED']);
    expect(await decide(admin, next)).toMatchObject({ state: 'CONFIRMED' });
  });

  it('waits in the list of those who decide, by themselves, a group, a resource or a deputy, and of nobody else', async () => {
    const [keeper, fellow, stand] = [await somebody(), await somebody(), await somebody()];
    const r = await room(db, { managers: [keeper.id] });
    const [group] = await psql<{ id: string }>(
      `insert into user_group (id, name) values (gen_random_uuid(), 'Listed') returning id`,
    );
    await psql('insert into group_member (group_id, user_id) values ($1, $2)', [group?.id, fellow.id]);
    await addDeputyOf(keeper, { deputyId: stand.id, from: null, until: null });
    const all = { userIds: [boss.id], groupIds: [group?.id ?? ''], managers: true };
    await mustApprove(db, { resourceId: r.id }, [all, by(other.id)]);
    const asked = await reserve(r.id);
    const sees = async (ctx: typeof me) =>
      (await readWaiting(ctx, null, 200)).some(({ id }) => id === asked.id);
    const seen = async () => Promise.all([boss, keeper, fellow, stand, admin, other, me].map(sees));
    expect(await seen()).toEqual([true, true, true, true, true, false, false]);
    await decide(stand, asked);
    expect(await seen()).toEqual([false, false, false, false, true, true, false]);
  });

  it('is never decided by whoever has it or has made it', async () => {
    const r = await room(db);
    await mustApprove(db, { resourceId: r.id }, [by(me.id, admin.id)]);
    const mine = await reserve(r.id);
    expect(codes(await decide(me, mine))).toEqual(['NOT_PERMITTED']);
    expect(await told(mine, me)).toEqual([]);
    expect(await told(mine, admin)).toEqual(['APPROVAL_ASKED']);
    const manager = await somebody('MANAGER');
    const forOther = await reserved(manager, [r.id], at('11:00'), at('12:00'), { ownerId: me.id });
    expect(codes(await decide(me, forOther))).toEqual(['NOT_PERMITTED']);
    const guest = await somebody('GUEST');
    expect(await decide(guest, mine)).toMatchObject({ kind: 'NotFound' });
  });

  it('goes back with a question and on with the answer; the deadline stays', async () => {
    const r = await room(db);
    await mustApprove(db, { resourceId: r.id }, [by(boss.id)]);
    const asked = await reserve(r.id);
    expect(codes(await answerApproval(me, { id: asked.id, words: 'Hm', idempotencyKey: null }))).toEqual([
      'ALREADY_DECIDED',
    ]);
    const back = await decide(boss, asked, { decision: 'ASKED_BACK', words: 'How many people?' });
    expect(back).toMatchObject({ state: 'PENDING_APPROVAL', expiresAt: asked.expiresAt });
    expect(await told(asked, me)).toEqual(['APPROVAL_ASKED_BACK']);
    const answer = { id: asked.id, words: 'Seven', idempotencyKey: null };
    expect(codes(await answerApproval(other, answer))).toEqual(['NOT_PERMITTED']);
    expect(await answerApproval(me, answer)).toMatchObject({ state: 'PENDING_APPROVAL' });
    expect(await told(asked, boss)).toEqual(['APPROVAL_ANSWERED', 'APPROVAL_ASKED']);
    expect(await decide(boss, asked)).toMatchObject({ state: 'CONFIRMED' });
  });

  it('reminds once, and lets others decide after a while whether or not a sweeper has told them', async () => {
    const r = await room(db);
    await mustApprove(db, { resourceId: r.id }, [by(boss.id)], {
      remindMinutes: 10,
      escalateMinutes: 20,
      escalation: by(other.id),
    });
    const asked = await reserve(r.id);
    await announceApprovals(sweeper);
    expect(await told(asked, boss)).toEqual(['APPROVAL_ASKED']);
    clock.advance(10 * MINUTE);
    await Promise.all([1, 2, 3].map(() => announceApprovals(sweeper)));
    expect(await told(asked, boss)).toEqual(['APPROVAL_ASKED', 'APPROVAL_REMINDED']);
    expect(codes(await decide(other, asked))).toEqual(['NOT_PERMITTED']);
    clock.advance(10 * MINUTE);
    expect((await readWaiting(other, null, 200)).map(({ id }) => id)).toContain(asked.id);
    await Promise.all([1, 2, 3].map(() => announceApprovals(sweeper)));
    expect(await told(asked, other)).toEqual(['APPROVAL_ESCALATED']);
    expect(await told(asked, boss)).toHaveLength(2);
    expect(await decide(other, asked)).toMatchObject({ state: 'CONFIRMED' });
  });

  it('leaves to the next round what somebody decides about at this instant', async () => {
    const r = await room(db);
    await mustApprove(db, { resourceId: r.id }, [by(boss.id)], { remindMinutes: 5 });
    const asked = await reserve(r.id);
    clock.advance(5 * MINUTE);
    const deciding = new Client({ connectionString: url });
    await deciding.connect();
    await deciding.query('begin');
    await deciding.query('select from reservation where id = $1 for update', [asked.id]);
    await announceApprovals(sweeper);
    expect(await told(asked, boss)).toEqual(['APPROVAL_ASKED']);
    await deciding.query('rollback');
    await deciding.end();
    await announceApprovals(sweeper);
    expect(await told(asked, boss)).toEqual(['APPROVAL_ASKED', 'APPROVAL_REMINDED']);
  });

  it('tells administrators where nobody is left to decide', async () => {
    const r = await room(db);
    const gone = await somebody('MEMBER', { active: false });
    await mustApprove(db, { resourceId: r.id }, [by(gone.id)]);
    expect(await told(await reserve(r.id), admin)).toEqual(['APPROVAL_ASKED']);
  });

  it('is no matter for a deputy of whoever has it, nor of somebody who has left', async () => {
    const r = await room(db);
    const [friend, gone, theirs] = [await somebody('GUEST'), await somebody(), await somebody()];
    await addDeputyOf(me, { deputyId: friend.id, from: null, until: null });
    await addDeputyOf(gone, { deputyId: theirs.id, from: null, until: null });
    await psql('update app_user set active = false where id = $1', [gone.id]);
    await mustApprove(db, { resourceId: r.id }, [by(me.id, gone.id)]);
    const asked = await reserve(r.id);
    expect([await told(asked, friend), await told(asked, theirs)]).toEqual([[], []]);
    expect(await told(asked, admin)).toEqual(['APPROVAL_ASKED']);
    expect(await decide(friend, asked)).toMatchObject({ kind: 'NotFound' });
    expect(codes(await decide(theirs, asked))).toEqual(['NOT_PERMITTED']);
    expect(await readWaiting(friend, null, 200)).toEqual([]);
  });

  it('is escalated by each rule for its own steps alone', async () => {
    const r = await room(db);
    const [safety, desk, chief] = [await somebody(), await somebody(), await somebody()];
    await mustApprove(db, { resourceId: r.id }, [by(safety.id)], { name: 'A' });
    await mustApprove(db, { resourceId: r.id }, [by(desk.id)], {
      name: 'B',
      escalateMinutes: 1,
      escalation: by(chief.id),
    });
    const asked = await reserve(r.id);
    clock.advance(2 * MINUTE);
    await announceApprovals(sweeper);
    expect(await told(asked, chief)).toEqual([]);
    expect(codes(await decide(chief, asked))).toEqual(['NOT_PERMITTED']);
    expect(await decide(safety, asked)).toMatchObject({ state: 'PENDING_APPROVAL' });
    await announceApprovals(sweeper);
    expect(await told(asked, chief)).toEqual(['APPROVAL_ESCALATED']);
    expect(await decide(chief, asked)).toMatchObject({ state: 'CONFIRMED' });
  });

  it('keeps its words while somebody decides about them', async () => {
    const r = await room(db);
    await mustApprove(db, { resourceId: r.id }, [by(boss.id)]);
    const asked = await reserve(r.id);
    const other = await editReservation(me, { ...confirmed(asked.id), title: 'Party', details: null });
    expect(codes(other)).toEqual(['ALREADY_DECIDED']);
  });

  it('knows keys by what they were used for, and for a day', async () => {
    const r = await room(db);
    await mustApprove(db, { resourceId: r.id }, [by(boss.id), by(boss.id)], { deadlineMinutes: 5_000 });
    const [one, two] = [await reserve(r.id), await reserve(r.id, '11:00', '12:00')];
    expect(await decide(boss, one, { step: 0, idempotencyKey: 'day' })).toMatchObject({ version: 2 });
    expect(await decide(boss, one, { step: 1, idempotencyKey: 'day' })).toMatchObject({
      kind: 'IdempotencyKeyReused',
    });
    const both = await Promise.all(
      [one, two].map((each) => decide(boss, each, { idempotencyKey: 'parallel' })),
    );
    expect(both.map((each) => ('node' in each ? 'DONE' : each.kind)).sort()).toEqual([
      'DONE',
      'IdempotencyKeyReused',
    ]);
    clock.advance(25 * 60 * MINUTE);
    const late = await reserved(me, [r.id], '2027-03-04T09:00:00Z', '2027-03-04T10:00:00Z');
    expect(await decide(boss, late, { idempotencyKey: 'day' })).toMatchObject({ version: 2 });
  });

  it('answers the same key again with what was decided', async () => {
    const r = await room(db);
    await mustApprove(db, { resourceId: r.id }, [by(boss.id)]);
    const asked = await reserve(r.id);
    const input = { idempotencyKey: 'k' };
    const answers = await Promise.all([1, 2, 3].map(() => decide(boss, asked, input)));
    for (const answer of answers) expect(answer).toEqual(answers[0]);
    expect(answers[0]).toMatchObject({ state: 'CONFIRMED', version: 2 });
    expect(await decide(boss, asked, { ...input, words: 'x' })).toMatchObject({
      kind: 'IdempotencyKeyReused',
    });
  });
});

describe('on every other path', () => {
  it('a hold asks when it is confirmed, also by a process that does not know the rule yet', async () => {
    const r = await room(db);
    const far = testCtx(await open(), me.viewer, clock);
    const held = await reserved(far, [r.id], at('09:00'), at('10:00'), { holdMs: 10 * MINUTE });
    await mustApprove(db, { resourceId: r.id }, [by(boss.id)]);
    expect(await confirmReservation(far, confirmed(held.id))).toMatchObject({
      state: 'PENDING_APPROVAL',
      expiresAt: expect.stringContaining('2027-03-02T08:00:00'),
    });
    expect(await told(held, boss)).toEqual(['APPROVAL_ASKED']);
    expect(codes(await confirmReservation(me, confirmed(held.id)))).toEqual(['ALREADY_DECIDED']);
    expect(await decide(boss, held)).toMatchObject({ state: 'CONFIRMED' });
  });

  it('a confirmed one cannot be moved past the approvers, but shortened', async () => {
    const r = await room(db);
    const free = await reserve(r.id);
    await mustApprove(db, { resourceId: r.id }, [by(boss.id)]);
    const move = (endsAt: string) =>
      moveReservations(me, {
        moves: [
          { id: free.id, expectedVersion: null, startsAt: null, endsAt: new Date(endsAt), resources: null },
        ],
        idempotencyKey: null,
        dryRun: false,
      });
    expect(codes(await move(at('10:30')))).toEqual(['NOT_PERMITTED']);
    expect(await move(at('09:30'))).toMatchObject([{ state: 'CONFIRMED' }]);
  });

  it('a waiting one can be withdrawn, and is brought back waiting by the undo of a closure', async () => {
    const r = await room(db);
    await mustApprove(db, { resourceId: r.id }, [by(boss.id)]);
    const asked = await reserve(r.id);
    const manager = await somebody('MANAGER');
    const { closing, met } = await close(manager, r.id, { existing: 'CANCEL' });
    expect(met.totalCount).toBe(1);
    expect(codes(await decide(boss, asked))).toEqual(['ALREADY_DECIDED']);
    await undoClosing(manager, closing.id);
    expect(await stateOf(asked)).toBe('PENDING_APPROVAL');
    expect(await cancelReservation(me, confirmed(asked.id))).toMatchObject({ state: 'CANCELLED' });
    expect(codes(await decide(boss, asked))).toEqual(['ALREADY_DECIDED']);
  });

  it('a withdrawn one waits again once that is undone', async () => {
    const r = await room(db);
    await mustApprove(db, { resourceId: r.id }, [by(boss.id)]);
    const asked = await reserve(r.id);
    const gone = (await cancelReservation(me, confirmed(asked.id))) as { act: { id: string } };
    expect(await undoAct(me, gone.act.id)).toMatchObject({
      reservations: [{ state: 'PENDING_APPROVAL', expiresAt: asked.expiresAt }],
    });
    const until = await psql<{ until: string }>(
      'select occupies_until::text as until from claim where reservation_id = $1',
      [asked.id],
    );
    expect(until[0]?.until).toMatch(/^2027-03-02 08:00:00/);
    expect(await decide(boss, asked)).toMatchObject({ state: 'CONFIRMED' });
  });

  it('one that is withdrawn over its reminder is still reminded of once that is undone', async () => {
    const r = await room(db);
    await mustApprove(db, { resourceId: r.id }, [by(boss.id)], { remindMinutes: 5 });
    const asked = await reserve(r.id);
    clock.advance(4 * MINUTE);
    const gone = (await cancelReservation(me, confirmed(asked.id))) as { act: { id: string } };
    clock.advance(3 * MINUTE);
    await announceApprovals(sweeper);
    await undoAct(me, gone.act.id);
    await announceApprovals(sweeper);
    expect(await told(asked, boss)).toEqual(['APPROVAL_ASKED', 'APPROVAL_REMINDED']);
  });

  it('a series cannot be moved past the approvers into another room, nor into its closure', async () => {
    const typeId = (await resourceType(db)).id;
    const placeId = (await place(db)).id;
    const [r, s] = [await room(db, { typeId, placeId }), await room(db, { typeId, placeId })];
    const report = made(await createSeries(me, wanted([r.id])));
    await mustApprove(db, { resourceId: s.id }, [by(boss.id)]);
    await psql(`update resource set status = 'MAINTENANCE' where id = $1`, [r.id]);
    const result = await updateSeries(me, {
      seriesId: report.series.id,
      reservationId: null,
      scope: 'ALL',
      expectedVersion: null,
      idempotencyKey: null,
      title: null,
      details: null,
      startTime: null,
      endTime: '09:45',
      resources: null,
      mode: { kind: 'SUBSTITUTE', maxConflicts: 0, sameAttributes: false },
      dryRun: false,
    });
    expect(result).toMatchObject({ kind: 'SeriesRefused' });
    expect(await psql('select from claim where resource_id = $1', [s.id])).toEqual([]);
  });

  it('occurrences of a series wait each, and are cancelled together', async () => {
    const r = await room(db);
    await mustApprove(db, { resourceId: r.id }, [by(boss.id)], { overMinutes: 30 });
    const rehearsed = made(await createSeries(me, wanted([r.id], { dryRun: true })));
    const report = made(await createSeries(me, wanted([r.id])));
    const states = (of: typeof report) =>
      of.occurrences.map(({ reservation }) => [reservation?.state, reservation?.expiresAt?.slice(0, 19)]);
    expect(states(report)).toEqual(states(rehearsed));
    expect(new Set(states(report).map(([state]) => state))).toEqual(new Set(['PENDING_APPROVAL']));
    const [first] = report.occurrences;
    const asks = await psql<{ event: { count: number } }>(
      `select n.event from notification n join reservation v on v.id = n.reservation_id
       where v.series_id = $1 and n.user_id = $2`,
      [report.series.id, boss.id],
    );
    expect(asks.map(({ event }) => event.count)).toEqual([5]);
    expect(await decide(boss, { id: first?.reservation?.id ?? '' })).toMatchObject({ state: 'CONFIRMED' });
    const gone = await cancelSeries(me, {
      seriesId: report.series.id,
      reservationId: null,
      scope: 'ALL',
      expectedVersion: null,
      idempotencyKey: null,
    });
    expect(gone).toMatchObject({ occurrences: report.occurrences.map(() => ({ outcome: 'CANCELLED' })) });
    const left = await psql('select from claim where resource_id = $1 and occupies', [r.id]);
    expect(left).toEqual([]);
  });
});
