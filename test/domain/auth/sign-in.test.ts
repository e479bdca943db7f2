import { jest } from '@jest/globals';
import { hash } from '@node-rs/argon2';
import { signIn } from '../../../src/domain/auth/sign-in.js';
import { setPasswordHash } from '../../../src/sql/users/user-password.js';
import { useDatabase } from '../../kit/database.js';
import { instance, judge, member, PASSWORD, session } from './identity-kit.js';

const database = await useDatabase();
const { db } = database;
const api = await instance(db);
const ada = await member(api, { name: 'Ada', email: 'ada@example.com' });

describe('signing in', () => {
  it('gives an access token for ten minutes, a refresh token and the person', async () => {
    const tokens = await session(api, ' ADA@example.com ');
    expect(tokens.refreshToken).toMatch(/^hfr_[\w-]{43}$/);
    expect(tokens.accessTokenExpiresAt).toEqual(new Date(api.ctx.clock.now().getTime() + 600_000));
    expect(tokens.user).toMatchObject({ node: 'User', id: ada.id, name: 'Ada', role: 'MEMBER' });
    expect(tokens.user).not.toHaveProperty('passwordHash');
    expect(await judge(api, tokens)).toMatchObject({ viewer: { userId: ada.id, role: 'MEMBER' } });
  });

  it('keeps neither token, and audits who began which session', async () => {
    const tokens = await session(api, ada.email);
    const judged = await judge(api, tokens);
    const { sessionId } = (judged as { viewer: { sessionId: string } }).viewer;
    const [dump] = await database.psql<{ all: string }>(
      `select string_agg(to_jsonb(s)::text || to_jsonb(t)::text, '') as all
       from session s join refresh_token t on t.session_id = s.id where s.id = $1`,
      [sessionId],
    );
    expect(dump?.all).toContain('jest');
    expect(dump?.all).not.toContain(tokens.refreshToken.slice(4));
    const audit = await database.psql('select action, actor_id from audit where subject_id = $1', [
      sessionId,
    ]);
    expect(audit).toEqual([{ action: 'session.signIn', actor_id: ada.id }]);
  });

  it('answers the same to an unknown address, a wrong password, a closed account and one without password', async () => {
    const closed = await member(api, { active: false });
    const bare = await member(api, { passwordHash: null as never });
    const answers = await Promise.all([
      signIn(api.ctx, { email: 'nobody@example.com', password: PASSWORD }),
      signIn(api.ctx, { email: ada.email, password: 'wrong horse battery' }),
      signIn(api.ctx, { email: closed.email, password: PASSWORD }),
      signIn(api.ctx, { email: bare.email, password: PASSWORD }),
      signIn(api.ctx, { email: 'no address', password: PASSWORD }),
      signIn(api.ctx, { email: 'nul\0@example.com', password: PASSWORD }),
      signIn(api.ctx, { email: `${'x'.repeat(400)}@example.com`, password: PASSWORD }),
    ]);
    expect(answers[0]).toMatchObject({ kind: 'SignInRefused' });
    for (const answer of answers) expect(answer).toEqual(answers[0]);
  });

  it('hashes once for each attempt, whether there is an account or not', async () => {
    const verify = jest.spyOn(api.identity.hasher, 'verify');
    await signIn(api.ctx, { email: 'nobody@example.com', password: PASSWORD });
    await signIn(api.ctx, { email: ada.email, password: 'wrong horse battery' });
    expect(verify).toHaveBeenCalledTimes(2);
    expect(verify.mock.calls[0]?.[0]).toBeNull();
    verify.mockClear();
    for (const password of ['', 'x'.repeat(201)])
      expect(await signIn(api.ctx, { email: ada.email, password })).toMatchObject({ kind: 'SignInRefused' });
    expect(verify).not.toHaveBeenCalled();
    verify.mockRestore();
  });

  it('opens no session on a password that was changed while it was being judged', async () => {
    const bob = await member(api);
    const verify = jest.spyOn(api.identity.hasher, 'verify').mockImplementationOnce(async () => {
      await setPasswordHash(db, bob.id, 'another hash by now', null);
      return true;
    });
    expect(await signIn(api.ctx, { email: bob.email, password: PASSWORD })).toMatchObject({
      kind: 'SignInRefused',
    });
    expect(await database.psql('select from session where user_id = $1', [bob.id])).toHaveLength(1);
    verify.mockRestore();
  });

  it('makes a hash of less effort anew, and only where the password was right', async () => {
    const weak = await hash(PASSWORD, { algorithm: 2, memoryCost: 8_192, timeCost: 1, parallelism: 1 });
    const old = await member(api, { passwordHash: weak });
    const row = async () => {
      const [found] = await database.psql<{ password_hash: string; version: number }>(
        'select password_hash, version from app_user where id = $1',
        [old.id],
      );
      return found;
    };
    await signIn(api.ctx, { email: old.email, password: 'wrong horse battery' });
    expect((await row())?.password_hash).toBe(weak);
    await session(api, old.email);
    const renewed = await row();
    expect(renewed).toEqual({
      password_hash: expect.stringMatching(/^\$argon2id\$v=19\$m=19456,t=2,/),
      version: 1,
    });
    await session(api, old.email);
    expect(await row()).toEqual(renewed);
  });

  it('tells nobody in the log which password was tried', async () => {
    await signIn(api.ctx, { email: ada.email, password: 'my secret other password' });
    expect(JSON.stringify(api.ctx.log.lines)).not.toContain('my secret other password');
  });
});

describe('guessing passwords', () => {
  const wrong = { email: ada.email, password: 'wrong horse battery' };

  it('is slowed down after five attempts, while the owner still signs in from elsewhere', async () => {
    const slow = await instance(db, { limits: { perAccount: 5, perAddress: 20 } });
    const thief = slow.from('198.51.100.7');
    for (let each = 0; each < 5; each++)
      expect(await signIn(thief, wrong)).toMatchObject({ kind: 'SignInRefused' });
    expect(await signIn(thief, wrong)).toEqual({ kind: 'TooManyAttempts', retryAfter: 60 });
    expect(await signIn(thief, { ...wrong, password: PASSWORD })).toMatchObject({ kind: 'TooManyAttempts' });
    expect(await signIn(slow.from('203.0.113.9'), { ...wrong, password: PASSWORD })).toHaveProperty(
      'accessToken',
    );
  });

  it('is slowed down after twenty accounts from one address', async () => {
    const slow = await instance(db, { limits: { perAccount: 5, perAddress: 20 } });
    const kinds = [];
    for (let each = 0; each < 21; each++) {
      const result = await signIn(slow.ctx, { email: `who-${each}@example.com`, password: '' });
      kinds.push('kind' in result ? result.kind : 'signed in');
    }
    expect(kinds.lastIndexOf('SignInRefused')).toBe(19);
    expect(kinds[20]).toBe('TooManyAttempts');
  });

  it('from everywhere locks the owner out neither at home nor with a device that was used before', async () => {
    const slow = await instance(db, { limits: { perAccount: 5, perAddress: 20, strangersPerAccount: 8 } });
    const right = { email: ada.email, password: PASSWORD };
    const laptop = await signIn(slow.from('203.0.113.9'), right);
    if ('kind' in laptop) throw new Error(laptop.kind);
    const { deviceToken } = laptop;
    const botnet = async () => {
      for (let each = 0; each < 12; each++) await signIn(slow.from(`198.51.100.${each}`), wrong);
    };
    await botnet();
    const stranger = slow.from('198.51.100.200');
    expect(await signIn(stranger, wrong)).toMatchObject({ kind: 'TooManyAttempts' });
    expect(await signIn(stranger, right)).toMatchObject({ kind: 'TooManyAttempts' });
    expect(await signIn(stranger, { ...right, deviceToken: 'hfd_x.y' })).toMatchObject({
      kind: 'TooManyAttempts',
    });
    expect(await signIn(slow.from('203.0.113.9'), right)).toHaveProperty('accessToken');
    expect(await signIn(slow.from('203.0.113.10'), right)).toMatchObject({ kind: 'TooManyAttempts' });
    expect(await signIn(slow.from('203.0.113.10'), { ...right, deviceToken })).toMatchObject({ deviceToken });
    expect(await signIn(slow.from('203.0.113.10'), right)).toHaveProperty('accessToken');
    slow.ctx.clock.advance(91 * 86_400_000);
    await botnet();
    expect(await signIn(slow.from('203.0.113.9'), right)).toMatchObject({ kind: 'TooManyAttempts' });
  });

  it('goes the same way for an address that nobody has', async () => {
    const slow = await instance(db, { limits: { perAccount: 2, perAddress: 20, strangersPerAccount: 4 } });
    const answers = async (email: string) => {
      const seen = [];
      for (let each = 0; each < 7; each++)
        seen.push(
          await signIn(slow.from(`198.51.100.${each % 3}`), { email, password: 'wrong horse battery' }),
        );
      return seen;
    };
    expect(await answers('nobody.at.all@example.com')).toEqual(await answers(ada.email));
  });

  it('does not count what was right', async () => {
    const slow = await instance(db, { limits: { perAccount: 2, perAddress: 3, strangersPerAccount: 2 } });
    for (let each = 0; each < 6; each++) await session(slow, ada.email);
  });
});
