import { ensureFirstAdministrator } from '../../../src/domain/users/ensure-first-administrator.js';
import { PasswordHasher } from '../../../src/domain/users/password-hasher.js';
import { testCtx } from '../../kit/ctx.js';
import { cloneDatabase, type TestDatabase } from '../../kit/database.js';
import { person } from '../../kit/people.js';

const breached = { has: async () => false };

const own: TestDatabase[] = [];
afterAll(() => Promise.all(own.map((each) => each.drop())));
const hasher = new PasswordHasher();
async function fresh() {
  const database = await cloneDatabase();
  own.push(database);
  return { ...testCtx(await database.open()), identity: { hasher, breached }, psql: database.psql };
}
const email = 'Admin@Example.com';

describe('the first administrator', () => {
  it('is made with a password that is shown once, by one of several instances that start together', async () => {
    const ctx = await fresh();
    const made = await Promise.all([1, 2, 3].map(() => ensureFirstAdministrator(ctx, { email })));
    const [only, ...others] = made.filter((result) => result !== null);
    expect(others).toEqual([]);
    if (!only || 'kind' in only) throw new Error('nobody was made');
    expect(only.user).toMatchObject({ email: 'admin@example.com', role: 'ADMINISTRATOR', isActive: true });
    expect(only.generatedPassword?.length).toBeGreaterThanOrEqual(12);
    const [row] = await ctx.psql<{ password_hash: string }>('select password_hash from app_user');
    expect(await hasher.verify(row?.password_hash ?? null, only.generatedPassword ?? '')).toBe(true);
  });

  it('gets the password that is given, and does not show it again', async () => {
    const made = await ensureFirstAdministrator(await fresh(), { email, password: 'given and long enough' });
    expect(made).toMatchObject({ generatedPassword: null });
  });

  it('is not made where one is active, and is where the only one is not', async () => {
    const ctx = await fresh();
    await person(ctx.db, 'ADMINISTRATOR', { active: false });
    const boss = await ensureFirstAdministrator(ctx, { email });
    expect(boss).toMatchObject({ user: { role: 'ADMINISTRATOR' } });
    expect(await ensureFirstAdministrator(ctx, { email: 'other@example.com' })).toBeNull();
  });

  it('needs a sound address and password, and an address that nobody has', async () => {
    const ctx = await fresh();
    await person(ctx.db, 'MEMBER', { email: 'admin@example.com' });
    expect(await ensureFirstAdministrator(ctx, { email })).toMatchObject({ kind: 'EmailTaken' });
    expect(await ensureFirstAdministrator(ctx, { email: 'admin' })).toMatchObject({ kind: 'InvalidInput' });
    expect(await ensureFirstAdministrator(ctx, { email, password: 'short' })).toMatchObject({
      kind: 'InvalidInput',
      path: ['password'],
    });
  });
});
