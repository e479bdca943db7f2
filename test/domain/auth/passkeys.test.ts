import { confirmSignIn } from '../../../src/domain/auth/factors/confirm-sign-in.js';
import { proveSession } from '../../../src/domain/auth/factors/prove-session.js';
import { removeTotp } from '../../../src/domain/auth/factors/remove-totp.js';
import { resetFactors } from '../../../src/domain/auth/factors/reset-factors.js';
import { addPasskey, beginPasskey } from '../../../src/domain/auth/passkeys/add-passkey.js';
import { askPasskey } from '../../../src/domain/auth/passkeys/ask-passkey.js';
import { removePasskey, renamePasskey } from '../../../src/domain/auth/passkeys/change-passkey.js';
import { relyingPartyOf } from '../../../src/domain/auth/passkeys/relying-party.js';
import { signInByPasskey } from '../../../src/domain/auth/passkeys/sign-in-by-passkey.js';
import { signIn } from '../../../src/domain/auth/sign-in.js';
import { withApp } from '../../kit/authenticator-app.js';
import { useDatabase } from '../../kit/database.js';
import { type Mischief, SoftAuthenticator } from '../../kit/soft-authenticator.js';
import { instance, judge, member, PASSWORD, session, viewerOf } from './identity-kit.js';

const { db, psql } = await useDatabase();
const ORIGIN = 'https://rooms.example.com';
const ELSEWHERE = 'https://intranet.example.com';
const passkeys = relyingPartyOf(ORIGIN, [ELSEWHERE]);
const api = await instance(db, { passkeys });
const { clock } = api.ctx;
const strict = await instance(db, { clock, passkeys, secondFactorRoles: ['ADMINISTRATOR'] });
const none = await instance(db, { clock });

type Owner = Awaited<ReturnType<typeof owner>>;

/** Somebody with a password and a session that was just begun. */
async function owner(facts: Parameters<typeof member>[1] = {}) {
  const person = await member(api, facts);
  return { ...person, ctx: api.as(await viewerOf(api, await session(api, person.email))) };
}

const optionsOf = (asked: object): string => {
  if (!('options' in asked)) throw new Error(`asking gave ${JSON.stringify(asked)}`);
  return asked.options as string;
};

async function withPasskey(
  { ctx }: Pick<Owner, 'ctx'>,
  name = 'Laptop',
  key = new SoftAuthenticator(ORIGIN),
) {
  const added = await addPasskey(ctx, { name, response: key.create(optionsOf(await beginPasskey(ctx))) });
  if ('kind' in added) throw new Error(`adding gave ${added.kind}`);
  return { key, ...added };
}

const askAnybody = async () => optionsOf(await askPasskey(api.ctx, {}));
const enter = async (key: SoftAuthenticator, mischief: Mischief = {}) =>
  signInByPasskey(api.ctx, { response: key.get(await askAnybody(), mischief) });
const kinds = async (userId: string) =>
  (
    await psql<{ kind: string }>('select kind from notification where user_id = $1 order by created_at', [
      userId,
    ])
  ).map(({ kind }) => kind);

beforeEach(() => clock.advance(1_000));

describe('adding a passkey', () => {
  it('gives the browser what it needs, and recovery codes with the first factor', async () => {
    const ada = await owner({ name: 'Ada', email: 'ada@example.com' });
    const options = JSON.parse(optionsOf(await beginPasskey(ada.ctx)));
    expect(options).toMatchObject({
      rp: { id: 'rooms.example.com', name: 'Holdfast' },
      user: { name: 'ada@example.com', displayName: 'Ada' },
      excludeCredentials: [],
      attestation: 'none',
    });
    const first = await withPasskey(ada, ' Laptop ');
    expect(first).toMatchObject({
      passkey: { name: 'Laptop', lastUsedAt: null },
      recoveryCodes: { length: 10 },
    });
    const second = await withPasskey(ada, 'Phone');
    expect(second.recoveryCodes).toEqual([]);
    const known = JSON.parse(optionsOf(await beginPasskey(ada.ctx))).excludeCredentials;
    expect(known.map(({ id }: { id: string }) => id)).toEqual(
      [first, second].map(({ key }) => key.credentialId.toString('base64url')),
    );
    expect(await kinds(ada.id)).toEqual(['FACTOR_ADDED', 'FACTOR_ADDED']);
    expect(
      await psql(
        "select after->>'name' as name from audit where subject_id = $1 and action = 'user.addPasskey' order by at",
        [ada.id],
      ),
    ).toEqual([{ name: 'Laptop' }, { name: 'Phone' }]);
  });

  it('takes pages of other origins that may call', async () => {
    const ada = await owner();
    await withPasskey(ada, 'There', new SoftAuthenticator(ELSEWHERE));
  });

  it.each<[string, Mischief]>([
    ['on the page of somebody else', { origin: 'https://rooms.example.com.evil.example' }],
    ['for another domain', { rpId: 'evil.example' }],
    ['to another question', { challenge: Buffer.alloc(32).toString('base64url') }],
    ['to a question of the other kind', { type: 'webauthn.get' }],
    ['that nobody has touched', { isAbsent: true }],
  ])('refuses one made %s', async (_what, mischief) => {
    const ada = await owner();
    const options = optionsOf(await beginPasskey(ada.ctx));
    const response = new SoftAuthenticator(ORIGIN).create(options, mischief);
    expect(await addPasskey(ada.ctx, { name: 'Mine', response })).toMatchObject({
      kind: 'FactorRefused',
      path: ['response'],
    });
    expect(await psql('select from passkey where user_id = $1', [ada.id])).toEqual([]);
  });

  it('refuses an answer to the question of somebody else, a second one, a late one, and garbage', async () => {
    const [ada, eve] = [await owner(), await owner()];
    const key = new SoftAuthenticator(ORIGIN);
    const options = optionsOf(await beginPasskey(eve.ctx));
    const refused = { kind: 'FactorRefused' };
    expect(await addPasskey(ada.ctx, { name: 'Mine', response: key.create(options) })).toMatchObject(refused);
    await withPasskey(ada, 'Mine', key);
    const mine = optionsOf(await beginPasskey(ada.ctx));
    const response = new SoftAuthenticator(ORIGIN).create(mine);
    expect(await addPasskey(ada.ctx, { name: 'One', response })).toHaveProperty('passkey');
    expect(await addPasskey(ada.ctx, { name: 'Two', response })).toMatchObject(refused);
    const late = new SoftAuthenticator(ORIGIN).create(optionsOf(await beginPasskey(ada.ctx)));
    clock.advance(300_000);
    expect(await addPasskey(ada.ctx, { name: 'Late', response: late })).toMatchObject(refused);
    for (const garbage of [
      '',
      'null',
      '{}',
      '[]',
      '{"id":1,"response":{"clientDataJSON":"e30"}}',
      '\0',
      '"x"',
    ])
      expect(await addPasskey(ada.ctx, { name: 'None', response: garbage })).toMatchObject(refused);
  });

  it('refuses a key that is somebody’s already, and names that are none', async () => {
    const [ada, eve] = [await owner(), await owner()];
    const { key } = await withPasskey(ada);
    const response = key.create(optionsOf(await beginPasskey(eve.ctx)));
    expect(await addPasskey(eve.ctx, { name: 'Mine', response })).toMatchObject({ kind: 'FactorRefused' });
    for (const name of ['', '   ', 'x'.repeat(101), 'nul\0'])
      expect(await addPasskey(eve.ctx, { name, response })).toMatchObject({
        kind: 'InvalidInput',
        path: ['name'],
      });
  });

  it('wants a fresh proof, and an address that passkeys can be for', async () => {
    const ada = await owner();
    expect(await beginPasskey({ ...ada.ctx, identity: none.identity })).toMatchObject({ kind: 'NotFound' });
    expect(await askPasskey(none.ctx, {})).toMatchObject({ kind: 'NotFound' });
    clock.advance(601_000);
    expect(await beginPasskey(ada.ctx)).toMatchObject({ kind: 'ProofRequired', methods: ['PASSWORD'] });
  });
});

describe('signing in with a passkey alone', () => {
  it('opens a session for its owner, without a password and without another factor', async () => {
    const ada = await owner();
    await withApp(ada.ctx);
    const { key, passkey } = await withPasskey(ada);
    const asked = JSON.parse(await askAnybody());
    expect(asked).toMatchObject({ rpId: 'rooms.example.com', userVerification: 'required' });
    expect(asked.allowCredentials).toBeUndefined();
    const tokens = await enter(key);
    expect(tokens).toMatchObject({ user: { id: ada.id }, deviceToken: expect.stringMatching(/^hfd_/) });
    expect(await judge(api, tokens as never)).toMatchObject({ viewer: { userId: ada.id } });
    const [row] = await psql('select sign_count::int, last_used_at from passkey where id = $1', [passkey.id]);
    expect(row).toEqual({ sign_count: 1, last_used_at: clock.now() });
  });

  it.each<[string, Mischief]>([
    ['on the page of somebody else', { origin: 'https://evil.example' }],
    ['for another domain', { rpId: 'evil.example' }],
    ['to another question', { challenge: Buffer.alloc(32).toString('base64url') }],
    ['to a question of the other kind', { type: 'webauthn.create' }],
    ['without having seen who holds it', { isUnverified: true }],
    ['that nobody has touched', { isAbsent: true }],
    ['for another owner', { userHandle: Buffer.alloc(16).toString('base64url') }],
  ])('refuses what was signed %s', async (_what, mischief) => {
    const ada = await owner();
    const { key } = await withPasskey(ada);
    expect(await enter(key, mischief)).toMatchObject({ kind: 'SignInRefused' });
  });

  it('refuses the key of nobody, and a changed signature', async () => {
    const ada = await owner();
    const { key } = await withPasskey(ada);
    const stranger = new SoftAuthenticator(ORIGIN);
    expect(await enter(stranger)).toMatchObject({ kind: 'SignInRefused' });
    const credential = JSON.parse(key.get(await askAnybody()));
    const signature = Buffer.from(credential.response.signature, 'base64url');
    signature[signature.length - 1] = (signature.at(-1) ?? 0) ^ 1;
    credential.response.signature = signature.toString('base64url');
    expect(await signInByPasskey(api.ctx, { response: JSON.stringify(credential) })).toMatchObject({
      kind: 'SignInRefused',
    });
    credential.response.authenticatorData = 'AA';
    for (const response of [JSON.stringify(credential), '{}', '', '[1]'])
      expect(await signInByPasskey(api.ctx, { response })).toMatchObject({ kind: 'SignInRefused' });
  });

  it('answers a question once, also at the same time, and within five minutes', async () => {
    const ada = await owner();
    const { key } = await withPasskey(ada);
    const response = key.get(await askAnybody());
    const results = await Promise.all(
      Array.from({ length: 6 }, () => signInByPasskey(api.ctx, { response })),
    );
    expect(results.filter((result) => 'accessToken' in result)).toHaveLength(1);
    expect(await kinds(ada.id)).toEqual(['FACTOR_ADDED']);
    const late = key.get(await askAnybody());
    clock.advance(300_000);
    expect(await signInByPasskey(api.ctx, { response: late })).toMatchObject({ kind: 'SignInRefused' });
  });

  it('opens nothing for whoever was deactivated', async () => {
    const ada = await owner();
    const { key } = await withPasskey(ada);
    await psql('update app_user set active = false where id = $1', [ada.id]);
    expect(await enter(key)).toMatchObject({ kind: 'SignInRefused' });
  });

  it('refuses a copy, whose count has not grown, audits it and tells the owner', async () => {
    const ada = await owner();
    const { key, passkey } = await withPasskey(ada);
    await enter(key);
    await enter(key);
    key.signCount = 1;
    clock.advance(1_000);
    expect(await enter(key)).toMatchObject({ kind: 'SignInRefused' });
    expect(await kinds(ada.id)).toEqual(['FACTOR_ADDED', 'PASSKEY_COPIED']);
    expect(
      await psql("select after from audit where subject_id = $1 and action = 'user.refusePasskey'", [ada.id]),
    ).toEqual([{ after: { passkeyId: passkey.id, name: 'Laptop', count: 2, address: '127.0.0.1' } }]);
    expect(await enter(key)).toHaveProperty('accessToken');
  });

  it('takes keys that do not count, as synced ones', async () => {
    const ada = await owner();
    const key = new SoftAuthenticator(ORIGIN);
    key.counts = false;
    await withPasskey(ada, 'Synced', key);
    for (let each = 0; each < 3; each++) expect(await enter(key)).toHaveProperty('accessToken');
    key.counts = true;
    expect(await enter(key)).toHaveProperty('accessToken');
    key.signCount = 0;
    key.counts = false;
    expect(await enter(key)).toMatchObject({ kind: 'SignInRefused' });
  });

  it('is asked for 120 times a minute by one address, and then later', async () => {
    const from = api.from('192.0.2.77');
    for (let each = 0; each < 120; each++) await askPasskey(from, {});
    expect(await askPasskey(from, {})).toMatchObject({ kind: 'TooManyAttempts' });
    expect(await askPasskey(api.from('192.0.2.78'), {})).toHaveProperty('options');
  });
});

describe('a passkey as the second factor', () => {
  const challengeOf = async ({ email }: { email: string }) => {
    const asked = await signIn(api.ctx, { email, password: PASSWORD });
    if (!('challenge' in asked)) throw new Error('no second factor was asked for');
    return asked;
  };

  it('lets in after the password, also where it has not seen who holds it', async () => {
    const ada = await owner();
    const { key } = await withPasskey(ada);
    const { challenge, methods } = await challengeOf(ada);
    expect(methods).toEqual(['PASSKEY', 'RECOVERY_CODE']);
    const options = optionsOf(await askPasskey(api.ctx, { challenge }));
    expect(JSON.parse(options).allowCredentials).toEqual([
      { id: key.credentialId.toString('base64url'), transports: ['internal'], type: 'public-key' },
    ]);
    const passkey = key.get(options, { isUnverified: true });
    expect(await confirmSignIn(api.ctx, { challenge, passkey })).toMatchObject({ user: { id: ada.id } });
  });

  it('is no other person’s, and no answer to the question of anybody', async () => {
    const [ada, eve] = [await owner(), await owner()];
    const mine = await withPasskey(ada);
    const theirs = await withPasskey(eve);
    const { challenge } = await challengeOf(ada);
    const options = optionsOf(await askPasskey(api.ctx, { challenge }));
    const refused = { kind: 'FactorRefused', path: ['passkey'] };
    expect(await confirmSignIn(api.ctx, { challenge, passkey: theirs.key.get(options) })).toMatchObject(
      refused,
    );
    const anybody = mine.key.get(await askAnybody());
    expect(await confirmSignIn(api.ctx, { challenge, passkey: anybody })).toMatchObject(refused);
    const alone = await signInByPasskey(api.ctx, { response: mine.key.get(options) });
    expect(alone).toMatchObject({ kind: 'SignInRefused' });
    expect(await askPasskey(api.ctx, { challenge: 'hfc_' })).toMatchObject({ kind: 'ChallengeRefused' });
    for (const input of [{ challenge }, { challenge, code: '000000', passkey: '{}' }])
      expect(await confirmSignIn(api.ctx, input)).toMatchObject({ kind: 'InvalidInput' });
  });

  it('goes on while codes are being guessed', async () => {
    const ada = await owner();
    const { key } = await withPasskey(ada);
    const { challenge } = await challengeOf(ada);
    for (let each = 0; each < 6; each++) await confirmSignIn(api.ctx, { challenge, code: '000000' });
    expect(await confirmSignIn(api.ctx, { challenge, code: '000000' })).toMatchObject({
      kind: 'TooManyAttempts',
    });
    const passkey = key.get(optionsOf(await askPasskey(api.ctx, { challenge })));
    expect(await confirmSignIn(api.ctx, { challenge, passkey })).toHaveProperty('accessToken');
  });

  it('proves who sits there', async () => {
    const ada = await owner();
    const { key, passkey } = await withPasskey(ada);
    clock.advance(601_000);
    expect(await removePasskey(ada.ctx, passkey)).toMatchObject({
      kind: 'ProofRequired',
      methods: ['PASSKEY', 'RECOVERY_CODE'],
    });
    const anybody = key.get(await askAnybody());
    expect(await proveSession(ada.ctx, { passkey: anybody })).toMatchObject({ kind: 'FactorRefused' });
    const proof = key.get(optionsOf(await askPasskey(ada.ctx, {})));
    expect(await proveSession(ada.ctx, { passkey: proof })).toHaveProperty('provedUntilAt');
    expect(await removePasskey(ada.ctx, passkey)).toMatchObject({ id: passkey.id });
  });
});

describe('the passkeys of a person', () => {
  it('are named anew and removed by their owner alone; recovery codes go with the last factor', async () => {
    const [ada, eve] = [await owner(), await owner()];
    const { passkey, key } = await withPasskey(ada);
    for (const act of [renamePasskey, removePasskey])
      expect(await act(eve.ctx, { id: passkey.id, name: 'Mine' })).toMatchObject({
        kind: 'NotFound',
        path: ['id'],
      });
    expect(await renamePasskey(ada.ctx, { id: passkey.id, name: ' Work ' })).toMatchObject({ name: 'Work' });
    expect(await renamePasskey(ada.ctx, { id: passkey.id, name: '' })).toMatchObject({
      kind: 'InvalidInput',
    });
    clock.advance(1_000);
    expect(await removePasskey(ada.ctx, passkey)).toMatchObject({ name: 'Work' });
    expect(await removePasskey(ada.ctx, passkey)).toMatchObject({ kind: 'NotFound' });
    expect(await psql('select from recovery_code where user_id = $1', [ada.id])).toEqual([]);
    expect(await enter(key)).toMatchObject({ kind: 'SignInRefused' });
    expect(await kinds(ada.id)).toEqual(['FACTOR_ADDED', 'FACTOR_REMOVED']);
    expect(await session(api, ada.email)).toHaveProperty('accessToken');
  });

  it('keep a role that demands a factor from losing the last one', async () => {
    const boss = await owner({ role: 'ADMINISTRATOR' });
    const { passkey } = await withPasskey(boss);
    const ctx = { ...boss.ctx, identity: strict.identity };
    expect(await removePasskey(ctx, passkey)).toMatchObject({ kind: 'FactorNeeded' });
    await withApp(boss.ctx);
    expect(await removeTotp(ctx)).toBeNull();
    expect(await removePasskey(ctx, passkey)).toMatchObject({ kind: 'FactorNeeded' });
  });

  it('are twenty at most, and gone when an administrator resets factors', async () => {
    const [ada, boss] = [await owner(), await owner({ role: 'ADMINISTRATOR' })];
    const keys = [];
    for (let each = 0; each < 20; each++) keys.push(await withPasskey(ada, `Key ${each}`));
    expect(await beginPasskey(ada.ctx)).toMatchObject({ kind: 'InvalidInput' });
    expect(await resetFactors(boss.ctx, { id: ada.id })).toMatchObject({ id: ada.id });
    expect(await enter(keys[0]?.key as SoftAuthenticator)).toMatchObject({ kind: 'SignInRefused' });
    expect(await session(api, ada.email)).toHaveProperty('accessToken');
  });
});
