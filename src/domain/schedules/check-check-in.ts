import type { InvalidInput } from '../failure.js';
import { checkWhole } from '../whole.js';
import type { CheckIn } from './rule.js';

const DAY_MINUTES = 1_440;
const MOST_STRIKES = 100;

/** Opens up to a day before the start, released 1 minute to a day after it; 1 to 100 strikes, or none that count. */
export const checkCheckIn = (
  { opensMinutes, graceMinutes, strikes }: CheckIn,
  path: readonly string[],
): InvalidInput | null =>
  checkWhole(opensMinutes, [...path, 'opensMinutes'], 0, DAY_MINUTES) ??
  checkWhole(graceMinutes, [...path, 'graceMinutes'], 1, DAY_MINUTES) ??
  (strikes === null ? null : checkWhole(strikes, [...path, 'strikes'], 1, MOST_STRIKES));
