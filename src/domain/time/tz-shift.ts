import type { Window } from './window.js';
import { clockShows, offsetSpan } from './zone-offset.js';

/** A window with the wall clock that was meant when it was made. */
export interface MeantWindow extends Window {
  readonly localStart: string;
  readonly localEnd: string;
  readonly timeZone: string;
}

/** Today's instant for the wall time; the one that is kept, where the clock shows the time twice and it is one of the two. */
function today(local: string, timeZone: string, kept: Date): Date {
  const wall = Date.parse(`${local}Z`);
  const at = clockShows(wall, timeZone);
  if (typeof at !== 'number') return new Date(at.moved);
  const stillShown = kept.getTime() + offsetSpan(kept.getTime(), timeZone).offset === wall;
  return stillShown ? kept : new Date(at);
}

/** Where today's tz database puts a window whose wall time was kept; null where it stays. */
export function movedBy(meant: MeantWindow): Window | null {
  const { localStart, localEnd, timeZone, startsAt, endsAt } = meant;
  const window = {
    startsAt: today(localStart, timeZone, startsAt),
    endsAt: today(localEnd, timeZone, endsAt),
  };
  return +window.startsAt === +startsAt && +window.endsAt === +endsAt ? null : window;
}
