import { jest } from '@jest/globals';
import { handToDirectory, unlinkFromDirectory } from '../../../src/domain/auth/directory-link.js';
import type { DirectorySignIn } from '../../../src/domain/auth/directory-rules.js';
import { setPassword } from '../../../src/domain/auth/set-password.js';
import { signIn } from '../../../src/domain/auth/sign-in.js';
import { Unavailable } from '../../../src/domain/failure.js';
import { globalId, newId } from '../../../src/domain/ids.js';
import { eraseUser } from '../../../src/domain/privacy/erase-user.js';
import { createUser } from '../../../src/domain/users/create-user.js';
import { updateUser } from '../../../src/domain/users/update-user.js';
import { ldapDirectory } from '../../../src/infra/directory/ldap.js';
import { ask } from '../../graphql/identity-query.js';
import { cloneDatabase, useDatabase } from '../../kit/database.js';
import { SilentLog } from '../../kit/log.js';
import { person } from '../../kit/people.js';
import {
  DIRECTORY_PASSWORD,
  directoryGroup,
  directoryPerson,
  GROUPS,
  PEOPLE,
  SERVICE,
  slapd,
} from '../../kit/slapd.js';
import { instance, judge, member, PASSWORD, session, viewerOf } from './identity-kit.js';

const database = await useDatabase();
const { db } = database;
const server = await slapd();
afterAll(() => server.remove());

const log = new SilentLog();
const by = (loginAttribute: string, facts: Partial<DirectorySignIn> = {}): DirectorySignIn => ({
  directory: ldapDirectory({
    urls: [server.url],
    startTls: false,
    ca: null,
    bindDn: SERVICE.dn,
    bindPassword: SERVICE.password,
    baseDn: PEOPLE,
    groupBaseDn: GROUPS,
    loginAttribute,
    log,
  }),
  roleGroups: [
    { group: 'Administrators', role: 'ADMINISTRATOR' },
    { group: `CN=Managers, ${GROUPS}`, role: 'MANAGER' },
  ],
  defaultRole: 'GUEST',
  memberGroups: [],
  ...facts,
});

const api = await instance(db, { directory: by('mail') });
const byUid = await instance(db, { directory: by('uid') });
const admin = await member(api, { role: 'ADMINISTRATOR', email: 'root@example.com' });

const nobody = await directoryPerson(server, 'placeholder');
const administrators = await directoryGroup(server, 'administrators', [nobody]);
const inner = await directoryGroup(server, 'desk', [nobody]);
await directoryGroup(server, 'Managers', [inner]);

const enter = (login: string, at = api) => session(at, login, DIRECTORY_PASSWORD);
const attempt = (email: string, password = DIRECTORY_PASSWORD, at = api) =>
  signIn(at.ctx, { email, password });
const rows = (email: string) =>
  database.psql<{ id: string; name: string; role: string; external_id: string | null }>(
    'select id, name, role, external_id from app_user where email = $1',
    [email],
  );
const audits = (id: string) =>
  database.psql('select action, before, after from audit where subject_id = $1 order by id', [id]);

describe('a first sign-in by the directory', () => {
  it('makes the person with the role of no group, audited, and the next one finds the same', async () => {
    await directoryPerson(server, 'ada', { name: 'Ada Lovelace', mail: 'Ada@Example.com' });
    const { user } = await enter(' ada@EXAMPLE.com ');
    expect(user).toMatchObject({ email: 'ada@example.com', name: 'Ada Lovelace', role: 'GUEST' });
    const [row] = await rows('ada@example.com');
    expect(await audits(user.id)).toEqual([
      {
        action: 'user.create',
        before: null,
        after: {
          email: 'ada@example.com',
          name: 'Ada Lovelace',
          role: 'GUEST',
          timeZone: 'UTC',
          language: 'EN',
          externalId: row?.external_id,
        },
      },
    ]);
    expect((await enter('ada@example.com')).user).toEqual(user);
    expect((await enter('ada', byUid)).user).toEqual(user);
    expect(await audits(user.id)).toHaveLength(1);
  });

  it('makes one person of several sign-ins at once', async () => {
    await directoryPerson(server, 'many');
    const tokens = await Promise.all(Array.from({ length: 6 }, () => enter('many@example.com')));
    expect(new Set(tokens.map(({ user }) => user.id)).size).toBe(1);
  });

  it('links to an account of the address that has no password, and audits the link', async () => {
    await directoryPerson(server, 'bob', { name: 'Bob' });
    const bob = await person(db, 'MANAGER', { email: 'bob@example.com', name: 'Robert' });
    expect((await enter('bob@example.com')).user).toMatchObject({ id: bob.id, name: 'Bob', role: 'GUEST' });
    const [row] = await rows('bob@example.com');
    expect(await audits(bob.id)).toEqual([
      {
        action: 'user.applyDirectory',
        before: { name: 'Robert', role: 'MANAGER' },
        after: { name: 'Bob', role: 'GUEST', externalId: row?.external_id },
      },
    ]);
  });

  it('never takes over an account with a password, nor one of somebody else of the directory', async () => {
    await directoryPerson(server, 'mallory', { mail: admin.email });
    expect(await attempt('mallory', DIRECTORY_PASSWORD, byUid)).toMatchObject({ kind: 'SignInRefused' });
    expect(await attempt(admin.email)).toMatchObject({ kind: 'SignInRefused' });
    await directoryPerson(server, 'heir', { mail: 'ada@example.com' });
    expect(await attempt('heir', DIRECTORY_PASSWORD, byUid)).toMatchObject({ kind: 'SignInRefused' });
    expect(await rows(admin.email)).toMatchObject([
      { id: admin.id, role: 'ADMINISTRATOR', external_id: null },
    ]);
  });

  it('needs an address', async () => {
    const dn = await directoryPerson(server, 'homeless');
    await server.set(dn, 'mail', []);
    expect(await attempt('homeless', DIRECTORY_PASSWORD, byUid)).toMatchObject({ kind: 'SignInRefused' });
  });
});

describe('every sign-in by the directory', () => {
  it('applies name and role: a nested group raises, and a group that was left lowers again', async () => {
    const dn = await directoryPerson(server, 'eve', { name: 'Eve' });
    const first = await enter('eve@example.com');
    await server.set(inner, 'member', [dn]);
    await server.set(dn, 'displayName', ['Eve Smith']);
    const second = await enter('eve@example.com');
    expect(second.user).toMatchObject({ id: first.user.id, name: 'Eve Smith', role: 'MANAGER' });
    expect(await viewerOf(api, second)).toMatchObject({ role: 'MANAGER' });
    await server.set(administrators, 'member', [dn]);
    expect((await enter('eve@example.com')).user.role).toBe('ADMINISTRATOR');
    await server.set(administrators, 'member', [nobody]);
    await server.set(inner, 'member', [nobody]);
    expect((await enter('eve@example.com')).user.role).toBe('GUEST');
    expect(await audits(first.user.id)).toMatchObject([
      { action: 'user.create' },
      { action: 'user.applyDirectory', after: { name: 'Eve Smith', role: 'MANAGER' } },
      { action: 'user.applyDirectory', before: { role: 'MANAGER' }, after: { role: 'ADMINISTRATOR' } },
      { action: 'user.applyDirectory', before: { role: 'ADMINISTRATOR' }, after: { role: 'GUEST' } },
    ]);
  });

  it('voids the access tokens of a role that has been taken away', async () => {
    const dn = await directoryPerson(server, 'olga');
    await server.set(inner, 'member', [dn]);
    const before = await enter('olga@example.com');
    await server.set(inner, 'member', [nobody]);
    const after = await enter('olga@example.com');
    await api.identity.watch.look();
    expect(await judge(api, before)).toBe('INVALID');
    expect(await viewerOf(api, after)).toMatchObject({ role: 'GUEST' });
  });

  it('leaves roles to the administrators where no group is named', async () => {
    const free = await instance(db, { directory: by('mail', { roleGroups: [], defaultRole: 'MEMBER' }) });
    await directoryPerson(server, 'free');
    const { user } = await enter('free@example.com', free);
    expect(user.role).toBe('MEMBER');
    await updateUser(free.as(admin.viewer), { id: user.id, role: 'MANAGER' });
    expect((await enter('free@example.com', free)).user.role).toBe('MANAGER');
  });

  it('lets the last administrator keep the role', async () => {
    const dn = await directoryPerson(server, 'last');
    await server.set(administrators, 'member', [dn]);
    await enter('last@example.com');
    await server.set(administrators, 'member', [nobody]);
    await database.psql(`update app_user set active = false where role = 'ADMINISTRATOR' and id = $1`, [
      admin.id,
    ]);
    expect((await enter('last@example.com')).user.role).toBe('ADMINISTRATOR');
    await database.psql('update app_user set active = true where id = $1', [admin.id]);
    expect((await enter('last@example.com')).user.role).toBe('GUEST');
  });

  it('follows the person and not the address', async () => {
    const dn = await directoryPerson(server, 'mona');
    const { user } = await enter('mona@example.com');
    await server.set(dn, 'mail', ['Mona.New@example.com']);
    expect((await enter('mona.new@example.com')).user).toMatchObject({
      id: user.id,
      email: 'mona.new@example.com',
    });
    expect(await audits(user.id)).toMatchObject([
      { action: 'user.create' },
      { before: { email: 'mona@example.com' }, after: { email: 'mona.new@example.com' } },
    ]);
    await directoryPerson(server, 'next mona', { mail: 'mona@example.com' });
    expect((await enter('mona@example.com')).user.id).not.toBe(user.id);
  });

  it('leaves the address as it is where the new one is somebody else’s, or none', async () => {
    const dn = await directoryPerson(server, 'nora');
    const { user } = await enter('nora@example.com');
    for (const mail of [[admin.email], ['not an address'], []]) {
      await server.set(dn, 'mail', mail);
      expect((await enter('nora', byUid)).user).toEqual(user);
    }
  });
});

describe('a refusal', () => {
  it('reads the same for strangers, wrong and empty passwords, disabled and closed accounts, and filters', async () => {
    const more = { objectGUID: '0123456789abcdef', userAccountControl: '514' };
    await directoryPerson(server, 'disabled', { more });
    await directoryPerson(server, 'closed');
    const { user } = await enter('closed@example.com');
    await updateUser(api.as(admin.viewer), { id: user.id, isActive: false });
    const answers = [
      await attempt('stranger@example.com'),
      await attempt('ada@example.com', 'something else'),
      await attempt('ada@example.com', ''),
      await attempt('disabled@example.com'),
      await attempt('closed@example.com'),
      await attempt('*'),
      await attempt('*)(mail=*'),
      await attempt('ada@example.com\0'),
      await attempt('*', DIRECTORY_PASSWORD, byUid),
      await attempt('\ud800'),
      await attempt('x'.repeat(300)),
    ];
    expect(answers[0]).toMatchObject({ kind: 'SignInRefused' });
    for (const answer of answers) expect(answer).toEqual(answers[0]);
    expect(await rows('disabled@example.com')).toEqual([]);
  });

  it('costs one hash, whoever was named', async () => {
    const verify = jest.spyOn(api.identity.hasher, 'verify');
    await attempt('stranger@example.com', 'something else');
    await attempt('ada@example.com', 'something else');
    expect(verify.mock.calls.map(([hash]) => hash)).toEqual([null, null]);
    verify.mockRestore();
  });

  it('counts as a guess, however the login is written', async () => {
    const slow = await instance(db, { directory: by('uid'), limits: { perAccount: 3, perAddress: 20 } });
    for (const login of ['ada', 'ADA', ' ａｄａ'])
      expect(await attempt(login, 'something else', slow)).toMatchObject({ kind: 'SignInRefused' });
    for (const login of ['a\u00adda', 'a\ufe0fda', 'ádà', 'a\u0301da'])
      expect(await attempt(login, DIRECTORY_PASSWORD, slow)).toMatchObject({ kind: 'TooManyAttempts' });
  });

  it('is what an account gets that was given a password here: from now on that one counts', async () => {
    await directoryPerson(server, 'turned');
    const { user } = await enter('turned@example.com');
    await setPassword(api.as(admin.viewer), { id: user.id, password: PASSWORD });
    expect(await attempt('turned@example.com')).toMatchObject({ kind: 'SignInRefused' });
    expect(await attempt('turned', DIRECTORY_PASSWORD, byUid)).toMatchObject({ kind: 'SignInRefused' });
    expect(await attempt('turned@example.com', PASSWORD)).toHaveProperty('accessToken');
  });
});

describe('a person with a password here whom the directory has under the same address', () => {
  it('is not taken over until an administrator hands the person to the directory', async () => {
    await directoryPerson(server, 'both', { name: 'Both' });
    const both = await member(api, { email: 'both@example.com', name: 'Local' });
    const local = await session(api, 'both@example.com');
    expect(await attempt('both', DIRECTORY_PASSWORD, byUid)).toMatchObject({ kind: 'SignInRefused' });
    const change = `mutation ($id: ID!) { result: userHandToDirectory(id: $id) { __typename
      ... on UserHandToDirectorySuccess { user { id } } ... on UserError { path } } }`;
    const id = globalId('User', both.id);
    expect((await ask(api.ctx, both.viewer, change, { id })).errors).toMatchObject([{ code: 'FORBIDDEN' }]);
    expect((await ask(api.ctx, admin.viewer, change, { id })).data.result).toEqual({
      __typename: 'UserHandToDirectorySuccess',
      user: { id },
    });
    await api.identity.watch.look();
    expect(await judge(api, local)).toBe('INVALID');
    expect(await attempt('both@example.com', PASSWORD)).toMatchObject({ kind: 'SignInRefused' });
    expect((await enter('both@example.com')).user).toMatchObject({ id: both.id, name: 'Both' });
    expect(await audits(both.id)).toMatchObject([
      { action: 'user.handToDirectory' },
      { action: 'user.applyDirectory' },
    ]);
  });

  it('may be parted again, and then has a password here or is linked anew', async () => {
    await directoryPerson(server, 'wrong');
    const { user, ...tokens } = await enter('wrong@example.com');
    const unlinked = await unlinkFromDirectory(api.as(admin.viewer), { id: user.id });
    expect(unlinked).toMatchObject({ id: user.id });
    await api.identity.watch.look();
    expect(await judge(api, tokens)).toBe('INVALID');
    await setPassword(api.as(admin.viewer), { id: user.id, password: PASSWORD });
    expect(await attempt('wrong@example.com')).toMatchObject({ kind: 'SignInRefused' });
    expect((await session(api, 'wrong@example.com')).user.id).toBe(user.id);
  });

  it('stays the last administrator who can enter while the directory is down', async () => {
    const fresh = await cloneDatabase();
    const own = await instance(await fresh.open(), { directory: by('mail') });
    const last = await member(own, { role: 'ADMINISTRATOR', email: 'last.local@example.com' });
    await person(own.ctx.db, 'ADMINISTRATOR');
    expect(await handToDirectory(own.as(last.viewer), { id: newId() })).toMatchObject({ kind: 'NotFound' });
    expect(await handToDirectory(own.as(last.viewer), { id: last.id })).toMatchObject({
      kind: 'LastAdministrator',
    });
    await member(own, { role: 'ADMINISTRATOR' });
    expect(await handToDirectory(own.as(last.viewer), { id: last.id })).toMatchObject({ id: last.id });
    await own.identity.close();
    await fresh.drop();
  });
});

describe('a directory that is down', () => {
  afterEach(() => server.start());

  it('keeps out with Unavailable whoever has no password here, and lets local administrators in', async () => {
    await server.kill();
    await expect(attempt('ada@example.com')).rejects.toThrow(Unavailable);
    await expect(attempt('stranger@example.com')).rejects.toThrow(Unavailable);
    expect((await session(api, admin.email)).user.role).toBe('ADMINISTRATOR');
    expect(await attempt(admin.email, 'something else')).toMatchObject({ kind: 'SignInRefused' });
  });
});

it('makes nobody anew who was erased here, until an administrator adds the person again', async () => {
  const dn = await directoryPerson(server, 'leaver');
  expect(dn).toContain('leaver');
  const { user } = await enter('leaver@example.com');
  await eraseUser({ ...api.ctx, viewer: admin.viewer }, { id: user.id, confirmEmail: user.email });
  expect(await attempt('leaver@example.com')).toMatchObject({ kind: 'SignInRefused' });
  expect(await rows('leaver@example.com')).toEqual([]);
  const back = { ...api.ctx, viewer: admin.viewer };
  const added = await createUser(back, { email: 'leaver@example.com', name: 'Leaver', role: 'MEMBER' });
  expect((await enter('leaver@example.com')).user.id).toBe((added as { id: string }).id);
});
