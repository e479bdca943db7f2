import { isMeant, lengthMs, type Window, YEARS_MEANT } from '../time/window.js';
import type { Case } from './case.js';
import { type Reason, reason } from './reason.js';

/**
 * A leap year, and a day for clocks that change. Rules are judged day by day, and how far a reading looks back follows
 * the longest window there ever was.
 */
const MOST_DAYS = 367;

/** T1: whether the two instants make a window at all. Comes before all other judging, whose work it bounds. */
export function judgeWindow(window: Window): Reason | null {
  const { startsAt, endsAt } = window;
  if (startsAt >= endsAt) return reason('INVALID_WINDOW', 'A window must start before it ends.');
  if (!isMeant(startsAt.getTime()) || !isMeant(endsAt.getTime())) {
    return reason('INVALID_WINDOW', `A window must lie ${YEARS_MEANT}.`);
  }
  if (lengthMs(window) > MOST_DAYS * 86_400_000) {
    return reason('INVALID_WINDOW', `A window lasts at most ${MOST_DAYS} days.`);
  }
  return null;
}

/** A window that is over can no longer be used by anybody; one that has begun still can. Once for all wishes of a reservation. */
export function judgeOver(
  cases: readonly (Pick<Case, 'window' | 'now'> & Partial<Pick<Case, 'of'>>)[],
): Reason[] {
  const over = cases.find(({ window, now }) => window.endsAt.getTime() <= now);
  if (!over) return [];
  const earliestStart = new Date(over.now).toISOString();
  return [reason('TOO_SOON', 'This window is over.', { resourceId: over.of?.id ?? null, earliestStart })];
}
