import type { Stretch } from '../time/stretch.js';
import { type Occurrence, occurrencesBetween, resolveWall, wallOf } from './recurrence.js';

/** A span to be closed, once or by a rule of recurrence, as wall-clock times in each resource's own zone (T4). */
export interface ClosureSpan {
  readonly startsLocal: string;
  readonly endsLocal: string;
  readonly rrule: string | null;
  readonly exdates: readonly string[];
}

/** All of them within the bounds, and of a closure that happens once also what lies beyond. */
function occurrencesOf(
  { startsLocal, endsLocal, rrule, exdates }: ClosureSpan,
  timeZone: string,
  { from, to }: Stretch,
): Occurrence[] {
  if (rrule !== null)
    return occurrencesBetween({ rrule, startsLocal, endsLocal, timeZone, exdates, rdates: [] }, from, to);
  const start = wallOf(startsLocal);
  return [resolveWall(start, wallOf(endsLocal) - start, timeZone)];
}

/** When the closure closes within the bounds, in that zone, by start; whole stretches, also where they reach beyond. */
export function closedStretches<Closure extends ClosureSpan>(
  closure: Closure,
  timeZone: string,
  bounds: Stretch,
): (Stretch & { readonly closure: Closure })[] {
  return (
    occurrencesOf(closure, timeZone, bounds)
      .map(({ startsAt, endsAt }) => ({ from: startsAt.getTime(), to: endsAt.getTime(), closure }))
      // A zone that changes sides of the date line skips a whole day.
      .filter(({ from, to }) => from < to && from < bounds.to && to > bounds.from)
  );
}
