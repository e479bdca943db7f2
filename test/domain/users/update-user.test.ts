import { setPassword } from '../../../src/domain/auth/set-password.js';
import { newId } from '../../../src/domain/ids.js';
import { PasswordHasher } from '../../../src/domain/users/password-hasher.js';
import { updateUser } from '../../../src/domain/users/update-user.js';
import { testCtx } from '../../kit/ctx.js';
import { cloneDatabase, type TestDatabase, useDatabase } from '../../kit/database.js';
import { person } from '../../kit/people.js';

const breached = { has: async () => false };

const database = await useDatabase();
const { db } = database;
const boss = await person(db, 'ADMINISTRATOR');
const ctx = testCtx(db, boss.viewer);
const sessionOf = async (from: TestDatabase, id: string) =>
  (
    await from.psql<{ revoked_at: Date | null; tokens_from: Date }>(
      'select * from session where user_id = $1',
      [id],
    )
  )[0];

describe('changing a person', () => {
  it('writes what is given, leaves the rest, counts the version and audits the difference', async () => {
    const ada = await person(db, 'MEMBER', { name: 'Ada', timeZone: 'UTC' });
    const changed = await updateUser(ctx, { id: ada.id, name: ' Ada King ', expectedVersion: 1 });
    expect(changed).toMatchObject({
      name: 'Ada King',
      role: 'MEMBER',
      timeZone: 'UTC',
      isActive: true,
      version: 2,
    });
    const audit = await database.psql('select action, before, after from audit where subject_id = $1', [
      ada.id,
    ]);
    expect(audit).toEqual([{ action: 'user.update', before: { name: 'Ada' }, after: { name: 'Ada King' } }]);
  });

  it('writes nothing when nothing differs', async () => {
    const ada = await person(db, 'MEMBER', { name: 'Ada' });
    expect(await updateUser(ctx, { id: ada.id, name: 'Ada', role: 'MEMBER' })).toMatchObject({ version: 1 });
    expect(await database.psql('select 1 from audit where subject_id = $1', [ada.id])).toEqual([]);
  });

  it('refuses a stale version and shows the present one', async () => {
    const ada = await person(db, 'MEMBER');
    await updateUser(ctx, { id: ada.id, name: 'First' });
    expect(await updateUser(ctx, { id: ada.id, name: 'Second', expectedVersion: 1 })).toMatchObject({
      kind: 'VersionConflict',
      expectedVersion: 1,
      currentVersion: 2,
      current: { node: 'User', id: ada.id },
    });
  });

  it('lets only one of two writers through who expect the same version', async () => {
    const ada = await person(db, 'MEMBER');
    const results = await Promise.all(
      ['One', 'Two'].map((name) => updateUser(ctx, { id: ada.id, name, expectedVersion: 1 })),
    );
    expect(results.filter((result) => 'kind' in result)).toMatchObject([{ kind: 'VersionConflict' }]);
  });

  it('finds nobody under an unknown id', async () => {
    expect(await updateUser(ctx, { id: newId(), name: 'X' })).toMatchObject({ kind: 'NotFound' });
  });

  it('lets others change their own name and zone, and nothing else of themselves or anybody', async () => {
    const [ada, bob] = [await person(db, 'MANAGER'), await person(db, 'MEMBER')];
    const asAda = testCtx(db, ada.viewer);
    const own = await updateUser(asAda, { id: ada.id, name: 'Ada', timeZone: 'Asia/Tokyo' });
    expect(own).toMatchObject({ name: 'Ada', timeZone: 'Asia/Tokyo' });
    expect(await updateUser(asAda, { id: bob.id, name: 'Bobby' })).toMatchObject({ kind: 'NotFound' });
    const role = await updateUser(asAda, { id: ada.id, role: 'ADMINISTRATOR' });
    expect(role).toMatchObject({ kind: 'InvalidInput', path: ['role'] });
    const active = await updateUser(asAda, { id: ada.id, isActive: false });
    expect(active).toMatchObject({ kind: 'InvalidInput', path: ['isActive'] });
  });

  it.each([
    ['name', { name: '' }],
    ['name', { name: 'a\0b' }],
    ['timeZone', { timeZone: 'Nowhere' }],
  ])('refuses a bad %s', async (field, bad) => {
    expect(await updateUser(ctx, { id: boss.id, ...bad })).toMatchObject({
      kind: 'InvalidInput',
      path: [field],
    });
  });
});

describe('sessions of a changed person', () => {
  it('end when the person is deactivated, and everybody is woken', async () => {
    const ada = await person(db, 'MEMBER');
    const wakes: string[] = [];
    await ctx.bus.listen((wake) => void wakes.push(wake.kind));
    await updateUser(ctx, { id: ada.id, isActive: false });
    expect((await sessionOf(database, ada.id))?.revoked_at).toEqual(ctx.clock.now());
    expect(wakes).toEqual(['sessions']);
  });

  it('void their tokens when the role changes, and go on themselves', async () => {
    const ada = await person(db, 'MEMBER');
    await updateUser(ctx, { id: ada.id, role: 'MANAGER' });
    const session = await sessionOf(database, ada.id);
    expect(session?.revoked_at).toBeNull();
    expect(session?.tokens_from.getTime()).toBe(ctx.clock.now().getTime() + 1);
    await updateUser(ctx, { id: ada.id, role: 'MEMBER' });
    expect((await sessionOf(database, ada.id))?.tokens_from.getTime()).toBe(ctx.clock.now().getTime() + 2);
  });

  it('stay untouched by a new name', async () => {
    const ada = await person(db, 'MEMBER');
    const before = await sessionOf(database, ada.id);
    await updateUser(ctx, { id: ada.id, name: 'Ada again' });
    expect(await sessionOf(database, ada.id)).toEqual(before);
  });

  it('end when an administrator sets the password, but not the one of who does it', async () => {
    const hashing = { ...ctx, identity: { hasher: new PasswordHasher(), breached } };
    const ada = await person(db, 'MEMBER');
    expect(await setPassword(hashing, { id: ada.id, password: 'short' })).toMatchObject({
      kind: 'InvalidInput',
    });
    expect(await setPassword(hashing, { id: newId(), password: 'long enough now' })).toMatchObject({
      kind: 'NotFound',
    });
    expect((await sessionOf(database, ada.id))?.revoked_at).toBeNull();
    expect(await setPassword(hashing, { id: ada.id, password: 'long enough now' })).toMatchObject({
      id: ada.id,
    });
    expect((await sessionOf(database, ada.id))?.revoked_at).not.toBeNull();
    await setPassword(hashing, { id: boss.id, password: 'long enough now' });
    expect((await sessionOf(database, boss.id))?.revoked_at).toBeNull();
  });
});

describe('the last active administrator', () => {
  const own: TestDatabase[] = [];
  afterAll(() => Promise.all(own.map((each) => each.drop())));
  const organisation = async (administrators: number) => {
    const fresh = await cloneDatabase();
    own.push(fresh);
    const opened = await fresh.open();
    await person(opened, 'ADMINISTRATOR', { active: false });
    const people = [];
    for (let each = 0; each < administrators; each++) people.push(await person(opened, 'ADMINISTRATOR'));
    return people.map((who) => ({ who, as: testCtx(opened, who.viewer), fresh }));
  };

  it('cannot be demoted or deactivated, and can still be renamed', async () => {
    const [only] = await organisation(1);
    if (!only) throw new Error('nobody');
    const { who, as } = only;
    expect(await updateUser(as, { id: who.id, role: 'MEMBER' })).toMatchObject({
      kind: 'LastAdministrator',
      path: ['role'],
    });
    expect(await updateUser(as, { id: who.id, isActive: false })).toMatchObject({
      kind: 'LastAdministrator',
      path: ['isActive'],
    });
    expect(await updateUser(as, { id: who.id, name: 'Still here' })).toMatchObject({ name: 'Still here' });
  });

  it('is kept when all of them demote each other at once', async () => {
    const all = await organisation(4);
    const results = await Promise.all(
      all.map(({ as }, index) => updateUser(as, { id: all[(index + 1) % 4]?.who.id ?? '', role: 'MEMBER' })),
    );
    expect(results.filter((result) => 'kind' in result)).toMatchObject([{ kind: 'LastAdministrator' }]);
    const left = await all[0]?.fresh.psql(`select from app_user where role = 'ADMINISTRATOR' and active`);
    expect(left).toHaveLength(1);
  });
});
