import { randomUUID } from 'node:crypto';
import type { EventBus, Wake } from '../../ports/event-bus.js';
import type { Log } from '../../ports/log.js';
import type { Wire } from './wire.js';
import { asWireMessage, PendingWakes, type WireMessage } from './wire-message.js';

const MERGE_MS = 1;
const FIRST_SUBSCRIPTION_MS = 2_000;
const BEAT_MS = 1_000;
const SILENT_MS = 3_500;

/**
 * A bus over a broker. Wake-ups of the same millisecond travel as one message; this process hears its own at
 * once, broker or not. A beat every second, heard by its sender, shows that messages pass: a connection that
 * looks well and is silent is dropped.
 */
export class WireBus implements EventBus {
  private readonly me = randomUUID();
  private readonly listeners = new Set<(wake: Wake) => void>();
  private readonly gaps = new Set<() => void>();
  private readonly pending = new PendingWakes();
  private readonly outbound = new PendingWakes();
  private beatDue = false;
  private pumping: Promise<void> | null = null;
  private readonly opened: Promise<void>;
  private readonly beat: NodeJS.Timeout;
  private merging: NodeJS.Timeout | null = null;
  private lastHeard = Date.now();
  private troubled = false;
  private closed = false;

  constructor(
    private readonly wire: Wire,
    private readonly log: Log,
  ) {
    this.opened = wire.open(
      (message) => this.heard(message),
      () => this.back(),
    );
    this.opened.catch((error: unknown) => this.trouble(error));
    this.beat = setInterval(() => this.tick(), BEAT_MS).unref();
  }

  wake(wake: Wake): void {
    if (this.closed) return;
    this.pending.add(wake);
    this.merging ??= setTimeout(() => this.flush(), MERGE_MS);
  }

  /** Without a broker it resolves after 2 s all the same: the gap tells when the subscription stands. */
  async listen(listener: (wake: Wake) => void): Promise<() => void> {
    const heard = (wake: Wake) => listener(wake);
    this.listeners.add(heard);
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, FIRST_SUBSCRIPTION_MS);
    });
    await Promise.race([this.opened.catch(() => {}), late]);
    clearTimeout(timer);
    return () => this.listeners.delete(heard);
  }

  onGap(listener: () => void): void {
    this.gaps.add(listener);
  }

  healthy(): boolean {
    return this.wire.connected() && Date.now() - this.lastHeard < SILENT_MS;
  }

  async close(): Promise<void> {
    this.closed = true;
    clearInterval(this.beat);
    if (this.merging) {
      clearTimeout(this.merging);
      this.flush();
    }
    await this.pumping;
    await this.wire.close();
  }

  private flush(): void {
    this.merging = null;
    for (const wake of this.pending.take(this.wire.limit)) {
      this.deliver(wake);
      this.outbound.add(wake);
    }
    this.pump();
  }

  private pump(): void {
    this.pumping ??= this.drain().finally(() => {
      this.pumping = null;
    });
  }

  /** One message at a time: what comes while a slow broker answers is merged into the next. */
  private async drain(): Promise<void> {
    while (this.beatDue || this.outbound.waiting) {
      const wakes = this.outbound.take(this.wire.limit);
      // A message of ours says as much as a beat.
      if (wakes.length === 0) await this.send({ from: this.me, kind: 'beat' });
      this.beatDue = false;
      for (const wake of wakes) await this.send({ from: this.me, ...wake });
    }
  }

  private async send(message: WireMessage): Promise<void> {
    if (!this.wire.connected()) return;
    try {
      await this.wire.send(message);
    } catch (error) {
      this.trouble(error);
    }
  }

  private deliver(wake: Wake): void {
    for (const listener of [...this.listeners]) {
      try {
        listener(wake);
      } catch (error) {
        this.log.error({ error }, 'a listener of the event bus has thrown');
      }
    }
  }

  private heard(value: unknown): void {
    const message = asWireMessage(value);
    if (!message) return;
    const { from, ...rest } = message;
    if (from === this.me) this.lastHeard = Date.now();
    else if (rest.kind !== 'beat') this.deliver(rest);
  }

  private tick(): void {
    if (!this.wire.connected()) return;
    if (Date.now() - this.lastHeard > SILENT_MS) {
      this.trouble(new Error('no message passes'));
      this.lastHeard = Date.now();
      this.wire.reconnect();
    } else this.sendBeat();
  }

  private sendBeat(): void {
    this.beatDue = true;
    this.pump();
  }

  private back(): void {
    this.lastHeard = Date.now();
    this.troubled = false;
    this.log.info({ broker: this.wire.name }, 'wake-ups pass again');
    this.sendBeat();
    for (const listener of [...this.gaps]) listener();
  }

  private trouble(error: unknown): void {
    if (this.troubled || this.closed) return;
    this.troubled = true;
    this.log.warn(
      { broker: this.wire.name, error },
      'wake-ups do not pass: changes arrive by the catch-up interval',
    );
  }
}
