import { Validator } from '@seriousme/openapi-schema-validator';
import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import fc from 'fast-check';
import { addPasskey, beginPasskey } from '../../src/domain/auth/passkeys/add-passkey.js';
import { globalId, parseGlobalId } from '../../src/domain/ids.js';
import { decideOperation, deprecateOperation } from '../../src/domain/operations/decide-operation.js';
import { PASSWORD } from '../domain/auth/identity-kit.js';
import { withApp } from '../kit/authenticator-app.js';
import { apiClient, type MadeClient, tokenOf } from '../kit/clients.js';
import { reserved } from '../kit/closures.js';
import { testCtx } from '../kit/ctx.js';
import { useDatabase } from '../kit/database.js';
import { person } from '../kit/people.js';
import { mustCheckIn } from '../kit/presence.js';
import { type Answered, testServer } from '../kit/server.js';
import { SoftAuthenticator } from '../kit/soft-authenticator.js';
import { place, resourceType, room } from '../kit/things.js';

const { db, psql } = await useDatabase();
const { viewer } = await person(db, 'ADMINISTRATOR');
const ctx = { ...testCtx(db, viewer), viewer };
const server = await testServer(db, {
  clock: ctx.clock,
  pollMs: 50,
  parts: { publicUrl: 'https://rooms.example.com' },
});
const made = await apiClient(ctx, { role: 'MANAGER' });
const token = await tokenOf(server, made);
const site = await place(db);
const type = await resourceType(db);
const { id: roomId } = await room(db, { placeId: site.id, typeId: type.id, tags: ['quiet'] });
const resourceId = globalId('Resource', roomId);
const DAY = { startsAt: '2027-03-02T00:00:00Z', endsAt: '2027-03-03T00:00:00Z' };
const hour = (at: number) => `2027-03-02T${String(at).padStart(2, '0')}:00:00.000Z`;
const wish = (from: number, more: object = {}) => ({
  title: 'Planning',
  window: { startsAt: hour(from), endsAt: hour(from + 1) },
  resources: [{ resourceId }],
  ...more,
});

const authorization = (as: string | null) => (as === null ? {} : { authorization: `Bearer ${as}` });
const textOf = (value: unknown) => (typeof value === 'string' ? value : JSON.stringify(value));
const get = (name: string, parameters: object = {}, headers: object = {}, as: string | null = token) => {
  const query = new URLSearchParams(
    Object.entries(parameters).flatMap(([key, value]) =>
      Array.isArray(value) ? value.map((each) => [key, textOf(each)]) : [[key, textOf(value)]],
    ),
  );
  return server.fetch(`/rest/${name}?${query}`, { headers: { ...authorization(as), ...headers } });
};
const post = (name: string, body: unknown, headers: object = {}, as: string | null = token) =>
  server.fetch(`/rest/${name}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...authorization(as), ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });

function expectProblem(answer: Answered, status: number, kind: string): Record<string, unknown> {
  expect([answer.status, answer.body?.kind]).toEqual([status, kind]);
  expect(answer.headers.get('content-type')).toBe('application/problem+json; charset=utf-8');
  expect(answer.body).toMatchObject({
    status,
    type: expect.stringMatching(/^urn:holdfast:problem:[a-z-]+$/),
    title: expect.any(String),
    detail: expect.any(String),
    requestId: answer.headers.get('x-request-id'),
  });
  return answer.body;
}

let count = 0;
async function registered(client: MadeClient, document: string, name: string) {
  const as = await tokenOf(server, client);
  const { body } = await post('operation-register', { input: { name, document } }, {}, as);
  const id = parseGlobalId(body.operation.id)?.id ?? '';
  await decideOperation(ctx, { id, status: 'APPROVED', words: '' });
  await server.book.look();
  return { id, as };
}

it('reads by GET with typed parameters: texts, numbers, lists by repetition and objects as JSON', async () => {
  const list = await get('resources-list', { filter: { search: 'quiet' }, first: 1 });
  expect(list.status).toBe(200);
  expect(list.body.nodes).toMatchObject([{ id: resourceId, tags: ['quiet'] }]);
  const day = await get('availability', { resources: [resourceId, resourceId], window: DAY });
  expect(day.body).toHaveLength(2);
  expect(day.body[0]).toMatchObject({ resource: { id: resourceId }, busy: [], free: [{ quantity: 1 }] });
  expect((await post('availability', { resources: [resourceId], window: DAY })).body).toEqual([day.body[0]]);
  expect((await get('viewer-show')).body.name).toBe(made.client.name);
});

it('answers a conditional GET as the same document does at /graphql', async () => {
  const parameters = { resources: [resourceId], window: DAY };
  const first = await get('availability', parameters);
  const etag = first.headers.get('etag') ?? '';
  server.said.splice(0);
  expect(await get('availability', parameters, { 'if-none-match': etag })).toMatchObject({
    status: 304,
    body: '',
  });
  expect(server.said).toEqual(['resource-states']);
  expect(first.headers.get('vary')).toBe('Authorization');
});

it('changes by POST, and tells refusals as problems with every reason', async () => {
  const created = await post('reservation-create', { input: wish(9) });
  expect(created.status).toBe(200);
  expect(created.headers.get('cache-control')).toBe('no-store');
  expect(created.body).toMatchObject({
    __typename: 'ReservationSuccess',
    reservation: { state: 'CONFIRMED', version: 1 },
  });
  const refused = expectProblem(
    await post('reservation-create', { input: wish(9) }),
    409,
    'ReservationRefused',
  );
  expect(refused.reasons).toMatchObject([
    { code: 'SLOT_TAKEN', message: expect.any(String), resource: { id: resourceId } },
  ]);
  const { id } = created.body.reservation;
  expectProblem(
    await post('reservation-cancel', { id, input: { expectedVersion: 7 } }),
    409,
    'VersionConflict',
  );
  expect((await post('reservation-cancel', { id })).body.reservation.state).toBe('CANCELLED');
  expectProblem(await post('reservation-cancel', { id: globalId('Reservation', roomId) }), 404, 'NotFound');
  expectProblem(await post('reservation-create', { input: wish(9, { title: ' ' }) }), 400, 'InvalidInput');
});

it('tells every reason also where a document has asked for none of them', async () => {
  const client = await apiClient(ctx);
  const document =
    'mutation ($input: ReservationCreateInput!) { made: reservationCreate(input: $input) { ... on ReservationSuccess { reservation { id } } } }';
  const { as } = await registered(client, document, 'make-one');
  await reserved(ctx, [roomId], hour(20), hour(21));
  const refused = expectProblem(
    await post('make-one', { input: wish(20) }, {}, as),
    409,
    'ReservationRefused',
  );
  expect(refused.reasons).toMatchObject([{ code: 'SLOT_TAKEN', message: expect.any(String) }]);
  expect(refused.detail).not.toBe('ReservationRefused');
});

it('takes the idempotency key from the header', async () => {
  const key = { 'idempotency-key': '"key-1"' };
  const first = await post('reservation-create', { input: wish(11) }, key);
  const again = await post('reservation-create', { input: wish(11) }, { 'idempotency-key': 'key-1' });
  expect(again.body).toEqual(first.body);
  expectProblem(await post('reservation-create', { input: wish(12) }, key), 409, 'IdempotencyKeyReused');
  expectProblem(
    await post('reservation-create', { input: wish(12, { idempotencyKey: 'other' }) }, key),
    400,
    'BAD_USER_INPUT',
  );
  expectProblem(
    await post('operation-register', { input: { name: 'x', document: '{ viewer { id } }' } }, key),
    400,
    'BAD_USER_INPUT',
  );
  // an optional input that is left out has a place for it as well
  const { id } = first.body.reservation;
  const cancelled = await post('reservation-cancel', { id }, { 'idempotency-key': 'key-2' });
  expect((await post('reservation-cancel', { id }, { 'idempotency-key': 'key-2' })).body).toEqual(
    cancelled.body,
  );
});

it('leaves out nothing of one document because of what another one leaves out', async () => {
  const client = await apiClient(ctx, { role: 'MANAGER' });
  const left = '... on Query @include(if: $all) { node(id: $id) { ... on Resource { name } } }';
  const { as } = await registered(client, `query($all: Boolean!, $id: ID!) { ${left} }`, 'leaving');
  await registered(client, 'query($id: ID!) { node(id: $id) { ... on Resource { name } } }', 'plain');
  for (let time = 1; time <= 3; time++) {
    await get('leaving', { id: resourceId, all: false }, {}, as);
    const { body } = await get('plain', { id: resourceId }, {}, as);
    expect(body).toMatchObject({ __typename: 'Resource', name: expect.any(String) });
  }
});

it('answers everything else as problems with the right status', async () => {
  expectProblem(await get('no-such-document'), 404, 'NotFound');
  expectProblem(await get('resources-list/v2'), 404, 'NotFound');
  expectProblem(await get('availability-watch'), 404, 'NotFound');
  expectProblem(await get('resource-show', { id: globalId('Resource', site.id) }), 404, 'NotFound');
  expectProblem(await get('resource-show', {}), 400, 'BAD_USER_INPUT');
  expectProblem(await get('resources-list', { first: 'ten' }), 400, 'BAD_USER_INPUT');
  expectProblem(await get('resources-list', { frist: 10 }), 400, 'BAD_USER_INPUT');
  expectProblem(await get('resources-list', { first: 201 }), 400, 'BAD_USER_INPUT');
  expectProblem(await get('availability', { resources: [resourceId], window: '{' }), 400, 'BAD_USER_INPUT');
  expectProblem(await post('reservation-create', { imput: {} }), 400, 'BAD_USER_INPUT');
  expectProblem(await post('reservation-create', '{'), 400, 'BAD_USER_INPUT');
  expectProblem(await post('reservation-create', '[]'), 400, 'BAD_USER_INPUT');
  expectProblem(
    await post('reservation-create', 'x', { 'content-type': 'text/plain' }),
    415,
    'BAD_USER_INPUT',
  );
  expectProblem(
    await post('reservation-create', { input: wish(9, { title: 'x'.repeat(200_000) }) }),
    413,
    'BAD_USER_INPUT',
  );
  const byGet = await get('reservation-create', { input: wish(13) });
  expectProblem(byGet, 405, 'MethodNotAllowed');
  expect(byGet.headers.get('allow')).toBe('POST');
  const anonymous = await get('resources-list', {}, {}, null);
  expectProblem(anonymous, 401, 'UNAUTHENTICATED');
  expect(anonymous.headers.get('www-authenticate')).toContain('Bearer');
  expectProblem(await get('resources-list', {}, {}, 'nonsense'), 401, 'UNAUTHENTICATED');
  const reader = await tokenOf(server, await apiClient(ctx, { scopes: ['read'] }));
  expectProblem(await post('reservation-create', { input: wish(13) }, {}, reader), 403, 'FORBIDDEN');
  const slow = await tokenOf(server, await apiClient(ctx, { perMinute: 1 }));
  await get('viewer-show', {}, {}, slow);
  const limited = await get('viewer-show', {}, {}, slow);
  expectProblem(limited, 429, 'RATE_LIMITED');
  expect(limited.headers.get('retry-after')).toBe(String(limited.body.retryAfter));
});

it('answers 503 while the database is away', async () => {
  const { Unavailable } = await import('../../src/domain/failure.js');
  let away = false;
  const frail = await testServer(db, {
    clock: ctx.clock,
    before: async () => {
      if (away) throw new Unavailable('no database');
    },
  });
  away = true;
  const answer = await frail.fetch('/rest/resources-list', { headers: authorization(token) });
  expectProblem(answer, 503, 'UNAVAILABLE');
  expect(answer.headers.get('retry-after')).toBe('1');
});

it("runs the newest document of a name, the one of a number, and the client's own before one of ours", async () => {
  const client = await apiClient(ctx);
  const { id: first, as } = await registered(client, '{ viewer { name } }', 'who');
  await registered(client, '{ viewer { id } }', 'who');
  await registered(client, '{ viewer { role } }', 'viewer-show');
  expect(Object.keys((await get('who', {}, {}, as)).body)).toEqual(['id']);
  expect(Object.keys((await get('who/v1', {}, {}, as)).body)).toEqual(['name']);
  expect(Object.keys((await get('who/v2', {}, {}, as)).body)).toEqual(['id']);
  expect((await get('viewer-show', {}, {}, as)).body).toEqual({ role: 'MEMBER' });
  expectProblem(await get('who'), 404, 'NotFound');
  const deprecatedAt = ctx.clock.now();
  await deprecateOperation(ctx, { id: first, deprecatedAt, endsAt: null });
  await server.book.look();
  expect((await get('who/v1', {}, {}, as)).headers.get('deprecation')).toBe(
    `@${deprecatedAt.getTime() / 1000}`,
  );
  const { body } = await server.fetch('/rest/openapi.json', { headers: authorization(as) });
  expect(body.paths['/rest/who/v1'].get.deprecated).toBe(true);
  expect(body.paths['/rest/who'].get).not.toHaveProperty('deprecated');
  expect(Object.keys(body.paths['/rest/viewer-show'])).toEqual(['get', 'post']);
});

it('answers several root fields, and those behind a fragment, as a whole', async () => {
  const client = await apiClient(ctx);
  const { as } = await registered(
    client,
    'query ($all: Boolean!) { viewer @include(if: $all) { name } }',
    'perhaps',
  );
  await registered(client, '{ ...Who } fragment Who on Query { viewer { name } }', 'behind');
  await registered(client, '{ me: viewer { name } you: user(id: "usr_x") { name } }', 'both');
  const viewed = { name: client.client.name };
  expect((await get('perhaps', { all: false }, {}, as)).body).toEqual({});
  expect((await get('perhaps', { all: true }, {}, as)).body).toEqual(viewed);
  expect((await get('behind', {}, {}, as)).body).toEqual({ viewer: viewed });
  expect((await get('both', {}, {}, as)).body).toEqual({ me: viewed, you: null });
  const { body } = await server.fetch('/rest/openapi.json', { headers: authorization(as) });
  const answered = (name: string) =>
    Object.keys(body.paths[`/rest/${name}`].get.responses[200].content['application/json'].schema.properties);
  expect([answered('perhaps'), answered('behind'), answered('both')]).toEqual([
    ['name'],
    ['viewer'],
    ['me', 'you'],
  ]);
});

const KEY_HOLDER = 'key-holder@example.com';

/** A passkey of somebody who has it beside a password. */
async function passkeyOf(passwordHash: string): Promise<SoftAuthenticator> {
  const holder = await person(db, 'MEMBER', { email: KEY_HOLDER, passwordHash });
  await psql('update session set proved_at = $2 where id = $1', [holder.viewer.sessionId, ctx.clock.fixed()]);
  const theirs = { ...ctx, identity: server.identity, viewer: holder.viewer };
  const key = new SoftAuthenticator('https://rooms.example.com');
  const begun = await beginPasskey(theirs);
  if (!('options' in begun)) throw new Error(begun.kind);
  await addPasskey(theirs, { name: 'Phone', response: key.create(begun.options) });
  return key;
}

describe('the description', () => {
  const describe_ = async (as: string | null) =>
    (await server.fetch('/rest/openapi.json', { headers: authorization(as) })).body;

  it('is valid OpenAPI 3.1', async () => {
    for (const as of [token, null]) {
      const validator = new Validator();
      const { valid, errors } = await validator.validate(structuredClone(await describe_(as)));
      expect(errors ?? []).toEqual([]);
      expect(valid).toBe(true);
      expect(validator.version).toBe('3.1');
    }
  });

  it('shows to each what it may call', async () => {
    const paths = async (as: string | null) => Object.keys((await describe_(as)).paths);
    const reader = await tokenOf(server, await apiClient(ctx, { scopes: ['read'] }));
    expect(await paths(reader)).toContain('/rest/resources-list');
    expect(await paths(reader)).not.toContain('/rest/reservation-create');
    expect(await paths(token)).toContain('/rest/reservation-create');
    expect(await paths(token)).not.toContain('/rest/sign-in');
    expect(await paths(null)).toEqual([
      '/rest/passkey-ask',
      '/rest/sign-in',
      '/rest/sign-in-by-passkey',
      '/rest/sign-in-confirm',
      '/rest/sign-out',
      '/rest/token-refresh',
      '/rest/viewer-show',
    ]);
  });

  it('says of every operation what it takes and answers: each is run, and its answer is as described', async () => {
    const passwordHash = await server.identity.hasher.hash(PASSWORD);
    const { email } = await person(db, 'MANAGER', { passwordHash });
    const signIn = async () =>
      (await post('sign-in', { input: { email, password: PASSWORD } }, {}, null)).body;
    const human: string = (await signIn()).accessToken;
    const booked = async (from: number, more: object = {}) =>
      (await post('reservation-create', { input: wish(from, more) })).body.reservation.id;
    const held = async (from: number) =>
      (await post('reservation-hold', { input: wish(from) })).body.reservation.id;
    const key = await passkeyOf(passwordHash);
    const { id: doorId } = await room(db);
    await mustCheckIn(db, { resourceId: doorId }, { opensMinutes: 10_080 });
    const atDoor = (from: number) =>
      wish(from, { resources: [{ resourceId: globalId('Resource', doorId) }] });
    const bookedAtDoor = (from: number) => booked(from, atDoor(from));
    const joined = async (from: number) =>
      (await post('waitlist-join', { input: atDoor(from) })).body.wait.id;
    const guarded = await person(db, 'MEMBER', { passwordHash });
    const signInGuarded = async () =>
      (await post('sign-in', { input: { email: guarded.email, password: PASSWORD } }, {}, null)).body;
    const proven = await server.identity.authenticate(`Bearer ${(await signInGuarded()).accessToken}`);
    const { viewer: guardedViewer } = proven as Exclude<typeof proven, 'INVALID' | null>;
    const guardedCtx = { ...testCtx(db, guardedViewer, ctx.clock), identity: server.identity };
    const codes = [...(await withApp({ ...guardedCtx, viewer: guardedViewer })).recoveryCodes];
    const calls: Record<
      string,
      () => Promise<{ readonly body?: object; readonly query?: object; readonly as?: string | null }>
    > = {
      availability: async () => ({ query: { resources: [resourceId], window: DAY } }),
      'notifications-list': async () => ({ query: { unreadOnly: true } }),
      'operation-register': async () => ({
        body: { input: { name: `doc-${++count}`, document: '{ viewer { timeZone } }' } },
      }),
      'operations-list': async () => ({ query: { filter: { status: 'PENDING' }, first: 5 } }),
      'places-list': async () => ({ query: {} }),
      'reservation-cancel': async () => ({ body: { id: await booked(14) } }),
      'reservation-check-in': async () => ({ body: { id: await bookedAtDoor(9) } }),
      'reservation-check-out': async () => {
        const id = await bookedAtDoor(10);
        await post('reservation-check-in', { id });
        return { body: { id } };
      },
      'reservation-presence': async () => ({ query: { id: await bookedAtDoor(17) } }),
      'reservations-here': async () => ({ query: { filter: { attending: true } } }),
      'reservation-confirm': async () => ({ body: { id: await held(15) } }),
      'reservation-create': async () => ({ body: { input: wish(16) } }),
      'reservation-extend': async () => ({ body: { id: await bookedAtDoor(11), input: { minutes: 30 } } }),
      'reservation-hold': async () => ({ body: { input: wish(17) } }),
      'reservation-move': async () => ({
        body: { id: await booked(18), input: { window: { startsAt: hour(19), endsAt: hour(20) } } },
      }),
      'reservation-show': async () => ({ query: { id: await booked(22) } }),
      'reservations-awaited': async () => ({ query: { window: DAY } }),
      'reservations-list': async () => ({ query: { filter: { window: DAY } } }),
      'resource-show': async () => ({ query: { id: resourceId } }),
      'resource-types-list': async () => ({ query: {} }),
      'resources-free': async () => ({ query: { window: DAY } }),
      'resources-list': async () => ({ query: { first: 3 } }),
      'viewer-show': async () => ({ query: {} }),
      'waitlist-join': async () => {
        await bookedAtDoor(14);
        return { body: { input: atDoor(14) } };
      },
      'waitlist-leave': async () => {
        await bookedAtDoor(15);
        return { body: { id: await joined(15) } };
      },
      'waits-list': async () => ({ query: { states: ['WAITING'] } }),
      'sign-in': async () => ({ body: { input: { email, password: PASSWORD } }, as: null }),
      'passkey-ask': async () => ({ body: {}, as: null }),
      'sign-in-by-passkey': async () => {
        const { options } = (await post('passkey-ask', {}, {}, null)).body;
        return { body: { input: { response: key.get(options) } }, as: null };
      },
      'sign-in-confirm': async () => ({
        body: { input: { challenge: (await signInGuarded()).challenge, code: codes.pop() } },
        as: null,
      }),
      'token-refresh': async () => ({
        body: { input: { refreshToken: (await signIn()).refreshToken } },
        as: null,
      }),
      'sign-out': async () => ({ body: {}, as: (await signIn()).accessToken }),
    };
    const ajv = new Ajv2020({ strict: false, allErrors: true });
    (formats as unknown as (of: Ajv2020) => void)(ajv);
    const run = async (
      description: { paths: Record<string, Record<string, object>> },
      id: string,
      only: (name: string) => boolean,
      as: string | null,
    ) => {
      ajv.addSchema(description, id);
      const names = Object.keys(description.paths)
        .map((path) => path.replace('/rest/', ''))
        .filter(only);
      for (const name of names) {
        const call = await calls[name]?.();
        if (!call) throw new Error(`no call of ${name}`);
        const methods = Object.keys(description.paths[`/rest/${name}`] ?? {});
        for (const method of methods) {
          const who = call.as === undefined ? as : call.as;
          const answer =
            method === 'get'
              ? await get(name, call.query, {}, who)
              : await post(name, call.body ?? call.query ?? {}, {}, who);
          expect([name, method, answer.status, answer.body]).toEqual([name, method, 200, answer.body]);
          const where = `${id}#/paths/~1rest~1${name}/${method}/responses/200/content/application~1json/schema`;
          const check = ajv.compile({ $ref: where });
          check(answer.body);
          expect([name, check.errors ?? []]).toEqual([name, []]);
          // and the description is no description of anything
          expect(check({ nothing: 'of the kind' })).toBe(false);
        }
      }
      return names;
    };
    const ofClient = await run(await describe_(token), 'client', () => true, token);
    const ofPerson = await run(
      await describe_(human),
      'person',
      (name) => !ofClient.includes(name) || name === 'viewer-show',
      human,
    );
    const rest = await run(await describe_(null), 'anonymous', (name) => name !== 'viewer-show', null);
    expect([...new Set([...ofClient, ...ofPerson, ...rest])].sort()).toEqual(Object.keys(calls).sort());
  });

  it('says which values may be null', async () => {
    const { paths, components } = await describe_(token);
    const { properties } =
      paths['/rest/reservation-show'].get.responses[200].content['application/json'].schema;
    expect(properties.expiresAt.anyOf).toEqual([{ $ref: '#/components/schemas/DateTime' }, { type: 'null' }]);
    expect(properties.title.type).toBe('string');
    expect(properties.state.$ref).toBe('#/components/schemas/ReservationState');
    expect(components.schemas.ReservationState.enum).toContain('CONFIRMED');
    expect(components.schemas.WindowInput.properties.startsAt.anyOf).toContainEqual({ type: 'null' });
  });
});

it('never fails on anything that is sent to it', async () => {
  const before = await psql('select from reservation');
  const word = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 20 }),
    fc.constantFrom(
      'id',
      'input',
      'first',
      'filter',
      'window',
      '__proto__',
      'constructor',
      '%zz',
      '..',
      'v1',
      '\0',
    ),
  );
  const name = fc.constantFrom(
    'resources-list',
    'availability',
    'reservation-create',
    'reservation-cancel',
    'viewer-show',
    'openapi.json',
    'x',
  );
  const value = fc.oneof(
    word,
    fc.json({ maxDepth: 3 }),
    fc.constantFrom('{"__proto__":{}}', '{"search":"\\u0000"}', '[[[[]]]]', '1e309', '-0'),
  );
  const keys = fc.string({ unit: 'grapheme-ascii', maxLength: 250 });
  await fc.assert(
    fc.asyncProperty(
      fc.oneof(name, word.map(encodeURIComponent)),
      fc.array(fc.tuple(word, value), { maxLength: 4 }),
      value,
      keys,
      async (path, pairs, body, key) => {
        const read = await server.fetch(`/rest/${path}?${new URLSearchParams(pairs)}`, {
          headers: authorization(token),
        });
        expect(read.status).toBeLessThan(500);
        const wrote = await post(path, body, { 'idempotency-key': key });
        expect(wrote.status).toBeLessThan(500);
        const posted = await post(path, Object.fromEntries(pairs));
        expect(posted.status).toBeLessThan(500);
      },
    ),
    {
      numRuns: 60,
      examples: [['resources-list', [['filter', '{"search":"\\u0000"}']], 'null', 'x'.repeat(201)]],
    },
  );
  expect(await psql('select from reservation')).toHaveLength(before.length);
});
