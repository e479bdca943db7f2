import type { Stretch } from '../time/stretch.js';
import { wallWindow } from '../time/wall-window.js';
import { occurrencesInZones, wallOf } from './recurrence.js';

/** A span to be closed, once or by a rule of recurrence, as wall-clock times in each resource's own zone (T4). */
export interface ClosureSpan {
  readonly startsLocal: string;
  readonly endsLocal: string;
  readonly rrule: string | null;
  readonly exdates: readonly string[];
}

/** Zone by zone, of a rule those within the bounds; of a closure that happens once its span wherever it is. */
function* stretchesOf(
  { startsLocal, endsLocal, rrule, exdates }: ClosureSpan,
  timeZones: readonly string[],
  { from, to }: Stretch,
): Generator<Stretch[]> {
  if (rrule === null) {
    const start = wallOf(startsLocal);
    for (const timeZone of timeZones) yield [wallWindow(start, wallOf(endsLocal) - start, timeZone)];
    return;
  }
  const recurrence = { rrule, startsLocal, endsLocal, exdates, rdates: [] };
  for (const there of occurrencesInZones(recurrence, timeZones, from, to))
    yield there.map(({ startsAt, endsAt }) => ({ from: startsAt.getTime(), to: endsAt.getTime() }));
}

/** What closedStretches finds, zone by zone, with as few searches as they need together. */
export function* closedInZones<Closure extends ClosureSpan>(
  closure: Closure,
  timeZones: readonly string[],
  bounds: Stretch,
): Generator<(Stretch & { readonly closure: Closure })[]> {
  for (const there of stretchesOf(closure, timeZones, bounds)) {
    yield there
      .map(({ from, to }) => ({ from, to, closure }))
      // A zone that changes sides of the date line skips a whole day.
      .filter(({ from, to }) => from < to && from < bounds.to && to > bounds.from);
  }
}

/** When the closure closes within the bounds, in that zone, by start; whole stretches, also where they reach beyond. */
export const closedStretches = <Closure extends ClosureSpan>(
  closure: Closure,
  timeZone: string,
  bounds: Stretch,
): (Stretch & { readonly closure: Closure })[] => [...closedInZones(closure, [timeZone], bounds)].flat();
