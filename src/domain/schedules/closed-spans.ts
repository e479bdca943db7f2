import type { ClosedSpan } from '../../sql/closures/met-reservations.js';
import { MOST_DAYS_AHEAD } from './check-times.js';
import { type ClosureSpan, closedStretches } from './closure.js';

const DAY = 86_400_000;
/** Behind every end that a closure can have. */
const FOR_EVER = Date.UTC(9001, 0, 1);

/** When each of the closures will be, from now on, in each of the zones; of a rule within the longest horizon. */
export const spansFrom = <C extends ClosureSpan>(
  now: number,
  closures: readonly C[],
  timeZones: readonly string[],
): (ClosedSpan & { readonly closure: C })[] =>
  timeZones.flatMap((timeZone) =>
    closures.flatMap((closure) =>
      closedStretches(closure, timeZone, {
        from: now,
        to: closure.rrule === null ? FOR_EVER : now + MOST_DAYS_AHEAD * DAY,
      }).map(({ from, to }) => ({ closure, timeZone, from: Math.max(from, now), to })),
    ),
  );
