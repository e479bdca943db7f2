import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PasswordHasher } from '../../../src/domain/users/password-hasher.js';
import { cloneDatabase, type TestDatabase } from '../../kit/database.js';
import { person } from '../../kit/people.js';
import { type Api, startApi, testFolder } from '../../kit/program.js';
import { RawSocket } from './raw-socket.js';

const PASSWORD = 'a long enough password';
const EMAIL = 'ada@example.com';
const NOW = '2027-03-01T09:00:00Z';
const LATER = '2027-03-01T09:10:01Z';

let database: TestDatabase;
let apis: Api[];
let clockFile: string;

beforeAll(async () => {
  database = await cloneDatabase();
  const passwordHash = await new PasswordHasher().hash(PASSWORD);
  await person(await database.open(), 'MEMBER', { email: EMAIL, passwordHash });
  clockFile = join(testFolder(), 'clock');
  writeFileSync(clockFile, NOW);
  const options = { databaseUrl: database.url, clockFile };
  apis = await Promise.all([startApi(options), startApi(options)]);
}, 60_000);
afterAll(async () => {
  await Promise.all((apis ?? []).map((api) => api.stop()));
  await database?.drop();
});

const ask = async ({ url }: Api, query: string, token?: string) => {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }) },
    body: JSON.stringify({ query }),
  });
  // biome-ignore lint/suspicious/noExplicitAny: each query has an answer of its own
  return (await response.json()) as any;
};

const signIn = async (api: Api): Promise<string> => {
  const { data } = await ask(
    api,
    `mutation { signIn(input: { email: "${EMAIL}", password: "${PASSWORD}" }) { ... on SignInSuccess { accessToken } } }`,
  );
  return data.signIn.accessToken;
};

describe('a socket on one instance', () => {
  it('ends with the sign-out on another', async () => {
    const [one, other] = apis as [Api, Api];
    const token = await signIn(one);
    const socket = await RawSocket.signedIn(other.wsUrl, token);
    expect(
      (await ask(one, 'mutation { signOut { ... on SignOutSuccess { endedSessions } } }', token)).data
        .signOut,
    ).toEqual({
      endedSessions: 1,
    });
    expect((await socket.close()).code).toBe(4403);
    const late = await RawSocket.open(other.wsUrl);
    late.send({ type: 'connection_init', payload: { authorization: `Bearer ${token}` } });
    expect((await late.close()).code).toBe(4401);
  });

  it('ends within five seconds when its session is revoked on another, and the others go on', async () => {
    const [one, other] = apis as [Api, Api];
    const [lost, kept] = [await signIn(one), await signIn(one)];
    const [ended, goesOn] = [
      await RawSocket.signedIn(other.wsUrl, lost),
      await RawSocket.signedIn(other.wsUrl, kept),
    ];
    const current = '{ viewer { sessions { nodes { id isCurrent } } } }';
    const { nodes } = (await ask(one, current, lost)).data.viewer.sessions;
    const { id } = nodes.find(({ isCurrent }: { isCurrent: boolean }) => isCurrent);
    await ask(one, `mutation { sessionRevoke(id: "${id}") { __typename } }`, kept);
    expect((await ended.close()).code).toBe(4403);
    await ask(one, 'mutation { sessionsRevoke { __typename } }', kept);
    goesOn.send({ type: 'ping' });
    await goesOn.next('pong');
    goesOn.end();
  }, 5_000);

  it('ends with its token, by the clock of the whole system', async () => {
    const [one, other] = apis as [Api, Api];
    const token = await signIn(one);
    const socket = await RawSocket.signedIn(other.wsUrl, token);
    writeFileSync(clockFile, LATER);
    expect((await socket.close()).code).toBe(4403);
    const late = await RawSocket.open(other.wsUrl);
    late.send({ type: 'connection_init', payload: { authorization: `Bearer ${token}` } });
    expect((await late.close()).code).toBe(4403);
    expect((await ask(one, '{ viewer { name } }', token)).errors[0].extensions.code).toBe('UNAUTHENTICATED');
    writeFileSync(clockFile, NOW);
  });
});
