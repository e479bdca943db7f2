import { addDays, dayStart, localDate, wallMinutes } from './local-day.js';

const MINUTE = 60_000;

/** The first instant, not before `at`, at which the clocks of the zone show a multiple of the step since midnight. */
export function onStep(at: number, stepMinutes: number, timeZone: string): number {
  const minutes = wallMinutes(at, timeZone);
  const next = Math.ceil(minutes / stepMinutes) * stepMinutes;
  if (next >= 1440) return dayStart(addDays(localDate(at, timeZone), 1), timeZone);
  return at + Math.round((next - minutes) * MINUTE);
}

/** Every instant of the bounds, both included, at which the clocks of the zone show a multiple of the step. */
export function stepsBetween(from: number, to: number, stepMinutes: number, timeZone: string): number[] {
  const steps: number[] = [];
  for (
    let at = onStep(from, stepMinutes, timeZone);
    at <= to;
    at = onStep(at + MINUTE, stepMinutes, timeZone)
  ) {
    steps.push(at);
  }
  return steps;
}
