import { eventually } from '../../kit/eventually.js';
import { type SampleServer, startSample } from '../sample-server.js';
import { RawSocket } from './raw-socket.js';
import { SampleLive } from './sample-live.js';

let server: SampleServer;
let socket: RawSocket;
const live = new SampleLive();
beforeAll(async () => {
  server = await startSample({ live, limits: { subscriptionsPerSocket: 5, operationMs: 300 } });
});
beforeEach(async () => {
  socket = await RawSocket.signedIn(server.wsUrl, server.identity.token('user-1'));
});
afterEach(() => socket.end());
afterAll(() => server.close());

const WATCH = 'subscription Watch { availability(resources: ["r1"]) }';

describe('an operation over a socket', () => {
  it('is answered as over HTTP, and logged once', async () => {
    const before = server.log.lines.length;
    socket.subscribe('q', 'query Who { whoami }');
    expect(await socket.next('next')).toEqual({
      id: 'q',
      type: 'next',
      payload: { data: { whoami: 'user-1' } },
    });
    expect(await socket.next('complete')).toEqual({ id: 'q', type: 'complete' });
    const counted = server.seen.counted;
    socket.subscribe('m', 'mutation { count }');
    expect((await socket.next('next')).payload).toEqual({ data: { count: counted + 1 } });
    await socket.next('complete');
    const lines = server.log.lines.slice(before);
    expect(lines).toHaveLength(2);
    expect(lines[0]?.facts).toMatchObject({
      operation: 'Who',
      via: 'socket',
      status: 'OK',
      userId: 'user-1',
    });
  });

  it('has its errors masked', async () => {
    socket.subscribe('b', '{ broken hello }');
    const { payload } = await socket.next('next');
    expect(payload.data).toEqual({ broken: null, hello: 'hello world' });
    expect(payload.errors[0]).toMatchObject({ path: ['broken'], extensions: { code: 'INTERNAL' } });
    expect(JSON.stringify(payload)).not.toContain('hunter2');
    await socket.next('complete');
    socket.subscribe('a', '{ away }');
    expect((await socket.next('next')).payload.errors[0].extensions).toEqual({ code: 'UNAVAILABLE' });
  });

  it('gets an error of its own when it is wrong, and the socket stays', async () => {
    for (const [id, query] of Object.entries({
      syntax: '{',
      unknown: '{ nothing }',
      none: 'fragment A on Query { hello }',
    })) {
      socket.subscribe(id, query);
      const error = await socket.next('error');
      expect(error).toMatchObject({ id, payload: [{ extensions: { code: 'BAD_USER_INPUT' } }] });
    }
    socket.subscribe('coercion', 'query ($ms: Int!) { slow(ms: $ms) }', { ms: 'x' });
    expect((await socket.next('next')).payload.errors[0].extensions.code).toBe('BAD_USER_INPUT');
    await socket.next('complete');
    socket.subscribe('fine', '{ hello }');
    await socket.next('next');
  });

  it('is given up when it takes too long', async () => {
    socket.subscribe('s', '{ slow(ms: 3000) }');
    expect((await socket.next('next')).payload.errors[0].extensions.code).toBe('TIMEOUT');
  });

  it('may be a subscription that graphql-js serves', async () => {
    socket.subscribe('t', 'subscription { ticks }');
    for (const ticks of [1, 2, 3]) expect((await socket.next('next')).payload).toEqual({ data: { ticks } });
    await socket.next('complete');
  });
});

describe('a live subscription', () => {
  it('gets the frames of its source as they are, until the client completes it', async () => {
    socket.subscribe('w', WATCH);
    await eventually(() => expect(live.attached.size).toBe(1));
    live.publish('one');
    live.publish('two');
    expect(await socket.next('next')).toEqual({
      id: 'w',
      type: 'next',
      payload: { data: { availability: 'one' } },
    });
    expect((await socket.next('next')).payload.data.availability).toBe('two');
    socket.send({ id: 'w', type: 'complete' });
    await eventually(() => expect(live.attached.size).toBe(0));
    live.publish('three');
    socket.subscribe('q', '{ hello }');
    expect((await socket.next('next')).id).toBe('q');
  });

  it('is detached once when its socket goes', async () => {
    const before = live.detached.length;
    socket.subscribe('w1', WATCH);
    socket.subscribe('w2', WATCH);
    await eventually(() => expect(live.attached.size).toBe(2));
    socket.end();
    await eventually(() => expect(live.attached.size).toBe(0));
    expect(live.detached.slice(before).sort()).toEqual(['w1', 'w2']);
  });

  it('is detached when the client has completed it before it was attached', async () => {
    const before = live.detached.length;
    const gate = Promise.withResolvers<void>();
    const reached = new Promise<void>((resolve) => {
      live.before = () => {
        resolve();
        return gate.promise;
      };
    });
    socket.subscribe('early', WATCH);
    await reached;
    socket.send({ id: 'early', type: 'complete' });
    socket.subscribe('q', '{ hello }');
    await socket.next('next');
    live.before = async () => undefined;
    gate.resolve();
    await eventually(() => expect(live.detached.slice(before)).toEqual(['early']));
    expect(live.attached.size).toBe(0);
  });

  it('is refused where its source refuses it', async () => {
    live.refuse = true;
    socket.subscribe('r', WATCH);
    const { payload } = await socket.next('next');
    live.refuse = false;
    expect(payload.errors).toEqual([
      { message: 'There is no such resource.', extensions: { code: 'BAD_USER_INPUT' } },
    ]);
    await socket.next('complete');
  });

  it('is one of a few for each socket', async () => {
    for (let i = 0; i < 5; i++) socket.subscribe(`s${i}`, WATCH);
    await eventually(() => expect(live.attached.size).toBe(5));
    socket.subscribe('s5', WATCH);
    expect((await socket.next('error')).payload[0].extensions).toMatchObject({ code: 'RATE_LIMITED' });
    socket.send({ id: 's0', type: 'complete' });
    await eventually(() => expect(live.attached.size).toBe(4));
    socket.subscribe('s6', WATCH);
    await eventually(() => expect(live.attached.size).toBe(5));
  });

  it('can be closed by its source when the reader is too slow', async () => {
    socket.subscribe('w', WATCH);
    await eventually(() => expect(live.attached.size).toBe(1));
    const [subscriber] = live.attached;
    expect(subscriber?.bufferedAmount()).toBe(0);
    subscriber?.close(1013, 'Too slow');
    expect(await socket.close()).toEqual({ code: 1013, reason: 'Too slow' });
  });
});
