/** How many points somebody may spend within each minute. */
export interface Budget {
  /** Told apart from the budgets of others: what is spent of one costs nothing of another. */
  readonly name: string;
  readonly pointsPerMinute: number;
}

/** What is left of a budget. */
export interface Balance {
  /** Points that can still be spent; below 0 where more was asked for than there was. */
  readonly left: number;
  /** In how many ms the budget is whole again. */
  readonly wholeInMs: number;
}

/**
 * Counts what is spent of budgets, for all processes that share a store. A store that is away opens nothing: each process
 * then counts by itself, and by the same budgets.
 */
export interface RateLimiter {
  /** Spends points of the key's budget, in one step also where several do, and says what is left of it. Never rejects. */
  spend(budget: Budget, key: string, points: number): Promise<Balance>;
  close(): Promise<void>;
}
