import { createUser } from '../../../src/domain/users/create-user.js';
import { PasswordHasher } from '../../../src/domain/users/password-hasher.js';
import { testCtx } from '../../kit/ctx.js';
import { useDatabase } from '../../kit/database.js';
import { person } from '../../kit/people.js';

const breached = { has: async () => false };

const database = await useDatabase();
const administrator = await person(database.db, 'ADMINISTRATOR');
const ctx = {
  ...testCtx(database.db, administrator.viewer),
  identity: { hasher: new PasswordHasher(), breached },
};
const ada = { email: 'ada@example.com', name: 'Ada', role: 'MEMBER' } as const;

describe('adding a person', () => {
  it('keeps the address in lower case, the password as a hash, and an audit row without it', async () => {
    const user = await createUser(ctx, {
      ...ada,
      email: ' Ada.Lovelace@Example.COM ',
      name: ' Ada Lovelace ',
      timeZone: 'Europe/London',
      password: 'analytical engine',
    });
    expect(user).toMatchObject({
      node: 'User',
      email: 'ada.lovelace@example.com',
      name: 'Ada Lovelace',
      role: 'MEMBER',
      timeZone: 'Europe/London',
      isActive: true,
      version: 1,
      createdAt: '2027-03-01 08:00:00+00',
    });
    const id = (user as { id: string }).id;
    const [row] = await database.psql<{ password_hash: string }>('select * from app_user where id = $1', [
      id,
    ]);
    expect(row?.password_hash).toMatch(/^\$argon2id\$/);
    const audit = await database.psql('select action, actor_id, after from audit where subject_id = $1', [
      id,
    ]);
    expect(audit).toEqual([
      {
        action: 'user.create',
        actor_id: administrator.id,
        after: {
          email: 'ada.lovelace@example.com',
          name: 'Ada Lovelace',
          role: 'MEMBER',
          timeZone: 'Europe/London',
          language: 'EN',
        },
      },
    ]);
  });

  it('says that an address is taken, in whatever case, also when two ask at once', async () => {
    const twice = await Promise.all([
      createUser(ctx, { ...ada, email: 'grace@example.com' }),
      createUser(ctx, { ...ada, email: 'GRACE@example.com' }),
    ]);
    expect(twice.map((result) => ('kind' in result ? result.kind : 'added')).sort()).toEqual([
      'EmailTaken',
      'added',
    ]);
    expect(await createUser(ctx, { ...ada, email: 'Grace@Example.com' })).toMatchObject({
      kind: 'EmailTaken',
      path: ['email'],
    });
  });

  it.each([
    ['email', { email: 'nobody' }],
    ['email', { email: 'a b@example.com' }],
    ['email', { email: 'nul\0@example.com' }],
    ['email', { email: `${'x'.repeat(243)}@example.com` }],
    ['name', { name: ' ' }],
    ['name', { name: 'Nu\0l' }],
    ['name', { name: 'x'.repeat(201) }],
    ['timeZone', { timeZone: 'Mars/Olympus' }],
    ['timeZone', { timeZone: '+02:00' }],
    ['password', { password: 'too short' }],
  ])('refuses a bad %s: %j', async (field, bad) => {
    const before = await database.psql('select count(*) from app_user');
    expect(await createUser(ctx, { ...ada, ...bad })).toMatchObject({ kind: 'InvalidInput', path: [field] });
    expect(await database.psql('select count(*) from app_user')).toEqual(before);
  });
});
