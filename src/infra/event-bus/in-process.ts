import type { EventBus, Wake } from '../../ports/event-bus.js';

/** Wakes listeners of this process only. Buses that share a channel object stand for several instances. */
export class InProcessBus implements EventBus {
  private readonly own = new Set<(wake: Wake) => void>();
  private readonly gaps = new Set<() => void>();

  constructor(private readonly channel: Set<(wake: Wake) => void> = new Set()) {}

  wake(wake: Wake): void {
    setImmediate(() => {
      for (const listener of [...this.channel]) listener(wake);
    });
  }

  listen(listener: (wake: Wake) => void): Promise<() => void> {
    const heard = (wake: Wake) => listener(wake);
    this.own.add(heard);
    this.channel.add(heard);
    return Promise.resolve(() => this.forget(heard));
  }

  onGap(listener: () => void): void {
    this.gaps.add(listener);
  }

  /** What a lost and regained connection is elsewhere; nothing is lost inside one process. */
  gap(): void {
    for (const listener of this.gaps) listener();
  }

  healthy(): boolean {
    return true;
  }

  close(): Promise<void> {
    for (const heard of [...this.own]) this.forget(heard);
    return Promise.resolve();
  }

  private forget(heard: (wake: Wake) => void): void {
    this.own.delete(heard);
    this.channel.delete(heard);
  }
}
