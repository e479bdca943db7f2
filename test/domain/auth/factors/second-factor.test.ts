import { confirmSignIn } from '../../../../src/domain/auth/factors/confirm-sign-in.js';
import { confirmTotp } from '../../../../src/domain/auth/factors/confirm-totp.js';
import { enrolAtSignIn, enrolTotp } from '../../../../src/domain/auth/factors/enrol-totp.js';
import { proveSession } from '../../../../src/domain/auth/factors/prove-session.js';
import { removeTotp } from '../../../../src/domain/auth/factors/remove-totp.js';
import { renewRecoveryCodes } from '../../../../src/domain/auth/factors/renew-recovery-codes.js';
import { resetFactors } from '../../../../src/domain/auth/factors/reset-factors.js';
import { refreshTokens } from '../../../../src/domain/auth/refresh-tokens.js';
import { signIn } from '../../../../src/domain/auth/sign-in.js';
import { setPasswordHash } from '../../../../src/sql/users/user-password.js';
import { codeAt, withApp } from '../../../kit/authenticator-app.js';
import { apiClient } from '../../../kit/clients.js';
import { useDatabase } from '../../../kit/database.js';
import { mailsTo, withRelay } from '../../../kit/mails.js';
import { type Instance, instance, judge, member, PASSWORD, session, viewerOf } from '../identity-kit.js';

const { db, psql } = await useDatabase();
const api = await instance(db);
const { clock } = api.ctx;
const strict = await instance(db, { clock, secondFactorRoles: ['ADMINISTRATOR'] });

/** Somebody with an app and a session that was just begun. */
async function owner(at: Instance = api, facts: Parameters<typeof member>[1] = {}) {
  const person = await member(at, facts);
  const tokens = await session(at, person.email);
  const viewer = await viewerOf(at, tokens);
  const ctx = at.as(viewer);
  const app = await withApp(ctx);
  at.ctx.clock.advance(1_000);
  return { ...person, ctx, app, tokens };
}

async function challengeOf({ email }: { email: string }, at: Instance = api): Promise<string> {
  const asked = await signIn(at.ctx, { email, password: PASSWORD });
  if (!('challenge' in asked)) throw new Error('no second factor was asked for');
  return asked.challenge;
}

const kinds = async (userId: string) =>
  (
    await psql<{ kind: string }>('select kind from notification where user_id = $1 order by id', [userId])
  ).map(({ kind }) => kind);
const actions = async (subjectId: string) =>
  (
    await psql<{ action: string }>('select action from audit where subject_id = $1 order by at, id', [
      subjectId,
    ])
  ).map(({ action }) => action);

beforeEach(() => clock.advance(60_000));

describe('a second factor at sign-in', () => {
  it('is asked for after the password, and lets in once it is right', async () => {
    const ada = await owner();
    const asked = await signIn(api.ctx, { email: ada.email, password: PASSWORD });
    expect(asked).toMatchObject({
      kind: 'SecondFactorRequired',
      challenge: expect.stringMatching(/^hfc_[\w-]{43}$/),
      challengeExpiresAt: new Date(clock.now().getTime() + 300_000),
      methods: ['TOTP', 'RECOVERY_CODE'],
      mustEnrol: false,
    });
    clock.advance(30_000);
    const { challenge } = asked as { challenge: string };
    const tokens = await confirmSignIn(api.ctx, { challenge, code: codeAt(ada.app.secret, api.ctx) });
    expect(tokens).toMatchObject({ user: { id: ada.id }, recoveryCodes: [] });
    expect(await judge(api, tokens as { accessToken: string })).toMatchObject({
      viewer: { userId: ada.id },
    });
  });

  it('is not asked for after a wrong password, and a challenge is no access token', async () => {
    const ada = await owner();
    expect(await signIn(api.ctx, { email: ada.email, password: 'wrong horse battery' })).toMatchObject({
      kind: 'SignInRefused',
    });
    expect(await judge(api, { accessToken: await challengeOf(ada) })).toBe('INVALID');
  });

  it('takes the codes of one step before and behind, and none further away', async () => {
    const ada = await owner();
    for (const [steps, kind] of [
      [-2, 'FactorRefused'],
      [2, 'FactorRefused'],
      [-1, undefined],
      [1, undefined],
    ] as const) {
      clock.advance(120_000);
      const code = codeAt(ada.app.secret, api.ctx, steps);
      const result = await confirmSignIn(api.ctx, { challenge: await challengeOf(ada), code });
      expect('kind' in result ? result.kind : undefined).toBe(kind);
    }
  });

  it('takes a code once, nor any of the steps before it', async () => {
    const ada = await owner();
    clock.advance(60_000);
    const code = codeAt(ada.app.secret, api.ctx);
    const before = codeAt(ada.app.secret, api.ctx, -1);
    expect(await confirmSignIn(api.ctx, { challenge: await challengeOf(ada), code })).toHaveProperty('user');
    for (const spent of [code, before])
      expect(await confirmSignIn(api.ctx, { challenge: await challengeOf(ada), code: spent })).toMatchObject({
        kind: 'FactorRefused',
        path: ['code'],
      });
  });

  it('takes neither the code that confirmed the app nor one of another app', async () => {
    const [ada, eve] = [await owner(), await owner()];
    clock.advance(30_000);
    const challenge = await challengeOf(ada);
    for (const code of [codeAt(ada.app.secret, api.ctx, -1), codeAt(eve.app.secret, api.ctx), '', '12345'])
      expect(await confirmSignIn(api.ctx, { challenge, code })).toMatchObject({ kind: 'FactorRefused' });
  });

  it('answers a challenge once, within five minutes, and only one that was given', async () => {
    const ada = await owner();
    clock.advance(30_000);
    const challenge = await challengeOf(ada);
    const code = () => codeAt(ada.app.secret, api.ctx);
    expect(await confirmSignIn(api.ctx, { challenge, code: code() })).toHaveProperty('accessToken');
    clock.advance(30_000);
    const late = await challengeOf(ada);
    clock.advance(300_000);
    for (const dead of [challenge, late, `hfc_${'x'.repeat(43)}`, 'anything', ''])
      expect(await confirmSignIn(api.ctx, { challenge: dead, code: code() })).toMatchObject({
        kind: 'ChallengeRefused',
        path: ['challenge'],
      });
  });

  it('opens one session for one code that comes many times at once', async () => {
    const ada = await owner();
    clock.advance(30_000);
    const code = codeAt(ada.app.secret, api.ctx);
    const challenges = [await challengeOf(ada), await challengeOf(ada)];
    const before = await psql('select from session where user_id = $1', [ada.id]);
    const results = await Promise.all(
      [...challenges, ...challenges].map((challenge) => confirmSignIn(api.ctx, { challenge, code })),
    );
    expect(results.filter((result) => 'accessToken' in result)).toHaveLength(1);
    expect(await psql('select from session where user_id = $1', [ada.id])).toHaveLength(before.length + 1);
  });

  it('opens no session where the password or the account has changed meanwhile', async () => {
    const [ada, bob] = [await owner(), await owner()];
    clock.advance(30_000);
    const changed = await challengeOf(ada);
    await setPasswordHash(db, ada.id, 'another hash', null);
    const closed = await challengeOf(bob);
    await psql('update app_user set active = false where id = $1', [bob.id]);
    for (const [person, challenge] of [
      [ada, changed],
      [bob, closed],
    ] as const)
      expect(
        await confirmSignIn(api.ctx, { challenge, code: codeAt(person.app.secret, api.ctx) }),
      ).toMatchObject({ kind: 'SignInRefused' });
    const [recovery = ''] = ada.app.recoveryCodes;
    expect(await confirmSignIn(api.ctx, { challenge: changed, code: recovery })).toMatchObject({
      kind: 'SignInRefused',
    });
    expect(await psql('select from recovery_code where user_id = $1', [ada.id])).toHaveLength(10);
  });

  it('is told in no log and kept in no plain text', async () => {
    const ada = await owner();
    const [dump] = await psql<{ all: string }>(
      `select (select string_agg(to_jsonb(t)::text, '') from totp t) || (select string_agg(to_jsonb(c)::text, '')
         from recovery_code c) || (select string_agg(to_jsonb(a)::text, '') from audit a) as all`,
    );
    const lines = JSON.stringify(api.ctx.log.lines);
    for (const secret of [ada.app.secret, ...ada.app.recoveryCodes]) {
      expect(dump?.all).not.toContain(secret);
      expect(lines).not.toContain(secret);
    }
  });

  it('does not open where the secret was sealed with another HOLDFAST_SECRET, but recovery codes do', async () => {
    const ada = await owner();
    const other = await instance(db, { clock, secret: 'another secret that only tests know' });
    clock.advance(30_000);
    const challenge = await challengeOf(ada, other);
    const code = codeAt(ada.app.secret, api.ctx);
    expect(await confirmSignIn(other.ctx, { challenge, code })).toMatchObject({ kind: 'FactorRefused' });
    const [recovery = ''] = ada.app.recoveryCodes;
    expect(await confirmSignIn(other.ctx, { challenge, code: recovery })).toHaveProperty('accessToken');
  });
});

describe('guessing second factors', () => {
  it('costs waits that grow, from wherever it comes, and tells the person once', async () => {
    const ada = await owner();
    await withRelay(api.ctx);
    clock.advance(30_000);
    const guess = async (from: string) =>
      confirmSignIn(api.from(from), { challenge: await challengeOf(ada), code: '000000' });
    for (let each = 1; each <= 5; each++)
      expect(await guess(`198.51.100.${each}`)).toMatchObject({ kind: 'FactorRefused' });
    for (const retryAfter of [15, 30, 60, 120]) {
      expect(await guess('203.0.113.9')).toEqual({ kind: 'TooManyAttempts', retryAfter });
      clock.advance(retryAfter * 1000);
      expect(await guess('203.0.113.9')).toMatchObject({ kind: 'FactorRefused' });
    }
    expect(await guess('203.0.113.9')).toEqual({ kind: 'TooManyAttempts', retryAfter: 240 });
    expect((await kinds(ada.id)).filter((kind) => kind === 'FACTOR_GUESSED')).toHaveLength(1);
    expect((await mailsTo(db, ada)).map(({ kind }) => kind)).toEqual(['FACTOR_GUESSED']);
  });

  it('is not made cheaper by the right password in between, and forgiven by a right code', async () => {
    const ada = await owner();
    clock.advance(30_000);
    const wrong = async () => confirmSignIn(api.ctx, { challenge: await challengeOf(ada), code: '000000' });
    for (let each = 1; each <= 4; each++) await wrong();
    const code = codeAt(ada.app.secret, api.ctx);
    expect(await confirmSignIn(api.ctx, { challenge: await challengeOf(ada), code })).toHaveProperty('user');
    for (let each = 1; each <= 5; each++) expect(await wrong()).toMatchObject({ kind: 'FactorRefused' });
    expect(await wrong()).toMatchObject({ kind: 'TooManyAttempts' });
  });

  it('counts codes that come at the same time', async () => {
    const ada = await owner();
    clock.advance(30_000);
    const challenge = await challengeOf(ada);
    const results = await Promise.all(
      Array.from({ length: 20 }, () => confirmSignIn(api.ctx, { challenge, code: '000000' })),
    );
    const refused = results.filter((result) => 'kind' in result && result.kind === 'FactorRefused');
    expect(refused).toHaveLength(5);
  });

  it('is slowed down by the address like other sign-ins', async () => {
    const slow = await instance(db, { clock, limits: { perAccount: 2, perAddress: 20 } });
    const ada = await owner(slow);
    clock.advance(30_000);
    const challenge = await challengeOf(ada, slow);
    for (let each = 1; each <= 2; each++) await confirmSignIn(slow.ctx, { challenge, code: '000000' });
    expect(await confirmSignIn(slow.ctx, { challenge, code: '000000' })).toEqual({
      kind: 'TooManyAttempts',
      retryAfter: 60,
    });
  });
});

describe('recovery codes', () => {
  it('are ten, each lets in once however it is typed, and the person is told', async () => {
    const ada = await owner();
    await withRelay(api.ctx);
    const [first = '', second = ''] = ada.app.recoveryCodes;
    expect(new Set(ada.app.recoveryCodes).size).toBe(10);
    for (const code of ada.app.recoveryCodes)
      expect(code).toMatch(/^([0-9A-HJKMNP-TV-Z]{4}-){3}[0-9A-HJKMNP-TV-Z]{4}$/);
    const typed = ` ${first.toLowerCase().replaceAll('-', ' ').replaceAll('0', 'o').replaceAll('1', 'l')} `;
    expect(await confirmSignIn(api.ctx, { challenge: await challengeOf(ada), code: typed })).toHaveProperty(
      'user',
    );
    expect(await confirmSignIn(api.ctx, { challenge: await challengeOf(ada), code: first })).toMatchObject({
      kind: 'FactorRefused',
    });
    expect(await confirmSignIn(api.ctx, { challenge: await challengeOf(ada), code: second })).toHaveProperty(
      'user',
    );
    expect(await kinds(ada.id)).toEqual(['FACTOR_ADDED', 'RECOVERY_CODE_USED', 'RECOVERY_CODE_USED']);
    const used = await psql(
      "select after from audit where subject_id = $1 and action = 'user.useRecoveryCode' order by at",
      [ada.id],
    );
    expect(used).toEqual([
      { after: { left: 9, address: '127.0.0.1' } },
      { after: { left: 8, address: '127.0.0.1' } },
    ]);
    expect((await mailsTo(db, ada)).map(({ kind }) => kind).slice(-2)).toEqual([
      'RECOVERY_CODE_USED',
      'RECOVERY_CODE_USED',
    ]);
  });

  it('let in one of two who come with the same one at once', async () => {
    const ada = await owner();
    const [code = ''] = ada.app.recoveryCodes;
    const challenges = await Promise.all([1, 2, 3].map(() => challengeOf(ada)));
    const results = await Promise.all(
      challenges.map((challenge) => confirmSignIn(api.ctx, { challenge, code })),
    );
    expect(results.filter((result) => 'accessToken' in result)).toHaveLength(1);
  });

  it('of before count no more once they are renewed, and those of others never do', async () => {
    const [ada, eve] = [await owner(), await owner()];
    const renewed = await renewRecoveryCodes(ada.ctx);
    const [fresh = ''] = (renewed as { recoveryCodes: string[] }).recoveryCodes;
    for (const code of [ada.app.recoveryCodes[3] ?? '', eve.app.recoveryCodes[3] ?? ''])
      expect(await confirmSignIn(api.ctx, { challenge: await challengeOf(ada), code })).toMatchObject({
        kind: 'FactorRefused',
      });
    expect(await confirmSignIn(api.ctx, { challenge: await challengeOf(ada), code: fresh })).toHaveProperty(
      'user',
    );
    expect(await kinds(ada.id)).toContain('RECOVERY_CODES_RENEWED');
  });

  it('are there only beside a second factor', async () => {
    const person = await member(api);
    const ctx = api.as(await viewerOf(api, await session(api, person.email)));
    expect(await renewRecoveryCodes(ctx)).toMatchObject({ kind: 'NotFound' });
  });
});

describe('changing second factors', () => {
  it('wants a proof of the last ten minutes, which a code gives', async () => {
    const ada = await owner();
    clock.advance(601_000);
    const required = { kind: 'ProofRequired', methods: ['TOTP', 'RECOVERY_CODE'] };
    for (const act of [enrolTotp, removeTotp, renewRecoveryCodes])
      expect(await act(ada.ctx)).toMatchObject(required);
    expect(await proveSession(ada.ctx, { password: PASSWORD })).toMatchObject({ kind: 'FactorRefused' });
    const code = codeAt(ada.app.secret, api.ctx);
    expect(await proveSession(ada.ctx, { code })).toEqual({
      provedUntilAt: new Date(clock.now().getTime() + 600_000),
    });
    expect(await removeTotp(ada.ctx)).toBeNull();
    expect(await kinds(ada.id)).toEqual(['FACTOR_ADDED', 'FACTOR_REMOVED']);
    expect(await actions(ada.id)).toEqual(['user.addTotp', 'user.removeTotp']);
    expect(await session(api, ada.email)).toHaveProperty('accessToken');
  });

  it('is proved by the password where there is no factor yet, and by signing in where there is neither', async () => {
    const bob = await member(api);
    const ctx = api.as(await viewerOf(api, await session(api, bob.email)));
    clock.advance(601_000);
    expect(await enrolTotp(ctx)).toMatchObject({ kind: 'ProofRequired', methods: ['PASSWORD'] });
    expect(await proveSession(ctx, { password: 'wrong horse battery' })).toMatchObject({
      kind: 'FactorRefused',
      path: ['password'],
    });
    expect(await proveSession(ctx, { password: PASSWORD })).toHaveProperty('provedUntilAt');
    expect(await enrolTotp(ctx)).toHaveProperty('secret');
    await psql('update app_user set password_hash = null where id = $1', [bob.id]);
    clock.advance(601_000);
    expect(await enrolTotp(ctx)).toMatchObject({ methods: ['SIGN_IN'] });
    for (const input of [{}, { code: '1', password: '2' }])
      expect(await proveSession(ctx, input)).toMatchObject({ kind: 'InvalidInput' });
  });

  it('is not proved in a session by a proof in another one', async () => {
    const ada = await owner();
    clock.advance(601_000);
    const [code = ''] = ada.app.recoveryCodes;
    const tokens = await confirmSignIn(api.ctx, { challenge: await challengeOf(ada), code });
    const other = api.as(await viewerOf(api, tokens as never));
    expect(await enrolTotp(other)).toHaveProperty('secret');
    expect(await enrolTotp(ada.ctx)).toMatchObject({ kind: 'ProofRequired' });
  });

  it('keeps the app of before until the new one is confirmed', async () => {
    const ada = await owner();
    clock.advance(60_000);
    const begun = (await enrolTotp(ada.ctx)) as { secret: string; uri: string };
    expect(begun.uri).toContain(`secret=${begun.secret}`);
    expect(begun.uri).toMatch(/^otpauth:\/\/totp\/Holdfast:/);
    const old = codeAt(ada.app.secret, api.ctx);
    expect(await confirmTotp(ada.ctx, { code: old })).toMatchObject({ kind: 'FactorRefused' });
    expect(await confirmSignIn(api.ctx, { challenge: await challengeOf(ada), code: old })).toHaveProperty(
      'user',
    );
    expect(await confirmTotp(ada.ctx, { code: codeAt(begun.secret, api.ctx) })).toEqual({
      recoveryCodes: [],
    });
    clock.advance(30_000);
    const challenge = await challengeOf(ada);
    expect(await confirmSignIn(api.ctx, { challenge, code: codeAt(ada.app.secret, api.ctx) })).toMatchObject({
      kind: 'FactorRefused',
    });
    expect(await confirmSignIn(api.ctx, { challenge, code: codeAt(begun.secret, api.ctx) })).toHaveProperty(
      'user',
    );
  });

  it('forgets an app that is not confirmed within ten minutes', async () => {
    const bob = await member(api);
    const ctx = api.as(await viewerOf(api, await session(api, bob.email)));
    const begun = (await enrolTotp(ctx)) as { secret: string };
    clock.advance(601_000);
    expect(await confirmTotp(ctx, { code: codeAt(begun.secret, api.ctx) })).toMatchObject({
      kind: 'FactorRefused',
    });
    expect(await removeTotp(ctx)).toMatchObject({ kind: 'ProofRequired' });
    expect(await session(api, bob.email)).toHaveProperty('accessToken');
  });

  it('of somebody who has lost them is an administrator’s act: told, audited, and the sessions end', async () => {
    const ada = await owner();
    const boss = await member(api, { role: 'ADMINISTRATOR' });
    const ctx = api.as(await viewerOf(api, await session(api, boss.email)));
    const spent = await challengeOf(ada);
    expect(await resetFactors(ctx, { id: ada.id })).toMatchObject({ node: 'User', id: ada.id });
    expect(await session(api, ada.email)).toHaveProperty('accessToken');
    expect(
      await confirmSignIn(api.ctx, { challenge: spent, code: ada.app.recoveryCodes[0] ?? '' }),
    ).toMatchObject({
      kind: 'ChallengeRefused',
    });
    expect(await api.identity.watch.isLive(ada.ctx.viewer.sessionId, clock.now().getTime())).toBe(false);
    expect(await kinds(ada.id)).toEqual(['FACTOR_ADDED', 'FACTORS_RESET']);
    expect(
      await psql(
        "select actor_id, before from audit where action = 'user.resetFactors' and subject_id = $1",
        [ada.id],
      ),
    ).toEqual([{ actor_id: boss.id, before: { apps: 1, passkeys: 0, recoveryCodes: 10 } }]);
    const { client } = await apiClient(ctx);
    for (const id of ['00000000-0000-0000-0000-000000000000', client.id])
      expect(await resetFactors(ctx, { id })).toMatchObject({ kind: 'NotFound' });
    clock.advance(601_000);
    expect(await resetFactors(ctx, { id: ada.id })).toMatchObject({ kind: 'ProofRequired' });
  });
});

describe('a role that must have a second factor', () => {
  it('enrols one before its session begins', async () => {
    const boss = await member(strict, { role: 'ADMINISTRATOR' });
    const asked = await signIn(strict.ctx, { email: boss.email, password: PASSWORD });
    expect(asked).toMatchObject({ kind: 'SecondFactorRequired', methods: [], mustEnrol: true });
    const { challenge } = asked as { challenge: string };
    expect(await confirmSignIn(strict.ctx, { challenge, code: '000000' })).toMatchObject({
      kind: 'FactorRefused',
    });
    const { secret } = (await enrolAtSignIn(strict.ctx, { challenge })) as { secret: string };
    const begun = await confirmSignIn(strict.ctx, { challenge, code: codeAt(secret, strict.ctx) });
    expect(begun).toMatchObject({ user: { id: boss.id }, recoveryCodes: { length: 10 } });
    expect(await kinds(boss.id)).toEqual(['FACTOR_ADDED']);
    clock.advance(30_000);
    expect(await signIn(strict.ctx, { email: boss.email, password: PASSWORD })).toMatchObject({
      mustEnrol: false,
    });
    const ctx = strict.as(await viewerOf(strict, begun as never));
    expect(await removeTotp(ctx)).toMatchObject({ kind: 'FactorNeeded' });
  });

  it('keeps nothing of one that was begun by a password that no longer counts', async () => {
    const boss = await member(strict, { role: 'ADMINISTRATOR' });
    const sessions = await psql('select from session where user_id = $1', [boss.id]);
    const { challenge } = (await signIn(strict.ctx, { email: boss.email, password: PASSWORD })) as {
      challenge: string;
    };
    const { secret } = (await enrolAtSignIn(strict.ctx, { challenge })) as { secret: string };
    await setPasswordHash(db, boss.id, 'another hash', null);
    expect(await confirmSignIn(strict.ctx, { challenge, code: codeAt(secret, strict.ctx) })).toMatchObject({
      kind: 'SignInRefused',
    });
    expect(
      await psql(
        `select (select count(*)::integer from totp where user_id = $1 and confirmed_at is not null) as apps,
           (select count(*)::integer from recovery_code where user_id = $1) as codes`,
        [boss.id],
      ),
    ).toEqual([{ apps: 0, codes: 0 }]);
    expect(await psql('select from session where user_id = $1', [boss.id])).toHaveLength(sessions.length);
    expect(await kinds(boss.id)).toEqual([]);
  });

  it('ends the sessions of who has none by now at their next refresh, but no other', async () => {
    const boss = await member(strict);
    const tokens = await session(strict, boss.email);
    const { sessionId } = await viewerOf(strict, tokens);
    await psql("update app_user set role = 'ADMINISTRATOR' where id = $1", [boss.id]);
    expect(await refreshTokens(strict.ctx, tokens)).toMatchObject({ kind: 'RefreshRefused' });
    expect(await judge(strict, tokens)).not.toHaveProperty('viewer');
    expect(await actions(sessionId)).toEqual(['session.signIn', 'session.endUnproven']);
    const elsewhere = await member(strict, { role: 'MEMBER' });
    const theirs = await session(strict, elsewhere.email);
    await psql("update app_user set role = 'ADMINISTRATOR' where id = $1", [elsewhere.id]);
    await psql(
      'insert into user_identity (issuer, subject, user_id, created_at) values ($1, $2, $3, now())',
      ['https://id.example.com', 'elsewhere', elsewhere.id],
    );
    expect(await refreshTokens(strict.ctx, theirs)).toHaveProperty('accessToken');
    const ada = await owner(strict);
    await psql("update app_user set role = 'ADMINISTRATOR' where id = $1", [ada.id]);
    expect(await refreshTokens(strict.ctx, ada.tokens)).toHaveProperty('accessToken');
  });

  it('asks nothing of other roles', async () => {
    const bob = await member(strict, { role: 'MANAGER' });
    expect(await session(strict, bob.email)).toHaveProperty('accessToken');
  });

  it('lets nobody who has a factor begin another one by a challenge', async () => {
    const ada = await owner(strict);
    const challenge = await challengeOf(ada, strict);
    expect(await enrolAtSignIn(strict.ctx, { challenge })).toMatchObject({ kind: 'ChallengeRefused' });
    expect(await enrolAtSignIn(strict.ctx, { challenge: 'hfc_' })).toMatchObject({
      kind: 'ChallengeRefused',
    });
  });
});
