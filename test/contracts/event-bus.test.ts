import { Client } from 'pg';
import { InProcessBus } from '../../src/infra/event-bus/in-process.js';
import { postgresBus } from '../../src/infra/event-bus/postgres.js';
import { redisBus } from '../../src/infra/event-bus/redis.js';
import type { EventBus, Wake } from '../../src/ports/event-bus.js';
import { eventually } from '../kit/eventually.js';
import { SilentLog } from '../kit/log.js';
import { type PrivatePostgres, privatePostgres } from '../kit/private-postgres.js';
import { type PrivateRedis, privateRedis } from '../kit/private-redis.js';

interface Broker {
  /** Another instance of the program on the same broker. */
  instance(log?: SilentLog): EventBus;
  /** What a broker of another program, or of an older version, may put on our channel. */
  garbage(): Promise<void>;
  cut(): Promise<void>;
  mend(): Promise<void>;
  remove(): Promise<void>;
}

function inProcess(): Broker {
  const channel = new Set<(wake: Wake) => void>();
  const buses: InProcessBus[] = [];
  return {
    instance() {
      const bus = new InProcessBus(channel);
      buses.push(bus);
      return bus;
    },
    garbage: async () => {},
    cut: async () => {},
    mend: async () => {
      for (const bus of buses) bus.gap();
    },
    remove: async () => {},
  };
}

async function overRedis(): Promise<Broker> {
  const { Redis } = await import('ioredis');
  const server: PrivateRedis = await privateRedis();
  return {
    instance: (log = new SilentLog()) => redisBus(server.url, 'contract:', log),
    async garbage() {
      const client = new Redis(server.url);
      for (const text of [
        'not json',
        '{"kind":"streams"}',
        'null',
        '{"from":"x","kind":"streams","resourceIds":[1]}',
      ]) {
        await client.publish('contract:wake', text);
      }
      client.disconnect();
    },
    cut: () => server.kill(),
    mend: () => server.start(),
    remove: () => server.kill(),
  };
}

async function overPostgres(): Promise<Broker> {
  const server: PrivatePostgres = await privatePostgres();
  return {
    instance: (log = new SilentLog()) => postgresBus(server.url, log),
    async garbage() {
      const client = new Client({ connectionString: server.url });
      await client.connect();
      for (const text of ['not json', '{"kind":"streams"}', ''])
        await client.query('select pg_notify($1, $2)', ['holdfast', text]);
      await client.end();
    },
    cut: () => server.stop(),
    mend: () => server.start(),
    remove: () => server.remove(),
  };
}

const ids = (count: number, prefix = 'r') =>
  Array.from({ length: count }, (_, n) => `${prefix}${String(n).padStart(35, '0')}`);

/** Everything that one instance hears, as one set of resources and a count of calls. */
async function ear(bus: EventBus) {
  const heard = { resources: new Set<string>(), sessions: 0, calls: 0, stop: () => {} };
  heard.stop = await bus.listen((wake) => {
    heard.calls++;
    if (wake.kind === 'sessions') heard.sessions++;
    else if (wake.kind === 'streams') for (const id of wake.resourceIds) heard.resources.add(id);
  });
  return heard;
}

describe.each([
  ['in one process', async () => inProcess(), false],
  ['over Redis', overRedis, true],
  ['over PostgreSQL', overPostgres, true],
] as const)('the event bus %s', (_name, make, outside) => {
  let broker: Broker;
  let buses: EventBus[] = [];
  const instance = (log?: SilentLog) => {
    const bus = broker.instance(log);
    buses.push(bus);
    return bus;
  };
  beforeAll(async () => {
    broker = await make();
  });
  afterEach(async () => {
    await Promise.all(buses.map((bus) => bus.close()));
    buses = [];
  });
  afterAll(() => broker.remove());

  test('wakes every listener of every instance, the sender’s own included', async () => {
    const [one, two] = [instance(), instance()];
    const ears = [await ear(one), await ear(one), await ear(two)];
    one.wake({ kind: 'streams', resourceIds: ['a', 'b'] });
    two.wake({ kind: 'sessions' });
    await eventually(() => {
      for (const heard of ears) {
        expect([...heard.resources].sort()).toEqual(['a', 'b']);
        expect(heard.sessions).toBe(1);
      }
    });
  });

  test('carries a thousand resources of one moment, however long a message may be', async () => {
    const [one, two] = [instance(), instance()];
    const heard = await ear(two);
    await ear(one);
    for (const id of ids(1_000)) one.wake({ kind: 'streams', resourceIds: [id] });
    await eventually(() => expect(heard.resources.size).toBe(1_000));
    if (outside) expect(heard.calls).toBeLessThan(50);
  });

  test('stops calling a listener that has been stopped', async () => {
    const bus = instance();
    const [stopped, other] = [await ear(bus), await ear(bus)];
    stopped.stop();
    bus.wake({ kind: 'sessions' });
    await eventually(() => expect(other.sessions).toBe(1));
    expect(stopped.calls).toBe(0);
  });

  test('calls the other listeners when one throws', async () => {
    const log = new SilentLog();
    const bus = instance(log);
    if (outside) {
      await bus.listen(() => {
        throw new Error('bad listener');
      });
    }
    const heard = await ear(bus);
    bus.wake({ kind: 'sessions' });
    await eventually(() => expect(heard.sessions).toBe(1));
  });

  test('passes over what it does not understand', async () => {
    const [one, two] = [instance(), instance()];
    const heard = await ear(two);
    await ear(one);
    await broker.garbage();
    one.wake({ kind: 'sessions' });
    await eventually(() => expect(heard.sessions).toBe(1));
    expect(heard.calls).toBe(1);
  });

  test('never throws while the broker is away, tells of the gap when it is back, and wakes again', async () => {
    const [one, two] = [instance(), instance()];
    const ears = [await ear(one), await ear(two)];
    await eventually(() => expect([one.healthy(), two.healthy()]).toEqual([true, true]));
    let gaps = 0;
    one.onGap(() => gaps++);
    two.onGap(() => gaps++);
    await broker.cut();
    if (outside) await eventually(() => expect(one.healthy()).toBe(false));
    one.wake({ kind: 'streams', resourceIds: ['lost'] });
    await eventually(() => expect(ears[0]?.resources.has('lost')).toBe(true));
    await broker.mend();
    await eventually(() => {
      expect(gaps).toBeGreaterThanOrEqual(2);
      expect([one.healthy(), two.healthy()]).toEqual([true, true]);
    }, 10_000);
    one.wake({ kind: 'streams', resourceIds: ['after'] });
    await eventually(() => expect(ears[1]?.resources.has('after')).toBe(true));
  });

  if (!outside) return;

  test('starts without its broker and tells of the gap once it is there', async () => {
    await broker.cut();
    const bus = instance();
    let gaps = 0;
    bus.onGap(() => gaps++);
    const heard = await ear(bus);
    expect(bus.healthy()).toBe(false);
    await broker.mend();
    await eventually(() => expect(gaps).toBeGreaterThanOrEqual(1), 10_000);
    const other = instance();
    await ear(other);
    other.wake({ kind: 'sessions' });
    await eventually(() => expect(heard.sessions).toBe(1));
  });
});

test('a Redis that hangs makes the bus unhealthy, and a wake-up passes again after it goes on', async () => {
  const server = await privateRedis();
  const [one, two] = [1, 2].map(() => redisBus(server.url, 'hang:', new SilentLog())) as [EventBus, EventBus];
  try {
    const heard = await ear(two);
    await ear(one);
    await eventually(() => expect(one.healthy()).toBe(true));
    server.pause();
    await eventually(() => expect(one.healthy()).toBe(false), 10_000);
    one.wake({ kind: 'sessions' });
    server.resume();
    await eventually(() => expect(one.healthy() && two.healthy()).toBe(true), 15_000);
    one.wake({ kind: 'streams', resourceIds: ['x'] });
    await eventually(() => expect(heard.resources.has('x')).toBe(true));
  } finally {
    server.resume();
    await Promise.all([one.close(), two.close()]);
    await server.kill();
  }
});
