import { minutesOf } from '../decisions/judge-grid.js';
import { localDate } from '../time/local-day.js';
import type { Candidate } from './candidate.js';
import type { Inquiry } from './inquiry.js';

const USUAL_STEP = 15;
/** Finer searches would try too many starts. */
export const LEAST_STEP = 5;

const divisor = (a: number, b: number): number => (b === 0 ? a : divisor(b, a % b));

/** The widest step that meets every start that the grid rules of the day allow, and every quarter of an hour where there is none. */
export function stepOf({ book }: Inquiry, candidates: readonly Candidate[], at: number): number {
  const steps = candidates.flatMap(({ of }) => {
    const grid = book.inForce(of, localDate(at, of.timeZone)).grid?.settings;
    return [grid?.stepMinutes ?? USUAL_STEP, ...(grid?.startTimes?.map(minutesOf) ?? [])];
  });
  return Math.max(LEAST_STEP, steps.reduce(divisor, 0));
}
