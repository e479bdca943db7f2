import type { Log } from '../../ports/log.js';
import type { LogSegments } from '../../ports/log-segments.js';
import { Unavailable } from '../failure.js';
import { type LogStore, storeSegment } from './store-segment.js';

const LOOK_MS = 5_000;
/** After a failure: each try writes a line of its own. */
const AGAIN_MS = 30_000;

/** Stores the files that this process has filled with its log, in the background, now and then, until all are stored. */
export class LogArchive {
  private timer: NodeJS.Timeout | null = null;
  private running: Promise<unknown> = Promise.resolve();
  private readonly stop = new AbortController();

  constructor(
    private readonly parts: LogStore & { readonly log: Log },
    private readonly segments: LogSegments,
  ) {}

  start(): void {
    this.running = this.round().then((isDone) => {
      if (this.stop.signal.aborted) return;
      this.timer = setTimeout(() => this.start(), isDone ? LOOK_MS : AGAIN_MS);
      this.timer.unref();
    });
  }

  /** Breaks off what is being stored; the next life of the program takes it up. */
  async close(): Promise<void> {
    this.stop.abort();
    if (this.timer) clearTimeout(this.timer);
    await this.running;
  }

  /** Stores what is full now; false where something is left. Never rejects. */
  async round(): Promise<boolean> {
    let failure: unknown = null;
    try {
      for (const segment of await this.segments.closed()) {
        const stored = await this.attempt(segment);
        failure ??= stored;
        if (stored instanceof Unavailable || this.stop.signal.aborted) break;
      }
    } catch (error) {
      failure = error;
    }
    if (failure === null) return true;
    if (!this.stop.signal.aborted)
      this.parts.log.warn({ err: failure }, 'full files of the log wait to be stored; trying again');
    return false;
  }

  /** The failure, or null. */
  private attempt(segment: Parameters<typeof storeSegment>[2]): Promise<unknown> {
    return storeSegment(this.parts, this.segments.program, segment, this.stop.signal).then(
      () => null,
      (error: unknown) => error,
    );
  }
}
