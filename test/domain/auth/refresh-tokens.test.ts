import { refreshTokens } from '../../../src/domain/auth/refresh-tokens.js';
import type { SignedIn } from '../../../src/domain/auth/sign-in.js';
import { useDatabase } from '../../kit/database.js';
import { instance, judge, member, session, viewerOf } from './identity-kit.js';

const database = await useDatabase();
const { db } = database;
const api = await instance(db);
const other = await instance(db, { clock: api.ctx.clock });
const ada = await member(api);
const DAY = 86_400_000;

async function refreshed(at: typeof api, { refreshToken }: SignedIn): Promise<SignedIn> {
  const result = await refreshTokens(at.ctx, { refreshToken });
  if ('kind' in result) throw new Error(`refresh gave ${result.kind}`);
  return result;
}

const refused = { kind: 'RefreshRefused' };

describe('refreshing', () => {
  it('gives a new pair for the same session, on any instance', async () => {
    const first = await session(api, ada.email);
    const second = await refreshed(other, first);
    const third = await refreshed(api, second);
    expect(new Set([first, second, third].map(({ refreshToken }) => refreshToken)).size).toBe(3);
    const viewers = await Promise.all([first, second, third].map((tokens) => viewerOf(api, tokens)));
    expect(viewers[1]).toEqual(viewers[0]);
    expect(viewers[2]).toEqual(viewers[0]);
    expect(third.user).toMatchObject({ id: ada.id });
  });

  it('ends the whole session when a spent token comes again, newest tokens and all, and audits it', async () => {
    const first = await session(api, ada.email);
    const second = await refreshed(api, first);
    const { sessionId } = await viewerOf(api, second);
    expect(await refreshTokens(api.ctx, first)).toMatchObject(refused);
    expect(await refreshTokens(api.ctx, second)).toMatchObject(refused);
    expect(await judge(api, second)).toBe('INVALID');
    const audit = await database.psql(
      `select action, after->>'userId' as "userId" from audit where subject_id = $1 and action = 'session.reuse'`,
      [sessionId],
    );
    expect(audit).toEqual([{ action: 'session.reuse', userId: ada.id }]);
  });

  it('leaves the other sessions of a person alone when one is ended by reuse', async () => {
    const [phone, laptop] = [await session(api, ada.email), await session(api, ada.email)];
    await refreshed(api, phone);
    await refreshTokens(api.ctx, phone);
    await refreshed(api, laptop);
  });

  it('never lets two live families come of one token that is sent many times at once', async () => {
    for (let round = 0; round < 10; round++) {
      const tokens = await session(api, ada.email);
      const results = await Promise.all(
        [api, other, api, other].map(({ ctx }) => refreshTokens(ctx, tokens)),
      );
      const won = results.filter((result): result is SignedIn => !('kind' in result));
      expect(won).toHaveLength(1);
      // three of the four presented a spent token: the session is over for the winner too
      expect(await refreshTokens(api.ctx, won[0] as SignedIn)).toMatchObject(refused);
    }
  });

  it.each(['', 'hfr_', 'garbage', `hfr_${'A'.repeat(43)}`, `hfr_${'A'.repeat(43)}\0`, 'x'.repeat(100_000)])(
    'refuses %.20j',
    async (refreshToken) => {
      expect(await refreshTokens(api.ctx, { refreshToken })).toMatchObject(refused);
    },
  );

  it('keeps a session that is used within thirty days, and no longer', async () => {
    const clock = api.ctx.clock;
    let tokens = await session(api, ada.email);
    for (let each = 0; each < 3; each++) {
      clock.advance(29 * DAY);
      tokens = await refreshed(api, tokens);
    }
    clock.advance(30 * DAY);
    expect(await refreshTokens(api.ctx, tokens)).toMatchObject(refused);
  });
});
