/**
 * What time it is.
 *
 * Decisions are made by the database's clock, so that instances with wrong clocks still agree. A fixed
 * instant exists only for tests of whole systems; every statement takes it as its first parameter and
 * writes `coalesce($1, statement_timestamp())`.
 */
export interface Clock {
  /** The instant (RFC 3339) that stands for now, or null where the database's clock decides. Re-read at each call. */
  fixed(): string | null;
  /** Now by this process, for what is not a decision: token expiry, log lines, timers. Takes the fixed instant first. */
  now(): Date;
}
