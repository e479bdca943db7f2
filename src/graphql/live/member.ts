import type { Position } from '../../sql/streams/read-changes.js';

/** A subscriber's socket, seen by the six things that a stream needs of it. */
export interface Sink {
  /** The subscription's id within its socket. */
  readonly id: string;
  /** Writes one complete text frame. */
  send(frame: string | Buffer): void;
  /** Bytes written but not yet taken by the network. */
  bufferedAmount(): number;
  /** Closes the whole socket. */
  close(code: number, reason: string): void;
}

/** A frame for everybody: the payload is serialised once, the head differs by the subscription's id. */
export class Frame {
  readonly #byId = new Map<string, Buffer>();

  constructor(
    readonly at: Position,
    readonly payload: string,
  ) {}

  for(id: string): string | Buffer {
    const known = this.#byId.get(id);
    if (known) return known;
    const frame = Buffer.from(`{"id":${JSON.stringify(id)},"type":"next","payload":${this.payload}}`);
    // Many clients number their subscriptions alike; ids that are all different are not worth keeping.
    if (this.#byId.size < 4) this.#byId.set(id, frame);
    return frame;
  }
}

/** What brings a subscriber up to date, and the versions that it knows after it. */
export interface CatchUp {
  readonly frames: readonly Frame[];
  readonly known: readonly Position[];
}

/** Above this a consumer is behind and gets a snapshot later instead of an ever longer queue. */
const BEHIND_BYTES = 1 << 20;
/** Below this it has caught up with what was written. */
const DRAINED_BYTES = 64 << 10;
/** A consumer that takes nothing for so long is closed: 1013, try again later. */
const PATIENCE_MS = 30_000;
const LOOK_MS = 200;

/** Says that this consumer needs a snapshot. */
export type Refresh = (member: Member) => void;

/**
 * One subscriber of a group: first collects what comes while its snapshot is read, then gets every later
 * frame once and in order.
 */
export class Member {
  #pending: Frame[] | null = [];
  /** Versions known before going live: frames up to them are dropped. */
  #ahead: Map<string, number> | null = null;
  #behindSince: number | null = null;
  #closed = false;

  constructor(
    readonly sink: Sink,
    readonly refresh: Refresh,
  ) {}

  /** Starts collecting again, before a snapshot. */
  hold(): void {
    this.#pending ??= [];
  }

  /** Sends what brings the subscriber up to date, then what has come meanwhile and is not in it, then goes on live. */
  catchUp({ frames, known }: CatchUp): void {
    if (this.#closed) return;
    for (const frame of frames) this.sink.send(frame.for(this.sink.id));
    this.#ahead = new Map(known.map(({ resourceId, version }) => [resourceId, version]));
    const pending = this.#pending ?? [];
    this.#pending = null;
    for (const frame of pending) this.deliver(frame);
  }

  deliver(frame: Frame): void {
    if (this.#closed || this.#behindSince !== null) return;
    if (this.#pending) {
      this.#pending.push(frame);
      return;
    }
    if (this.#known(frame.at)) return;
    this.sink.send(frame.for(this.sink.id));
    if (this.sink.bufferedAmount() > BEHIND_BYTES) this.#fallBehind();
  }

  leave(): void {
    this.#closed = true;
    this.#pending = null;
  }

  #known({ resourceId, version }: Position): boolean {
    const ahead = this.#ahead?.get(resourceId);
    if (ahead === undefined) return false;
    if (version <= ahead) return true;
    this.#ahead?.delete(resourceId);
    if (this.#ahead?.size === 0) this.#ahead = null;
    return false;
  }

  #fallBehind(): void {
    this.#behindSince = Date.now();
    const look = setInterval(() => {
      const waited = Date.now() - (this.#behindSince ?? 0);
      if (this.#closed) clearInterval(look);
      else if (this.sink.bufferedAmount() < DRAINED_BYTES) {
        clearInterval(look);
        this.#behindSince = null;
        this.hold();
        this.refresh(this);
      } else if (waited > PATIENCE_MS) {
        clearInterval(look);
        this.sink.close(1013, 'Too slow');
      }
    }, LOOK_MS);
    look.unref();
  }
}
