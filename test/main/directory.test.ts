import { post } from '../kit/calls.js';
import { useDatabase } from '../kit/database.js';
import { eventually } from '../kit/eventually.js';
import { startApi, startProgram } from '../kit/program.js';
import {
  DIRECTORY_PASSWORD,
  directoryGroup,
  directoryPerson,
  GROUPS,
  PEOPLE,
  SERVICE,
  slapd,
} from '../kit/slapd.js';
import { testAuthority } from '../kit/test-authority.js';

const { url: databaseUrl, psql } = await useDatabase();
const authority = testAuthority();
const server = await slapd(authority);
afterAll(() => server.remove());

const env = {
  LDAP_URL: server.secureUrl,
  LDAP_CA_FILE: authority.caFile,
  LDAP_BIND_DN: SERVICE.dn,
  LDAP_BIND_PASSWORD: SERVICE.password,
  LDAP_BASE_DN: PEOPLE,
  LDAP_GROUP_BASE_DN: GROUPS,
  LDAP_USER_FILTER: 'uid',
  LDAP_ROLE_GROUPS: 'Desk=MANAGER',
};
const query = `mutation ($input: SignInInput!) {
  result: signIn(input: $input) { __typename ... on SignInSuccess { user { name role } } } }`;

test('a program with LDAP_URL signs people in by the directory, and says UNAVAILABLE when it is down', async () => {
  const ada = await directoryPerson(server, 'ada', { name: 'Ada' });
  await directoryGroup(server, 'desk', [ada]);
  const api = await startApi({ databaseUrl, env });
  const enter = (password: string) =>
    post(api, null, { query, variables: { input: { email: 'ada', password } } });
  expect((await enter(DIRECTORY_PASSWORD))?.answer.data?.result).toEqual({
    __typename: 'SignInSuccess',
    user: { name: 'Ada', role: 'MANAGER' },
  });
  expect((await enter('something else'))?.answer.data?.result).toEqual({ __typename: 'SignInRefused' });
  await server.kill();
  expect((await enter(DIRECTORY_PASSWORD))?.answer.errors).toMatchObject([
    { extensions: { code: 'UNAVAILABLE' } },
  ]);
  for (const secret of [DIRECTORY_PASSWORD, SERVICE.password]) expect(api.output()).not.toContain(secret);
  await api.stop();
}, 60_000);

test('the sweeper follows the directory by itself, and a program tells before what it would do', async () => {
  await server.start();
  const leaver = await directoryPerson(server, 'leaver');
  const api = await startApi({ databaseUrl, env });
  const input = { email: 'leaver', password: DIRECTORY_PASSWORD };
  await post(api, null, { query, variables: { input } });
  await server.delete(leaver);
  const closed = async () => {
    const [row] = await psql<{ active: boolean }>(
      `select active from app_user where email = 'leaver@example.com'`,
    );
    return !row?.active;
  };
  const rehearsal = startProgram('directory-sync', { databaseUrl, env, args: ['--dry-run'] });
  expect(await rehearsal.ended).toBe(0);
  expect(rehearsal.output()).toContain('CLOSED\tleaver');
  expect(await closed()).toBe(false);
  const sweeper = startProgram('sweeper', { databaseUrl, env });
  await eventually(async () => expect(await closed()).toBe(true), 20_000);
  expect(await sweeper.stop()).toBe(0);
  const nothing = startProgram('directory-sync', { databaseUrl, env, args: ['--dry'] });
  expect(await nothing.ended).toBe(1);
  expect(nothing.output()).toContain('"--dry" is unknown');
  await api.stop();
}, 60_000);

test.each([
  ['is not there', '/not/there.pem', 'ENOENT'],
  ['has no certificate', 'package.json', 'ERR_OSSL_PEM_NO_START_LINE'],
])(
  'a file of authorities that %s stops the start with a sentence',
  async (_how, file, code) => {
    const program = startProgram('api', { databaseUrl, env: { ...env, LDAP_CA_FILE: file } });
    expect(await program.ended).toBe(1);
    expect(program.output()).toContain(`LDAP_CA_FILE is "${file}", which cannot be read (${code})`);
  },
  60_000,
);
