import { getIntrospectionQuery } from 'graphql';
import { createClient } from 'graphql-ws';
import WebSocket from 'ws';
import { type SampleServer, startSample } from './sample-server.js';

let server: SampleServer;
beforeAll(async () => {
  server = await startSample();
});
afterAll(() => server.close());

const nested = (levels: number): string =>
  levels === 0 ? 'name' : `things(first: 1) { nodes { ${nested(levels - 1)} } }`;

const tooMuch: Record<
  string,
  { query: string; variables?: Record<string, unknown>; code?: string; says: string }
> = {
  'is too deep': { query: `{ ${nested(6)} }`, says: '13 fields deep; 12 are allowed' },
  'is too deep by fragments': {
    query: `{ ...A } fragment A on Query { things(first: 1) { ...B } } fragment B on Things { nodes { ${nested(6)} } }`,
    says: 'fields deep; 12 are allowed',
  },
  'has too many aliases': {
    query: `{ ${Array.from({ length: 31 }, (_, i) => `a${i}: __typename`).join(' ')} }`,
    says: '31 aliases; 30 are allowed',
  },
  'has too many root fields': { query: `{ ${'hello '.repeat(21)} }`, says: '21 root fields; 20 are allowed' },
  'has too many fields in one object': {
    query: `{ things(first: 1) { nodes { ${'name '.repeat(101)} } } }`,
    says: '101 fields; 100 are allowed',
  },
  'has too many fields in all': {
    query: `{ ${Array.from({ length: 20 }, (_, i) => `a${i}: things(first: 1) { nodes { ...F } }`).join(' ')} }
      fragment F on Thing { ${'name '.repeat(60)} }`,
    says: 'fields; 1000 are allowed',
  },
  'has fragments that multiply': {
    query: `{ things(first: 1) { nodes { ...F0 } } } ${Array.from({ length: 12 }, (_, i) => `fragment F${i} on Thing { ...F${i + 1} ...F${i + 1} }`).join(' ')} fragment F12 on Thing { name }`,
    says: 'fields; 1000 are allowed',
  },
  'has a fragment that reaches itself': {
    query:
      '{ things(first: 1) { nodes { ...F } } } fragment F on Thing { things(first: 1) { nodes { ...F } } }',
    says: 'Cannot spread fragment "F" within itself',
  },
  'has too many directives': {
    query: `{ ${'hello @skip(if: false) '.repeat(11)} }`,
    says: '11 directives; 10 are allowed',
  },
  'has too many tokens': { query: `{ ${'hello '.repeat(2_000)} }`, says: '2000 tokens' },
  'asks for a page that is too large': {
    query: '{ things(first: 201) { nodes { name } } }',
    says: 'at most 200',
  },
  'asks for it by a variable': {
    query: 'query ($n: Int) { things(first: $n) { nodes { name } } }',
    variables: { n: 201 },
    says: 'at most 200',
  },
  'brings a list that is too long': {
    query: `query ($ids: [ID!]!) { thingsByIds(ids: $ids) { name } }`,
    variables: { ids: Array.from({ length: 1_001 }, String) },
    says: '1001 entries; 1000 are allowed',
  },
  'writes a list that is too long': {
    query: `{ thingsByIds(ids: [${'1,'.repeat(1_001)}]) { name } }`,
    says: '1001 entries; 1000 are allowed',
  },
  'multiplies pages': {
    query: '{ things(first: 200) { nodes { things(first: 150) { nodes { name } } } } }',
    code: 'COST_EXCEEDED',
    says: 'could cost 30401 points; 25000 are allowed',
  },
  'multiplies pages by variables': {
    query: 'query ($n: Int = 200) { things(first: $n) { nodes { things(first: $n) { nodes { name } } } } }',
    code: 'COST_EXCEEDED',
    says: 'could cost 40401 points; 25000 are allowed',
  },
};

describe('an operation that asks for too much', () => {
  it.each(Object.entries(tooMuch))(
    'is refused over HTTP when it %s',
    async (_name, { query, variables, code, says }) => {
      for (const extensions of [undefined, {}, undefined]) {
        const { status, body } = await server.post({ query, variables, extensions });
        expect(status).toBe(200);
        expect(body.data).toBeUndefined();
        expect(body.errors.map(({ message }: Error) => message).join('\n')).toContain(says);
        expect(body.errors[0].extensions.code).toBe(code ?? 'BAD_USER_INPUT');
      }
    },
  );

  it.each(Object.entries(tooMuch))(
    'is refused over a socket when it %s',
    async (_name, { query, variables, code, says }) => {
      const client = createClient({
        url: server.wsUrl,
        webSocketImpl: WebSocket,
        retryAttempts: 0,
        connectionParams: { authorization: `Bearer ${server.identity.token('user-1')}` },
      });
      try {
        const payload = { query, variables: variables ?? null };
        const refused = client.iterate(payload).next();
        await expect(refused).rejects.toEqual(
          expect.arrayContaining([
            expect.objectContaining({
              extensions: expect.objectContaining({ code: code ?? 'BAD_USER_INPUT' }),
            }),
          ]),
        );
        const said = await refused.catch((errors: Error[]) =>
          errors.map(({ message }) => message).join('\n'),
        );
        expect(said).toContain(says);
        expect((await client.iterate({ query: '{ hello }' }).next()).value.data).toEqual({
          hello: 'hello world',
        });
      } finally {
        await client.dispose();
      }
    },
  );

  it('says how much the cost is and how much is allowed', async () => {
    const { body } = await server.post({
      query: '{ things(first: 200) { nodes { things(first: 150) { nodes { name } } } } }',
    });
    expect(body.errors[0].extensions).toEqual({ code: 'COST_EXCEEDED', cost: 30_401, limit: 25_000 });
  });

  it('is reported with ten errors at most', async () => {
    const { body } = await server.post({
      query: `{ ${Array.from({ length: 20 }, (_, i) => `nothing${i}`).join(' ')} }`,
    });
    expect(body.errors.length).toBeLessThanOrEqual(11);
  });
});

describe('an operation that asks for much, but not too much', () => {
  const enough: Record<string, string> = {
    'is 11 deep': `{ ${nested(5)} }`,
    'has 30 aliases': `{ things(first: 1) { nodes { ${Array.from({ length: 30 }, (_, i) => `a${i}: name`).join(' ')} } } }`,
    'asks for a page of 200': '{ things(first: 200) { nodes { name } } }',
    'reads the whole schema': getIntrospectionQuery(),
    'brings 1,000 ids': `{ thingsByIds(ids: [${'1,'.repeat(1_000)}]) { name } }`,
  };
  it.each(Object.entries(enough))('is answered when it %s', async (_name, query) => {
    const { body } = await server.post({ query });
    expect(body.errors).toBeUndefined();
  });
});
