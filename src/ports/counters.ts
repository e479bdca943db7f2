/** What a counter knows of a key. */
export interface Counted {
  readonly count: number;
  /** Milliseconds until it counts anew. */
  readonly msLeft: number;
}

/** Counts by key; each key from its first one on, for a time, and then anew. */
export interface Counter {
  /** Counts one more, or so many. */
  add(key: string, points?: number): Promise<Counted>;
  /** Takes one back. */
  takeBack(key: string): Promise<void>;
  /** Lets the key count as one beyond the limit for so many seconds from now. */
  block(key: string, seconds: number): Promise<void>;
  forget(key: string): Promise<void>;
}

/**
 * Makes a counter; its name keeps it apart from others. Processes that share counters see each other's counts, as long
 * as what they share is there: otherwise each goes on counting by itself, and no call fails.
 */
export type Counters = (options: {
  readonly name: string;
  readonly limit: number;
  /** How long a key counts. */
  readonly seconds: number;
}) => Counter;
