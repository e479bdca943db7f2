import type { EventBus } from '../../ports/event-bus.js';
import type { Log } from '../../ports/log.js';
import type { Queryable } from '../../sql/statement.js';
import { type ChangeRow, MOST_CHANGES, readChanges, streamVersions } from '../../sql/streams/read-changes.js';

export interface StreamListener {
  /** Every change of the resource after the version known at watching, once and in order. */
  onChange(change: ChangeRow): void;
  /** The changes after the known version are no longer kept: read a snapshot instead. */
  onGap(resourceId: string): void;
}

interface Watched {
  known: number;
  readonly listeners: Set<StreamListener>;
}

export interface StreamReaderOptions {
  readonly db: Queryable;
  readonly bus: EventBus;
  readonly log: Log;
  /** How often to look for changes that no wake-up told of: lost messages, dead publishers, a dead bus. */
  readonly catchUpMs: number;
}

/**
 * Reads the streams of the resources that somebody in this process watches. The outbox is the only source;
 * wake-ups merely say when to look (E4). One reading runs at a time and takes all that is due, so a burst
 * of changes costs few statements.
 */
export class StreamReader {
  readonly #watched = new Map<string, Watched>();
  readonly #due = new Set<string>();
  readonly #options: StreamReaderOptions;
  #reading: Promise<void> | null = null;
  #timer: NodeJS.Timeout | null = null;
  #stopListening: (() => void) | null = null;

  constructor(options: StreamReaderOptions) {
    this.#options = options;
  }

  async start(): Promise<void> {
    const { bus, catchUpMs } = this.#options;
    this.#stopListening = await bus.listen((wake) => {
      if (wake.kind === 'streams') this.#look(wake.resourceIds);
    });
    bus.onGap(() => void this.#catchUp());
    this.#timer = setInterval(() => void this.#catchUp(), catchUpMs);
    this.#timer.unref();
  }

  async stop(): Promise<void> {
    this.#stopListening?.();
    if (this.#timer) clearInterval(this.#timer);
    this.#watched.clear();
    await this.#reading;
  }

  /**
   * Watches resources until the result is called. Resolves when every later change is certain to be told;
   * a snapshot read after that misses nothing.
   * @throws Unavailable when the database cannot be read
   */
  async watch(resourceIds: readonly string[], listener: StreamListener): Promise<() => void> {
    const unknown = resourceIds.filter((id) => !this.#watched.get(id)?.listeners.add(listener));
    if (unknown.length > 0) {
      for (const { resourceId, version } of await streamVersions(this.#options.db, unknown)) {
        const watched = this.#watched.get(resourceId) ?? { known: version, listeners: new Set() };
        watched.listeners.add(listener);
        this.#watched.set(resourceId, watched);
      }
    }
    this.#look(resourceIds);
    return () => {
      for (const id of resourceIds) {
        const watched = this.#watched.get(id);
        watched?.listeners.delete(listener);
        if (watched?.listeners.size === 0) this.#watched.delete(id);
      }
    };
  }

  #look(resourceIds: readonly string[]): void {
    for (const id of resourceIds) if (this.#watched.has(id)) this.#due.add(id);
    if (this.#due.size > 0 && !this.#reading) {
      this.#reading = this.#readDue().finally(() => {
        this.#reading = null;
      });
    }
  }

  async #readDue(): Promise<void> {
    // A turn of the event loop gathers wake-ups that come together.
    await new Promise(setImmediate);
    while (this.#due.size > 0) {
      const ids = [...this.#due];
      this.#due.clear();
      const positions = ids.flatMap((resourceId) => {
        const watched = this.#watched.get(resourceId);
        return watched ? [{ resourceId, version: watched.known }] : [];
      });
      if (positions.length === 0) continue;
      try {
        const changes = await readChanges(this.#options.db, positions);
        for (const change of changes) this.#tell(change);
        if (changes.length === MOST_CHANGES) for (const id of ids) this.#due.add(id);
      } catch (error) {
        // The next catch-up finds them again: the version that is known has not moved.
        this.#options.log.warn({ err: error }, 'streams cannot be read; will catch up');
        return;
      }
    }
  }

  #tell(change: ChangeRow): void {
    const watched = this.#watched.get(change.resourceId);
    if (!watched || change.version <= watched.known) return;
    const gap = change.version > watched.known + 1;
    watched.known = change.version;
    for (const listener of watched.listeners) {
      if (gap) listener.onGap(change.resourceId);
      else listener.onChange(change);
    }
  }

  async #catchUp(): Promise<void> {
    if (this.#watched.size === 0) return;
    try {
      const versions = await streamVersions(this.#options.db, [...this.#watched.keys()]);
      this.#look(
        versions
          .filter(({ resourceId, version }) => version > (this.#watched.get(resourceId)?.known ?? version))
          .map(({ resourceId }) => resourceId),
      );
    } catch (error) {
      this.#options.log.warn({ err: error }, 'streams cannot be caught up; will try again');
    }
  }
}
