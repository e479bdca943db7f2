import { pruneIdentity } from '../../../src/domain/auth/prune-identity.js';
import { refreshTokens } from '../../../src/domain/auth/refresh-tokens.js';
import { signOut } from '../../../src/domain/auth/sign-out.js';
import { insertChallenge } from '../../../src/sql/factors/challenge.js';
import { useDatabase } from '../../kit/database.js';
import { instance, member, session, viewerOf } from './identity-kit.js';

const { db } = await useDatabase();
const DAY = 86_400_000;
const nothing = { sessions: 0, refreshTokens: 0, keys: 0, origins: 0, challenges: 0 };

it('deletes what ended, was spent or has retired long ago, and nothing that counts', async () => {
  const api = await instance(db);
  const { clock } = api.ctx;
  const ada = await member(api);
  const [ended, kept] = [await session(api, ada.email), await session(api, ada.email)];
  await signOut(api.as(await viewerOf(api, ended)));
  const next = await refreshTokens(api.ctx, kept);
  if ('kind' in next) throw new Error('the session did not go on');
  expect(await pruneIdentity(api.ctx, 7)).toEqual(nothing);
  clock.advance(8 * DAY);
  expect(await pruneIdentity(api.ctx, 7)).toEqual({ ...nothing, sessions: 1, refreshTokens: 1 });
  expect(await refreshTokens(api.ctx, next)).toHaveProperty('accessToken');
  clock.advance(50 * DAY);
  expect(await pruneIdentity(api.ctx, 7)).toEqual({ ...nothing, sessions: 1, keys: 1 });
  expect(await pruneIdentity(api.ctx, 7)).toEqual(nothing);
  clock.advance(33 * DAY);
  expect(await pruneIdentity(api.ctx, 7)).toMatchObject({ origins: 1 });
});

it('deletes what was asked and cannot be answered any more', async () => {
  const api = await instance(db);
  const asked = { purpose: 'PASSKEY_USE', userId: null, passwordHash: null, facts: null } as const;
  await insertChallenge(db, api.ctx.clock.fixed(), { ...asked, hash: Buffer.from('one') }, 300);
  api.ctx.clock.advance(299_000);
  await insertChallenge(db, api.ctx.clock.fixed(), { ...asked, hash: Buffer.from('two') }, 300);
  expect((await pruneIdentity(api.ctx, 7)).challenges).toBe(0);
  api.ctx.clock.advance(2_000);
  expect((await pruneIdentity(api.ctx, 7)).challenges).toBe(1);
});
