import type { Clock } from '../../ports/clock.js';

/** The real clock: decisions are left to the database's. */
export const systemClock: Clock = {
  fixed: () => null,
  now: () => new Date(),
};
