import { WebSocket } from 'ws';
import { useDatabase } from '../kit/database.js';
import { RawSocket } from '../server/sockets/raw-socket.js';
import { target } from './attacks.js';

const database = await useDatabase();
const { api, ask, changes, tokens, resource } = await target(database);

describe('Input validation', () => {
  it.each<[string, string]>([
    ['SQL', `'; drop table claim; --`],
    ['SQL of the search', `') union select password_hash from app_user --`],
    ['a filter of LDAP', '*)(uid=*))(|(uid=*'],
    ['a path', '../../../../etc/passwd'],
    ['a template', '{{7*7}}'],
    ['NUL', 'a\u0000b'],
  ])('takes %s for a text', async (_, text) => {
    const before = await changes();
    const found = await ask(
      tokens.owner,
      'query ($text: String!) { resources(filter: {text: $text}) { nodes { id } } }',
      { text },
    );
    expect(found.status).toBeLessThan(500);
    expect(found.text).not.toMatch(/INTERNAL|argon2|syntax error|49/);
    const signedIn = await ask(
      null,
      'mutation ($text: String!) { signIn(input: {email: $text, password: $text}) { __typename } }',
      { text },
    );
    expect(signedIn.text).not.toMatch(/INTERNAL|SignInSuccess/);
    expect(await changes()).toBe(before);
  });
});

describe('Denial of service', () => {
  const deep = `{ places { nodes ${'{ children { nodes '.repeat(12)} { id } ${'} }'.repeat(12)} } }`;
  it.each<[string, string, object]>([
    ['depth', deep, {}],
    ['amount', '{ reservations(first: 999999) { nodes { id } } }', {}],
    [
      'cost',
      '{ resources(first: 200) { nodes { reservations(first: 200) { nodes { resources { resource { id } } } } } } }',
      {},
    ],
    ['aliases', `{ ${Array.from({ length: 300 }, (_, index) => `a${index}: viewer { id }`).join(' ')} }`, {}],
    ['tokens', `{ ${'viewer { id } '.repeat(2_000)} }`, {}],
    [
      'introspection',
      `{ __schema { types ${'{ fields { type '.repeat(10)} { name } ${'} }'.repeat(10)} } }`,
      {},
    ],
  ])('bounds the %s of an operation over HTTP and over a socket alike', async (_, query, variables) => {
    expect((await ask(tokens.administrator, query, variables)).code).toMatch(/BAD_USER_INPUT|COST_EXCEEDED/);
    const socket = await RawSocket.signedIn(api.wsUrl, tokens.administrator);
    socket.subscribe('1', query, variables);
    const { payload } = await socket.next('error');
    expect(payload[0].extensions.code).toMatch(/BAD_USER_INPUT|COST_EXCEEDED/);
    socket.subscribe('2', '{ viewer { id } }');
    expect((await socket.next('next')).payload.errors).toBeUndefined();
    socket.end();
  });
});

describe('Access control', () => {
  it('guards every way to a node as the first one', async () => {
    const ways = [
      '{ reservations { nodes { title owner { email } } } }',
      '{ reservations { edges { node { title } } } }',
      `{ resource(id: "${resource}") { reservations { nodes { title } } } }`,
    ];
    for (const query of ways)
      expect((await ask(tokens.guest, query)).text).not.toMatch(/SECRET|@example\.com/);
    for (const query of ways) expect((await ask(null, query)).code).toMatch(/UNAUTHENTICATED|BAD_USER_INPUT/);
  });
});

describe('Sockets', () => {
  it('open for no page of another origin, and say nothing to whom they do not know', async () => {
    await expect(RawSocket.open(api.wsUrl, { origin: 'https://evil.example' })).rejects.toThrow('403');
    const socket = await RawSocket.open(api.wsUrl);
    socket.subscribe('1', '{ viewer { id } }');
    expect((await socket.close()).code).toBe(4401);
    expect(socket.messages).toEqual([]);
  });

  it('take no frame beyond the limit', async () => {
    const socket = await RawSocket.signedIn(api.wsUrl, tokens.owner);
    socket.subscribe('1', `{ viewer { id } } # ${'x'.repeat(200_000)}`);
    expect((await socket.close()).code).toBe(1009);
    expect(socket.socket.readyState).toBe(WebSocket.CLOSED);
  });
});
