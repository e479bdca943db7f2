import type { ClosedSpan } from '../../sql/closures/met-reservations.js';
import { breathing } from '../time/breathing.js';
import type { Stretch } from '../time/stretch.js';
import { MOST_DAYS_AHEAD } from './check-times.js';
import { type ClosureSpan, closedInZones } from './closure.js';
import { stepsWithin } from './recurrence.js';

const DAY = 86_400_000;

/** A span of a closure in the resources' zones. */
export type SpanOf<C> = ClosedSpan & { readonly closure: C };

/**
 * When each of the closures will be in each of the zones, within the bounds; of a rule within the longest horizon
 * alone. Lets others have their turn: a span costs some 5 µs.
 * @param most how many there may be, of all closures in all zones; as many dates are tried where rules name few
 * @returns null where there are more
 */
export async function spansWithin<C extends ClosureSpan>(
  closures: readonly C[],
  timeZones: readonly string[],
  bounds: Stretch,
  most: number,
): Promise<SpanOf<C>[] | null> {
  if (bounds.to <= bounds.from) return [];
  const breathe = breathing();
  const horizon = { ...bounds, to: Math.min(bounds.to, bounds.from + MOST_DAYS_AHEAD * DAY) };
  const spans: SpanOf<C>[] = [];
  let tried = 0;
  for (const closure of closures) {
    const { rrule } = closure;
    tried += rrule === null ? 0 : stepsWithin(rrule, horizon);
    const zones = timeZones.values();
    for (const there of closedInZones(closure, timeZones, rrule === null ? bounds : horizon)) {
      const timeZone = zones.next().value as string;
      for (const { from, to } of there)
        spans.push({ closure, timeZone, from: Math.max(from, bounds.from), to });
      if (Math.max(tried, spans.length) > most) return null;
      await breathe();
    }
  }
  return spans;
}
