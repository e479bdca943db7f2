import { changePassword } from '../../../src/domain/auth/change-password.js';
import { setPassword } from '../../../src/domain/auth/set-password.js';
import { createUser } from '../../../src/domain/users/create-user.js';
import { checkNewPassword } from '../../../src/domain/users/password-policy.js';
import { commonPasswords } from '../../../src/infra/breached/most-common.js';
import { useDatabase } from '../../kit/database.js';
import { instance, member, PASSWORD } from '../auth/identity-kit.js';

const { db } = await useDatabase();
const api = await instance(db, { breached: commonPasswords() });
const owner = { email: 'ada.lovelace@example.com', name: 'Ada Lovelace' };
const none = { has: async () => false };

describe('a new password', () => {
  it.each([
    'ada.lovelace@example.com',
    'ada.lovelace',
    'Ada Lovelace 12',
    'lovelace2027!',
    'LovelaceLovelace',
    'AdaＬｏｖｅｌａｃｅ!!',
    'holdfast12345',
    'example.com1',
  ])('is more than a name or an address: %s', async (password) => {
    expect(await checkNewPassword(none, password, owner, ['password'])).toMatchObject({
      kind: 'InvalidInput',
    });
  });

  it.each(['correct horse battery', 'lovelace likes horses', '密码密码密码密码密码密码', 'aaaaaaaaaaaa'])(
    'needs no sort of characters: %s',
    async (password) => {
      expect(await checkNewPassword(none, password, owner, ['password'])).toBeNull();
    },
  );

  it('is looked for as it will be hashed', async () => {
    const asked: string[] = [];
    const breached = { has: async (password: string) => asked.push(password) > 1 };
    await checkNewPassword(breached, 'ｗｉｄｅ ｌｅｔｔｅｒｓ', owner, []);
    expect(asked).toEqual(['wide letters']);
  });

  it('is none that others have lost, wherever it is set', async () => {
    const admin = await member(api, { role: 'ADMINISTRATOR' });
    const ada = await member(api, { name: 'Ada Lovelace' });
    const refusal = (path: string) => ({
      kind: 'InvalidInput',
      path: [path],
      message: expect.stringContaining('known from other places'),
    });
    const lost = 'password2024!';
    const as = api.as(admin.viewer);
    expect(
      await createUser(as, { email: 'new@example.com', name: 'New', role: 'MEMBER', password: lost }),
    ).toMatchObject(refusal('password'));
    expect(await setPassword(as, { id: ada.id, password: lost })).toMatchObject(refusal('password'));
    const change = { currentPassword: PASSWORD, newPassword: lost };
    expect(await changePassword(api.as(ada.viewer), change)).toMatchObject(refusal('newPassword'));
    const own = { ...change, newPassword: 'Lovelace 1815' };
    expect(await changePassword(api.as(ada.viewer), own)).toMatchObject({ kind: 'InvalidInput' });
  });
});
