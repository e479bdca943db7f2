import { wallWindow } from './wall-window.js';
import type { Window } from './window.js';
import { offsetSpan } from './zone-offset.js';

/** A window with the wall clock that was meant when it was made. */
export interface MeantWindow extends Window {
  readonly localStart: string;
  readonly localEnd: string;
  readonly timeZone: string;
}

const wallOf = (local: string): number => Date.parse(`${local}Z`);

/** What is kept, where the clock shows its wall time then: also where it shows the time twice. */
function stillShown(kept: Date, wall: number, timeZone: string): boolean {
  return kept.getTime() + offsetSpan(kept.getTime(), timeZone).offset === wall;
}

/**
 * Where today's tz database puts a window whose wall time was kept; null where it stays. What clocks skip lies where
 * an occurrence of a series would. Throws RangeError for an unknown zone.
 */
export function movedBy({ localStart, localEnd, timeZone, startsAt, endsAt }: MeantWindow): Window | null {
  const [start, end] = [wallOf(localStart), wallOf(localEnd)];
  const { from, to } = wallWindow(start, end - start, timeZone);
  const window = {
    startsAt: stillShown(startsAt, start, timeZone) ? startsAt : new Date(from),
    endsAt: stillShown(endsAt, end, timeZone) ? endsAt : new Date(to),
  };
  return +window.startsAt === +startsAt && +window.endsAt === +endsAt ? null : window;
}
