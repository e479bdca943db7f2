import { type SampleServer, startSample } from './sample-server.js';

let server: SampleServer;
let member: Record<string, string>;
beforeAll(async () => {
  server = await startSample({ limits: { operationMs: 300 } });
  member = { authorization: `Bearer ${server.identity.token('user-1')}` };
});
afterAll(() => server.close());

const GRAPHQL_RESPONSE = { accept: 'application/graphql-response+json' };
const errorLines = () => server.log.lines.filter(({ level }) => level === 'error');

describe('an operation over HTTP', () => {
  const requests: Record<string, { body: object; headers?: Record<string, string> }> = {
    'a query': { body: { query: '{ hello }' } },
    'a query with variables': {
      body: { query: 'query Q($n: String) { hello(name: $n) }', variables: { n: 'you' }, operationName: 'Q' },
    },
    'a mutation': { body: { query: 'mutation { __typename }' } },
    'variables that do not fit': {
      body: { query: 'query ($ms: Int!) { slow(ms: $ms) }', variables: { ms: 'x' } },
    },
    'variables that do not fit, for a strict client': {
      body: { query: 'query ($ms: Int!) { slow(ms: $ms) }', variables: { ms: 'x' } },
      headers: GRAPHQL_RESPONSE,
    },
    'an operation that is not there': {
      body: { query: 'query A { hello } query B { hello }', operationName: 'C' },
    },
    'several operations and none named': { body: { query: 'query A { hello } query B { hello }' } },
    'a page that is too large': { body: { query: '{ things(first: 500) { nodes { name } } }' } },
    'a resolver that fails with a field beside it': { body: { query: '{ denied hello }' } },
    'a dependency that is away': { body: { query: '{ away }' } },
    'a token that nobody has given out': {
      body: { query: '{ hello }' },
      headers: { authorization: 'Bearer nope' },
    },
    'the same for a strict client': {
      body: { query: '{ hello }' },
      headers: { authorization: 'Bearer nope', ...GRAPHQL_RESPONSE },
    },
    'an operation that takes too long': { body: { query: '{ slow(ms: 2000) }' }, headers: GRAPHQL_RESPONSE },
    'a subscription': { body: { query: 'subscription { ticks }' } },
    'an accept header with a weight': {
      body: { query: '{ hello }' },
      headers: { accept: 'application/json;q=0.5, application/graphql-response+json' },
    },
    'an accept header for anything': { body: { query: '{ hello }' }, headers: { accept: '*/*' } },
  };

  it.each(Object.entries(requests))(
    'gets the same answer by the short way and by Apollo: %s',
    async (_name, { body, headers }) => {
      await server.post(body, headers);
      const plain = await server.post(body, headers);
      const byApollo = await server.post({ ...body, extensions: {} }, headers);
      expect(plain.status).toBe(byApollo.status);
      expect(plain.headers.get('content-type')).toBe(byApollo.headers.get('content-type'));
      expect(plain.body).toEqual(byApollo.body);
    },
  );

  it('cannot subscribe', async () => {
    const { body } = await server.post({ query: 'subscription { ticks }' });
    expect(body.errors[0]).toMatchObject({
      message: expect.stringContaining('WebSocket'),
      extensions: { code: 'BAD_USER_INPUT' },
    });
  });

  it('knows who asks', async () => {
    const query = '{ whoami }';
    for (const extensions of [undefined, {}, undefined]) {
      expect((await server.post({ query, extensions }, member)).body.data).toEqual({ whoami: 'user-1' });
      expect((await server.post({ query, extensions })).body.data).toEqual({ whoami: null });
    }
    expect(server.seen.contexts.at(-1)).toMatchObject({
      address: '127.0.0.1',
      userAgent: 'node',
      viewer: null,
    });
  });

  it('refuses a token that does not count instead of taking its sender for a guest', async () => {
    for (const extensions of [undefined, {}]) {
      const strict = { ...GRAPHQL_RESPONSE, authorization: 'Bearer nope' };
      const { status, body } = await server.post({ query: '{ hello }', extensions }, strict);
      expect(status).toBe(401);
      expect(body).toEqual({
        errors: [{ message: 'Sign in first.', extensions: { code: 'UNAUTHENTICATED' } }],
      });
    }
  });

  it('says UNAVAILABLE, and never UNAUTHENTICATED, while nobody can be recognised', async () => {
    server.identity.away = true;
    try {
      for (const extensions of [undefined, {}]) {
        const strict = await server.post(
          { query: '{ hello }', extensions },
          { ...member, ...GRAPHQL_RESPONSE },
        );
        expect(strict.status).toBe(503);
        expect(strict.body.errors[0].extensions.code).toBe('UNAVAILABLE');
        const plain = await server.post({ query: '{ hello }', extensions }, member);
        expect(plain.status).toBe(200);
        expect(plain.body.errors[0].extensions.code).toBe('UNAVAILABLE');
      }
    } finally {
      server.identity.away = false;
    }
  });

  it('hides what broke, names the request, and logs the cause once', async () => {
    for (const extensions of [undefined, {}, undefined]) {
      const before = errorLines().length;
      const { body, headers } = await server.post({ query: '{ broken hello }', extensions });
      const requestId = headers.get('x-request-id');
      expect(body.data).toEqual({ broken: null, hello: 'hello world' });
      expect(body.errors).toEqual([
        {
          message: `Something went wrong on our side. Request id: ${requestId}`,
          locations: [{ line: 1, column: 3 }],
          path: ['broken'],
          extensions: { code: 'INTERNAL', requestId },
        },
      ]);
      expect(JSON.stringify(body)).not.toContain('hunter2');
      const [line, ...more] = errorLines().slice(before);
      expect(more).toEqual([]);
      expect(line?.facts).toMatchObject({
        requestId,
        err: expect.objectContaining({ message: 'the password is hunter2' }),
      });
    }
  });

  it('shows no error whose code is not one of ours', async () => {
    for (const extensions of [undefined, {}, undefined]) {
      const { body } = await server.post({ query: '{ foreign }', extensions });
      expect(body.errors[0].extensions.code).toBe('INTERNAL');
      expect(JSON.stringify(body)).not.toContain('internals');
    }
  });

  it('says UNAVAILABLE when a dependency of a resolver is away, and not what it is', async () => {
    const { body } = await server.post({ query: '{ away }' });
    expect(body.errors[0]).toMatchObject({ path: ['away'], extensions: { code: 'UNAVAILABLE' } });
    expect(JSON.stringify(body)).not.toContain('secret');
  });

  it('gives up what takes too long, and tells the resolver', async () => {
    server.seen.aborted = false;
    const { body, status } = await server.post({ query: '{ slow(ms: 3000) }' }, GRAPHQL_RESPONSE);
    expect(status).toBe(504);
    expect(body.errors[0].extensions.code).toBe('TIMEOUT');
    expect(server.seen.aborted).toBe(true);
  });

  it('leaves one line in the log, without its variables', async () => {
    for (const extensions of [undefined, {}, undefined]) {
      const before = server.log.lines.length;
      await server.post(
        { query: 'query Greet($n: String) { hello(name: $n) }', variables: { n: 'private' }, extensions },
        { ...member, 'x-request-id': 'caller-0001' },
      );
      const lines = server.log.lines.slice(before);
      expect(lines).toHaveLength(1);
      expect(lines[0]).toMatchObject({
        level: 'info',
        facts: {
          requestId: 'caller-0001',
          operation: 'Greet',
          kind: 'query',
          status: 'OK',
          via: 'http',
          userId: 'user-1',
        },
      });
      expect(JSON.stringify(lines)).not.toContain('private');
    }
  });

  it('takes a request id of the caller only when it is harmless', async () => {
    const idOf = async (given: string) =>
      (await server.post({ query: '{ hello }' }, { 'x-request-id': given })).headers.get('x-request-id');
    expect(await idOf('abcdef01-2345')).toBe('abcdef01-2345');
    for (const given of ['short', 'with space in it', 'x'.repeat(65), '<script>alert(1)</script>']) {
      expect(await idOf(given)).toMatch(/^[0-9a-f-]{36}$/);
    }
  });
});
