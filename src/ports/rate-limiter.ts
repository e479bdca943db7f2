/** So many points in a window of so many seconds, which begins with the first of them. */
export interface RateLimit {
  readonly points: number;
  readonly seconds: number;
}

/**
 * Counts what is spent, for all processes together. Where that is not possible at the moment each process counts for
 * itself: a limit may then let through as much in each of them, and never lets through without counting.
 */
export interface RateLimiter {
  /**
   * Spends a point of the key, also where nothing is left. Never rejects, and waits for half a second at most.
   * @returns null where it was within the limit, else the ms until the window ends
   */
  spend(key: string, limit: RateLimit): Promise<number | null>;
  close(): Promise<void>;
}
