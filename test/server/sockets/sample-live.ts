import { GraphQLError } from 'graphql';
import type { Live, LiveSubscriber } from '../../../src/server/sockets/live.js';

/** A source of frames that the test holds in its hand. */
export class SampleLive implements Live {
  readonly attached = new Set<LiveSubscriber>();
  readonly detached: string[] = [];
  refuse = false;
  /** Resolves before each attachment is made; lets a test put something in between. */
  before: () => Promise<void> = async () => undefined;

  async attach(subscriber: LiveSubscriber) {
    await this.before();
    if (this.refuse) {
      return {
        errors: [new GraphQLError('There is no such resource.', { extensions: { code: 'BAD_USER_INPUT' } })],
      };
    }
    this.attached.add(subscriber);
    return {
      detach: () => {
        this.attached.delete(subscriber);
        this.detached.push(subscriber.id);
      },
    };
  }

  publish(text: string): void {
    for (const { id, send } of this.attached) {
      send(Buffer.from(JSON.stringify({ id, type: 'next', payload: { data: { availability: text } } })));
    }
  }
}
