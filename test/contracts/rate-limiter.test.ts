import { inProcessRateLimiter } from '../../src/infra/rate-limiter/in-process.js';
import { redisRateLimiter } from '../../src/infra/rate-limiter/redis.js';
import type { RateLimiter } from '../../src/ports/rate-limiter.js';
import { eventually } from '../kit/eventually.js';
import { SilentLog } from '../kit/log.js';
import { privateRedis } from '../kit/private-redis.js';

const redis = await privateRedis();
const log = new SilentLog();
const opened: RateLimiter[] = [];
const open = (limiter: RateLimiter) => {
  opened.push(limiter);
  return limiter;
};
const onRedis = () => open(redisRateLimiter(redis.url, 'kit:', log));
afterAll(async () => {
  await Promise.all(opened.map((limiter) => limiter.close()));
  await redis.kill();
});

const budget = (name: string, pointsPerMinute: number) => ({ name, pointsPerMinute });
const MINUTE = 60_000;

describe.each([
  ['in the process', () => open(inProcessRateLimiter())],
  ['on Redis', onRedis],
])('a budget %s', (where, make) => {
  const limiter = make();
  beforeAll(() =>
    eventually(async () =>
      expect((await limiter.spend(budget('warm', 10_000), where, 1)).left).toBeGreaterThan(0),
    ),
  );

  it('gives what it has and no more, to each key and of each name', async () => {
    const ten = budget(`ten ${where}`, 10);
    expect((await limiter.spend(ten, 'ada', 7)).left).toBe(3);
    expect((await limiter.spend(ten, 'ada', 3)).left).toBe(0);
    const { left, wholeInMs } = await limiter.spend(ten, 'ada', 1);
    expect(left).toBe(-1);
    expect(wholeInMs).toBeGreaterThan(0);
    expect(wholeInMs).toBeLessThanOrEqual(MINUTE);
    expect((await limiter.spend(ten, 'bob', 10)).left).toBe(0);
    expect((await limiter.spend(budget(`other ${where}`, 10), 'ada', 10)).left).toBe(0);
  });

  it('is overdrawn by what is more than all of it', async () => {
    expect((await limiter.spend(budget(`small ${where}`, 3), 'ada', 4)).left).toBe(-1);
  });

  it('gives no more than it has to many at once', async () => {
    const five = budget(`five ${where}`, 5);
    const all = await Promise.all(Array.from({ length: 20 }, () => limiter.spend(five, 'ada', 1)));
    expect(all.map(({ left }) => left).sort((a, b) => b - a)).toEqual(
      Array.from({ length: 20 }, (_, index) => 4 - index),
    );
  });
});

it('is one budget for all processes on a Redis, and one for each while it is away', async () => {
  const [one, two] = [onRedis(), onRedis()];
  const left = async (limiter: RateLimiter, key: string, points: number) =>
    (await limiter.spend(budget('shared', 10), key, points)).left;
  await eventually(async () => {
    const key = `connected ${Math.random()}`;
    expect([await left(one, key, 1), await left(two, key, 1)]).toEqual([9, 8]);
  });
  expect([await left(one, 'ada', 10), await left(two, 'ada', 1)]).toEqual([0, -1]);
  await redis.kill();
  expect([await left(one, 'bob', 10), await left(one, 'bob', 1), await left(two, 'bob', 1)]).toEqual([
    0, -1, 9,
  ]);
  await redis.start();
  await eventually(async () => {
    const key = `again ${Math.random()}`;
    expect([await left(one, key, 1), await left(two, key, 1)]).toEqual([9, 8]);
  });
  redis.pause();
  expect([await left(one, 'eve', 10), await left(one, 'eve', 1)]).toEqual([0, -1]);
  redis.resume();
});
