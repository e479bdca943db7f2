import type { Docket } from '../decisions/docket.js';
import { localText } from '../time/local-day.js';
import type { Window } from '../time/window.js';

/** The wall clock that a reservation means, kept beside its instants: in the zone of its first resource. */
export function localTimes({ placements }: Docket, window: Window, firstResourceId: string) {
  const timeZone = placements.get(firstResourceId)?.timeZone ?? 'UTC';
  return {
    localStart: localText(window.startsAt.getTime(), timeZone),
    localEnd: localText(window.endsAt.getTime(), timeZone),
    timeZone,
  };
}
