import { Redis } from 'ioredis';
import { memoryCounters } from '../../src/domain/auth/memory-counters.js';
import { redisCounters } from '../../src/infra/counters/redis.js';
import type { Counters } from '../../src/ports/counters.js';
import { eventually } from '../kit/eventually.js';
import { SilentLog } from '../kit/log.js';
import { type PrivateRedis, privateRedis } from '../kit/private-redis.js';
import { redisUrl } from '../kit/redis.js';

const opened: { close(): Promise<void> }[] = [];
let server: PrivateRedis;
beforeAll(async () => {
  server = await privateRedis();
});
afterAll(async () => {
  await Promise.all(opened.map((each) => each.close()));
  await server.kill();
});

let nth = 0;
/** Counters that have reached their Redis. */
async function inRedis(url: string, prefix = `test-${process.pid}-${++nth}:`): Promise<Counters> {
  const shared = redisCounters(url, prefix, memoryCounters, new SilentLog());
  opened.push(shared);
  await reachesRedis(shared.counters, url, prefix);
  return shared.counters;
}

/** Counts until Redis has seen it. */
async function reachesRedis(counters: Counters, url: string, prefix: string): Promise<void> {
  const client = new Redis(url);
  client.on('error', () => {});
  const counter = counters({ ...options, name: 'reach' });
  await client.del(`${prefix}reach:key`);
  await eventually(async () => {
    await counter.add('key');
    expect(await client.exists(`${prefix}reach:key`)).toBe(1);
  }, 10_000);
  client.disconnect();
}

const options = { name: 'x', limit: 3, seconds: 60 };
const count = async (counters: Counters, key: string) => (await counters(options).add(key)).count;

describe.each([
  ['in memory', async () => memoryCounters],
  ['in Redis', () => inRedis(redisUrl())],
])('counters %s', (_where, make) => {
  it('count each key by itself, and say how long it counts', async () => {
    const counter = (await make())(options);
    for (const expected of [1, 2, 3, 4]) {
      const { count: counted, msLeft } = await counter.add('a');
      expect(counted).toBe(expected);
      expect(msLeft).toBeGreaterThan(50_000);
      expect(msLeft).toBeLessThanOrEqual(60_000);
    }
    expect((await counter.add('b')).count).toBe(1);
  });

  it('take back, forget and block', async () => {
    const counter = (await make())(options);
    await counter.add('a');
    await counter.add('a');
    await counter.takeBack('a');
    await counter.takeBack('unknown');
    expect((await counter.add('a')).count).toBe(2);
    expect((await counter.add('unknown')).count).toBe(1);
    await counter.block('a', 600);
    const { count: counted, msLeft } = await counter.add('a');
    expect(counted).toBe(5);
    expect(msLeft).toBeGreaterThan(500_000);
    await counter.forget('a');
    expect((await counter.add('a')).count).toBe(1);
  });

  it('count anew when the time is over', async () => {
    const counter = (await make())({ ...options, seconds: 1 });
    await counter.add('a');
    await eventually(async () => expect((await counter.add('a')).count).toBe(1));
  });

  it('lose none of many that are counted at once', async () => {
    const counter = (await make())(options);
    const all = await Promise.all(Array.from({ length: 50 }, () => counter.add('a')));
    expect(all.map((each) => each.count).toSorted((a, b) => a - b)).toEqual(
      Array.from({ length: 50 }, (_, index) => index + 1),
    );
  });
});

describe('counters of several processes', () => {
  it('are the same where they share a Redis and a prefix', async () => {
    const [one, other] = [await inRedis(redisUrl(), 'shared:'), await inRedis(redisUrl(), 'shared:')];
    const key = `k${process.pid}`;
    expect([await count(one, key), await count(other, key), await count(one, key)]).toEqual([1, 2, 3]);
    expect(await count(await inRedis(redisUrl()), key)).toBe(1);
  });

  it.each([
    ['killed', () => server.kill(), () => server.start()],
    ['paused', async () => server.pause(), async () => server.resume()],
  ])(
    'go on by themselves while Redis is %s, without failing and never unlimited',
    async (_how, stop, start) => {
      const counters = await inRedis(server.url, 'down:');
      const counter = counters(options);
      await stop();
      const counts = [];
      for (let each = 0; each < 5; each++) counts.push((await counter.add('a')).count);
      expect(counts).toEqual([1, 2, 3, 4, 5]);
      await start();
      await reachesRedis(counters, server.url, 'down:');
    },
    20_000,
  );
});
