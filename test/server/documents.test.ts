import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { globalId, parseGlobalId } from '../../src/domain/ids.js';
import { decideOperation, deprecateOperation } from '../../src/domain/operations/decide-operation.js';
import { apiClient, type MadeClient, tokenOf } from '../kit/clients.js';
import { testCtx } from '../kit/ctx.js';
import { useDatabase } from '../kit/database.js';
import { eventually } from '../kit/eventually.js';
import { person } from '../kit/people.js';
import { ownDocuments, testServer } from '../kit/server.js';
import { room } from '../kit/things.js';
import { RawSocket } from './sockets/raw-socket.js';

const { db, psql } = await useDatabase();
const { viewer } = await person(db, 'ADMINISTRATOR');
const ctx = { ...testCtx(db, viewer), viewer };
const server = await testServer(db, { clock: ctx.clock, pollMs: 50 });
const production = await testServer(db, { clock: ctx.clock, pollMs: 50, production: true });
const { id: roomId } = await room(db, { name: 'Attic' });
const id = globalId('Resource', roomId);
const ROOM = 'query Room($id: ID!) { resource(id: $id) { name } }';
const NAME = { data: { resource: { name: 'Attic' } } };
const hashOf = (text: string) => `sha256:${createHash('sha256').update(text).digest('hex')}`;
const codeOf = (answer: { body: { errors?: { extensions: { code: string } }[] } }) =>
  answer.body.errors?.[0]?.extensions.code;

const REGISTER = `mutation ($input: OperationRegisterInput!) { operationRegister(input: $input) { __typename
  ... on OperationSuccess { operation { id name number hash status } } ... on UserError { message path } } }`;
let count = 0;
async function register(token: string, document: string, more: object = {}) {
  const input = { name: `doc-${++count}`, document, ...more };
  return (await server.post(token, { query: REGISTER, variables: { input } })).body.data.operationRegister;
}
/** Registers, approves and waits until this instance knows. */
async function approved(token: string, document: string, more: object = {}) {
  const { operation } = await register(token, document, more);
  const bare = parseGlobalId(operation.id)?.id ?? '';
  await decideOperation(ctx, { id: bare, status: 'APPROVED', words: '' });
  await server.book.look();
  return { ...operation, bare };
}
const get = (
  token: string | null,
  parameters: Record<string, string>,
  headers: Record<string, string> = {},
) =>
  server.fetch(`/graphql?${new URLSearchParams(parameters)}`, {
    headers: {
      accept: 'application/graphql-response+json',
      ...(token && { authorization: `Bearer ${token}` }),
      ...headers,
    },
  });
const socketOf = async (made: MadeClient) => RawSocket.signedIn(server.wsUrl, await tokenOf(server, made));
/** The first answer to one operation. */
async function overSocket(socket: RawSocket, payload: object) {
  const key = String(++count);
  socket.send({ id: key, type: 'subscribe', payload });
  return eventually(() => {
    const message = socket.messages.find((each) => each.id === key);
    if (!message) throw new Error('no answer');
    return message;
  });
}

it('reads its own documents by the ids that the generated client sends', async () => {
  const [[ownId = '', text = ''] = []] = Object.entries(ownDocuments).filter(([, each]) =>
    each.includes('query ResourceShow('),
  );
  expect(hashOf(text)).toBe(ownId);
  const token = await tokenOf(server, await apiClient(ctx));
  for (const documentId of [ownId, ownId.slice('sha256:'.length)]) {
    const answer = await server.post(token, { documentId, variables: { id } });
    expect(answer.body.data.resource.name).toBe('Attic');
  }
});

describe('a client that may only run what is registered', () => {
  it('is refused every text over POST, GET and a socket, and runs what was approved', async () => {
    const made = await apiClient(ctx, { persistedOnly: true });
    const token = await tokenOf(server, made);
    const ownerToken = await tokenOf(server, await apiClient(ctx));
    expect(codeOf(await server.post(token, { query: ROOM, variables: { id } }))).toBe(
      'PERSISTED_OPERATION_REQUIRED',
    );
    expect((await server.post(token, { query: ROOM, variables: { id } })).status).toBe(400);
    const preflight = { 'apollo-require-preflight': 'yes' };
    expect(codeOf(await get(token, { query: `{ resource(id: "${id}") { name } }` }, preflight))).toBe(
      'PERSISTED_OPERATION_REQUIRED',
    );
    // Apollo's way of sending it, and ours of going round Apollo
    expect(
      codeOf(
        await server.post(
          token,
          { query: ROOM, variables: { id }, extensions: { any: 1 } },
          { 'content-type': 'application/json;x=y' },
        ),
      ),
    ).toBe('PERSISTED_OPERATION_REQUIRED');
    const automatic = { persistedQuery: { version: 1, sha256Hash: hashOf(ROOM).slice(7) } };
    expect(codeOf(await server.post(token, { query: ROOM, variables: { id }, extensions: automatic }))).toBe(
      'PERSISTED_OPERATION_REQUIRED',
    );
    const socket = await socketOf(made);
    expect((await overSocket(socket, { query: ROOM, variables: { id } })).payload[0].extensions.code).toBe(
      'PERSISTED_OPERATION_REQUIRED',
    );

    const input = { name: 'room', document: ROOM };
    const [registerId] =
      Object.entries(ownDocuments).find(([, text]) => text.includes('mutation OperationRegister')) ?? [];
    const { operation } = (await server.post(token, { documentId: registerId, variables: { input } })).body
      .data.operationRegister;
    expect(operation).toMatchObject({ name: 'room', number: 1, hash: hashOf(ROOM), status: 'PENDING' });
    const call = { documentId: operation.hash, variables: { id } };
    expect(codeOf(await server.post(token, call))).toBe('BAD_USER_INPUT');
    const bare = parseGlobalId(operation.id)?.id ?? '';
    await decideOperation(ctx, { id: bare, status: 'APPROVED', words: '' });
    await server.book.look();
    expect((await server.post(token, call)).body).toEqual(NAME);
    expect(
      (await get(token, { documentId: operation.hash, variables: JSON.stringify({ id }) })).body,
    ).toEqual(NAME);
    for (const payload of [call, { ...call, query: '' }])
      expect((await overSocket(socket, payload)).payload).toEqual(NAME);
    // nobody else has it
    expect(codeOf(await server.post(ownerToken, call))).toBe('BAD_USER_INPUT');
    await decideOperation(ctx, { id: bare, status: 'REJECTED', words: 'No more.' });
    await server.book.look();
    expect(codeOf(await server.post(token, call))).toBe('BAD_USER_INPUT');
    socket.end();
  });

  it('watches by a registered subscription', async () => {
    const made = await apiClient(ctx, { persistedOnly: true, scopes: ['read', 'register'] });
    const text = `subscription Watch($ids: [ID!]!) { availability(resources: $ids, window: {
      startsAt: "2032-01-01T00:00:00Z", endsAt: "2032-01-02T00:00:00Z" }) { __typename ... on AvailabilitySnapshot { version } } }`;
    const open = await apiClient(ctx);
    const { hash } = await approved(await tokenOf(server, open), text, {});
    const socket = await socketOf(open);
    const told = await overSocket(socket, { documentId: hash, variables: { ids: [id] } });
    expect(told.payload.data.availability.__typename).toBe('AvailabilitySnapshot');
    const other = await socketOf(made);
    expect(
      (await overSocket(other, { documentId: hash, variables: { ids: [id] } })).payload[0].extensions.code,
    ).toBe('BAD_USER_INPUT');
    socket.end();
    other.end();
  });
});

it('lets nobody send text where the whole program is closed to it', async () => {
  const closed = await testServer(db, { clock: ctx.clock, parts: { persistedOnly: true } });
  expect(codeOf(await closed.post(null, { query: '{ viewer { id } }' }))).toBe(
    'PERSISTED_OPERATION_REQUIRED',
  );
  const [viewerId] = Object.entries(ownDocuments).find(([, text]) => text.includes('query ViewerShow')) ?? [];
  expect((await closed.post(null, { documentId: viewerId })).body).toEqual({ data: { viewer: null } });
});

it('takes automatic persisted queries in development and not in production', async () => {
  const query = '{ viewer { name } }';
  const extensions = { persistedQuery: { version: 1, sha256Hash: hashOf(query).slice(7) } };
  const message = async (at: typeof server, body: object) =>
    (await at.post(null, body)).body.errors?.[0].message;
  expect(await message(server, { extensions })).toBe('PersistedQueryNotFound');
  expect(await message(server, { query: '{ viewer { id } }', extensions })).toContain('hash');
  for (const body of [{ query, extensions }, { extensions }])
    expect((await server.post(null, body)).body).toEqual({ data: { viewer: null } });
  for (const body of [{ query, extensions }, { extensions }])
    expect(await message(production, body)).toBe('PersistedQueryNotSupported');
});

describe('a document to register', () => {
  it.each([
    ['no name of the form', ROOM, { name: 'Room' }, ['input', 'name']],
    ['a name that is too long', ROOM, { name: 'x'.repeat(65) }, ['input', 'name']],
    ['a syntax error', 'query {', {}, ['input', 'document']],
    ['an unknown field', '{ viewer { password } }', {}, ['input', 'document']],
    ['two operations', 'query A { viewer { id } } query B { viewer { id } }', {}, ['input', 'document']],
    ['no operation', 'fragment F on User { id }', {}, ['input', 'document']],
    ['a look into the schema', '{ __schema { types { name } } }', {}, ['input', 'document']],
    ['NUL in it', '{ viewer { id } } #\0', {}, ['input', 'document']],
    ['a number that is not the next', ROOM, { number: 0 }, ['input', 'number']],
    [
      'more depth than is allowed',
      `{ places { nodes ${'{ parent '.repeat(12)}{ id }${' }'.repeat(12)} } }`,
      {},
      ['input', 'document'],
    ],
    [
      'more cost than is allowed',
      '{ places(first: 200) { nodes { children(first: 200) { nodes { id } } } } }',
      {},
      ['input', 'document'],
    ],
    [
      'a scope that the client lacks',
      'mutation { reservationCancel(id: "rsv_x") { __typename } }',
      {},
      ['input', 'document'],
    ],
    ['what no client may do', 'mutation { signOut { __typename } }', {}, ['input', 'document']],
  ])('is refused with %s', async (_what, document, more, path) => {
    const token = await tokenOf(server, await apiClient(ctx, { scopes: ['read', 'register'] }));
    const before = await psql('select from persisted_operation');
    expect(await register(token, document, more)).toMatchObject({ __typename: 'InvalidInput', path });
    expect(await psql('select from persisted_operation')).toHaveLength(before.length);
  });

  it('gets the next number of its name, and is the same when it comes again', async () => {
    const token = await tokenOf(server, await apiClient(ctx));
    const first = (await register(token, ROOM, { name: 'room' })).operation;
    expect((await register(token, `${ROOM} `, { name: 'room' })).operation.number).toBe(2);
    expect((await register(token, ROOM, { name: 'room' })).operation).toEqual(first);
    expect(await register(token, ROOM, { name: 'other' })).toMatchObject({
      __typename: 'InvalidInput',
      message: expect.stringContaining('room number 1'),
    });
    expect((await register(token, `${ROOM}  `, { name: 'room', number: 7 })).operation.number).toBe(7);
  });

  it('is registered once by two that race', async () => {
    const token = await tokenOf(server, await apiClient(ctx));
    const answers = await Promise.all(
      Array.from({ length: 8 }, (_, i) => register(token, `${ROOM} # ${i % 2}`, { name: 'room' })),
    );
    expect(new Set(answers.map(({ operation }) => operation.hash)).size).toBe(2);
    expect(new Set(answers.map(({ operation }) => operation.number))).toEqual(new Set([1, 2]));
  });

  it('is the matter of the client and its owner, and decided by administrators', async () => {
    const owner = await person(db);
    const made = await apiClient(ctx, { ownerId: owner.id });
    const other = await tokenOf(server, await apiClient(ctx));
    expect(await register(other, ROOM, { clientId: made.id })).toMatchObject({ __typename: 'NotFound' });
    const { operation } = await register(await tokenOf(server, made), ROOM);
    const approve = {
      query: 'mutation ($id: ID!) { operationApprove(id: $id) { __typename } }',
      variables: { id: operation.id },
    };
    expect(codeOf(await server.post(await tokenOf(server, made), approve))).toBe('FORBIDDEN');
    const seen = {
      query: 'query ($id: ID!) { persistedOperation(id: $id) { name } }',
      variables: { id: operation.id },
    };
    expect((await server.post(other, seen)).body.data.persistedOperation).toBeNull();
    expect(
      (await server.post(await tokenOf(server, made), seen)).body.data.persistedOperation,
    ).not.toBeNull();
  });
});

it('judges the scopes at each run, whatever they were when it was approved', async () => {
  const made = await apiClient(ctx, { scopes: ['read', 'register'] });
  const { hash } = await approved(await tokenOf(server, made), ROOM);
  const less = await tokenOf(server, made, 'register');
  expect(codeOf(await server.post(less, { documentId: hash, variables: { id } }))).toBe('FORBIDDEN');
});

it('tells of a deprecation by headers, and refuses from the end on', async () => {
  const token = await tokenOf(server, await apiClient(ctx));
  const { hash, bare } = await approved(token, ROOM);
  const deprecatedAt = new Date(ctx.clock.now().getTime() + 60_000);
  const endsAt = new Date(deprecatedAt.getTime() + 60_000);
  expect(await deprecateOperation(ctx, { id: bare, deprecatedAt: null, endsAt })).toMatchObject({
    kind: 'InvalidInput',
  });
  await deprecateOperation(ctx, { id: bare, deprecatedAt, endsAt });
  await server.book.look();
  const parameters = { documentId: hash, variables: JSON.stringify({ id }) };
  const answer = await get(token, parameters);
  expect(answer.body).toEqual(NAME);
  expect(answer.headers.get('deprecation')).toBe(`@${deprecatedAt.getTime() / 1000}`);
  expect(answer.headers.get('sunset')).toBe(endsAt.toUTCString());
  ctx.clock.advance(120_000);
  expect((await get(token, parameters)).body.errors[0].message).toContain('has ended');
});

it('finds those that a new schema has broken at the start, and tells them in the log and by a query', async () => {
  const made = await apiClient(ctx);
  const token = await tokenOf(server, made);
  const { id: broken, bare, hash } = await approved(token, ROOM);
  await psql(`update persisted_operation set text = 'query { resource(id: "x") { gone } }' where id = $1`, [
    bare,
  ]);
  const upgraded = await testServer(db, { clock: ctx.clock });
  const query = '{ persistedOperations(filter: { isBroken: true }) { nodes { id problems } } }';
  const { body } = await upgraded.post(await tokenOf(upgraded, made), { query });
  expect(body.data.persistedOperations.nodes).toEqual([
    { id: broken, problems: [expect.stringContaining('gone')] },
  ]);
  expect(upgraded.log.lines).toContainEqual(
    expect.objectContaining({ level: 'warn', message: 'an approved document does not fit the schema' }),
  );
  expect(codeOf(await upgraded.post(token, { documentId: hash }))).toBe('BAD_USER_INPUT');
  const approve = {
    query: 'mutation ($id: ID!) { operationApprove(id: $id) { __typename } }',
    variables: { id: broken },
  };
  const admin = await server.identity.tokens.issue({
    id: viewer.userId,
    role: 'ADMINISTRATOR',
    sessionId: viewer.sessionId,
    issuedAtMs: ctx.clock.now().getTime(),
  });
  expect((await upgraded.post(admin.accessToken, approve)).body.data.operationApprove).toEqual({
    __typename: 'InvalidInput',
  });
  await psql('delete from persisted_operation where id = $1', [bare]);
});

it('hears of a decision by a wake-up, and without one within two seconds', async () => {
  const made = await apiClient(ctx);
  const { operation } = await register(await tokenOf(server, made), ROOM);
  const deaf = await testServer(db, { clock: ctx.clock, pollMs: 100 });
  await decideOperation(ctx, { id: parseGlobalId(operation.id)?.id ?? '', status: 'APPROVED', words: '' });
  const token = await tokenOf(deaf, made);
  await eventually(async () =>
    expect((await deaf.post(token, { documentId: operation.hash, variables: { id } })).body).toEqual(NAME),
  );
});

it('never fails on whatever is sent as a document id, variables or extensions', async () => {
  const token = await tokenOf(server, await apiClient(ctx));
  const [ownId = ''] =
    Object.entries(ownDocuments).find(([, text]) => text.includes('query Availability(')) ?? [];
  const text = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 40 }),
    fc.json({ maxDepth: 3 }),
    fc.constantFrom('{', '{"__proto__": 1}', '[]', 'null', ownId),
  );
  await fc.assert(
    fc.asyncProperty(
      fc.oneof(text, fc.constant(ownId)),
      text,
      text,
      fc.string({ unit: 'grapheme-ascii', maxLength: 20 }),
      async (documentId, variables, extensions, tag) => {
        const answer = await get(token, { documentId, variables, extensions }, { 'if-none-match': tag });
        expect(answer.status).toBe(400);
        const posted = await server.post(token, { documentId, variables, extensions });
        expect(posted.status).toBe(400);
      },
    ),
    { numRuns: 100 },
  );
});

it('answers a document without a statement more than it needs, and counts it without one', async () => {
  const token = await tokenOf(server, await apiClient(ctx));
  const { hash } = await approved(token, ROOM);
  await server.post(token, { documentId: hash, variables: { id } });
  server.said.splice(0);
  await server.post(token, { documentId: hash, variables: { id } });
  expect(server.said).toEqual(['resource-by-ids']);
});
