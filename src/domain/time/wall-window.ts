import type { Stretch } from './stretch.js';
import { clockShows } from './zone-offset.js';

const DAY = 86_400_000;

/** Where a wall-clock window lies in time. */
export interface WallWindow extends Stretch {
  /** Clocks skip its start or end, so it has moved forward by the gap (T3). */
  readonly shifted: boolean;
}

/**
 * The instants of a window that the clocks of a zone show; what they skip moves forward by the gap (T3).
 * @param wall its start, as the ms since 1970 at which a clock in UTC shows it
 * @param length in ms of a clock that never jumps
 */
export function wallWindow(wall: number, length: number, timeZone: string): WallWindow {
  const [start, end] = [clockShows(wall, timeZone), clockShows(wall + length, timeZone)];
  const from = typeof start === 'number' ? start : start.moved;
  const till = typeof end === 'number' ? end : end.moved;
  // A start that has moved takes its end along, but whole days end with their day: else they would meet the next.
  const isMoved = typeof start !== 'number' && (wall % DAY !== 0 || length % DAY !== 0);
  return {
    from,
    to: isMoved ? Math.max(till, from + length) : till,
    // An end at which the gap begins is the very instant of the jump.
    shifted: typeof start !== 'number' || (typeof end !== 'number' && end.moved > end.jump),
  };
}
