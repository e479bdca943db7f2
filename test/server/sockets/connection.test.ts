import { MOST_BYTES } from '../../../src/domain/schedules/plan-import.js';
import { eventually } from '../../kit/eventually.js';
import { expiredJwt } from '../sample-identity.js';
import { type SampleServer, startSample } from '../sample-server.js';
import { RawSocket } from './raw-socket.js';

let server: SampleServer;
beforeAll(async () => {
  server = await startSample({
    allowedOrigins: ['https://intranet.example.org'],
    limits: { socketsPerUser: 3, keepAliveMs: 1_000 },
  });
});
afterAll(() => server.close());

const initWith = async (payload: object | undefined) => {
  const socket = await RawSocket.open(server.wsUrl);
  socket.send({ type: 'connection_init', ...(payload && { payload }) });
  return socket;
};

describe('a socket', () => {
  it('is let in with a token, however the parameter is spelt', async () => {
    for (const name of ['authorization', 'Authorization', 'AUTHORIZATION']) {
      const socket = await initWith({ [name]: `Bearer ${server.identity.token('spelling')}` });
      await socket.next('connection_ack');
      socket.end();
    }
  });

  it('is closed as unauthorized without a token, or with one that does not count', async () => {
    for (const payload of [undefined, {}, { authorization: 'Bearer nonsense' }, { authorization: 5 }]) {
      const socket = await initWith(payload);
      expect(await socket.close()).toEqual({ code: 4401, reason: 'Unauthorized' });
      expect(socket.messages).toEqual([]);
    }
  });

  it('is asked to come back with a new token when its token has expired', async () => {
    const socket = await initWith({ authorization: `Bearer ${await expiredJwt()}` });
    expect((await socket.close()).code).toBe(4403);
  });

  it('is asked to come back later when nobody can be recognised', async () => {
    server.identity.away = true;
    const socket = await initWith({ authorization: 'Bearer whatever' });
    expect((await socket.close()).code).toBe(1013);
    server.identity.away = false;
  });

  it('is closed when its session is revoked, and only then', async () => {
    const token = server.identity.token('revoked');
    const socket = await RawSocket.signedIn(server.wsUrl, token);
    const other = await RawSocket.signedIn(server.wsUrl, server.identity.token('revoked'));
    server.identity.revoke(token);
    expect((await socket.close()).code).toBe(4403);
    other.subscribe('1', '{ hello }');
    await other.next('next');
    other.end();
  });

  it('is closed at the end of its token', async () => {
    const socket = await RawSocket.signedIn(server.wsUrl, server.identity.token('brief', 500));
    expect((await socket.close()).code).toBe(4403);
  });

  it('is told to slow down when it asks too much within ten seconds, and closed when it does not stop', async () => {
    const hasty = await startSample({ limits: { messagesPerSocket: 5 } });
    const socket = await RawSocket.signedIn(hasty.wsUrl, hasty.identity.token('hasty'));
    for (let count = 2; count <= 5; count++) {
      socket.subscribe(`${count}`, '{ hello }');
      await socket.next('next');
      await socket.next('complete');
    }
    socket.subscribe('6', '{ hello }');
    const { id, payload } = await socket.next('error');
    expect(id).toBe('6');
    expect(payload[0].extensions).toEqual({ code: 'RATE_LIMITED', retryAfter: expect.any(Number) });
    expect(socket.closed).toBeNull();
    for (let count = 7; count <= 11; count++) socket.send({ type: 'ping' });
    expect((await socket.close()).code).toBe(1013);
    await hasty.close();
  });

  it('is one of a few for each user', async () => {
    const open = await Promise.all(
      [1, 2, 3].map(() => RawSocket.signedIn(server.wsUrl, server.identity.token('many'))),
    );
    const fourth = await initWith({ authorization: `Bearer ${server.identity.token('many')}` });
    expect((await fourth.close()).code).toBe(1013);
    open[0]?.end();
    await eventually(async () => {
      const again = await RawSocket.signedIn(server.wsUrl, server.identity.token('many'));
      again.end();
    });
    for (const socket of open) socket.end();
  });

  it('comes from a page of our own or of a listed origin, or from no page at all', async () => {
    const host = `http://127.0.0.1:${server.port}`;
    for (const origin of [host, 'https://intranet.example.org']) {
      (await RawSocket.open(server.wsUrl, { origin })).end();
    }
    for (const origin of ['https://evil.example.org', 'null', `${host}.evil.org`, 'garbage']) {
      await expect(RawSocket.open(server.wsUrl, { origin })).rejects.toThrow('403');
    }
  });

  it('is opened at /graphql and nowhere else', async () => {
    await expect(RawSocket.open(server.wsUrl.replace('/graphql', '/other'))).rejects.toThrow('404');
    (await RawSocket.open(`${server.wsUrl}?from=test`)).end();
  });

  it('is closed when it speaks another protocol, breaks this one, or says nothing', async () => {
    await expect(RawSocket.open(server.wsUrl, {}, 'graphql-ws')).rejects.toThrow();
    const eager = await RawSocket.open(server.wsUrl);
    eager.subscribe('1', '{ hello }');
    expect((await eager.close()).code).toBe(4401);
    const garbled = await RawSocket.signedIn(server.wsUrl, server.identity.token('garbled'));
    garbled.socket.send('not json');
    expect((await garbled.close()).code).toBe(4400);
    const silent = await RawSocket.open(server.wsUrl);
    expect((await silent.close()).code).toBe(4408);
  });

  it('carries what HTTP carries, the largest calendar included', async () => {
    const name = 'SUMMARY:Zażółć gęślą jaźń\r\n'.repeat(10_000).slice(0, MOST_BYTES);
    const text = Buffer.from(name).subarray(0, MOST_BYTES).toString();
    const query = 'query ($text: String) { hello(name: $text) }';
    const socket = await RawSocket.signedIn(server.wsUrl, server.identity.token('calendar'));
    socket.subscribe('1', query, { text });
    expect((await socket.next('next')).payload.data.hello).toBe(`hello ${text}`);
    expect((await server.post({ query, variables: { text } })).body.data.hello).toBe(`hello ${text}`);
    socket.end();
  });

  it('is closed for a message that is too long', async () => {
    const socket = await RawSocket.signedIn(server.wsUrl, server.identity.token('long'));
    socket.socket.send('x'.repeat(100 * 1024 + 1));
    expect((await socket.close()).code).toBe(1009);
  });

  it('is cut off when it no longer answers pings', async () => {
    const deaf = await RawSocket.signedIn(server.wsUrl, server.identity.token('deaf'), { autoPong: false });
    const well = await RawSocket.signedIn(server.wsUrl, server.identity.token('well'));
    expect((await deaf.close()).code).toBe(1006);
    expect(well.closed).toBeNull();
    well.end();
  });
});
