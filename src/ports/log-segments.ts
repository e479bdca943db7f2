/** A file of the log that is full: nobody writes to it any more. */
export interface LogSegment {
  /** Counts up with each file of the program, on this machine. */
  readonly number: number;
  /** All of its bytes; broken off by the signal. */
  read(signal: AbortSignal): AsyncIterable<Uint8Array>;
  /** Removes it, as long as it is no longer than so many bytes; no failure where it is gone. */
  remove(bytes: number): Promise<void>;
}

/** The files that this process logs into. */
export interface LogSegments {
  /** Who logs: `api`. */
  readonly program: string;
  /** Those that are full, of earlier lives too, the oldest first; never the one that is written to. */
  closed(): Promise<LogSegment[]>;
}
