import type { Stretch } from '../time/stretch.js';
import { type Occurrence, occurrencesInZones, resolveWall, wallOf } from './recurrence.js';

/** A span to be closed, once or by a rule of recurrence, as wall-clock times in each resource's own zone (T4). */
export interface ClosureSpan {
  readonly startsLocal: string;
  readonly endsLocal: string;
  readonly rrule: string | null;
  readonly exdates: readonly string[];
}

/** A span that a closure closes in one of the zones. */
interface ClosedThere<Closure> extends Stretch {
  readonly timeZone: string;
  readonly closure: Closure;
}

/** Of a rule those within the bounds; of a closure that happens once its span wherever it is. */
function occurrencesOf(
  { startsLocal, endsLocal, rrule, exdates }: ClosureSpan,
  timeZones: readonly string[],
  { from, to }: Stretch,
): Occurrence[][] {
  const start = wallOf(startsLocal);
  const length = wallOf(endsLocal) - start;
  return rrule === null
    ? timeZones.map((timeZone) => [resolveWall(start, length, timeZone)])
    : occurrencesInZones({ rrule, startsLocal, endsLocal, exdates, rdates: [] }, timeZones, from, to);
}

/** When the closure closes within the bounds, zone by zone and there by start; whole stretches, also where they reach beyond. */
export function closedInZones<Closure extends ClosureSpan>(
  closure: Closure,
  timeZones: readonly string[],
  bounds: Stretch,
): ClosedThere<Closure>[] {
  return (
    occurrencesOf(closure, timeZones, bounds)
      .flatMap((there, index) =>
        there.map(({ startsAt, endsAt }) => ({
          from: startsAt.getTime(),
          to: endsAt.getTime(),
          timeZone: timeZones[index] as string,
          closure,
        })),
      )
      // A zone that changes sides of the date line skips a whole day.
      .filter(({ from, to }) => from < to && from < bounds.to && to > bounds.from)
  );
}

/** The same for one zone. */
export const closedStretches = <Closure extends ClosureSpan>(
  closure: Closure,
  timeZone: string,
  bounds: Stretch,
): ClosedThere<Closure>[] => closedInZones(closure, [timeZone], bounds);
