import { type SampleServer, startSample } from './sample-server.js';

let server: SampleServer;
beforeAll(async () => {
  server = await startSample({ allowedOrigins: ['https://intranet.example.org'] });
});
afterAll(() => server.close());

const get = async (path: string, headers: Record<string, string> = {}) => {
  const response = await fetch(`${server.url}${path}`, { headers });
  return { status: response.status, headers: response.headers, body: await response.text() };
};

describe('the addresses beside /graphql', () => {
  it('say that the process lives, whatever else is down', async () => {
    server.database.away = true;
    server.bus.sick = true;
    const { status, body } = await get('/healthz');
    server.database.away = false;
    server.bus.sick = false;
    expect(status).toBe(200);
    expect(JSON.parse(body)).toEqual({ status: 'alive' });
  });

  it('say that it is ready when database and bus are there', async () => {
    const { status, body } = await get('/readyz');
    expect(status).toBe(200);
    expect(JSON.parse(body)).toEqual({
      status: 'ready',
      draining: false,
      parts: { database: 'up', bus: 'up' },
    });
  });

  it('say that it is not ready without its database', async () => {
    server.database.away = true;
    const { status, body } = await get('/readyz');
    server.database.away = false;
    expect(status).toBe(503);
    expect(JSON.parse(body)).toMatchObject({ status: 'unavailable', parts: { database: 'down' } });
  });

  it('say that it is ready, though degraded, without wake-ups', async () => {
    server.bus.sick = true;
    const { status, body } = await get('/readyz');
    server.bus.sick = false;
    expect(status).toBe(200);
    expect(JSON.parse(body)).toMatchObject({
      status: 'degraded',
      parts: { database: 'up', bus: 'down' },
      note: expect.stringContaining('reservations are unaffected'),
    });
  });

  it('publish the keys of tokens, or say that they cannot right now', async () => {
    expect(JSON.parse((await get('/.well-known/jwks.json')).body)).toEqual({ keys: [] });
    server.identity.away = true;
    const { status, body } = await get('/.well-known/jwks.json');
    server.identity.away = false;
    expect(status).toBe(503);
    expect(JSON.parse(body)).toEqual({ error: expect.stringContaining('Try again') });
  });

  it('show a page that says what this is, without script and without anything from elsewhere', async () => {
    const { status, headers, body } = await get('/');
    expect(status).toBe(200);
    expect(headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(body).toContain('<h1>Holdfast</h1>');
    expect(body).toContain('href="/healthz"');
    expect(body).not.toContain('/playground');
    expect(body).not.toMatch(/<script|style=|https?:/);
    const policy = headers.get('content-security-policy') ?? '';
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("script-src 'self'");
    expect(policy).not.toContain('unsafe');
    expect(headers.get('x-frame-options')).toBe('DENY');
    expect((await get('/signpost.css')).headers.get('content-type')).toBe('text/css; charset=utf-8');
  });
});

describe('pages of other origins', () => {
  const preflight = async (origin: string) => {
    const response = await fetch(`${server.url}/graphql`, {
      method: 'OPTIONS',
      headers: {
        origin,
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'authorization',
      },
    });
    return { status: response.status, allowed: response.headers.get('access-control-allow-origin') };
  };

  it('may call when they are listed', async () => {
    expect(await preflight('https://intranet.example.org')).toEqual({
      status: 204,
      allowed: 'https://intranet.example.org',
    });
    const { headers } = await server.post({ query: '{ hello }' }, { origin: 'https://intranet.example.org' });
    expect(headers.get('access-control-allow-origin')).toBe('https://intranet.example.org');
    expect(headers.get('vary')).toBe('Origin');
  });

  it('may not otherwise', async () => {
    for (const origin of ['https://evil.example.org', 'null', 'https://intranet.example.org.evil.org']) {
      expect((await preflight(origin)).allowed).toBeNull();
      const { headers } = await server.post({ query: '{ hello }' }, { origin });
      expect(headers.get('access-control-allow-origin')).toBeNull();
    }
  });
});
