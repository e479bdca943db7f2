import { dayStart, localDate } from '../time/local-day.js';
import { offsetSpan } from '../time/zone-offset.js';

const SECOND = 1_000;
const DAY = 86_400_000;

/** 2027-03-02T09:00:00.000 as 20270302T090000. */
const basic = (text: string): string => text.slice(0, 'YYYY-MM-DDTHH:MM:SS'.length).replace(/[-:]/g, '');

/** An instant in ms since 1970 as DATE-TIME in UTC, to the second. */
export const utcTime = (at: number): string => `${basic(new Date(at).toISOString())}Z`;

/** The first and the last instant (ms since 1970) that a zone is named for. */
interface Needed {
  first: number;
  last: number;
}

/** Whether clocks show at no other instant what they show at this one. */
function isShownOnce(at: number, wall: number, timeZone: string): boolean {
  return [at - DAY, at + DAY].every((near) => {
    const other = wall - offsetSpan(near, timeZone).offset;
    return other === at || other + offsetSpan(other, timeZone).offset !== wall;
  });
}

/**
 * The zones that the times of one calendar name. An instant is printed by the clocks of its zone, and in UTC where
 * those show the same time twice: RFC 5545 (3.3.5) means the first of the two then, and widespread readers (ical.js,
 * node-ical) take the second.
 */
export class CalendarZones {
  private readonly needed = new Map<string, Needed>();

  /** The property `name` for an instant in ms since 1970; a part of a second is dropped. */
  at(name: string, instant: number, timeZone: string | null): string {
    const at = Math.floor(instant / SECOND) * SECOND;
    if (!timeZone || timeZone === 'UTC') return `${name}:${utcTime(at)}`;
    const wall = at + offsetSpan(at, timeZone).offset;
    if (!isShownOnce(at, wall, timeZone)) return `${name}:${utcTime(at)}`;
    const known = this.needed.get(timeZone);
    if (known) {
      known.first = Math.min(known.first, at);
      known.last = Math.max(known.last, at);
    } else this.needed.set(timeZone, { first: at, last: at });
    return `${name};TZID=${timeZone}:${basic(new Date(wall).toISOString())}`;
  }

  /** The zones as VTIMEZONE components, by name; UTC where none is needed, since a calendar has one component at least. */
  components(): string[] {
    if (this.needed.size === 0) return zoneLines('UTC', 0, 0);
    return [...this.needed]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .flatMap(([timeZone, { first, last }]) => zoneLines(timeZone, first, last));
  }
}

const two = (part: number): string => String(part).padStart(2, '0');

/** UTC-OFFSET (RFC 5545, 3.3.14); seconds only where there are some. */
function offsetText(offset: number): string {
  const seconds = Math.abs(offset) / SECOND;
  const parts = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60];
  if (seconds % 60 > 0) parts.push(seconds % 60);
  return `${offset < 0 ? '-' : '+'}${parts.map(two).join('')}`;
}

/** From an instant on, clocks are `to` ahead of UTC, and were `from` before. */
const observance = (kind: string, onset: number, from: number, to: number): string[] => [
  `BEGIN:${kind}`,
  `DTSTART:${basic(new Date(onset + from).toISOString())}`,
  `TZOFFSETFROM:${offsetText(from)}`,
  `TZOFFSETTO:${offsetText(to)}`,
  `END:${kind}`,
];

/**
 * What clocks do from the year before the first instant to the last: one observance for how they stand at first, and
 * one for each change, since no rule of recurrence tells what every government does. Which offset is the summer's is
 * nowhere written down; clocks that are put forward pass for it.
 */
function zoneLines(timeZone: string, first: number, last: number): string[] {
  const onset = dayStart(`${Number(localDate(first, timeZone).slice(0, 4)) - 1}-01-01`, timeZone);
  let span = offsetSpan(onset, timeZone);
  const lines = observance('STANDARD', onset, span.offset, span.offset);
  while (span.to <= last) {
    const next = offsetSpan(span.to, timeZone);
    if (next.offset !== span.offset) {
      const kind = next.offset > span.offset ? 'DAYLIGHT' : 'STANDARD';
      lines.push(...observance(kind, next.from, span.offset, next.offset));
    }
    span = next;
  }
  return ['BEGIN:VTIMEZONE', `TZID:${timeZone}`, ...lines, 'END:VTIMEZONE'];
}
