import type { AvailabilityRow } from '../../sql/read-availability.js';
import type { Window } from '../time/window.js';

export interface FreeSpan {
  readonly startsAt: string;
  readonly endsAt: string;
  readonly quantity: number;
}

/** The parts of the window with something left, by start; neighbours with the same quantity are one span. */
export function freeSpans(row: Pick<AvailabilityRow, 'capacity' | 'busy'>, window: Window): FreeSpan[] {
  const start = window.startsAt.getTime();
  const end = window.endsAt.getTime();
  const steps = row.busy.flatMap((span) => [
    { at: Math.max(Date.parse(span.startsAt), start), step: -span.quantity },
    { at: Math.min(Date.parse(span.endsAt), end), step: span.quantity },
  ]);
  steps.sort((a, b) => a.at - b.at);
  const spans: { from: number; to: number; quantity: number }[] = [];
  let at = start;
  let left = row.capacity;
  for (const next of [...steps, { at: end, step: 0 }]) {
    if (next.at > at) {
      const last = spans.at(-1);
      if (last && last.to === at && last.quantity === left) last.to = next.at;
      else spans.push({ from: at, to: next.at, quantity: left });
      at = next.at;
    }
    left += next.step;
  }
  return spans
    .filter(({ quantity }) => quantity > 0)
    .map(({ from, to, quantity }) => ({
      startsAt: new Date(from).toISOString(),
      endsAt: new Date(to).toISOString(),
      quantity,
    }));
}
