import { randomUUID } from 'node:crypto';
import { MemoryRateLimiter } from '../../src/infra/rate-limiter/memory.js';
import type { RateLimiter } from '../../src/ports/rate-limiter.js';
import { eventually } from '../kit/eventually.js';
import { countsInRedis, limiterOverRedis } from '../kit/limiter.js';
import { type PrivateRedis, privateRedis } from '../kit/private-redis.js';
import { redisUrl } from '../kit/redis.js';

const opened: RateLimiter[] = [];
afterAll(() => Promise.all(opened.map((limiter) => limiter.close())));
const keep = <L extends RateLimiter>(limiter: L): L => {
  opened.push(limiter);
  return limiter;
};
const overRedis = (url = redisUrl(), prefix = `${randomUUID()}:`) => limiterOverRedis(url, prefix);

describe.each([
  ['in memory', async () => keep(new MemoryRateLimiter())],
  ['over Redis', () => overRedis()],
])('a limiter %s', (_where, open) => {
  it('lets exactly so many through of those who come at once, and says when the window ends', async () => {
    const limiter = await open();
    const limit = { points: 20, seconds: 60 };
    const waits = await Promise.all(Array.from({ length: 50 }, () => limiter.spend('key', limit)));
    expect(waits.filter((wait) => wait === null)).toHaveLength(20);
    for (const wait of waits) if (wait !== null) expect(wait > 50_000 && wait <= 60_000).toBe(true);
    expect(await limiter.spend('another', limit)).toBeNull();
  });

  it('counts windows of different lengths apart, and begins anew behind a window', async () => {
    const limiter = await open();
    const second = { points: 1, seconds: 1 };
    expect(await limiter.spend('key', second)).toBeNull();
    expect(await limiter.spend('key', { points: 1, seconds: 60 })).toBeNull();
    expect(await limiter.spend('key', second)).not.toBeNull();
    await eventually(
      async () => expect(await limiter.spend('key', { ...second, points: 1 })).toBeNull(),
      3_000,
      1_100,
    );
  });
});

it('counts for all processes on the same prefix together', async () => {
  const prefix = `${randomUUID()}:`;
  const [one, two] = [await overRedis(redisUrl(), prefix), await overRedis(redisUrl(), prefix)];
  const limit = { points: 10, seconds: 60 };
  const waits = await Promise.all(
    Array.from({ length: 30 }, (_, n) => (n % 2 ? one : two).spend('key', limit)),
  );
  expect(waits.filter((wait) => wait === null)).toHaveLength(10);
});

describe('without Redis', () => {
  let redis: PrivateRedis;
  beforeAll(async () => {
    redis = await privateRedis();
  });
  afterAll(() => redis.kill());

  it.each([
    ['killed', () => redis.kill(), () => redis.start()],
    ['silent', async () => redis.pause(), async () => redis.resume()],
  ])(
    'goes on counting by itself when it is %s, never waits long, and comes back',
    async (_how, harm, heal) => {
      const prefix = `${randomUUID()}:`;
      const limiter = await overRedis(redis.url, prefix);
      const limit = { points: 5, seconds: 60 };
      await harm();
      const begun = performance.now();
      const waits: (number | null)[] = [];
      for (let n = 0; n < 20; n++) waits.push(await limiter.spend('key', limit));
      expect(performance.now() - begun).toBeLessThan(3_000);
      expect(waits.filter((wait) => wait === null)).toHaveLength(5);
      await heal();
      await countsInRedis(limiter, limiter.log);
      const other = await overRedis(redis.url, prefix);
      expect(await other.spend('after', { points: 1, seconds: 60 })).toBeNull();
      expect(await limiter.spend('after', { points: 1, seconds: 60 })).not.toBeNull();
    },
  );
});
