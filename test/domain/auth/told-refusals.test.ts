import { confirmSignIn } from '../../../src/domain/auth/factors/confirm-sign-in.js';
import { proveSession } from '../../../src/domain/auth/factors/prove-session.js';
import { addPasskey, beginPasskey } from '../../../src/domain/auth/passkeys/add-passkey.js';
import { askPasskey } from '../../../src/domain/auth/passkeys/ask-passkey.js';
import { relyingPartyOf } from '../../../src/domain/auth/passkeys/relying-party.js';
import { signInByPasskey } from '../../../src/domain/auth/passkeys/sign-in-by-passkey.js';
import { signIn } from '../../../src/domain/auth/sign-in.js';
import { withApp } from '../../kit/authenticator-app.js';
import { useDatabase } from '../../kit/database.js';
import { type Mischief, SoftAuthenticator } from '../../kit/soft-authenticator.js';
import { instance, member, PASSWORD, session, viewerOf } from './identity-kit.js';

const { db, psql } = await useDatabase();
const ORIGIN = 'https://rooms.example.com';
const api = await instance(db, { passkeys: relyingPartyOf(ORIGIN, []) });
const { clock } = api.ctx;
const owner = async () => {
  const one = await member(api);
  return { ...one, ctx: api.as(await viewerOf(api, await session(api, one.email))) };
};
const optionsOf = (asked: object) => (asked as { options: string }).options;

/** What the audit tells of refusals about that person, or about nobody, since the last call. */
async function told(subjectId: string | null): Promise<[action: string, reason: string, count: number][]> {
  await api.identity.security.flush();
  const rows = await psql<{ action: string; after: { reason: string; count: number } }>(
    `with gone as (select id from audit where action like 'security.%' and id <> all ($2) order by id)
     select a.id, a.action, a.after from audit a join gone using (id) where a.subject_id is not distinct from $1`,
    [subjectId, seen],
  );
  seen.push(...rows.map((row) => (row as unknown as { id: string }).id));
  return rows.map(({ action, after }) => [action, after.reason, after.count]);
}
const seen: string[] = [];

it('tells of wrong second factors and of those that came too fast, as one entry for all of a minute', async () => {
  const ada = await owner();
  const app = await withApp(ada.ctx);
  clock.advance(60_000);
  const asked = await signIn(api.ctx, { email: ada.email, password: PASSWORD });
  const { challenge } = asked as { challenge: string };
  for (const code of ['000000', '111111', String(app.recoveryCodes[0]).replace(/./g, 'a')])
    await confirmSignIn(api.ctx, { challenge, code });
  for (let n = 0; n < 6; n++) await confirmSignIn(api.ctx, { challenge, code: '222222' });
  expect(await told(ada.id)).toEqual([
    ['security.factorRefused', 'WRONG', 5],
    ['security.factorRefused', 'THROTTLED', 4],
  ]);
});

it('tells of proofs that were none, whatever they were', async () => {
  const bob = await owner();
  await proveSession(bob.ctx, { password: 'not the password' });
  await proveSession(bob.ctx, { code: '000000' });
  expect(await told(bob.id)).toEqual([['security.proofRefused', 'WRONG', 2]]);
});

describe('of passkeys', () => {
  async function keyOf({ ctx }: Awaited<ReturnType<typeof owner>>) {
    const key = new SoftAuthenticator(ORIGIN);
    const response = key.create(optionsOf(await beginPasskey(ctx)));
    await addPasskey(ctx, { name: 'Laptop', response });
    return key;
  }
  const enter = async (key: SoftAuthenticator, mischief: Mischief = {}) =>
    signInByPasskey(api.ctx, { response: key.get(optionsOf(await askPasskey(api.ctx, {})), mischief) });

  it('tells whose was refused: a wrong origin, a copy, one of a closed account', async () => {
    const eve = await owner();
    const key = await keyOf(eve);
    await enter(key, { origin: 'https://evil.example' });
    expect(await told(eve.id)).toEqual([['security.passkeyRefused', 'WRONG_SIGNATURE', 1]]);
    await enter(key);
    key.signCount = 0;
    await enter(key);
    expect(await told(eve.id)).toEqual([['security.passkeyRefused', 'COPIED', 1]]);
    key.signCount = 100;
    await psql('update app_user set active = false where id = $1', [eve.id]);
    await enter(key);
    expect(await told(eve.id)).toEqual([['security.signInRefused', undefined, 1]]);
  });

  it('tells of those that nobody has, and of answers to nothing', async () => {
    const key = new SoftAuthenticator(ORIGIN);
    key.create(optionsOf(await beginPasskey((await owner()).ctx)));
    await enter(key);
    await signInByPasskey(api.ctx, { response: '{"id":"__proto__"}' });
    await signInByPasskey(api.ctx, { response: '\u0000'.repeat(100_000) });
    expect(await told(null)).toEqual([
      ['security.passkeyRefused', 'UNKNOWN_PASSKEY', 1],
      ['security.passkeyRefused', 'NOT_ANSWERED', 2],
    ]);
  });

  it('tells whose sign-in it was to confirm', async () => {
    const kim = await owner();
    const key = await keyOf(kim);
    clock.advance(60_000);
    const { challenge } = (await signIn(api.ctx, { email: kim.email, password: PASSWORD })) as {
      challenge: string;
    };
    const anybody = key.get(optionsOf(await askPasskey(api.ctx, {})));
    await confirmSignIn(api.ctx, { challenge, passkey: anybody });
    expect(await told(kim.id)).toEqual([['security.passkeyRefused', 'NOT_ANSWERED', 1]]);
  });
});
