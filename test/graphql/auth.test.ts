import { globalId } from '../../src/domain/ids.js';
import { instance, member, PASSWORD, viewerOf } from '../domain/auth/identity-kit.js';
import { useDatabase } from '../kit/database.js';
import { ask } from './identity-query.js';

const { db } = await useDatabase();
const api = await instance(db);
const ada = await member(api, { name: 'Ada', email: 'ada@example.com' });

const SIGN_IN = `mutation ($input: SignInInput!) {
  signIn(input: $input) {
    __typename
    ... on SignInSuccess { accessToken accessTokenExpiresAt refreshToken user { id name email role } }
    ... on UserError { message path }
  }
}`;
const REFRESH = `mutation ($input: TokenRefreshInput!) {
  tokenRefresh(input: $input) {
    __typename
    ... on TokenRefreshSuccess { accessToken refreshToken user { id email } }
    ... on UserError { message path }
  }
}`;
const input = { email: ada.email, password: PASSWORD };

describe('signing in by GraphQL', () => {
  it('gives tokens and the own facts, the email address included', async () => {
    const { data, errors } = await ask(api.ctx, null, SIGN_IN, { input });
    expect(errors).toEqual([]);
    expect(data.signIn).toEqual({
      __typename: 'SignInSuccess',
      accessToken: expect.stringMatching(/^eyJ/),
      accessTokenExpiresAt: '2027-03-01T08:10:00.000Z',
      refreshToken: expect.stringMatching(/^hfr_/),
      user: { id: globalId('User', ada.id), name: 'Ada', email: ada.email, role: 'MEMBER' },
    });
    const viewer = await viewerOf(api, data.signIn);
    const me = await ask(api.ctx, viewer, '{ viewer { name email timeZone isActive version createdAt } }');
    expect(me.data.viewer).toMatchObject({
      name: 'Ada',
      email: ada.email,
      timeZone: 'UTC',
      isActive: true,
      version: 1,
    });
  });

  it('says who is there: nobody', async () => {
    expect(await ask(api.ctx, null, '{ viewer { name } }')).toEqual({ data: { viewer: null }, errors: [] });
  });

  it('is refused as a result, with the same words for every reason', async () => {
    const wrong = await ask(api.ctx, null, SIGN_IN, { input: { ...input, password: 'wrong horse battery' } });
    const nobody = await ask(api.ctx, null, SIGN_IN, { input: { ...input, email: 'nobody@example.com' } });
    expect(wrong.data.signIn).toEqual({
      __typename: 'SignInRefused',
      message: 'The email address or the password is wrong.',
      path: [],
    });
    expect(nobody).toEqual(wrong);
  });

  it('is RATE_LIMITED with the seconds to wait when tried too often', async () => {
    const slow = await instance(db, { limits: { perAccount: 1, perAddress: 20 } });
    const wrong = { input: { ...input, password: '' } };
    await ask(slow.ctx, null, SIGN_IN, wrong);
    const { data, errors } = await ask(slow.ctx, null, SIGN_IN, wrong);
    expect(data).toBeNull();
    expect(errors).toEqual([
      { message: 'Too many attempts. Try again in 60 s.', code: 'RATE_LIMITED', retryAfter: 60 },
    ]);
  });
});

describe('the life of a session by GraphQL', () => {
  it('goes on by refreshing, and ends when a spent token comes again', async () => {
    const { data } = await ask(api.ctx, null, SIGN_IN, { input });
    const spent = { input: { refreshToken: data.signIn.refreshToken } };
    const second = await ask(api.ctx, null, REFRESH, spent);
    expect(second.data.tokenRefresh).toMatchObject({
      __typename: 'TokenRefreshSuccess',
      user: { id: globalId('User', ada.id), email: ada.email },
    });
    const reuse = await ask(api.ctx, null, REFRESH, spent);
    expect(reuse.data.tokenRefresh).toMatchObject({ __typename: 'RefreshRefused', path: ['refreshToken'] });
    const newest = { input: { refreshToken: second.data.tokenRefresh.refreshToken } };
    expect((await ask(api.ctx, null, REFRESH, newest)).data.tokenRefresh.__typename).toBe('RefreshRefused');
  });

  it('ends by signing out, here or everywhere', async () => {
    const begin = async () => viewerOf(api, (await ask(api.ctx, null, SIGN_IN, { input })).data.signIn);
    const [here, there] = [await begin(), await begin()];
    const out = '{ __typename ... on SignOutSuccess { endedSessions } }';
    const one = await ask(api.ctx, here, `mutation { signOut ${out} }`);
    expect(one.data.signOut).toEqual({ __typename: 'SignOutSuccess', endedSessions: 1 });
    expect((await ask(api.ctx, here, `mutation { signOut ${out} }`)).data.signOut.endedSessions).toBe(0);
    const all = await ask(api.ctx, there, `mutation { signOutEverywhere ${out} }`);
    expect(all.data.signOutEverywhere.endedSessions).toBeGreaterThanOrEqual(1);
  });

  it('survives a change of the own password', async () => {
    const bob = await member(api);
    const change = `mutation ($input: PasswordChangeInput!) { passwordChange(input: $input) {
      __typename ... on PasswordChangeSuccess { endedSessions user { id } } ... on UserError { path } } }`;
    const wrong = { input: { currentPassword: 'wrong horse battery', newPassword: 'a much better battery' } };
    expect((await ask(api.ctx, bob.viewer, change, wrong)).data.passwordChange).toEqual({
      __typename: 'WrongPassword',
      path: ['currentPassword'],
    });
    const right = { input: { ...wrong.input, currentPassword: PASSWORD } };
    expect((await ask(api.ctx, bob.viewer, change, right)).data.passwordChange).toEqual({
      __typename: 'PasswordChangeSuccess',
      endedSessions: 0,
      user: { id: globalId('User', bob.id) },
    });
  });

  it.each(['signOut { __typename }', 'signOutEverywhere { __typename }'])(
    'needs somebody for %s',
    async (field) => {
      const { errors } = await ask(api.ctx, null, `mutation { ${field} }`);
      expect(errors).toMatchObject([{ code: 'UNAUTHENTICATED' }]);
    },
  );
});
