import type { Clock } from '../../ports/clock.js';
import type { EventBus } from '../../ports/event-bus.js';
import type { Log } from '../../ports/log.js';
import { type NotificationRow, recentNotifications } from '../../sql/notifications/read-notifications.js';
import type { Queryable } from '../../sql/statement.js';

export interface NoticeReaderOptions {
  readonly db: Queryable;
  readonly bus: EventBus;
  readonly clock: Clock;
  readonly log: Log;
  /** How often to look for what no wake-up told of. */
  readonly catchUpMs: number;
}

type Listener = (row: NotificationRow) => void;

/**
 * A notification is found by its time, and commits may come in another order: each reading goes back this far, which
 * is well beyond the longest transaction, and tells only what it has not told.
 */
const OVERLAP_MS = 60_000;
/** Wake-ups of one moment cost one reading. */
const GATHER_MS = 20;

/**
 * Tells the people who listen in this process of their new notifications. Every change that notifies somebody is a
 * change of some resource's stream, so the wake-ups of streams serve here too; what is told is read from PostgreSQL,
 * for all listeners by one statement.
 */
export class NoticeReader {
  readonly #options: NoticeReaderOptions;
  readonly #listeners = new Map<string, Set<Listener>>();
  /** What was told or was there before, by the time of this process at which it was last read. */
  readonly #known = new Map<string, number>();
  #reading: Promise<void> | null = null;
  #isDue = false;
  #timer: NodeJS.Timeout | null = null;
  #stopListening: (() => void) | null = null;

  constructor(options: NoticeReaderOptions) {
    this.#options = options;
  }

  async start(): Promise<void> {
    const { bus, catchUpMs } = this.#options;
    this.#stopListening = await bus.listen(({ kind }) => {
      if (kind === 'streams') this.#look();
    });
    this.#timer = setInterval(() => this.#look(), catchUpMs).unref();
  }

  async stop(): Promise<void> {
    this.#stopListening?.();
    if (this.#timer) clearInterval(this.#timer);
    this.#listeners.clear();
    await this.#reading;
  }

  /**
   * Tells each notification of that person that is committed from now on, once. Call the result to stop.
   * @throws Unavailable when the database cannot be read
   */
  async watch(userId: string, listener: Listener): Promise<() => void> {
    if (!this.#listeners.has(userId)) {
      const before = await this.#read([userId]);
      // Somebody else may listen for them by now, to whom what came in between is still to be told.
      if (!this.#listeners.has(userId)) for (const { id } of before) this.#known.set(id, Date.now());
    }
    const listeners = this.#listeners.get(userId) ?? new Set();
    listeners.add(listener);
    this.#listeners.set(userId, listeners);
    this.#look();
    return () => {
      listeners.delete(listener);
      if (listeners.size === 0 && this.#listeners.get(userId) === listeners) this.#listeners.delete(userId);
    };
  }

  #read(userIds: readonly string[]): Promise<NotificationRow[]> {
    const { db, clock } = this.#options;
    return recentNotifications(db, clock.fixed(), userIds, OVERLAP_MS);
  }

  #look(): void {
    this.#isDue = true;
    if (this.#listeners.size === 0 || this.#reading) return;
    this.#reading = this.#readDue().finally(() => {
      this.#reading = null;
    });
  }

  async #readDue(): Promise<void> {
    while (this.#isDue && this.#listeners.size > 0) {
      await new Promise((soon) => setTimeout(soon, GATHER_MS));
      this.#isDue = false;
      try {
        for (const row of await this.#read([...this.#listeners.keys()])) this.#tell(row);
        this.#forget();
      } catch (error) {
        this.#options.log.warn({ err: error }, 'notifications cannot be read; will catch up');
      }
    }
  }

  #tell(row: NotificationRow): void {
    const isNew = !this.#known.has(row.id);
    this.#known.set(row.id, Date.now());
    if (isNew) for (const listener of this.#listeners.get(row.userId) ?? []) listener(row);
  }

  /** What no reading finds any more need not be known; everything found is known anew. */
  #forget(): void {
    const old = Date.now() - 2 * OVERLAP_MS;
    for (const [id, at] of this.#known) if (at < old) this.#known.delete(id);
  }
}
