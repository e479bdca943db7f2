import { createHash } from 'node:crypto';
import type { EntryRow, TakenName } from '../../sql/feeds/read-calendar.js';
import type { ReservationState } from '../../sql/reservations/reservation-json.js';
import { globalId } from '../ids.js';
import { escaped } from '../notifications/calendar-lines.js';
import { clockShows } from '../time/zone-offset.js';
import { type CalendarZones, utcTime } from './calendar-times.js';

/** What an entry is known by: its own UID, or that of its series with the occurrence that it stands for. */
export interface EntryKey {
  readonly uid: string;
  /** When the occurrence would start if nobody had moved it, in ms since 1970. */
  readonly occurrenceAt: number | null;
}

const MOST_DETAILS = 1_000;
const SECOND = 1_000;

const STATUS: Readonly<Record<ReservationState, string>> = {
  HELD: 'TENTATIVE',
  PENDING_APPROVAL: 'TENTATIVE',
  CHECKED_IN: 'CONFIRMED',
  COMPLETED: 'CONFIRMED',
  NO_SHOW: 'CANCELLED',
  CONFIRMED: 'CONFIRMED',
  REJECTED: 'CANCELLED',
  CANCELLED: 'CANCELLED',
  EXPIRED: 'CANCELLED',
};

/** Whether the reservation is over before its time: cancelled, or a hold that has died. */
export const hasEnded = ({ state }: EntryRow): boolean => STATUS[state] === 'CANCELLED';

const uidOf = (name: string): string => `${name}@holdfast`;

/** A reservation under a UID of its own. */
export const ownKey = ({ id }: EntryRow): EntryKey => ({
  uid: uidOf(globalId('Reservation', id)),
  occurrenceAt: null,
});

/** An occurrence under the UID of its series; null for what is none. One that clocks skip is where the series has put it (T3). */
export function seriesKey({ seriesId, occurrence, seriesZone }: EntryRow): EntryKey | null {
  if (!seriesId || !occurrence || !seriesZone) return null;
  const shown = clockShows(Date.parse(`${occurrence}Z`), seriesZone);
  const occurrenceAt = typeof shown === 'number' ? shown : shown.moved;
  return { uid: uidOf(globalId('Series', seriesId)), occurrenceAt };
}

/** A reservation under a UID that nobody learns anything from, nor finds again in another feed. */
export const maskedKey = (feedId: string, { id }: EntryRow): EntryKey => ({
  uid: uidOf(createHash('sha256').update(`${feedId} ${id}`).digest('hex').slice(0, 32)),
  occurrenceAt: null,
});

const namesOf = (taken: readonly TakenName[]): string =>
  taken.map(({ name, quantity }) => (quantity > 1 ? `${quantity} × ${name}` : name)).join(', ');

const shortened = (details: string): string =>
  details.length > MOST_DETAILS ? `${details.slice(0, MOST_DETAILS).toWellFormed()}…` : details;

/** What people read of an entry. */
export interface EntryWords {
  readonly summary: string;
  readonly description: string;
  readonly location: string;
}

/** The words for who may read the reservation; its owner is named where that is somebody else. */
export function readableWords(entry: EntryRow, reader: string): EntryWords {
  const by = entry.ownerId === reader ? [] : [`Reserved by ${entry.ownerName}`];
  const description = [...by, shortened(entry.details)].filter((part) => part !== '').join('\n\n');
  return { summary: entry.title, description, location: namesOf(entry.asked) };
}

/** The words for everybody else: that something of the feed's is taken. */
export const maskedWords = ({ shown }: EntryRow): EntryWords => ({
  summary: 'Reserved',
  description: '',
  location: namesOf(shown),
});

const text = (name: string, value: string): string[] =>
  value.trim() === '' ? [] : [`${name}:${escaped(value)}`];

/**
 * The lines of one VEVENT. Its end is rounded up to the second, as its start is rounded down, so that none is empty.
 * DTSTAMP is when the reservation became what it is (RFC 5545, 3.8.7.2, for a calendar without METHOD).
 */
export function eventLines(
  entry: EntryRow,
  { uid, occurrenceAt }: EntryKey,
  words: EntryWords,
  zones: CalendarZones,
): string[] {
  const { timeZone, seriesZone } = entry;
  const endsAt = Math.ceil(entry.endsAt / SECOND) * SECOND;
  return [
    'BEGIN:VEVENT',
    `UID:${uid}`,
    ...(occurrenceAt === null ? [] : [zones.at('RECURRENCE-ID', occurrenceAt, seriesZone)]),
    `DTSTAMP:${utcTime(entry.changedAt)}`,
    `SEQUENCE:${entry.version - 1}`,
    zones.at('DTSTART', entry.startsAt, timeZone),
    zones.at('DTEND', endsAt, timeZone),
    `SUMMARY:${escaped(words.summary)}`,
    ...text('DESCRIPTION', words.description),
    ...text('LOCATION', words.location),
    `STATUS:${STATUS[entry.state]}`,
    `TRANSP:${hasEnded(entry) ? 'TRANSPARENT' : 'OPAQUE'}`,
    'END:VEVENT',
  ];
}
