import { globalId } from '../../src/domain/ids.js';
import { instance, member, PASSWORD, viewerOf } from '../domain/auth/identity-kit.js';
import { codeAt } from '../kit/authenticator-app.js';
import { useDatabase } from '../kit/database.js';
import { SoftAuthenticator } from '../kit/soft-authenticator.js';
import { ask } from './identity-query.js';

const { db, psql } = await useDatabase();
const ORIGIN = 'https://rooms.example.com';
const passkeys = { id: 'rooms.example.com', origins: [ORIGIN] };
const api = await instance(db, { secondFactorRoles: ['ADMINISTRATOR'], passkeys });
const { clock } = api.ctx;

const SIGN_IN = `mutation ($input: SignInInput!) { signIn(input: $input) { __typename
  ... on SignInSuccess { accessToken }
  ... on SecondFactorRequired { challenge challengeExpiresAt methods mustEnrol message }
  ... on UserError { path } } }`;
const ENROL = `mutation ($input: SignInEnrolInput!) { signInEnrol(input: $input) { __typename
  ... on SignInEnrolSuccess { secret uri } ... on UserError { message path } } }`;
const CONFIRM = `mutation ($input: SignInConfirmInput!) { signInConfirm(input: $input) { __typename
  ... on SignInConfirmSuccess { accessToken refreshToken recoveryCodes
    user { id email factors { totpConfirmedAt recoveryCodesLeft isRequired } } }
  ... on UserError { message path } } }`;
const FACTORS = '{ viewer { factors { totpConfirmedAt recoveryCodesLeft isRequired } } }';

const signIn = async (email: string) =>
  (await ask(api.ctx, null, SIGN_IN, { input: { email, password: PASSWORD } })).data.signIn;

it('goes by GraphQL from a sign-in that must enrol to a session', async () => {
  const boss = await member(api, { role: 'ADMINISTRATOR' });
  const asked = await signIn(boss.email);
  expect(asked).toEqual({
    __typename: 'SecondFactorRequired',
    challenge: expect.stringMatching(/^hfc_/),
    challengeExpiresAt: '2027-03-01T08:05:00.000Z',
    methods: [],
    mustEnrol: true,
    message: 'Your role demands a second factor. Add one now.',
    path: [],
  });
  const { challenge } = asked;
  const begun = await ask(api.ctx, null, ENROL, { input: { challenge } });
  const { secret } = begun.data.signInEnrol;
  const wrong = await ask(api.ctx, null, CONFIRM, { input: { challenge, code: '000000' } });
  expect(wrong.data.signInConfirm).toEqual({
    __typename: 'FactorRefused',
    message: 'This is not right, or it was used before.',
    path: ['code'],
  });
  const input = { challenge, code: codeAt(secret, api.ctx) };
  const { data } = await ask(api.ctx, null, CONFIRM, { input });
  expect(data.signInConfirm).toMatchObject({
    __typename: 'SignInConfirmSuccess',
    recoveryCodes: { length: 10 },
    user: {
      id: globalId('User', boss.id),
      email: boss.email,
      factors: { totpConfirmedAt: '2027-03-01T08:00:00.000Z', recoveryCodesLeft: 10, isRequired: true },
    },
  });
  const again = await ask(api.ctx, null, CONFIRM, { input });
  expect(again.data.signInConfirm).toMatchObject({ __typename: 'ChallengeRefused', path: ['challenge'] });
});

it('enrols, renews, proves and removes by GraphQL', async () => {
  const ada = await member(api);
  const viewer = await viewerOf(api, await signIn(ada.email));
  const run = async (field: string, variables = {}, declared = '') =>
    (await ask(api.ctx, viewer, `mutation ${declared} { ${field} }`, variables)).data;
  const { totpEnrol } = await run('totpEnrol { __typename ... on TotpEnrolSuccess { secret uri } }');
  const confirm = (code: string) =>
    run(
      'totpConfirm(input: $input) { __typename ... on TotpConfirmSuccess { recoveryCodes user { factors { recoveryCodesLeft } } } }',
      { input: { code } },
      '($input: TotpConfirmInput!)',
    );
  expect((await confirm('123456')).totpConfirm.__typename).toBe('FactorRefused');
  expect((await confirm(codeAt(totpEnrol.secret, api.ctx))).totpConfirm).toMatchObject({
    recoveryCodes: { length: 10 },
    user: { factors: { recoveryCodesLeft: 10 } },
  });
  clock.advance(601_000);
  const refused = await run('totpRemove { __typename ... on ProofRequired { methods message } }');
  expect(refused.totpRemove).toEqual({
    __typename: 'ProofRequired',
    methods: ['TOTP', 'RECOVERY_CODE'],
    message: 'Prove first that it is you: sessionProve, or sign in anew.',
  });
  const proved = await run(
    'sessionProve(input: $input) { __typename ... on SessionProveSuccess { provedUntilAt } }',
    { input: { code: codeAt(totpEnrol.secret, api.ctx) } },
    '($input: SessionProveInput!)',
  );
  expect(proved.sessionProve).toEqual({
    __typename: 'SessionProveSuccess',
    provedUntilAt: new Date(clock.now().getTime() + 600_000).toISOString(),
  });
  const renewed = await run(
    'recoveryCodesRenew { __typename ... on RecoveryCodesRenewSuccess { recoveryCodes } }',
  );
  expect(renewed.recoveryCodesRenew.recoveryCodes).toHaveLength(10);
  const removed = await run('totpRemove { __typename ... on TotpRemoveSuccess { user { id } } }');
  expect(removed.totpRemove).toEqual({
    __typename: 'TotpRemoveSuccess',
    user: { id: globalId('User', ada.id) },
  });
  expect((await ask(api.ctx, viewer, FACTORS)).data.viewer.factors).toEqual({
    totpConfirmedAt: null,
    recoveryCodesLeft: 0,
    isRequired: false,
  });
  expect((await run('recoveryCodesRenew { __typename }')).recoveryCodesRenew.__typename).toBe('NotFound');
});

it('tells of a passed limit as RATE_LIMITED', async () => {
  const ada = await member(api);
  const viewer = await viewerOf(api, await signIn(ada.email));
  const prove = () =>
    ask(api.ctx, viewer, 'mutation { sessionProve(input: { password: "wrong" }) { __typename } }');
  for (let each = 1; each <= 5; each++)
    expect((await prove()).data.sessionProve.__typename).toBe('FactorRefused');
  expect((await prove()).errors).toMatchObject([{ code: 'RATE_LIMITED', retryAfter: 15 }]);
});

it('shows factors to the person and to administrators, and lets only these reset them', async () => {
  const [ada, eve, boss] = [
    await member(api),
    await member(api),
    await member(api, { role: 'ADMINISTRATOR' }),
  ];
  const show = async (as: typeof ada) =>
    (
      await ask(api.ctx, as.viewer, 'query ($id: ID!) { user(id: $id) { factors { recoveryCodesLeft } } }', {
        id: globalId('User', ada.id),
      })
    ).data.user.factors;
  expect(await show(ada)).toEqual({ recoveryCodesLeft: 0 });
  expect(await show(boss)).toEqual({ recoveryCodesLeft: 0 });
  expect(await show(eve)).toBeNull();
  const reset = (as: typeof ada) =>
    ask(api.ctx, as.viewer, 'mutation ($id: ID!) { factorsReset(id: $id) { __typename } }', {
      id: globalId('User', ada.id),
    });
  expect((await reset(eve)).errors).toMatchObject([{ code: 'FORBIDDEN' }]);
  await psql('update session set proved_at = null where user_id = $1', [boss.id]);
  expect((await reset(boss)).data.factorsReset.__typename).toBe('ProofRequired');
});

it('tells of it in the language of the person, and lets nobody switch that off', async () => {
  const ada = await member(api);
  const viewer = await viewerOf(api, await signIn(ada.email));
  await ask(
    api.ctx,
    viewer,
    'mutation ($id: ID!) { userUpdate(id: $id, input: { language: DE, timeZone: "Europe/Berlin" }) { __typename } }',
    {
      id: globalId('User', ada.id),
    },
  );
  const { data } = await ask(
    api.ctx,
    viewer,
    'mutation { totpEnrol { ... on TotpEnrolSuccess { secret } } }',
  );
  await ask(
    api.ctx,
    viewer,
    'mutation ($input: TotpConfirmInput!) { totpConfirm(input: $input) { __typename } }',
    {
      input: { code: codeAt(data.totpEnrol.secret, api.ctx) },
    },
  );
  const told = await ask(api.ctx, viewer, '{ notifications { nodes { kind message reservation { id } } } }');
  expect(told.data.notifications.nodes).toEqual([
    {
      kind: 'FACTOR_ADDED',
      message: expect.stringMatching(
        /^Ihr Konto hat einen weiteren zweiten Faktor · Was: TOTP · Wann: Mo\., 1\. März 2027 um 09:\d\d \(Europe\/Berlin\) · Von: 127\.0\.0\.1$/,
      ),
      reservation: null,
    },
  ]);
  const off = await ask(
    api.ctx,
    viewer,
    `mutation { notificationPreferencesSet(input: { preferences: [{ kind: FACTOR_ADDED, byMail: false }] }) {
      __typename ... on UserError { message path } } }`,
  );
  expect(off.data.notificationPreferencesSet).toEqual({
    __typename: 'InvalidInput',
    message: 'FACTOR_ADDED is always told.',
    path: ['input', 'preferences'],
  });
  const shown = await ask(api.ctx, viewer, '{ notificationPreferences { kind } }');
  expect(JSON.stringify(shown.data)).not.toContain('FACTOR');
});

it('adds, shows, renames and removes passkeys by GraphQL', async () => {
  const ada = await member(api);
  const viewer = await viewerOf(api, await signIn(ada.email));
  const run = async (field: string, variables = {}, declared = '') =>
    Object.values(
      (await ask(api.ctx, viewer, `mutation ${declared} { ${field} }`, variables)).data,
    )[0] as Record<string, never>;
  const key = new SoftAuthenticator(ORIGIN);
  const { options } = await run('passkeyRegister { ... on PasskeyRegisterSuccess { options } }');
  const added = await run(
    'passkeyConfirm(input: $input) { ... on PasskeyConfirmSuccess { passkey { id name lastUsedAt } recoveryCodes } }',
    { input: { name: 'Laptop', response: key.create(options ?? '') } },
    '($input: PasskeyConfirmInput!)',
  );
  const { id } = added.passkey as unknown as { id: string };
  expect(added).toMatchObject({
    passkey: { name: 'Laptop', lastUsedAt: null },
    recoveryCodes: { length: 10 },
  });
  const node = await ask(api.ctx, viewer, 'query ($id: ID!) { node(id: $id) { ... on Passkey { name } } }', {
    id,
  });
  expect(node.data.node).toEqual({ name: 'Laptop' });
  const eve = await member(api);
  const foreign = await ask(api.ctx, eve.viewer, 'query ($id: ID!) { node(id: $id) { id } }', { id });
  expect(foreign.data.node).toBeNull();
  const change = 'mutation ($id: ID!) { passkeyRename(id: $id, input: { name: "Work" }) { __typename } }';
  expect((await ask(api.ctx, eve.viewer, change, { id })).data.passkeyRename.__typename).toBe('NotFound');
  expect((await ask(api.ctx, viewer, change, { id })).data.passkeyRename.__typename).toBe('PasskeySuccess');
  const shown = await ask(api.ctx, viewer, '{ viewer { factors { passkeys { id name } } } }');
  expect(shown.data.viewer.factors.passkeys).toEqual([{ id, name: 'Work' }]);
  const asked = await ask(api.ctx, null, 'mutation { passkeyAsk { ... on PasskeyAskSuccess { options } } }');
  const entered = await ask(
    api.ctx,
    null,
    'mutation ($input: SignInByPasskeyInput!) { signInByPasskey(input: $input) { __typename ... on SignInSuccess { user { email } } } }',
    { input: { response: key.get(asked.data.passkeyAsk.options) } },
  );
  expect(entered.data.signInByPasskey).toEqual({ __typename: 'SignInSuccess', user: { email: ada.email } });
  const removed = await run('passkeyRemove(id: $id) { __typename }', { id }, '($id: ID!)');
  expect(removed.__typename).toBe('PasskeySuccess');
});
