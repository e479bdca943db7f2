import { MemoryThrottle } from '../../../src/domain/auth/memory-throttle.js';
import { originOf } from '../../../src/domain/auth/sign-in-throttle.js';
import { eventually } from '../../kit/eventually.js';

const limits = { perAccount: 2, perAddress: 10, windowSeconds: 60, longestWaitSeconds: 900 };

describe('the throttle', () => {
  it('says how long to wait, and goes on saying it while attempts go on', async () => {
    const throttle = new MemoryThrottle(limits);
    expect(await throttle.attempt('ada', '192.0.2.1')).toBeNull();
    expect(await throttle.attempt('ada', '192.0.2.1')).toBeNull();
    for (let each = 0; each < 3; each++) {
      const wait = await throttle.attempt('ada', '192.0.2.1');
      expect(wait).toBeGreaterThan(50);
      expect(wait).toBeLessThanOrEqual(60);
    }
  });

  it('counts other accounts and other addresses apart', async () => {
    const throttle = new MemoryThrottle(limits);
    for (let each = 0; each < 3; each++) await throttle.attempt('ada', '192.0.2.1');
    expect(await throttle.attempt('bob', '192.0.2.1')).toBeNull();
    expect(await throttle.attempt('ada', '192.0.2.2')).toBeNull();
    expect(await throttle.attempt('ada', null)).toBeNull();
  });

  it('doubles a wait that is earned again, up to the longest', async () => {
    const quick = { perAccount: 1, perAddress: 1_000, windowSeconds: 0.05, longestWaitSeconds: 0.2 };
    const throttle = new MemoryThrottle(quick);
    const waits: (number | null)[] = [];
    for (let round = 0; round < 4; round++) {
      await eventually(async () => expect(await throttle.attempt('ada', '192.0.2.1')).toBeNull());
      waits.push(await throttle.attempt('ada', '192.0.2.1'));
    }
    expect(waits).toEqual([0.05, 0.1, 0.2, 0.2]);
  });

  it('forgets what was right', async () => {
    const throttle = new MemoryThrottle({ ...limits, perAddress: 3 });
    for (let each = 0; each < 10; each++) {
      expect(await throttle.attempt('ada', '192.0.2.1')).toBeNull();
      await throttle.forgive('ada', '192.0.2.1');
    }
  });
});

it.each([
  ['192.0.2.1', '192.0.2.1'],
  ['::ffff:192.0.2.1', '192.0.2.1'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2'],
  ['2001:DB8:0001:0002::9', '2001:db8:1:2'],
  ['2001:db8::1', '2001:db8:0:0'],
  ['::1', '0:0:0:0'],
  [null, 'unknown'],
])('takes attempts from %s as from %s', (address, origin) => {
  expect(originOf(address)).toBe(origin);
});
