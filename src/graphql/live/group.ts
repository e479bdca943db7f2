import { setTimeout as pause } from 'node:timers/promises';
import type { StreamReader } from '../../domain/events/stream-reader.js';
import { Unavailable } from '../../domain/failure.js';
import type { Log } from '../../ports/log.js';
import type { ChangeRow, Position } from '../../sql/streams/read-changes.js';
import { changeFrame, resume, snapshotFrames, type Teller } from './catch-up.js';
import { type SnapshotCause, touches } from './events.js';
import { type CatchUp, type Frame, Member, type Sink } from './member.js';

export interface GroupParts extends Teller {
  readonly log: Log;
  readonly reader: StreamReader;
}

/** How many sockets are written to before the event loop gets a turn. */
const SLICE = 250;
const SOON_MS = 500;

/**
 * All equal subscriptions of this process: same document, variables and visibility. Each change is executed
 * and serialised once, and the same bytes go to every member.
 */
export class Group {
  readonly #parts: GroupParts;
  readonly #members = new Set<Member>();
  #watching: Promise<() => void> | null = null;
  #delivering: Promise<void> = Promise.resolve();
  /** Joiners that share the next snapshot. */
  #waiting: Map<SnapshotCause, Promise<CatchUp>> = new Map();

  constructor(parts: GroupParts) {
    this.#parts = parts;
  }

  get size(): number {
    return this.#members.size;
  }

  /**
   * Adds a subscriber: collects for it first, reads second, so that nothing falls between (E2).
   * @throws Unavailable when the database cannot be read
   */
  async join(sink: Sink, after: readonly Position[]): Promise<() => void> {
    const member = new Member(sink, (slow) => void this.#refresh(slow, 'FELL_BEHIND'));
    this.#members.add(member);
    const leave = () => {
      member.leave();
      this.#members.delete(member);
      if (this.#members.size === 0) this.#unwatch();
    };
    try {
      await this.#watch();
      member.catchUp(
        after.length > 0 ? await resume(this.#parts, after) : await this.#snapshot('SUBSCRIBED'),
      );
    } catch (error) {
      leave();
      throw error;
    }
    return leave;
  }

  /** Snapshots of all resources; those who ask within one turn of the event loop share one reading. */
  #snapshot(cause: SnapshotCause): Promise<CatchUp> {
    const waiting = this.#waiting.get(cause);
    if (waiting) return waiting;
    const next = new Promise((soon) => setImmediate(soon)).then(() => {
      this.#waiting.delete(cause);
      return this.#readSnapshot(cause);
    });
    this.#waiting.set(cause, next);
    return next;
  }

  #readSnapshot(cause: SnapshotCause): Promise<CatchUp> {
    return snapshotFrames(this.#parts, this.#parts.resourceIds, cause);
  }

  async #refresh(member: Member, cause: SnapshotCause): Promise<void> {
    member.hold();
    try {
      member.catchUp(await this.#snapshot(cause));
    } catch (error) {
      this.#parts.log.warn({ err: error }, 'a snapshot could not be read; trying again');
      setTimeout(() => void this.#refresh(member, cause), SOON_MS).unref();
    }
  }

  #watch(): Promise<() => void> {
    this.#watching ??= this.#parts.reader.watch(this.#parts.resourceIds, {
      onChange: (change) => {
        if (touches(change, this.#parts.window)) this.#enqueue(() => this.#deliver(change));
      },
      onGap: () =>
        this.#enqueue(async () => {
          for (const member of this.#members) void this.#refresh(member, 'HISTORY_GONE');
        }),
    });
    this.#watching.catch(() => {
      this.#watching = null;
    });
    return this.#watching;
  }

  #unwatch(): void {
    const watching = this.#watching;
    this.#watching = null;
    watching?.then((stop) => stop()).catch(() => undefined);
  }

  #enqueue(work: () => Promise<void>): void {
    this.#delivering = this.#delivering.then(work).catch((error: unknown) => {
      this.#parts.log.error({ err: error }, 'a change could not be delivered');
      for (const member of this.#members) void this.#refresh(member, 'FELL_BEHIND');
    });
  }

  /** What the document asks for may be away for a while: then the change is told late, and those behind it wait. */
  async #frameOf(row: ChangeRow): Promise<Frame> {
    for (;;) {
      try {
        return await changeFrame(this.#parts, row);
      } catch (error) {
        if (!(error instanceof Unavailable && this.#members.size > 0)) throw error;
        await pause(SOON_MS, undefined, { ref: false });
      }
    }
  }

  async #deliver(row: ChangeRow): Promise<void> {
    const frame = await this.#frameOf(row);
    let written = 0;
    for (const member of this.#members) {
      member.deliver(frame);
      if (++written % SLICE === 0) await new Promise(setImmediate);
    }
  }
}
