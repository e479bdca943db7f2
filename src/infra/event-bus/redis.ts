import { RedisPubSub } from 'graphql-redis-subscriptions';
import { Redis, type RedisOptions } from 'ioredis';
import type { EventBus } from '../../ports/event-bus.js';
import type { Log } from '../../ports/log.js';
import type { Wire } from './wire.js';
import { WireBus } from './wire-bus.js';
import type { WireMessage } from './wire-message.js';

const shared = {
  connectTimeout: 2_000,
  keepAlive: 5_000,
  retryStrategy: (attempt: number) => Math.min(50 * 2 ** attempt, 1_000),
} satisfies RedisOptions;
/** Fails within 500 ms rather than queue: with ioredis' defaults a publish waits for as long as Redis is away. */
const PUBLISHER = {
  ...shared,
  enableOfflineQueue: false,
  maxRetriesPerRequest: 0,
  commandTimeout: 500,
} satisfies RedisOptions;
const SUBSCRIBER = { ...shared, maxRetriesPerRequest: null } satisfies RedisOptions;

class RedisWire implements Wire {
  readonly name = 'Redis';
  readonly limit = 10_000;
  private readonly publisher: Redis;
  private readonly subscriber: Redis;
  private readonly pubSub: RedisPubSub;
  private closed = false;

  constructor(
    url: string,
    private readonly channel: string,
    private readonly log: Log,
  ) {
    this.publisher = new Redis(url, PUBLISHER);
    this.subscriber = new Redis(url, SUBSCRIBER);
    for (const client of [this.publisher, this.subscriber]) {
      client.on('error', (error) => log.debug({ error }, 'Redis connection'));
    }
    this.pubSub = new RedisPubSub({ publisher: this.publisher, subscriber: this.subscriber });
  }

  async open(heard: (message: unknown) => void, back: () => void): Promise<void> {
    let lost = false;
    this.subscriber.on('close', () => {
      lost = true;
    });
    this.subscriber.on('ready', () => {
      if (!lost || this.closed) return;
      lost = false;
      // ioredis subscribes again by itself but does not say when that is done.
      this.subscriber.subscribe(this.channel).then(back, (error) => {
        lost = true;
        this.log.debug({ error }, 'Redis subscription');
      });
    });
    await this.pubSub.subscribe(this.channel, heard);
  }

  send(message: WireMessage): Promise<void> {
    return this.pubSub.publish(this.channel, message);
  }

  connected(): boolean {
    return this.publisher.status === 'ready' && this.subscriber.status === 'ready';
  }

  reconnect(): void {
    this.publisher.disconnect(true);
    this.subscriber.disconnect(true);
  }

  close(): Promise<void> {
    this.closed = true;
    this.publisher.disconnect();
    this.subscriber.disconnect();
    return Promise.resolve();
  }
}

/** Wakes every process on the same Redis and prefix. */
export const redisBus = (url: string, prefix: string, log: Log): EventBus =>
  new WireBus(new RedisWire(url, `${prefix}wake`, log), log);
