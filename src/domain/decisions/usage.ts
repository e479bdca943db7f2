import type { UseFact } from '../../sql/reservations/read-facts.js';
import type { Stretch } from '../time/stretch.js';

/** A stretch with the same quantity in use throughout. */
export interface Use extends Stretch {
  readonly quantity: number;
}

/** How much is in use from each instant of change on, within the bounds and in order of time. */
export function usage(bounds: Stretch, spans: readonly UseFact[]): Use[] {
  const steps = spans.flatMap(([from, to, quantity]) =>
    from < bounds.to && to > bounds.from
      ? [
          { at: Math.max(from, bounds.from), step: quantity },
          { at: Math.min(to, bounds.to), step: -quantity },
        ]
      : [],
  );
  steps.sort((a, b) => a.at - b.at || a.step - b.step);
  const uses: Use[] = [];
  let quantity = 0;
  for (const [index, { at, step }] of steps.entries()) {
    quantity += step;
    const to = steps[index + 1]?.at ?? bounds.to;
    if (to > at) uses.push({ from: at, to, quantity });
  }
  return uses;
}

/** The most that is in use at any instant of the bounds (O4). */
export const peak = (bounds: Stretch, spans: readonly UseFact[]): number =>
  Math.max(0, ...usage(bounds, spans).map((use) => use.quantity));
