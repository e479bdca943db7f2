import type { Window } from '../time/window.js';
import type { Case } from './case.js';
import { type Reason, reason } from './reason.js';

/** Instants outside these cannot be meant, and some of them no calendar or database can hold. */
const EARLIEST = Date.UTC(1970, 0, 1);
const LATEST = Date.UTC(9000, 0, 1);

/** T1: whether the two instants make a window at all. */
export function judgeWindow(window: Window): Reason | null {
  const { startsAt, endsAt } = window;
  if (startsAt >= endsAt) return reason('INVALID_WINDOW', 'A window must start before it ends.');
  if (startsAt.getTime() < EARLIEST || endsAt.getTime() > LATEST) {
    return reason('INVALID_WINDOW', 'A window must lie between the years 1970 and 9000.');
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
