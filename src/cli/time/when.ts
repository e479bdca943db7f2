import type { WindowInput } from '../../client/generated/graphql.js';
import { wrongUsage } from '../failure.js';
import { readMinutes } from './duration.js';
import { instantOf, localText, wallClock } from './zone.js';

const MINUTE = 60_000;
const DAY = 86_400_000;
const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,3})?)?(Z|[+-]\d\d:\d\d)$/i;
const LATER = /^\+\s*(.+)$/;
const LOCAL = /^(?:(\d{4}-\d\d-\d\d|[a-z]+)(?:T|\s+|$))?(?:(\d{1,2})(?::(\d\d))?\s*(am|pm)?)?$/i;
const DAYS = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'];

/** What somebody means by a time: what clocks of the place show, or an instant wherever. In ms since 1970. */
export type When = { readonly wall: number } | { readonly at: number };

/** Midnight of the day that the word names, seen from today's; null where it names none. */
function dayOf(word: string | undefined, today: number): number | null {
  if (word === undefined || word === 'today') return today;
  if (word === 'tomorrow') return today + DAY;
  const weekday = DAYS.findIndex((day) => word === day || word === day.slice(0, 3));
  if (weekday >= 0) return today + (((weekday - new Date(today).getUTCDay() + 6) % 7) + 1) * DAY;
  const date = /^\d/.test(word) ? Date.parse(`${word}T00:00Z`) : Number.NaN;
  // 31 February is the third of March to Date.parse
  return Number.isNaN(date) || localText(date).slice(0, 10) !== word ? null : date;
}

function minuteOfDay(hours: string, minutes = '00', half: string | undefined): number | null {
  const [hour, minute] = [Number(hours), Number(minutes)];
  if (minute > 59 || hour > 23 || (half && (hour < 1 || hour > 12))) return null;
  return ((half ? hour % 12 : hour) + (half === 'pm' ? 12 : 0)) * 60 + minute;
}

/**
 * Reads `2028-03-07T09:00:00+01:00`, `2028-03-07 9:00`, `2028-03-07`, `tomorrow 9`, `fri 14:30`, `9`, `2pm`, `now`, `+2h`;
 * null where it is none of them. A day without a time is its midnight, a weekday the next one that is not today.
 * @param now in ms since 1970
 */
export function readWhen(text: string, now: number, timeZone: string): When | null {
  const given = text.trim();
  if (INSTANT.test(given)) return Number.isNaN(Date.parse(given)) ? null : { at: Date.parse(given) };
  const minute = Math.floor(now / MINUTE) * MINUTE;
  if (given.toLowerCase() === 'now') return { at: minute };
  const later = LATER.exec(given)?.[1];
  if (later !== undefined) {
    const minutes = readMinutes(later);
    return minutes === null ? null : { at: minute + minutes * MINUTE };
  }
  const match = given === '' ? null : LOCAL.exec(given.toLowerCase());
  if (!match) return null;
  const wallNow = wallClock(now, timeZone);
  const day = dayOf(match[1], Math.floor(wallNow / DAY) * DAY);
  const time = match[2] === undefined ? 0 : minuteOfDay(match[2], match[3], match[4]);
  return day === null || time === null ? null : { wall: day + time * MINUTE };
}

/** The same, where anything else is a mistake. */
export function whenOf(text: string, timeZone: string): When {
  const when = readWhen(text, Date.now(), timeZone);
  if (when) return when;
  const hint =
    'Times look like "2028-03-07 9:00", "tomorrow 9", "fri 14:30", +2h or 2028-03-07T09:00:00+01:00.';
  throw wrongUsage(`"${text}" is no time.`, hint);
}

export const instantOfWhen = (when: When, timeZone: string): number =>
  'at' in when ? when.at : instantOf(when.wall, timeZone);

/**
 * A window that begins then and lasts that long. What the clocks of the place show is sent as such: where they never
 * show it, the server says so. The end is an instant, since lengths are elapsed time.
 */
export function windowFrom(when: When, minutes: number, timeZone: string): WindowInput {
  const endsAt = new Date(instantOfWhen(when, timeZone) + minutes * MINUTE).toISOString();
  if ('at' in when) return { startsAt: new Date(when.at).toISOString(), endsAt };
  return { startsAtLocal: { local: localText(when.wall), timeZone }, endsAt };
}
