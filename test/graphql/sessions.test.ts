import type { Viewer } from '../../src/domain/act.js';
import { deviceOf } from '../../src/domain/auth/session-reader.js';
import { globalId } from '../../src/domain/ids.js';
import { instance, judge, member, session, viewerOf } from '../domain/auth/identity-kit.js';
import { useDatabase } from '../kit/database.js';
import { ask } from './identity-query.js';

const { db, psql } = await useDatabase();
const api = await instance(db);
const ada = await member(api, { name: 'Ada' });
const bob = await member(api, { name: 'Bob' });
const admin = await member(api, { role: 'ADMINISTRATOR' });
const manager = await member(api, { role: 'MANAGER' });

const SESSIONS = `sessions(first: 2) { pageInfo { hasNextPage endCursor }
  nodes { id device userAgent address createdAt lastUsedAt expiresAt isCurrent } }`;
const REVOKE = `mutation ($id: ID!) { result: sessionRevoke(id: $id) { __typename
  ... on SessionRevokeSuccess { id } ... on UserError { message path } } }`;
const REVOKE_ALL = `mutation ($id: ID) { result: sessionsRevoke(id: $id) { __typename
  ... on SessionsRevokeSuccess { endedSessions } ... on UserError { message path } } }`;
const run = (viewer: Viewer, source: string, variables = {}) => ask(api.ctx, viewer, source, variables);
const revoke = async (viewer: Viewer, id: string) => (await run(viewer, REVOKE, { id })).data.result;
const ofUser = `query ($id: ID!) { user(id: $id) { ${SESSIONS} } }`;

describe('the sessions of a person', () => {
  it('are listed with device, address and times, the newest first and page by page', async () => {
    const agent = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:128.0) Gecko/20100101 Firefox/128.0';
    const browser = { ...api, ctx: { ...api.ctx, userAgent: agent, address: '192.0.2.7' } };
    const older = await viewerOf(api, await session(browser, bob.email));
    api.ctx.clock.advance(1_000);
    const here = await viewerOf(api, await session(api, bob.email));
    const { data, errors } = await run(here, `{ viewer { ${SESSIONS} } }`);
    expect(errors).toEqual([]);
    const at = (ms: number) => new Date(api.ctx.clock.now().getTime() + ms).toISOString();
    expect(data.viewer.sessions.nodes).toEqual([
      {
        id: globalId('Session', here.sessionId),
        device: 'jest',
        userAgent: 'jest',
        address: '127.0.0.1',
        createdAt: at(0),
        lastUsedAt: at(0),
        expiresAt: at(30 * 86_400_000),
        isCurrent: true,
      },
      {
        id: globalId('Session', older.sessionId),
        device: 'Firefox on Windows',
        userAgent: agent,
        address: '192.0.2.7',
        createdAt: at(-1_000),
        lastUsedAt: at(-1_000),
        expiresAt: at(30 * 86_400_000 - 1_000),
        isCurrent: false,
      },
    ]);
    const { endCursor, hasNextPage } = data.viewer.sessions.pageInfo;
    expect(hasNextPage).toBe(true);
    const next = await run(here, `{ viewer { sessions(after: "${endCursor}") { nodes { id } } } }`);
    expect(next.data.viewer.sessions.nodes).toEqual([{ id: globalId('Session', bob.viewer.sessionId) }]);
  });

  it('are for the person and for administrators', async () => {
    const variables = { id: globalId('User', ada.id) };
    for (const viewer of [manager.viewer, bob.viewer])
      expect((await run(viewer, ofUser, variables)).data.user.sessions).toBeNull();
    expect((await run(admin.viewer, ofUser, variables)).data.user.sessions.nodes).toHaveLength(1);
    const node = `{ node(id: "${globalId('Session', ada.viewer.sessionId)}") { id } }`;
    expect((await run(ada.viewer, node)).data.node).not.toBeNull();
    expect((await run(manager.viewer, node)).data.node).toBeNull();
  });
});

describe('revoking', () => {
  it('ends one session everywhere: tokens of this instance at once, audited, and it is listed no more', async () => {
    const [lost, kept] = [await session(api, ada.email), await session(api, ada.email)];
    const { sessionId } = await viewerOf(api, lost);
    const viewer = await viewerOf(api, kept);
    const id = globalId('Session', sessionId);
    expect(await revoke(viewer, id)).toEqual({ __typename: 'SessionRevokeSuccess', id });
    expect(await judge(api, lost)).toBe('INVALID');
    expect(await judge(api, kept)).not.toBe('INVALID');
    const { data } = await run(viewer, `{ viewer { sessions { nodes { id } } } }`);
    expect(data.viewer.sessions.nodes).not.toContainEqual({ id });
    expect(
      await psql('select action, actor_id, before from audit where subject_id = $1 order by id', [sessionId]),
    ).toEqual([
      { action: 'session.signIn', actor_id: ada.id, before: null },
      {
        action: 'session.revoke',
        actor_id: ada.id,
        before: { userId: ada.id, userAgent: 'jest', address: '127.0.0.1' },
      },
    ]);
  });

  it('looks the same for the sessions of others, for ended ones and for none at all', async () => {
    const { sessionId } = await viewerOf(api, await session(api, ada.email));
    const strange = [
      [bob.viewer, globalId('Session', sessionId)],
      [manager.viewer, globalId('Session', sessionId)],
      [ada.viewer, globalId('Session', admin.id)],
      [ada.viewer, globalId('User', ada.id)],
      [ada.viewer, 'nonsense'],
    ] as const;
    const answers = [];
    for (const [viewer, id] of strange) answers.push(await revoke(viewer, id));
    await revoke(ada.viewer, globalId('Session', sessionId));
    answers.push(await revoke(ada.viewer, globalId('Session', sessionId)));
    for (const answer of answers)
      expect(answer).toEqual({ __typename: 'NotFound', message: 'There is no such session.', path: ['id'] });
  });

  it('may be done by administrators to anybody', async () => {
    const tokens = await session(api, ada.email);
    const { sessionId } = await viewerOf(api, tokens);
    expect(await revoke(admin.viewer, globalId('Session', sessionId))).toMatchObject({
      __typename: 'SessionRevokeSuccess',
    });
    expect(await judge(api, tokens)).toBe('INVALID');
  });

  it('ends all but this one, or all of somebody else', async () => {
    const cem = await member(api);
    const all = [await session(api, cem.email), await session(api, cem.email), await session(api, cem.email)];
    const here = await viewerOf(api, all[2] as never);
    expect((await run(here, REVOKE_ALL)).data.result).toEqual({
      __typename: 'SessionsRevokeSuccess',
      endedSessions: 3,
    });
    expect(await Promise.all(all.map((each) => judge(api, each)))).toMatchObject(['INVALID', 'INVALID', {}]);
    const id = globalId('User', cem.id);
    for (const viewer of [bob.viewer, manager.viewer])
      expect((await run(viewer, REVOKE_ALL, { id })).data.result.__typename).toBe('NotFound');
    expect((await run(admin.viewer, REVOKE_ALL, { id })).data.result).toMatchObject({ endedSessions: 1 });
    expect(await judge(api, all[2] as never)).toBe('INVALID');
  });
});

it.each([
  [
    'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.4 Safari/605.1.15',
    'Safari on macOS',
  ],
  [
    'Mozilla/5.0 (iPhone; CPU iPhone OS 17_4 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) CriOS/123.0 Mobile/15E148 Safari/604.1',
    'Chrome on iOS',
  ],
  [
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/123.0.0.0 Safari/537.36 Edg/123.0',
    'Edge on Windows',
  ],
  [
    'Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/123.0 Mobile Safari/537.36',
    'Chrome on Android',
  ],
  ['curl/8.5.0', 'curl'],
  ['node', 'node'],
  ['', null],
  [null, null],
])('calls %s %s', (userAgent, device) => {
  expect(deviceOf(userAgent)).toBe(device);
});
