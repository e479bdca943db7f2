import { sweepFiles } from '../../src/domain/attachments/sweep-files.js';
import { recordAudit } from '../../src/domain/audit/record.js';
import { verifyChain } from '../../src/domain/audit/verify-chain.js';
import { LogArchive } from '../../src/domain/logs/log-archive.js';
import { eraseUser } from '../../src/domain/privacy/erase-user.js';
import { editReservation } from '../../src/domain/reservations/edit-reservation.js';
import { createSeries } from '../../src/domain/series/create-series.js';
import { readChain } from '../../src/sql/audit/read-chain.js';
import { type Keep, retain } from '../../src/sweeper/retain.js';
import { wanted } from '../domain/series/series-kit.js';
import { sealAll } from '../kit/audit.js';
import { reserved } from '../kit/closures.js';
import { testCtx } from '../kit/ctx.js';
import { cloneDatabase, type TestDatabase } from '../kit/database.js';
import { filesIn } from '../kit/files.js';
import { grep } from '../kit/grep.js';
import { person } from '../kit/people.js';
import { handmadeLog, logLines } from '../kit/segments.js';
import { room } from '../kit/things.js';

const databases: TestDatabase[] = [];
afterAll(() => Promise.all(databases.map((database) => database.drop())));

const DAY = 86_400_000;
const OFF: Keep = { audit: null, security: null, notifications: null, titles: null, logs: null };

/** A database of its own with two people and a room. */
async function world() {
  const database = await cloneDatabase();
  databases.push(database);
  const db = await database.open();
  const owner = await person(db);
  const boss = await person(db, 'ADMINISTRATOR');
  const ctx = testCtx(db, owner.viewer);
  const write = (action: string, more: object = {}) =>
    recordAudit(db, ctx, { action, subjectId: null, after: { address: '203.0.113.9', ...more } });
  return { ...database, db, owner, ctx, boss: { ...ctx, viewer: boss.viewer }, place: await room(db), write };
}

const actions = async ({ psql }: TestDatabase) =>
  (await psql<{ action: string }>('select action from audit order by at, id')).map(({ action }) => action);

it('prunes the audit from its beginning, and the chain holds on from there', async () => {
  const own = await world();
  for (let day = 0; day < 10; day++) {
    await own.write(`test.day${day}`);
    own.ctx.clock.advance(DAY);
  }
  await sealAll(own.db);
  const before = await readChain(own.db);
  const [sixth] = await own.psql<{ hash: string }>(
    `select encode(hash, 'hex') as hash from audit_link where number = 6`,
  );
  await Promise.all([retain(own.ctx, { ...OFF, audit: 4 }), retain(own.ctx, { ...OFF, audit: 4 })]);
  expect(await actions(own)).toEqual(['test.day6', 'test.day7', 'test.day8', 'test.day9']);
  const after = await readChain(own.db);
  expect(after).toMatchObject({ number: 10, hash: before.hash, baseNumber: 6, baseHash: sixth?.hash });
  const heads = [
    { number: 3, hash: 'a'.repeat(64) },
    { number: 6, hash: sixth?.hash ?? '' },
    { number: 10, hash: before.hash },
  ];
  expect(await verifyChain(own.db, heads)).toMatchObject({ broken: null, pruned: [{ number: 3 }] });
  await own.write('test.later');
  await sealAll(own.db);
  expect(await verifyChain(own.db, heads)).toMatchObject({ broken: null, upTo: { number: 11 } });
  await own.psql(`set session_replication_role = replica; delete from audit_link where number = 7`);
  expect((await verifyChain(own.db)).broken).toMatchObject({ kind: 'LINK_MISSING', number: 8 });
});

it('prunes an entry that an erasure has sealed anew with its last link, and goes on sealing', async () => {
  const own = await world();
  await reserved(own.ctx, [own.place.id], '2027-03-02T09:00:00Z', '2027-03-02T10:00:00Z', { title: 'Zzyzx' });
  await sealAll(own.db);
  own.ctx.clock.advance(3 * DAY);
  await own.write('test.young');
  await sealAll(own.db);
  await eraseUser(own.boss, { id: own.owner.id, confirmEmail: own.owner.email });
  await sealAll(own.db);
  await retain(own.ctx, { ...OFF, audit: 2 });
  expect(await actions(own)).toEqual(['reservation.create', 'test.young', 'user.erase']);
  expect((await verifyChain(own.db)).broken).toBeNull();
  own.ctx.clock.advance(3 * DAY);
  await own.write('test.later');
  await sealAll(own.db);
  await retain(own.ctx, { ...OFF, audit: 2 });
  expect(await actions(own)).toEqual(['test.later']);
  expect(await verifyChain(own.db)).toMatchObject({ broken: null, chain: { unsealed: 0 } });
});

it('forgets where old entries came from and what events of security told, and the chain holds', async () => {
  const own = await world();
  await own.write('session.signIn', { userId: own.owner.id });
  await own.write('security.signInRefused', { count: 3 });
  own.ctx.clock.advance(5 * DAY);
  await own.write('test.young');
  await sealAll(own.db);
  await retain(own.ctx, { ...OFF, security: 4 });
  const rows = await own.psql('select action, source, request_id, after from audit order by at, id');
  expect(rows).toMatchObject([
    { action: 'session.signIn', source: null, request_id: null, after: { userId: own.owner.id } },
    { action: 'security.signInRefused', source: null, request_id: null, after: null },
    { action: 'test.young', source: { address: '127.0.0.1' }, after: { address: '203.0.113.9' } },
  ]);
  expect((rows[0] as { after: object }).after).not.toHaveProperty('address');
  expect(await verifyChain(own.db)).toMatchObject({ broken: null, redacted: 2, upTo: { number: 5 } });
  await retain(own.ctx, { ...OFF, security: 4 });
  expect(await readChain(own.db)).toMatchObject({ number: 5 });
  own.ctx.clock.advance(5 * DAY);
  await retain(own.ctx, { ...OFF, security: 4 });
  expect(await grep(own, ['203.0.113.9', '127.0.0.1'])).toEqual([]);
  expect(await verifyChain(own.db)).toMatchObject({ broken: null, redacted: 3 });
});

it('forgets titles, details and words of what is over, and leaves what is not', async () => {
  const own = await world();
  const at = (day: number, hour: number) => `2027-03-0${day}T0${hour}:00:00Z`;
  const old = await reserved(own.ctx, [own.place.id], at(2, 1), at(2, 2), {
    title: 'Zzyzx',
    details: 'Zzyzx',
  });
  await editReservation(own.ctx, {
    id: old.id,
    expectedVersion: null,
    idempotencyKey: null,
    title: 'Zzyzx 2',
    details: null,
  });
  const series = await createSeries(
    own.ctx,
    wanted([own.place.id], {
      title: 'Zzyzx daily',
      startsLocal: '2027-03-02T04:00',
      endsLocal: '2027-03-02T05:00',
      rrule: 'FREQ=DAILY;COUNT=2',
    }),
  );
  expect(series).not.toHaveProperty('kind');
  const young = await reserved(own.ctx, [own.place.id], at(8, 1), at(8, 2), { title: 'Planning' });
  await sealAll(own.db);
  own.ctx.clock.set(at(9, 1));
  await retain(own.ctx, { ...OFF, titles: 4 });
  // told people have notifications of their own, which are kept apart
  expect((await grep(own, ['Zzyzx'])).filter((found) => !found.startsWith('notification'))).toEqual([]);
  expect(await own.psql('select title from reservation where id = $1', [young.id])).toEqual([
    { title: 'Planning' },
  ]);
  const [entry] = await own.psql(
    `select after from audit where subject_id = $1 and action = 'reservation.create'`,
    [old.id],
  );
  expect(entry).toMatchObject({
    after: { title: 'Erased', details: '', state: 'CONFIRMED', ownerId: own.owner.id },
  });
  expect((await verifyChain(own.db)).broken).toBeNull();
});

it('removes old notifications, read or not, and keeps younger ones', async () => {
  const own = await world();
  const manager = await person(own.db, 'MANAGER');
  const by = { ...own.ctx, viewer: manager.viewer };
  await reserved(by, [own.place.id], '2027-03-20T09:00:00Z', '2027-03-20T10:00:00Z', {
    ownerId: own.owner.id,
  });
  own.ctx.clock.advance(5 * DAY);
  await reserved(by, [own.place.id], '2027-03-21T09:00:00Z', '2027-03-21T10:00:00Z', {
    ownerId: own.owner.id,
  });
  await retain(own.ctx, OFF);
  expect(await own.psql('select from notification')).toHaveLength(2);
  await retain(own.ctx, { ...OFF, notifications: 4 });
  expect(await own.psql(`select created_at > '2027-03-05' as young from notification`)).toEqual([
    { young: true },
  ]);
});

it('lets go of files of the log with their last lines, row and file', async () => {
  const own = await world();
  const files = await filesIn();
  const store = { ...own.ctx, store: files.store, machine: 'one' };
  const log = handmadeLog();
  log.write(1, logLines(1, '2027-02-20T08:00:00Z'));
  log.write(2, logLines(2 * 86_400, '2027-02-20T08:00:00Z'));
  log.roll(3);
  expect(await new LogArchive(store, log.segments).round()).toBe(true);
  await retain(own.ctx, { ...OFF, logs: 8 });
  const left = await own.psql<{ id: string; number: number }>('select id, number from log_file');
  expect(left).toMatchObject([{ number: 2 }]);
  await sweepFiles(own.ctx, files.store);
  expect(files.lying()).toEqual([left[0]?.id]);
  await retain(own.ctx, OFF);
  expect(await own.psql('select from log_file')).toHaveLength(1);
});
