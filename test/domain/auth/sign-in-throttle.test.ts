import { CountingThrottle } from '../../../src/domain/auth/counting-throttle.js';
import { KnownDevices } from '../../../src/domain/auth/known-devices.js';
import { memoryCounters } from '../../../src/domain/auth/memory-counters.js';
import { originOf, type ThrottleLimits } from '../../../src/domain/auth/sign-in-throttle.js';
import { eventually } from '../../kit/eventually.js';

const limits = {
  perAccount: 2,
  perAddress: 10,
  strangersPerAccount: 1_000,
  windowSeconds: 60,
  longestWaitSeconds: 900,
};
const throttled = (more: Partial<ThrottleLimits> = {}) => {
  const throttle = new CountingThrottle({ ...limits, ...more }, memoryCounters);
  const at = (account: string, address: string | null, device: string | null = null, isFamiliar = false) => ({
    account,
    address,
    device,
    isFamiliar: async () => isFamiliar,
  });
  return {
    attempt: (...facts: Parameters<typeof at>) => throttle.attempt(at(...facts)),
    forgive: (...facts: Parameters<typeof at>) => throttle.forgive(at(...facts)),
  };
};

describe('the throttle', () => {
  it('says how long to wait, and goes on saying it while attempts go on', async () => {
    const throttle = throttled();
    expect(await throttle.attempt('ada', '192.0.2.1')).toBeNull();
    expect(await throttle.attempt('ada', '192.0.2.1')).toBeNull();
    for (let each = 0; each < 3; each++) {
      const wait = await throttle.attempt('ada', '192.0.2.1');
      expect(wait).toBeGreaterThan(50);
      expect(wait).toBeLessThanOrEqual(60);
    }
  });

  it('counts other accounts and other addresses apart', async () => {
    const throttle = throttled();
    for (let each = 0; each < 3; each++) await throttle.attempt('ada', '192.0.2.1');
    expect(await throttle.attempt('bob', '192.0.2.1')).toBeNull();
    expect(await throttle.attempt('ada', '192.0.2.2')).toBeNull();
    expect(await throttle.attempt('ada', null)).toBeNull();
  });

  it('doubles a wait that is earned again, up to the longest', async () => {
    const throttle = throttled({
      perAccount: 1,
      perAddress: 1_000,
      windowSeconds: 0.05,
      longestWaitSeconds: 0.2,
    });
    const waits: (number | null)[] = [];
    for (let round = 0; round < 4; round++) {
      await eventually(async () => expect(await throttle.attempt('ada', '192.0.2.1')).toBeNull());
      waits.push(await throttle.attempt('ada', '192.0.2.1'));
    }
    expect(waits).toEqual([0.05, 0.1, 0.2, 0.2]);
  });

  it('forgets what was right', async () => {
    const throttle = throttled({ perAddress: 3, strangersPerAccount: 3 });
    for (let each = 0; each < 10; each++) {
      expect(await throttle.attempt('ada', '192.0.2.1')).toBeNull();
      await throttle.forgive('ada', '192.0.2.1');
    }
  });

  it('slows down strangers of many addresses, and neither a familiar address nor a known device', async () => {
    const throttle = throttled({ strangersPerAccount: 20 });
    for (let each = 0; each < 20; each++)
      expect(await throttle.attempt('ada', `198.51.100.${each}`)).toBeNull();
    expect(await throttle.attempt('ada', '198.51.100.99')).toBe(60);
    expect(await throttle.attempt('bob', '198.51.100.99')).toBeNull();
    expect(await throttle.attempt('ada', '192.0.2.1', null, true)).toBeNull();
    expect(await throttle.attempt('ada', '198.51.100.98', 'laptop')).toBeNull();
  });

  it('lets nobody at the address of a known device use up what that device may', async () => {
    const throttle = throttled({ perAddress: 4 });
    for (let each = 0; each < 10; each++) await throttle.attempt(`who-${each}`, '192.0.2.1');
    for (let each = 0; each < 3; each++) await throttle.attempt('ada', '192.0.2.1');
    expect(await throttle.attempt('ada', '192.0.2.1')).toBeGreaterThan(0);
    expect(await throttle.attempt('ada', '192.0.2.1', 'laptop')).toBeNull();
  });

  it('slows down a known device that guesses, and a familiar address, too', async () => {
    const throttle = throttled();
    for (let each = 0; each < 2; each++) {
      expect(await throttle.attempt('ada', `192.0.2.${each}`, 'laptop')).toBeNull();
      expect(await throttle.attempt('ada', '203.0.113.1', null, true)).toBeNull();
    }
    expect(await throttle.attempt('ada', '192.0.2.9', 'laptop')).toBe(60);
    expect(await throttle.attempt('ada', '203.0.113.1', null, true)).toBe(60);
  });
});

describe('the token of a device', () => {
  const devices = new KnownDevices('a secret of all instances');
  const token = devices.tokenFor('ada', null);
  const device = devices.deviceOf(token, 'ada');

  it('names the device to every instance with the secret, and stays that device', () => {
    expect(device).toMatch(/^[\w-]{22}$/);
    expect(new KnownDevices('a secret of all instances').deviceOf(token, 'ada')).toBe(device);
    expect(devices.tokenFor('ada', device)).toBe(token);
    expect(devices.tokenFor('ada', null)).not.toBe(token);
  });

  it('is nothing for another account, to another secret, or when it was made up', () => {
    expect(devices.deviceOf(token, 'bob')).toBeNull();
    expect(new KnownDevices('another secret').deviceOf(token, 'ada')).toBeNull();
    const [head = '', mac = ''] = token.split('.');
    const made = [
      null,
      '',
      'x',
      head,
      `${head}.`,
      `${head}.${'A'.repeat(43)}`,
      `${head}x.${mac}`,
      `${token}x`,
    ];
    for (const each of made) expect(devices.deviceOf(each, 'ada')).toBeNull();
  });

  it('and the mark of an address tell neither account nor address', () => {
    const mark = devices.markOf({ account: 'ada', address: '192.0.2.1' });
    expect(mark).toHaveLength(32);
    expect(devices.markOf({ account: 'ada', address: '::ffff:192.0.2.1' })).toEqual(mark);
    expect(devices.markOf({ account: 'bob', address: '192.0.2.1' })).not.toEqual(mark);
    expect(devices.markOf({ account: 'ada', address: null })).toBeNull();
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
  [undefined, 'unknown'],
])('takes attempts from %s as from %s', (address, origin) => {
  expect(originOf(address)).toBe(origin);
});
