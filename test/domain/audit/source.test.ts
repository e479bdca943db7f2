import { recordAudit } from '../../../src/domain/audit/record.js';
import { newId } from '../../../src/domain/ids.js';
import { cancelReservation } from '../../../src/domain/reservations/cancel-reservation.js';
import { byProgram } from '../../../src/sql/audit/source.js';
import { expireHolds } from '../../../src/sweeper/tasks.js';
import { reserved } from '../../kit/closures.js';
import { testCtx } from '../../kit/ctx.js';
import { useDatabase } from '../../kit/database.js';
import { person } from '../../kit/people.js';
import { room } from '../../kit/things.js';

const { db, psql } = await useDatabase();
const owner = await person(db);
const ctx = { ...testCtx(db, owner.viewer), userAgent: `jest ${'x'.repeat(500)}` };

const sourcesOf = (subjectId: string) =>
  psql(`select action, request_id, source from audit where subject_id = $1 order by at, id`, [subjectId]);

it('keeps with every entry where it comes from and as whom', async () => {
  const { id } = await reserved(ctx, [(await room(db)).id], '2027-03-02T09:00:00Z', '2027-03-02T10:00:00Z');
  await cancelReservation(ctx, { id, expectedVersion: null, idempotencyKey: null });
  const source = {
    address: '127.0.0.1',
    userAgent: ctx.userAgent.slice(0, 200),
    sessionId: owner.viewer.sessionId,
    role: 'MEMBER',
  };
  expect(await sourcesOf(id)).toEqual([
    { action: 'reservation.create', request_id: 'test-request', source },
    { action: 'reservation.cancel', request_id: 'test-request', source },
  ]);
});

it('keeps only what is known, and names the program that acts by itself', async () => {
  const subjectId = newId();
  await recordAudit(db, { ...testCtx(db), userAgent: null }, { action: 'test.write', subjectId });
  expect(await sourcesOf(subjectId)).toEqual([
    { action: 'test.write', request_id: 'test-request', source: { address: '127.0.0.1' } },
  ]);
  const { id } = await reserved(ctx, [(await room(db)).id], '2027-03-03T09:00:00Z', '2027-03-03T10:00:00Z', {
    holdMs: 1_000,
  });
  ctx.clock.advance(2_000);
  await expireHolds(ctx);
  expect((await sourcesOf(id)).at(-1)).toEqual({
    action: 'reservation.expire',
    request_id: byProgram('sweeper').requestId,
    source: null,
  });
});
