import { wallTime } from '../time/local-day.js';
import type { Stretch } from '../time/stretch.js';
export interface ClosureSpan {
  readonly startsLocal: string;
  readonly endsLocal: string;
  readonly rrule: string | null;
  readonly exdates: readonly string[];
}
export function closedStretches<C extends ClosureSpan>(
  closure: C,
  timeZone: string,
  bounds: Stretch,
): (Stretch & { closure: C })[] {
  const at = (t: string) =>
    wallTime(t.slice(0, 10), Number(t.slice(11, 13)) * 60 + Number(t.slice(14, 16)), timeZone);
  const [from, to] = [at(closure.startsLocal), at(closure.endsLocal)];
  return from < bounds.to && to > bounds.from ? [{ from, to, closure }] : [];
}
