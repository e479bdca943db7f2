import { serverAudits } from 'graphql-http';
import { type SampleServer, startSample } from './sample-server.js';

let server: SampleServer;
beforeAll(async () => {
  server = await startSample();
});
afterAll(() => server.close());

/** Preflight is what CSRF prevention asks of GET requests; the audits do not know about it. */
const fetchFn = (input: string, init: RequestInit = {}) =>
  fetch(input, { ...init, headers: { 'apollo-require-preflight': 'yes', ...(init.headers as object) } });

describe('GraphQL over HTTP', () => {
  const audits = serverAudits({ url: () => `${server.url}/graphql`, fetchFn });

  it('is asked everything that the specification says', () => {
    expect(audits.length).toBeGreaterThanOrEqual(61);
  });

  it.each(audits.map(({ id, name, fn }) => ({ id, name, fn })))('$name ($id)', async ({ fn }) => {
    const result = await fn();
    expect(result).toMatchObject({ status: 'ok' });
  });
});
