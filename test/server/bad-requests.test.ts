import { type SampleServer, startSample } from './sample-server.js';

let server: SampleServer;
beforeAll(async () => {
  server = await startSample({ production: true });
});
afterAll(() => server.close());

const raw = async (init: RequestInit, path = '/graphql') => {
  const response = await fetch(`${server.url}${path}`, init);
  return { status: response.status, text: await response.text() };
};
const json = { 'content-type': 'application/json' };

describe('a request that is not right', () => {
  it('is refused as bad when its body is no JSON, or poisons prototypes, or is a batch', async () => {
    for (const body of [
      '{',
      '',
      '"text"',
      'null',
      '{"query":"{ hello }","variables":{"__proto__":{"x":1}}}',
      '{"__proto__":{"x":1},"query":"{ hello }"}',
      '[{"query":"{ hello }"},{"query":"{ hello }"}]',
    ]) {
      const { status, text } = await raw({ method: 'POST', headers: json, body });
      expect([body, status]).toEqual([body, 400]);
      expect(JSON.parse(text).errors[0].extensions.code).toBe('BAD_USER_INPUT');
    }
  });

  it('is refused when it is too long', async () => {
    const query = `{ hello(name: "${'x'.repeat(101 * 1024)}") }`;
    expect((await raw({ method: 'POST', headers: json, body: JSON.stringify({ query }) })).status).toBe(413);
  });

  it('cannot be forged by a page of another site', async () => {
    const query = encodeURIComponent('{ hello }');
    expect((await raw({}, `/graphql?query=${query}`)).status).toBe(400);
    expect(
      (await raw({ headers: { 'apollo-require-preflight': '1' } }, `/graphql?query=${query}`)).status,
    ).toBe(200);
    const body = JSON.stringify({ query: 'mutation { count }' });
    expect(
      (await raw({ method: 'POST', headers: { 'content-type': 'text/plain' }, body })).status,
    ).toBeGreaterThanOrEqual(400);
    expect(server.seen.counted).toBe(0);
  });

  it('cannot change anything by GET', async () => {
    const { status } = await raw(
      { headers: { 'apollo-require-preflight': '1' } },
      `/graphql?query=${encodeURIComponent('mutation { count }')}`,
    );
    expect(status).toBe(405);
    expect(server.seen.counted).toBe(0);
  });

  it('is refused for another method', async () => {
    for (const method of ['PUT', 'DELETE', 'PATCH']) {
      expect((await raw({ method, headers: json, body: '{"query":"{ hello }"}' })).status).toBe(405);
    }
  });

  it('never becomes an error of ours, whatever its document is', async () => {
    for (const query of [
      '',
      ' ',
      '{',
      '}',
      '{ hello(',
      '\u0000',
      '{ hello(name: "\\u0000") }',
      '#',
      'fragment A on Query { ...A }',
    ]) {
      const { status, body } = await server.post({ query });
      expect([query, status < 500]).toEqual([query, true]);
      if (body.errors) expect(body.errors[0].extensions.code).toBe('BAD_USER_INPUT');
    }
    expect(server.log.lines.filter(({ level }) => level === 'error')).toEqual([]);
  });

  it('does not learn in production what the schema has', async () => {
    const typo = await server.post({ query: '{ helo }' });
    expect(typo.body.errors[0].message).toBe('Cannot query field "helo" on type "Query".');
    for (const query of ['{ __schema { types { name } } }', '{ __type(name: "Query") { name } }']) {
      const { body } = await server.post({ query });
      expect(body.data).toBeUndefined();
      expect(body.errors[0].extensions.code).toBe('BAD_USER_INPUT');
    }
  });

  it('gets JSON for an address where nothing is', async () => {
    const response = await fetch(`${server.url}/nothing`);
    expect(response.status).toBe(404);
    expect(await response.json()).toEqual({ error: 'There is nothing under this address.' });
  });

  it('survives a host that is no host', async () => {
    const { request } = await import('node:http');
    const status = await new Promise((resolve, reject) => {
      request(`${server.url}/graphql?query=%7Bhello%7D`, { headers: { host: 'a b' } }, (response) => {
        response.resume();
        resolve(response.statusCode);
      })
        .on('error', reject)
        .end();
    });
    expect(status).toBe(400);
  });
});
