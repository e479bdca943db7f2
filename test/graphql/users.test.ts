import { globalId, newId } from '../../src/domain/ids.js';
import { instance } from '../domain/auth/identity-kit.js';
import { useDatabase } from '../kit/database.js';
import { person } from '../kit/people.js';
import { ask } from './identity-query.js';

const { db } = await useDatabase();
const api = await instance(db);
const boss = await person(db, 'ADMINISTRATOR', { name: 'Boss' });
const ada = await person(db, 'MEMBER', { name: 'Ada' });
const ben = await person(db, 'MEMBER', { name: 'Ben' });
const gus = await person(db, 'GUEST', { name: 'Gus' });
const usr = ({ id }: { id: string }) => globalId('User', id);

const USERS = `query ($first: Int, $after: String, $filter: UserFilter) {
  users(first: $first, after: $after, filter: $filter) {
    nodes { name } edges { cursor node { id } } pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
  }
}`;
const UPDATE = `mutation ($id: ID!, $input: UserUpdateInput!) { userUpdate(id: $id, input: $input) {
  __typename
  ... on UserUpdateSuccess { user { id name role version } }
  ... on VersionConflict { currentVersion current { id ... on User { name } } }
  ... on UserError { path } } }`;

describe('people by GraphQL', () => {
  it('come page by page in the order of names', async () => {
    const names: string[] = [];
    let after: string | null = null;
    for (;;) {
      const { data, errors } = await ask(api.ctx, ada.viewer, USERS, { first: 3, after });
      expect(errors).toEqual([]);
      names.push(...data.users.nodes.map(({ name }: { name: string }) => name));
      expect(data.users.pageInfo.hasPreviousPage).toBe(after !== null);
      after = data.users.pageInfo.endCursor;
      if (!data.users.pageInfo.hasNextPage) break;
    }
    expect(names).toEqual(['Ada', 'Ben', 'Boss', 'Gus']);
  });

  it.each([
    { first: 0 },
    { first: 201 },
    { after: 'garbage' },
    { after: Buffer.from('["Ada","no-id"]').toString('base64url') },
    { after: Buffer.from('["A\\u0000",null]').toString('base64url') },
    { after: Buffer.from('[1,2]').toString('base64url') },
    { filter: { text: 'a\0b' } },
  ])('cannot be asked for with %j', async (variables) => {
    expect((await ask(api.ctx, ada.viewer, USERS, variables)).errors).toMatchObject([
      { code: 'BAD_USER_INPUT' },
    ]);
  });

  it('show email addresses only to who may see them', async () => {
    const query = 'query ($id: ID!) { user(id: $id) { email } }';
    const email = async (viewer: typeof boss.viewer) =>
      (await ask(api.ctx, viewer, query, { id: usr(ada) })).data.user?.email;
    expect(await email(boss.viewer)).toBe(ada.email);
    expect(await email(ada.viewer)).toBe(ada.email);
    expect(await email(ben.viewer)).toBeNull();
  });

  it('are nobody to guests, nor under an id that is none', async () => {
    const query = 'query ($id: ID!) { user(id: $id) { name } }';
    const name = async (viewer: typeof boss.viewer, id: string) =>
      (await ask(api.ctx, viewer, query, { id })).data.user;
    expect(await name(gus.viewer, usr(ada))).toBeNull();
    expect(await name(gus.viewer, usr(gus))).toEqual({ name: 'Gus' });
    for (const id of ['', 'usr_', ada.id, globalId('Resource', ada.id), globalId('User', newId())])
      expect(await name(boss.viewer, id)).toBeNull();
    expect((await ask(api.ctx, gus.viewer, USERS, {})).data.users.nodes).toEqual([{ name: 'Gus' }]);
  });

  it('are closed to strangers', async () => {
    expect((await ask(api.ctx, null, USERS)).errors).toMatchObject([{ code: 'UNAUTHENTICATED' }]);
  });
});

describe('changing people by GraphQL', () => {
  it('is shown with the person after it, and a stale version with the person as it is', async () => {
    const done = await ask(api.ctx, boss.viewer, UPDATE, {
      id: usr(ben),
      input: { role: 'MANAGER', expectedVersion: 1 },
    });
    expect(done.data.userUpdate).toEqual({
      __typename: 'UserUpdateSuccess',
      user: { id: usr(ben), name: 'Ben', role: 'MANAGER', version: 2 },
    });
    const stale = await ask(api.ctx, boss.viewer, UPDATE, {
      id: usr(ben),
      input: { name: 'B', expectedVersion: 1 },
    });
    expect(stale.data.userUpdate).toEqual({
      __typename: 'VersionConflict',
      currentVersion: 2,
      current: { id: usr(ben), name: 'Ben' },
      path: ['expectedVersion'],
    });
  });

  it('finds nobody under a foreign id, and keeps the last administrator', async () => {
    const nobody = await ask(api.ctx, boss.viewer, UPDATE, { id: 'usr_x', input: {} });
    expect(nobody.data.userUpdate).toEqual({ __typename: 'NotFound', path: ['id'] });
    const last = await ask(api.ctx, boss.viewer, UPDATE, { id: usr(boss), input: { isActive: false } });
    expect(last.data.userUpdate).toEqual({ __typename: 'LastAdministrator', path: ['isActive'] });
  });

  it('adds people and sets passwords for administrators alone', async () => {
    const create = `mutation ($input: UserCreateInput!) { userCreate(input: $input) {
      __typename ... on UserCreateSuccess { user { email timeZone } } ... on UserError { path } } }`;
    const set = `mutation ($id: ID!, $input: PasswordSetInput!) { passwordSet(id: $id, input: $input) {
      __typename ... on UserError { path } } }`;
    const input = { email: 'New@Example.com', name: 'New', role: 'MEMBER', timeZone: 'Europe/Berlin' };
    expect((await ask(api.ctx, ada.viewer, create, { input })).errors).toMatchObject([{ code: 'FORBIDDEN' }]);
    const made = await ask(api.ctx, boss.viewer, create, { input });
    expect(made.data.userCreate).toEqual({
      __typename: 'UserCreateSuccess',
      user: { email: 'new@example.com', timeZone: 'Europe/Berlin' },
    });
    const again = await ask(api.ctx, boss.viewer, create, { input });
    expect(again.data.userCreate).toEqual({ __typename: 'EmailTaken', path: ['email'] });
    const password = { password: 'long enough for all' };
    const other = await ask(api.ctx, ada.viewer, set, { id: usr(ben), input: password });
    expect(other.errors).toMatchObject([{ code: 'FORBIDDEN' }]);
    const right = await ask(api.ctx, boss.viewer, set, { id: usr(ben), input: password });
    expect(right.data.passwordSet).toEqual({ __typename: 'PasswordSetSuccess' });
    const short = await ask(api.ctx, boss.viewer, set, { id: usr(ben), input: { password: 'short' } });
    expect(short.data.passwordSet).toEqual({ __typename: 'InvalidInput', path: ['password'] });
  });
});
