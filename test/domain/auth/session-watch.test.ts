import { refreshTokens } from '../../../src/domain/auth/refresh-tokens.js';
import { signOut } from '../../../src/domain/auth/sign-out.js';
import { signOutEverywhere } from '../../../src/domain/auth/sign-out-everywhere.js';
import { Unavailable } from '../../../src/domain/failure.js';
import { updateUser } from '../../../src/domain/users/update-user.js';
import type { OpenDatabase } from '../../../src/infra/postgres/database.js';
import { outdateTokensOf } from '../../../src/sql/sessions/session-end.js';
import { type Statement, statement } from '../../../src/sql/statement.js';
import { ManualClock } from '../../kit/clock.js';
import { useDatabase } from '../../kit/database.js';
import { eventually } from '../../kit/eventually.js';
import { person } from '../../kit/people.js';
import { type Instance, instance, judge, member, session, viewerOf } from './identity-kit.js';

const database = await useDatabase();
const { db } = database;
const clock = new ManualClock();
const [api, other] = [await instance(db, { clock }), await instance(db, { clock })];
const boss = await person(db, 'ADMINISTRATOR');

/** A database that answers only while `away` is false. */
function breakable(inner: OpenDatabase) {
  const state = { away: false };
  const query = <Row>(wanted: Statement<Row>, values: readonly unknown[]) =>
    state.away ? Promise.reject(new Unavailable('away')) : inner.query(wanted, values);
  return { state, db: { ...inner, query, transaction: inner.transaction.bind(inner) } as OpenDatabase };
}

const promote = statement<never>('test-promote', `update app_user set role = 'MANAGER' where id = $1`);
const waiting = `select from pg_stat_activity
  where datname = current_database() and wait_event_type = 'Lock' and query like '%refresh_token%'`;

const refusedAt = (at: Instance, tokens: { accessToken: string }) =>
  eventually(async () => expect(await judge(at, tokens)).toBe('INVALID'));

describe('a session that ends', () => {
  it('is refused at once where it was ended, and within moments on another instance by its own look', async () => {
    const ada = await member(api);
    const tokens = await session(api, ada.email);
    const viewer = await viewerOf(other, tokens);
    expect(await signOut(api.as(viewer))).toBe(1);
    expect(await judge(api, tokens)).toBe('INVALID');
    await refusedAt(other, tokens);
    expect(await signOut(api.as(viewer))).toBe(0);
    expect(await refreshTokens(api.ctx, tokens)).toMatchObject({ kind: 'RefreshRefused' });
  });

  it('takes no other session with it, unless its owner signs out everywhere', async () => {
    const ada = await member(api);
    const [phone, laptop] = [await session(api, ada.email), await session(api, ada.email)];
    await signOut(api.as(await viewerOf(api, phone)));
    expect(await judge(api, laptop)).not.toBe('INVALID');
    const tablet = await session(other, ada.email);
    // the kit's own open session of this person counts too
    expect(await signOutEverywhere(api.as(await viewerOf(api, laptop)))).toBe(3);
    for (const tokens of [laptop, tablet]) await refusedAt(other, tokens);
    const [{ count } = { count: '' }] = await database.psql<{ count: string }>(
      `select count(*) from audit where subject_id = $1 and action = 'session.signOutEverywhere'`,
      [ada.id],
    );
    expect(count).toBe('1');
  });

  it('is learnt from a wake-up without waiting for the next look', async () => {
    const slow = await instance(db, { clock, pollMs: 3_600_000 });
    const ada = await member(api);
    const tokens = await session(api, ada.email);
    const viewer = await viewerOf(slow, tokens);
    await signOut(api.as(viewer));
    expect(await judge(slow, tokens)).not.toBe('INVALID');
    slow.ctx.bus.wake({ kind: 'sessions' });
    await refusedAt(slow, tokens);
  });

  it('is refused by an instance that starts later', async () => {
    const ada = await member(api);
    const tokens = await session(api, ada.email);
    await signOut(api.as(await viewerOf(api, tokens)));
    expect(await judge(await instance(db, { clock }), tokens)).toBe('INVALID');
  });

  it('is told to listeners once, with nothing but its id', async () => {
    const ada = await member(api);
    const tokens = await session(api, ada.email);
    const viewer = await viewerOf(other, tokens);
    const told: unknown[][] = [];
    const stop = other.identity.watch.onEnd((...end) => void (end[0] === viewer.sessionId && told.push(end)));
    await signOut(api.as(viewer));
    await eventually(() => expect(told).toEqual([[viewer.sessionId, undefined]]));
    await other.identity.watch.look();
    await other.identity.watch.look();
    expect(told).toHaveLength(1);
    stop();
  });

  it('is found though the clock of a test was set back since the last look', async () => {
    const own = new ManualClock('2030-01-01T00:00:00Z');
    const late = await instance(db, { clock: own });
    const ada = await member(api);
    own.set('2029-06-01T00:00:00Z');
    const tokens = await session(late, ada.email);
    await signOut(late.as(await viewerOf(late, tokens)));
    expect(await judge(late, tokens)).toBe('INVALID');
  });
});

describe('a role that changes', () => {
  it('voids the access tokens of before everywhere, and the next refresh carries the new role', async () => {
    const ada = await member(api);
    const tokens = await session(api, ada.email);
    const viewer = await viewerOf(other, tokens);
    const told: unknown[][] = [];
    const stop = other.identity.watch.onEnd((...end) => void (end[0] === viewer.sessionId && told.push(end)));
    await updateUser(api.as(boss.viewer), { id: ada.id, role: 'MANAGER' });
    await refusedAt(api, tokens);
    await refusedAt(other, tokens);
    await eventually(() => expect(told).toEqual([[viewer.sessionId, clock.now().getTime() + 1]]));
    stop();
    const next = await refreshTokens(other.ctx, tokens);
    if ('kind' in next) throw new Error('the session did not go on');
    expect(next.user.role).toBe('MANAGER');
    for (const at of [api, other]) expect(await viewerOf(at, next)).toMatchObject({ role: 'MANAGER' });
  });

  it('never leaves a live token with the old role, however refreshes and changes fall together', async () => {
    const ada = await member(api);
    for (let round = 0; round < 15; round++) {
      const tokens = await session(api, ada.email);
      const role = round % 2 === 0 ? 'MANAGER' : 'MEMBER';
      const [next] = await Promise.all([
        refreshTokens(other.ctx, tokens),
        updateUser(api.as(boss.viewer), { id: ada.id, role }),
      ]);
      if ('kind' in next) throw new Error('the session did not go on');
      await Promise.all([api.identity.watch.look(), other.identity.watch.look()]);
      for (const each of [tokens, next]) {
        const judged = await judge(other, each);
        if (judged !== 'INVALID') expect(judged?.viewer.role).toBe(role);
      }
    }
  });

  it('is what a refresh carries that had to wait for the change', async () => {
    const ada = await member(api);
    const tokens = await session(api, ada.email);
    let refreshing: ReturnType<typeof refreshTokens> | undefined;
    await db.transaction(async (tx) => {
      await tx.query(promote, [ada.id]);
      await outdateTokensOf(tx, clock.fixed(), ada.id);
      refreshing = refreshTokens(other.ctx, tokens);
      await eventually(async () => expect(await database.psql(waiting)).toHaveLength(1));
    });
    const next = await refreshing;
    if (!next || 'kind' in next) throw new Error('the session did not go on');
    await other.identity.watch.look();
    expect(next.user.role).toBe('MANAGER');
    expect(await judge(other, tokens)).toBe('INVALID');
    expect(await viewerOf(other, next)).toMatchObject({ role: 'MANAGER' });
  });

  it('and a deactivation end what a sign-in at the same moment has opened', async () => {
    const open = `select from session where user_id = $1 and revoked_at is null`;
    for (let round = 0; round < 5; round++) {
      const ada = await member(api);
      await Promise.all([
        session(api, ada.email).catch(() => null),
        updateUser(other.as(boss.viewer), { id: ada.id, isActive: false }),
      ]);
      expect(await database.psql(open, [ada.id])).toEqual([]);
    }
  });
});

describe('while the database is away', () => {
  it('known sessions stay known and live ones stay live', async () => {
    const { state, db: fragile } = breakable(db);
    const at = await instance(db, { clock, db: fragile });
    const ada = await member(api);
    const [live, dead] = [await session(api, ada.email), await session(api, ada.email)];
    await signOut(api.as(await viewerOf(api, dead)));
    await refusedAt(at, dead);
    await judge(at, live);
    state.away = true;
    await at.identity.watch.look();
    expect(await judge(at, dead)).toBe('INVALID');
    expect(await judge(at, live)).toMatchObject({ viewer: { userId: ada.id } });
  });

  it('who is there stays open, and is never answered by "nobody": at the start and for an unknown key', async () => {
    const { state, db: fragile } = breakable(db);
    state.away = true;
    const at = await instance(db, { clock, db: fragile });
    const ada = await member(api);
    const tokens = await session(api, ada.email);
    await expect(judge(at, tokens)).rejects.toBeInstanceOf(Unavailable);
    await expect(refreshTokens(at.ctx, tokens)).rejects.toBeInstanceOf(Unavailable);
    state.away = false;
    await eventually(async () =>
      expect(await judge(at, tokens)).toMatchObject({ viewer: { userId: ada.id } }),
    );
  });
});
