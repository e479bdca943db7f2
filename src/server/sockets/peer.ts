import type { WebSocket } from 'ws';
import type { Authenticated } from '../../domain/auth/access-token.js';
import type { Closing } from './close-codes.js';

let slots = 0;

const SPAN_MS = 10_000;

/** One connected socket, and who is at its other end. */
export class Peer {
  authenticated: Authenticated | null = null;
  /** Queries and mutations whose answer is still due. */
  running = 0;
  /** Spreads what is done for all sockets in turns. */
  readonly slot = slots++;
  /** Has shown since the last ping that it is there. */
  alive = true;
  /** Messages that it has sent within the span of ten seconds that has begun last. */
  heard = 0;
  private spanEndsAt = 0;
  private leaving: Closing | null = null;

  constructor(
    readonly socket: WebSocket,
    readonly address: string | null,
    readonly userAgent: string | null,
  ) {}

  get isOpen(): boolean {
    return this.socket.readyState === this.socket.OPEN;
  }

  /** Seconds until what it has sent counts no more. */
  get calmIn(): number {
    return Math.max(1, Math.ceil((this.spanEndsAt - performance.now()) / 1_000));
  }

  /** Counts a message of the other end. */
  hear(): void {
    const now = performance.now();
    if (now >= this.spanEndsAt) {
      this.spanEndsAt = now + SPAN_MS;
      this.heard = 0;
    }
    this.heard++;
  }

  /** Writes one message; nothing happens on a socket that is closing. */
  send(message: string | Buffer): void {
    if (this.isOpen) this.socket.send(message, { binary: false });
  }

  close([code, reason]: readonly [number, string]): void {
    this.socket.close(code, reason);
  }

  /** Closes as soon as nobody waits for an answer. */
  closeWhenIdle(closing: Closing): void {
    this.leaving = closing;
    if (this.running === 0) this.close(closing);
  }

  /** Runs what answers a query or mutation. */
  async answering<T>(work: () => Promise<T>): Promise<T> {
    this.running++;
    try {
      return await work();
    } finally {
      this.running--;
      const { leaving } = this;
      if (leaving && this.running === 0) setImmediate(() => this.close(leaving));
    }
  }
}
