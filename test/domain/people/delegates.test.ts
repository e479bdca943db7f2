import {
  addDelegateOf,
  readDelegates,
  readDelegators,
  removeDelegate,
} from '../../../src/domain/people/delegates.js';
import { eraseUser } from '../../../src/domain/privacy/erase-user.js';
import { updateUser } from '../../../src/domain/users/update-user.js';
import type { DelegateRow } from '../../../src/sql/people/delegates.js';
import { apiClient } from '../../kit/clients.js';
import { useDatabase } from '../../kit/database.js';
import { mailsTo, withRelay } from '../../kit/mails.js';
import { person } from '../../kit/people.js';
import { instance } from '../auth/identity-kit.js';

const { db, psql } = await useDatabase();
const { ctx, as } = await instance(db);
const { clock } = ctx;
const admin = await person(db, 'ADMINISTRATOR', { name: 'Ada' });
const boss = as(admin.viewer);

/** A professor and an assistant. */
async function pair() {
  const [owner, other] = [
    await person(db, 'MEMBER', { name: 'Olga' }),
    await person(db, 'MEMBER', { name: 'Ann' }),
  ];
  return { owner, other, me: as(owner.viewer), them: as(other.viewer) };
}
const add = (by: ReturnType<typeof as>, delegateId: string, more: object = {}) =>
  addDelegateOf(by, { delegateId, ownerId: null, until: null, ...more });
async function added(...given: Parameters<typeof add>): Promise<DelegateRow> {
  const made = await add(...given);
  if ('kind' in made) throw new Error(made.message);
  return made;
}

beforeEach(() => clock.set('2027-03-01T08:00:00.000Z'));

it('names a delegate, shows both sides of it, tells the person, and writes down who did it', async () => {
  await withRelay(ctx);
  const { owner, other, me, them } = await pair();
  const row = await added(me, other.id, { until: new Date('2027-04-01T00:00:00Z') });
  expect(row).toMatchObject({ userId: owner.id, delegateId: other.id, untilAt: '2027-04-01T00:00:00+00:00' });
  expect(await readDelegates(me, null)).toEqual([row]);
  expect(await readDelegators(them, null)).toEqual([row]);
  const [told] = await psql<{ kind: string; event: { what: string; actor: string | null } }>(
    'select kind, event from notification where user_id = $1',
    [owner.id],
  );
  expect(told).toMatchObject({ kind: 'DELEGATE_ADDED', event: { what: 'Ann', actor: null } });
  expect(await mailsTo(db, owner)).toHaveLength(1);
  expect(await psql('select actor_id, action from audit where subject_id = $1', [row.id])).toEqual([
    { actor_id: owner.id, action: 'delegate.add' },
  ]);
});

it('is everybody’s own affair, and of administrators; to others there is nothing', async () => {
  const { owner, other, me } = await pair();
  const row = await added(boss, other.id, { ownerId: owner.id });
  const [told] = await psql<{ event: { actor: string } }>(
    'select event from notification where user_id = $1',
    [owner.id],
  );
  expect(told?.event.actor).toBe('Ada');
  for (const role of ['GUEST', 'MEMBER', 'MANAGER'] as const) {
    const stranger = as((await person(db, role)).viewer);
    const refused = await add(stranger, other.id, { ownerId: owner.id });
    expect(refused).toEqual(await add(stranger, other.id, { ownerId: admin.viewer.sessionId }));
    expect(refused).toMatchObject({ kind: 'NotFound', path: ['input', 'ownerId'] });
    expect(await readDelegates(stranger, owner.id)).toEqual([]);
    expect(await readDelegators(stranger, other.id)).toEqual([]);
    expect(await removeDelegate(stranger, row.id)).toEqual(await removeDelegate(stranger, owner.id));
  }
  expect(await readDelegates(boss, owner.id)).toEqual([row]);
  expect(await removeDelegate(me, row.id)).toEqual(row);
  expect(await removeDelegate(me, row.id)).toMatchObject({ kind: 'NotFound' });
  expect(await readDelegates(me, null)).toEqual([]);
});

it('takes no guest, nobody who is gone, nobody oneself, no past, and no more than twenty', async () => {
  const { owner, other, me } = await pair();
  const guest = await person(db, 'GUEST');
  const gone = await person(db, 'MEMBER', { active: false });
  for (const id of [guest.id, gone.id, owner.id, owner.viewer.sessionId])
    expect(await add(me, id)).toMatchObject({ kind: 'InvalidInput', path: ['input', 'delegateId'] });
  expect(await add(me, other.id, { until: clock.now() })).toMatchObject({ path: ['input', 'until'] });
  const { client } = await apiClient(ctx, { ownerId: owner.id });
  expect(await add(boss, other.id, { ownerId: client.id })).toMatchObject({ kind: 'NotFound' });
  expect(await add(boss, other.id, { ownerId: gone.id })).toMatchObject({ kind: 'NotFound' });
  expect(await psql('select from delegate where user_id = $1', [owner.id])).toEqual([]);
  for (let n = 0; n < 20; n++) await added(me, (await person(db)).id);
  expect(await add(me, other.id)).toMatchObject({ kind: 'InvalidInput' });
});

it('ends by the clock, with either account, and with the role of a guest', async () => {
  const { other, me, them } = await pair();
  await added(me, other.id, { until: new Date('2027-03-01T09:00:00Z') });
  clock.set('2027-03-01T08:59:59.999Z');
  expect(await readDelegates(me, null)).toHaveLength(1);
  clock.set('2027-03-01T09:00:00.000Z');
  expect(await readDelegates(me, null)).toEqual([]);
  expect(await readDelegators(them, null)).toEqual([]);
  const again = await added(me, other.id);
  expect(await psql('select from delegate where delegate_id = $1', [other.id])).toHaveLength(1);
  for (const change of [{ role: 'GUEST' as const }, { isActive: false }]) {
    await updateUser(boss, { id: other.id, ...change });
    expect(await readDelegates(me, null)).toEqual([]);
    await updateUser(boss, { id: other.id, role: 'MEMBER', isActive: true });
    expect(await readDelegates(me, null)).toEqual([]);
    await added(me, other.id);
  }
  await updateUser(boss, { id: again.userId, isActive: false });
  expect(await readDelegators(them, null)).toEqual([]);
});

it('leaves nothing of who is erased, on either side', async () => {
  const { owner, other, me } = await pair();
  const third = await person(db);
  await withRelay(ctx);
  await added(me, other.id);
  await added(as(other.viewer), third.id);
  await eraseUser(boss, { id: other.id, confirmEmail: other.email });
  expect(await psql('select from delegate where $1 in (user_id, delegate_id)', [other.id])).toEqual([]);
  expect(await psql('select from notification where user_id = $1', [owner.id])).toEqual([]);
  expect(await mailsTo(db, owner)).toEqual([]);
});
