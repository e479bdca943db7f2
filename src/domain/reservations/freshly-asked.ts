import type { CheckInRow, CheckInTerms } from '../../sql/reservations/check-in-terms.js';
import type { Window } from '../time/window.js';

const MINUTE = 60_000;

/**
 * The terms as the row of what is made or moved at `now` will show them, for a dry run (D1).
 * @param isConfirmed whether it is released by itself from then on; else that is decided when it is confirmed
 */
export function freshlyAsked(
  terms: CheckInTerms | null,
  { startsAt, endsAt }: Window,
  now: number,
  isConfirmed: boolean,
): CheckInRow | null {
  if (!terms) return null;
  const grace = Math.max(startsAt.getTime(), now) + terms.graceMinutes * MINUTE;
  const releaseAt = isConfirmed ? new Date(Math.min(endsAt.getTime(), grace)).toISOString() : null;
  return { ...terms, releaseAt, checkedInAt: null, checkedInBy: null, checkedOutAt: null };
}
