import type { EventBus } from '../../ports/event-bus.js';
import type { Log } from '../../ports/log.js';
import type { OperationRow } from '../../sql/operations/operation-row.js';
import { bookVersion, readBook } from '../../sql/operations/read-book.js';
import type { Database } from '../../sql/statement.js';
import { Unavailable } from '../failure.js';

export interface OperationBookParts {
  readonly db: Database;
  readonly bus: EventBus;
  readonly log: Log;
  /** How often to look whether it has changed. */
  readonly pollMs?: number;
}

const POLL_MS = 2_000;

/**
 * The documents that are approved, kept in memory: a look at their number every two seconds, and at each wake-up, and a
 * reading of them all where it has moved. While the database is away it goes by what it knows.
 */
export class OperationBook {
  #version: string | null = null;
  #rows: readonly OperationRow[] = [];
  #timer: NodeJS.Timeout | null = null;
  #running: Promise<void> = Promise.resolve();
  #next: Promise<void> | null = null;
  readonly #releases: (() => void)[] = [];
  readonly #listeners = new Set<(rows: readonly OperationRow[]) => void>();

  constructor(private readonly parts: OperationBookParts) {}

  /** Takes the first look and goes on looking. Resolves even where database or bus do not answer yet. */
  async start(): Promise<void> {
    const { bus, log, pollMs = POLL_MS } = this.parts;
    this.#timer = setInterval(() => void this.look(), pollMs);
    this.#timer.unref();
    bus.onGap(() => void this.look());
    const listening = bus.listen((wake) => {
      if (wake.kind === 'operations') void this.look();
    });
    listening.then(
      (unlisten) => (this.#timer ? this.#releases.push(unlisten) : unlisten()),
      (error) => log.warn({ err: error }, 'approved documents are found by looking only: the bus refused'),
    );
    await this.look();
  }

  async close(): Promise<void> {
    if (this.#timer) clearInterval(this.#timer);
    this.#timer = null;
    for (const release of this.#releases) release();
    this.#listeners.clear();
    await (this.#next ?? this.#running);
  }

  /**
   * All that is approved; the same array until something changes.
   * @throws Unavailable before the first look has succeeded
   */
  get rows(): readonly OperationRow[] {
    if (this.#version === null) throw new Unavailable('which documents are approved is not known yet');
    return this.#rows;
  }

  /** Calls back with what is known, if anything is, and at each change. A listener must not throw. */
  onChange(listener: (rows: readonly OperationRow[]) => void): void {
    this.#listeners.add(listener);
    if (this.#version !== null) listener(this.#rows);
  }

  /** Resolves after a look that began after this call; never rejects. */
  look(): Promise<void> {
    this.#next ??= this.#running.then(() => {
      this.#next = null;
      this.#running = this.#lookNow();
      return this.#running;
    });
    return this.#next;
  }

  async #lookNow(): Promise<void> {
    const { db, log } = this.parts;
    try {
      if (this.#version !== null && (await bookVersion(db)) === this.#version) return;
      const { version, rows } = await readBook(db);
      this.#version = version;
      this.#rows = rows;
      for (const listener of this.#listeners) listener(rows);
    } catch (error) {
      log.warn({ err: error }, 'could not look for approved documents');
    }
  }
}
