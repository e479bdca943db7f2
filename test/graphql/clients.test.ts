import type { Viewer } from '../../src/domain/act.js';
import { handToDirectory, unlinkFromDirectory } from '../../src/domain/auth/directory-link.js';
import { permitIdentity } from '../../src/domain/auth/provider/link-identity.js';
import { revokeSession, revokeSessionsOf } from '../../src/domain/auth/revoke-sessions.js';
import { setPassword } from '../../src/domain/auth/set-password.js';
import { globalId, newId } from '../../src/domain/ids.js';
import { eraseUser } from '../../src/domain/privacy/erase-user.js';
import { SCOPES } from '../../src/domain/scopes.js';
import { updateUser } from '../../src/domain/users/update-user.js';
import { judgeRootField, permissions } from '../../src/graphql/permissions.js';
import { nodeScopes, scopes } from '../../src/graphql/scopes.js';
import { instance } from '../domain/auth/identity-kit.js';
import { apiClient } from '../kit/clients.js';
import { useDatabase } from '../kit/database.js';
import { person } from '../kit/people.js';
import { ask } from './identity-query.js';

const { db, psql } = await useDatabase();
const { ctx, identity } = await instance(db);
const admin = await person(db, 'ADMINISTRATOR', { name: 'Ada' });
const owner = await person(db, 'MEMBER', { name: 'Olaf' });
const member = await person(db, 'MEMBER', { name: 'Mia' });
const run = async (source: string, variables: object = {}, viewer: Viewer | null = admin.viewer) => {
  const { data, errors } = await ask(ctx, viewer, source, variables as Record<string, unknown>);
  return data?.result ?? { codes: errors.map(({ code, message }) => code ?? message) };
};
const CLIENT = `id name role isActive scopes isPersistedOnly perMinute perDay expiresAt lastUsedAt version
  owner { name } creator { name } account { id apiClient { id } } secrets { id createdAt expiresAt revokedAt lastUsedAt }`;
const REFUSED = '... on UserError { message path }';
const FAILURE = `${REFUSED} ... on VersionConflict { currentVersion current { id } }`;
const CREATE = `mutation ($input: ApiClientCreateInput!) { result: apiClientCreate(input: $input) { __typename
  ... on ApiClientSecretSuccess { secret client { ${CLIENT} } } ${REFUSED} } }`;
const UPDATE = `mutation ($id: ID!, $input: ApiClientUpdateInput!) { result: apiClientUpdate(id: $id, input: $input) {
  __typename ... on ApiClientSuccess { client { ${CLIENT} } } ${FAILURE} } }`;
const ROTATE = `mutation ($id: ID!) { result: apiClientRotateSecret(id: $id) { __typename
  ... on ApiClientSecretSuccess { secret client { ${CLIENT} } } ${FAILURE} } }`;
const REVOKE = `mutation ($id: ID!) { result: apiSecretRevoke(id: $id) { __typename
  ... on ApiSecretSuccess { secret { id revokedAt } } ${REFUSED} } }`;
const ONE = `query ($id: ID!) { result: apiClient(id: $id) { ${CLIENT} } }`;
const ALL =
  'query ($after: String) { result: apiClients(first: 2, after: $after) { nodes { name } pageInfo { hasNextPage endCursor } } }';

let count = 0;
const make = (input: object = {}) =>
  run(CREATE, { input: { name: `Client ${++count}`, scopes: ['READ'], ...input } });
const audits = (action: string) =>
  psql<{ before: object; after: object; actor_id: string }>(
    'select * from audit where action = $1 order by id',
    [action],
  );

it('is added with its secret shown once, and changed, by administrators and nobody else', async () => {
  const input = {
    name: ' Doors ',
    scopes: ['RESERVE', 'READ', 'READ'],
    ownerId: globalId('User', owner.id),
    perDay: 9,
  };
  const { secret, client } = await make(input);
  expect(secret).toMatch(/^hfs_[\w-]{43}$/);
  expect(client).toMatchObject({
    id: expect.stringMatching(/^cli_[0-9a-f]{32}$/),
    name: 'Doors',
    role: 'MEMBER',
    isActive: true,
    scopes: ['READ', 'RESERVE'],
    isPersistedOnly: false,
    perMinute: 600,
    perDay: 9,
    expiresAt: null,
    version: 1,
    owner: { name: 'Olaf' },
    creator: { name: 'Ada' },
    account: { apiClient: { id: client.id } },
    secrets: [{ revokedAt: null, expiresAt: null, lastUsedAt: null }],
  });
  const { id } = client;
  const changes = {
    scopes: ['MANAGE'],
    perDay: null,
    isPersistedOnly: true,
    isActive: false,
    expectedVersion: 1,
  };
  expect((await run(UPDATE, { id, input: changes })).client).toMatchObject({
    name: 'Doors',
    scopes: ['MANAGE'],
    perDay: null,
    isPersistedOnly: true,
    isActive: false,
    version: 2,
  });
  expect(await run(UPDATE, { id, input: changes })).toMatchObject({
    __typename: 'VersionConflict',
    currentVersion: 2,
    current: { id },
  });
  for (const viewer of [member.viewer, owner.viewer, (await person(db, 'MANAGER')).viewer]) {
    expect(await run(CREATE, { input: { name: 'x', scopes: [] } }, viewer)).toEqual({ codes: ['FORBIDDEN'] });
    expect(await run(UPDATE, { id, input: { name: 'x' } }, viewer)).toEqual({ codes: ['FORBIDDEN'] });
  }
  expect(await audits('client.create')).toMatchObject([
    { actor_id: admin.id, after: { name: 'Doors', perDay: 9 } },
  ]);
  expect(await audits('client.update')).toMatchObject([
    { before: { scopes: ['read', 'reserve'], perDay: 9 }, after: { scopes: ['manage'], perDay: null } },
  ]);
});

it.each([
  ['no name', { name: ' ' }, ['input', 'name']],
  ['NUL in its name', { name: 'a\0b' }, ['input', 'name']],
  ['no operation a minute', { perMinute: 0 }, ['input', 'perMinute']],
  ['a quota of less than nothing', { perDay: -1 }, ['input', 'perDay']],
  ['an end that is over', { expiresAt: '2027-03-01T08:00:00Z' }, ['input', 'expiresAt']],
  ['an end in the year zero', { expiresAt: '0000-01-01T00:00:00Z' }, ['input', 'expiresAt']],
  ['an owner who is not there', { ownerId: globalId('User', newId()) }, ['input', 'ownerId']],
  ['an owner who is no person', { ownerId: 'cli_x' }, ['input', 'ownerId']],
])('is refused with %s', async (_what, input, path) => {
  const before = await psql('select from app_user');
  expect(await make(input)).toMatchObject({ __typename: 'InvalidInput', path });
  expect(await psql('select from app_user')).toHaveLength(before.length);
  const { id } = (await make()).client;
  expect(await run(UPDATE, { id, input })).toMatchObject({ __typename: 'InvalidInput', path });
});

it('keeps an owner who has left and an end that was reached, when something else changes', async () => {
  const leaving = await person(db);
  const { client } = await make({ ownerId: globalId('User', leaving.id), expiresAt: '2027-03-01T09:00:00Z' });
  await psql('update app_user set active = false where id = $1', [leaving.id]);
  ctx.clock.advance(3_600_000);
  expect((await run(UPDATE, { id: client.id, input: { name: 'Kept' } })).client).toMatchObject({
    name: 'Kept',
  });
});

it('shows a client to administrators and its owner, who may give it secrets and end them', async () => {
  const { client } = await make({ ownerId: globalId('User', owner.id) });
  const { id } = client;
  const rotated = await run(ROTATE, { id }, owner.viewer);
  expect(rotated.client.secrets).toMatchObject([
    { expiresAt: null },
    { expiresAt: new Date(ctx.clock.now().getTime() + 86_400_000).toISOString() },
  ]);
  const [secret] = rotated.client.secrets;
  for (const [source, variables] of [
    [ROTATE, { id }],
    [REVOKE, { id: secret.id }],
  ] as const) {
    expect(await run(source, variables, member.viewer)).toMatchObject({ __typename: 'NotFound' });
  }
  expect(await run(ONE, { id }, member.viewer)).toEqual({ codes: [] });
  expect(await run(ONE, { id }, owner.viewer)).toMatchObject({ id });
  expect(
    await run('query ($id: ID!) { result: node(id: $id) { id } }', { id: secret.id }, member.viewer),
  ).toEqual({ codes: [] });
  expect((await run(REVOKE, { id: secret.id }, owner.viewer)).secret.revokedAt).not.toBeNull();
  expect((await run(REVOKE, { id: secret.id }, owner.viewer)).secret.revokedAt).not.toBeNull();
  expect(await audits('client.revokeSecret')).toHaveLength(1);
  expect(await run(REVOKE, { id }, admin.viewer)).toMatchObject({ __typename: 'NotFound' });
});

it('lists them by name in pages, and to owners their own', async () => {
  const names: string[] = [];
  let after: string | null = null;
  do {
    const page: { nodes: { name: string }[]; pageInfo: { hasNextPage: boolean; endCursor: string } } =
      await run(ALL, { after });
    names.push(...page.nodes.map(({ name }) => name));
    after = page.pageInfo.hasNextPage ? page.pageInfo.endCursor : null;
  } while (after);
  expect(names).toEqual([...names].sort());
  expect(names.length).toBe((await psql('select from api_client')).length);
  expect((await run(ALL, {}, member.viewer)).nodes).toEqual([]);
  expect((await run(ALL, {}, owner.viewer)).nodes).toHaveLength(2);
});

it('does not count as an administrator who is left, and is sent no mail', async () => {
  const { client } = await make({ role: 'ADMINISTRATOR' });
  const demote = `mutation ($id: ID!) { result: userUpdate(id: $id, input: { role: MEMBER }) { __typename } }`;
  expect(await run(demote, { id: globalId('User', admin.id) })).toEqual({ __typename: 'LastAdministrator' });
  const [row] = await psql<{ id: string }>('select id from api_client order by id desc limit 1');
  await psql(
    `insert into mail (id, user_id, kind, event, created_at, next_at)
    select gen_random_uuid(), u, 'RESERVED', '{}', now(), now() from unnest($1::uuid[]) u`,
    [[row?.id, member.id]],
  );
  expect(await psql('select user_id from mail')).toEqual([{ user_id: member.id }]);
  expect(client.role).toBe('ADMINISTRATOR');
});

it('is nobody to what administrators do to people', async () => {
  const { client } = await apiClient({ ...ctx, viewer: admin.viewer }, { role: 'MEMBER' });
  const before = await psql('select * from app_user where id = $1', [client.id]);
  const [secret] = await psql<{ id: string }>('select id from api_secret where client_id = $1', [client.id]);
  const boss = { ...ctx, viewer: admin.viewer };
  const id = client.id;
  const acts: Record<string, Promise<unknown>> = {
    updateUser: updateUser(boss, { id, role: 'ADMINISTRATOR' }),
    setPassword: setPassword(boss, { id, password: 'correct horse battery' }),
    eraseUser: eraseUser(boss, { id, confirmEmail: String((before[0] as { email: string }).email) }),
    permitIdentity: permitIdentity(boss, { id }),
    handToDirectory: handToDirectory(boss, { id }),
    unlinkFromDirectory: unlinkFromDirectory(boss, { id }),
    revokeSessionsOf: revokeSessionsOf({ ...boss, identity }, { userId: id }),
    revokeSession: revokeSession({ ...boss, identity }, { id: String(secret?.id) }),
  };
  for (const [name, act] of Object.entries(acts))
    expect([name, await act]).toEqual([name, expect.objectContaining({ kind: 'NotFound' })]);
  expect(await psql('select * from app_user where id = $1', [id])).toEqual(before);
  expect(await psql('select from session where user_id = $1 and revoked_at is null', [id])).toHaveLength(1);
});

describe('scopes', () => {
  const program = (role: Viewer['role'], granted: readonly string[]): Viewer => ({
    userId: newId(),
    sessionId: newId(),
    role,
    client: {
      scopes: SCOPES.filter((scope) => granted.includes(scope)),
      persistedOnly: false,
      perMinute: 1,
      perDay: null,
    },
  });
  const verdict = (name: string, viewer: Viewer | null) => {
    try {
      judgeRootField(name, viewer);
      return 'ALLOWED';
    } catch (error) {
      return (error as { extensions: { code: string } }).extensions.code;
    }
  };

  it('let a program do what both its role and its scope permit, for every root field, scope and role', () => {
    for (const name of Object.keys(permissions)) {
      const needed = scopes[name];
      for (const role of ['ADMINISTRATOR', 'MANAGER', 'MEMBER', 'GUEST'] as const) {
        const person = verdict(name, { ...program(role, []), client: undefined } as unknown as Viewer);
        for (const granted of [[], ...SCOPES.map((scope) => [scope]), SCOPES]) {
          const both = person === 'ALLOWED' && needed != null && granted.includes(needed);
          expect([name, role, granted, verdict(name, program(role, granted))]).toEqual([
            name,
            role,
            granted,
            both ? 'ALLOWED' : 'FORBIDDEN',
          ]);
        }
      }
    }
  });

  it('leave passwords, sessions, and who may be a client to people', () => {
    const everything = program('ADMINISTRATOR', SCOPES);
    for (const name of [
      'signIn',
      'signOut',
      'passwordSet',
      'passwordChange',
      'apiClientCreate',
      'apiClientUpdate',
    ])
      expect([name, verdict(`Mutation.${name}`, everything)]).toEqual([name, 'FORBIDDEN']);
  });

  it('count for objects that are asked for by their id alone', async () => {
    const made = await apiClient({ ...ctx, viewer: admin.viewer }, { role: 'ADMINISTRATOR' });
    const query = 'query ($ids: [ID!]!) { result: nodes(ids: $ids) { id } }';
    const ids = [globalId('User', made.client.id), made.id];
    const as = (granted: string[]): Viewer => ({
      ...program('ADMINISTRATOR', granted),
      userId: made.client.id,
    });
    expect(await run(query, { ids }, as(['read']))).toEqual([{ id: ids[0] }, null]);
    expect(await run(query, { ids }, as(['read', 'register']))).toEqual(ids.map((id) => ({ id })));
    // and for what a conflict shows
    const stale = `mutation ($id: ID!) { result: userUpdate(id: $id, input: { name: "X", expectedVersion: 99 }) {
      ... on VersionConflict { currentVersion current { id } } } }`;
    const mia = globalId('User', member.id);
    const shown = async (granted: string[]) => (await run(stale, { id: mia }, as(granted))).current;
    expect(await shown(['administer'])).toBeNull();
    expect(await shown(['administer', 'read'])).toEqual({ id: mia });
    expect(Object.values(nodeScopes).every((scope) => SCOPES.includes(scope))).toBe(true);
  });
});
