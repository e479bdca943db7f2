import type { Window } from './window.js';
import { lengthMs } from './window.js';
import { clockShows, offsetSpan } from './zone-offset.js';

const DAY = 86_400_000;
const MINUTE = 60_000;
const MOST_DATES = 50_000;

const wallClock = (at: number, timeZone: string): number => at + offsetSpan(at, timeZone).offset;

const dates = new Map<number, string>();

/** The date that many days after 1 January 1970. */
function dateOf(day: number): string {
  const known = dates.get(day);
  if (known) return known;
  if (dates.size >= MOST_DATES) dates.clear();
  const date = new Date(day * DAY).toISOString().slice(0, -'T00:00:00.000Z'.length);
  dates.set(day, date);
  return date;
}

/** Of a date alone, JavaScript reads midnight in UTC. */
const dayOf = (date: string): number => Date.parse(date) / DAY;

/** The date (YYYY-MM-DD) that clocks in the zone show at an instant in ms since 1970. */
export function localDate(at: number, timeZone: string): string {
  return dateOf(Math.floor(wallClock(at, timeZone) / DAY));
}

/** The first instant of a date in the zone, in ms since 1970; where clocks skip midnight, that of the jump. */
export function dayStart(date: string, timeZone: string): number {
  const at = clockShows(dayOf(date) * DAY, timeZone);
  return typeof at === 'number' ? at : at.jump;
}

/** The date n days later, or earlier where n is negative. */
export function addDays(date: string, n: number): string {
  return dateOf(dayOf(date) + n);
}

/** The ISO weekday of a date: 1 is Monday, 7 Sunday. */
export function weekday(date: string): 1 | 2 | 3 | 4 | 5 | 6 | 7 {
  // 1 January 1970 was a Thursday.
  const sinceMonday = (dayOf(date) + 3) % 7;
  return (((sinceMonday + 7) % 7) + 1) as 1 | 2 | 3 | 4 | 5 | 6 | 7;
}

/** The Monday of the ISO week that holds the date. */
export function isoWeekStart(date: string): string {
  return addDays(date, 1 - weekday(date));
}

/** The first date of the month that holds the date. */
export function monthStart(date: string): string {
  return `${date.slice(0, -2)}01`;
}

/** The first date of the month after the one that holds the date. */
export function nextMonthStart(date: string): string {
  return monthStart(addDays(monthStart(date), 31));
}

/** The minutes since midnight that the clocks of the zone show at an instant, with fractions: 09:30:30 is 570.5. */
export function wallMinutes(at: number, timeZone: string): number {
  const wall = wallClock(at, timeZone);
  return (wall - Math.floor(wall / DAY) * DAY) / MINUTE;
}

/** What the clocks of the zone show at an instant: YYYY-MM-DDTHH:MM:SS.mmm. */
export function localText(at: number, timeZone: string): string {
  return new Date(wallClock(at, timeZone)).toISOString().slice(0, -1);
}

/**
 * The first time of the clocks that, of two the earlier, is not before the instant: what they show then, but where
 * they show that for the second time the end of the hour that they repeat.
 */
export function localTextBehind(at: number, timeZone: string): string {
  const wall = wallClock(at, timeZone);
  const first = clockShows(wall, timeZone);
  let span = offsetSpan(typeof first === 'number' ? first : at, timeZone);
  while (span.to <= at && offsetSpan(span.to, timeZone).offset === span.offset)
    span = offsetSpan(span.to, timeZone);
  return new Date(first === at ? wall : span.to + span.offset).toISOString().slice(0, -1);
}

/**
 * The instant (ms since 1970) at which the clocks of the zone show that many minutes since midnight of the date;
 * from 1440 on of the days after it. A time that they skip moves forward by the gap; of two the earlier (T3).
 */
export function wallTime(date: string, minutes: number, timeZone: string): number {
  const at = clockShows(dayOf(date) * DAY + minutes * MINUTE, timeZone);
  return typeof at === 'number' ? at : at.moved;
}

/**
 * The minutes of a window for length limits (T6): elapsed ones, with fractions; but a window from local midnight
 * to local midnight counts 1440 for each of its dates, however long clock changes make them.
 */
export function countedMinutes(window: Window, timeZone: string): number {
  const [first, next] = [window.startsAt.getTime(), window.endsAt.getTime()].map((at) => {
    const date = localDate(at, timeZone);
    return dayStart(date, timeZone) === at ? dayOf(date) : null;
  });
  if (typeof first === 'number' && typeof next === 'number') return (next - first) * 1440;
  return lengthMs(window) / MINUTE;
}
