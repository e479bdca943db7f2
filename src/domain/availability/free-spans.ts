import type { AvailabilityRow } from '../../sql/availability/read-availability.js';
import type { Window } from '../time/window.js';

/** A span with something left. Instants in ms since 1970. */
export interface FreeSpan {
  readonly startsAt: number;
  readonly endsAt: number;
  readonly quantity: number;
}

/** The parts of the window with something left, by start; neighbours with the same quantity are one span. */
export function freeSpans(row: Pick<AvailabilityRow, 'capacity' | 'busy'>, window: Window): FreeSpan[] {
  const start = window.startsAt.getTime();
  const end = window.endsAt.getTime();
  const steps = row.busy.flatMap((span) => [
    { at: Math.max(span.startsAt, start), step: -span.quantity },
    { at: Math.min(span.endsAt, end), step: span.quantity },
  ]);
  steps.sort((a, b) => a.at - b.at);
  const spans: { startsAt: number; endsAt: number; quantity: number }[] = [];
  let at = start;
  let left = row.capacity;
  for (const next of [...steps, { at: end, step: 0 }]) {
    if (next.at > at) {
      const last = spans.at(-1);
      if (last && last.endsAt === at && last.quantity === left) last.endsAt = next.at;
      else spans.push({ startsAt: at, endsAt: next.at, quantity: left });
      at = next.at;
    }
    left += next.step;
  }
  return spans.filter(({ quantity }) => quantity > 0);
}
