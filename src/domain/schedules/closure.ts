import type { Stretch } from '../time/stretch.js';
import { clockShows } from '../time/zone-offset.js';
import { occurrencesBetween } from './recurrence.js';

/** A span to be closed, once or by a rule of recurrence, as wall-clock times in each resource's own zone (T4). */
export interface ClosureSpan {
  readonly startsLocal: string;
  readonly endsLocal: string;
  readonly rrule: string | null;
  readonly exdates: readonly string[];
}

function instantOf(local: string, timeZone: string): number {
  const at = clockShows(Date.parse(`${local}Z`), timeZone);
  return typeof at === 'number' ? at : at.moved;
}

/** When the closure closes within the bounds, in that zone, by start; whole stretches, also where they reach beyond. */
export function closedStretches<Closure extends ClosureSpan>(
  closure: Closure,
  timeZone: string,
  bounds: Stretch,
): (Stretch & { readonly closure: Closure })[] {
  const { startsLocal, endsLocal, rrule, exdates } = closure;
  const stretches =
    rrule === null
      ? [{ from: instantOf(startsLocal, timeZone), to: instantOf(endsLocal, timeZone) }]
      : occurrencesBetween(
          { rrule, startsLocal, endsLocal, timeZone, exdates, rdates: [] },
          bounds.from,
          bounds.to,
        ).map(({ startsAt, endsAt }) => ({ from: startsAt.getTime(), to: endsAt.getTime() }));
  return stretches
    .filter(({ from, to }) => from < bounds.to && to > bounds.from)
    .map((stretch) => ({ ...stretch, closure }));
}
