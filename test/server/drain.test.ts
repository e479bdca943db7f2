import { Agent, request } from 'node:http';
import { memoryCounters } from '../../src/domain/auth/memory-counters.js';
import { eventually } from '../kit/eventually.js';
import { type SampleServer, startSample } from './sample-server.js';
import { RawSocket } from './sockets/raw-socket.js';

const slow = (ms: number) => ({ query: `{ slow(ms: ${ms}) }` });
const status = (url: string) => fetch(url).then((response) => response.status);
const refused = (server: SampleServer) => expect(status(`${server.url}/healthz`)).rejects.toThrow();

describe('a server that is told to end', () => {
  it('answers what is in flight, over HTTP and over sockets, and closes sockets with 1012', async () => {
    const server = await startSample();
    const idle = await RawSocket.signedIn(server.wsUrl, server.identity.token('a'));
    const busy = await RawSocket.signedIn(server.wsUrl, server.identity.token('b'));
    const answer = server.post(slow(500));
    busy.subscribe('s', slow(500).query);
    await eventually(() => expect(server.seen.begun).toBe(2));
    const closing = server.close();
    expect((await idle.close()).code).toBe(1012);
    expect((await busy.next('next')).payload).toEqual({ data: { slow: 'slept' } });
    expect((await busy.close()).code).toBe(1012);
    expect((await answer).body).toEqual({ data: { slow: 'slept' } });
    await closing;
    await refused(server);
  });

  it('turns red first, and goes on serving for as long as a balancer needs to see it', async () => {
    const server = await startSample({ limits: { drainDelayMs: 600 } });
    expect(await status(`${server.url}/readyz`)).toBe(200);
    const closing = server.close();
    expect(await status(`${server.url}/readyz`)).toBe(503);
    const { status: served, headers } = await server.post({ query: '{ hello }' });
    expect(served).toBe(200);
    expect(headers.get('connection')).toBe('close');
    await expect(RawSocket.open(server.wsUrl)).rejects.toThrow('503');
    await closing;
    await refused(server);
  });

  it('does not wait for idle connections, nor longer than it may', async () => {
    const server = await startSample({ limits: { closeMs: 1_500 } });
    const agent = new Agent({ keepAlive: true });
    await new Promise((resolve, reject) => {
      request(`${server.url}/healthz`, { agent }, (response) => response.resume().on('end', resolve))
        .on('error', reject)
        .end();
    });
    const deaf = await RawSocket.signedIn(server.wsUrl, server.identity.token('a'));
    deaf.socket.pause();
    const endless = server.post(slow(4_000)).catch((error: Error) => error);
    await eventually(() => expect(server.seen.begun).toBe(1));
    await Promise.all([server.close(), server.close()]);
    expect(server.seen.ended).toBe(0);
    expect(await endless).toMatchObject({ message: 'fetch failed' });
    agent.destroy();
    deaf.end();
    await eventually(() => expect(server.seen.ended).toBe(1), 10_000);
  });

  it('refuses a port that is taken, and leaves nothing behind', async () => {
    const server = await startSample();
    const { startServer } = await import('../../src/server/http.js');
    const { sampleSchema } = await import('./sample-schema.js');
    await expect(
      startServer({
        host: '127.0.0.1',
        port: server.port,
        schema: sampleSchema(server.seen),
        db: {} as never,
        bus: server.bus,
        clock: { fixed: () => null, now: () => new Date() },
        log: server.log,
        identity: server.identity.asIdentity(),
        counters: memoryCounters,
        live: null,
        notices: null,
        playground: null,
        allowedOrigins: [],
        production: true,
      }),
    ).rejects.toThrow('EADDRINUSE');
    await server.close();
  });
});
