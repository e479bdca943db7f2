import type { CalendarRead, EntryRow } from '../../sql/feeds/read-calendar.js';
import { escaped, printLines } from '../notifications/calendar-lines.js';
import {
  type EntryKey,
  eventLines,
  hasEnded,
  maskedKey,
  maskedWords,
  ownKey,
  readableWords,
  seriesKey,
} from './calendar-event.js';
import { CalendarZones } from './calendar-times.js';

/** How often programs that ask for our opinion should look. */
const REFRESH = 'PT15M';

/** No two events of a calendar share UID and RECURRENCE-ID: the second one goes by its own name. */
function keyFor(entry: EntryRow, seen: Set<string>): EntryKey {
  const key = seriesKey(entry);
  if (!key) return ownKey(entry);
  const text = `${key.uid} ${key.occurrenceAt}`;
  if (seen.has(text)) return ownKey(entry);
  seen.add(text);
  return key;
}

/**
 * A feed as an iCalendar object (RFC 5545), the same text for the same reservations. What its owner may not read is
 * only told as taken, and not at all once it has ended.
 */
export function printCalendar({ feedId, name, owner, entries }: CalendarRead): string {
  const zones = new CalendarZones();
  const seen = new Set<string>();
  const events = entries.flatMap((entry) => {
    if (entry.isSeen)
      return eventLines(entry, keyFor(entry, seen), readableWords(entry, owner.userId), zones);
    return hasEnded(entry) ? [] : eventLines(entry, maskedKey(feedId, entry), maskedWords(entry), zones);
  });
  return printLines([
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Holdfast//Reservations//EN',
    'CALSCALE:GREGORIAN',
    `NAME:${escaped(name)}`,
    `X-WR-CALNAME:${escaped(name)}`,
    `REFRESH-INTERVAL;VALUE=DURATION:${REFRESH}`,
    `X-PUBLISHED-TTL:${REFRESH}`,
    ...zones.components(),
    ...events,
    'END:VCALENDAR',
  ]);
}
