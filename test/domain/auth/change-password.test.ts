import { changePassword } from '../../../src/domain/auth/change-password.js';
import { signIn } from '../../../src/domain/auth/sign-in.js';
import { useDatabase } from '../../kit/database.js';
import { instance, judge, member, PASSWORD, session, viewerOf } from './identity-kit.js';

const { db } = await useDatabase();
const api = await instance(db);
const NEW = 'an even better battery';

describe('changing the own password', () => {
  it('needs the present one, and ends the other sessions but not this one', async () => {
    const ada = await member(api);
    const [here, there] = [await session(api, ada.email), await session(api, ada.email)];
    const as = api.as(await viewerOf(api, here));
    expect(
      await changePassword(as, { currentPassword: 'wrong horse battery', newPassword: NEW }),
    ).toMatchObject({
      kind: 'WrongPassword',
      path: ['currentPassword'],
    });
    expect(await changePassword(as, { currentPassword: '', newPassword: NEW })).toMatchObject({
      kind: 'WrongPassword',
    });
    expect(await changePassword(as, { currentPassword: PASSWORD, newPassword: 'short' })).toMatchObject({
      kind: 'InvalidInput',
      path: ['newPassword'],
    });
    const changed = await changePassword(as, { currentPassword: PASSWORD, newPassword: NEW });
    expect(changed).toMatchObject({ user: { id: ada.id }, endedSessions: 2 });
    expect(await judge(api, here)).not.toBe('INVALID');
    expect(await judge(api, there)).toBe('INVALID');
    expect(await signIn(api.ctx, { email: ada.email, password: PASSWORD })).toMatchObject({
      kind: 'SignInRefused',
    });
    await session(api, ada.email, NEW);
  });

  it('lets one of two changes at once win', async () => {
    const ada = await member(api);
    const as = api.as(await viewerOf(api, await session(api, ada.email)));
    const results = await Promise.all(
      [1, 2].map((each) => changePassword(as, { currentPassword: PASSWORD, newPassword: `${NEW} ${each}` })),
    );
    expect(results.filter((result) => 'kind' in result)).toMatchObject([{ kind: 'WrongPassword' }]);
  });

  it('is slowed down like a sign-in when the present password is guessed', async () => {
    const slow = await instance(db, { limits: { perAccount: 2, perAddress: 100 } });
    const ada = await member(slow);
    const as = slow.as(ada.viewer);
    const guess = { currentPassword: '', newPassword: NEW };
    await changePassword(as, guess);
    await changePassword(as, guess);
    expect(await changePassword(as, guess)).toMatchObject({ kind: 'TooManyAttempts', retryAfter: 60 });
  });
});
