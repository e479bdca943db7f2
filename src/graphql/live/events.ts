import type { Window } from '../../domain/time/window.js';
import type { AvailabilityRow } from '../../sql/availability/read-availability.js';
import type { ChangeRow } from '../../sql/streams/read-changes.js';

/** Why a snapshot comes: at the start, because history is gone, or because this consumer was too slow. */
export type SnapshotCause = 'SUBSCRIBED' | 'HISTORY_GONE' | 'FELL_BEHIND';

export type LiveEvent =
  | {
      readonly kind: 'AvailabilitySnapshot';
      readonly cause: SnapshotCause;
      readonly window: Window;
      readonly row: AvailabilityRow;
    }
  | { readonly kind: 'AvailabilityChange'; readonly row: ChangeRow };

const reaches = (from: string | null, to: string | null, window: Window): boolean =>
  from !== null &&
  to !== null &&
  Date.parse(from) < window.endsAt.getTime() &&
  Date.parse(to) > window.startsAt.getTime();

/** Whether the rules or closures that count for the resource have changed, and no reservation. */
export const changesRules = ({ reservationId }: ChangeRow): boolean => reservationId === null;

/** Whether the change frees or takes anything of the window. A change of rules may touch any. */
export const touches = (change: ChangeRow, window: Window): boolean =>
  changesRules(change) ||
  reaches(change.freedFrom, change.freedTo, window) ||
  reaches(change.takenFrom, change.takenTo, window);
