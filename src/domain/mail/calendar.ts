import type { Mail, Mailer } from '../../ports/mailer.js';
import type { ToldEvent, ToldReservation } from '../../sql/notifications/told-event.js';
import { globalId } from '../ids.js';
import { escaped, printLines } from '../notifications/calendar-lines.js';
import { isGone, whereOf } from '../notifications/tell.js';

/** A parameter of RFC 5545, 3.2, in quotes. */
const parameter = (value: string): string => `"${value.replace(/["\p{Cc}]+/gu, ' ').trim()}"`;

const instant = (at: string): string => `${new Date(at).toISOString().slice(0, 19).replace(/[-:]/g, '')}Z`;

/** What tells a reservation in every calendar that we give out, whatever becomes of it. */
export const calendarUid = (reservationId: string): string =>
  `${globalId('Reservation', reservationId)}@holdfast`;

const STATUS = {
  CONFIRMED: 'CONFIRMED',
  CHECKED_IN: 'CONFIRMED',
  COMPLETED: 'CONFIRMED',
  NO_SHOW: 'CANCELLED',
  HELD: 'TENTATIVE',
  PENDING_APPROVAL: 'TENTATIVE',
  REJECTED: 'CANCELLED',
  CANCELLED: 'CANCELLED',
  EXPIRED: 'CANCELLED',
} as const;

/** The version counts every change of a reservation, and so does SEQUENCE, from 0: the higher one is the later. */
const eventOf = (told: ToldReservation, at: string, people: readonly string[]): string[] => [
  'BEGIN:VEVENT',
  `UID:${calendarUid(told.id)}`,
  `SEQUENCE:${told.version - 1}`,
  `DTSTAMP:${instant(at)}`,
  `CREATED:${instant(told.createdAt)}`,
  `LAST-MODIFIED:${instant(at)}`,
  `DTSTART:${instant(told.startsAt)}`,
  `DTEND:${instant(told.endsAt)}`,
  `SUMMARY:${escaped(told.title)}`,
  `LOCATION:${escaped(whereOf(told))}`,
  ...(told.details === '' ? [] : [`DESCRIPTION:${escaped(told.details)}`]),
  `STATUS:${STATUS[told.state]}`,
  ...people,
  'END:VEVENT',
];

/**
 * The event as an iCalendar object (RFC 5545) for iTIP (RFC 5546): an invite, or its end. Only one event may be in
 * those, so a series is published for import, under the same UIDs that later invites and ends of single dates have;
 * so is what the person has made for somebody else, whose calendar it belongs in.
 * @param at when it happened: the same at every attempt
 */
export function calendarOf(
  event: ToldEvent,
  at: string,
  to: Mail['to'],
  from: Mailer['from'],
): Mail['calendar'] {
  const method = event.count > 1 || !event.isOwn ? 'PUBLISH' : isGone(event) ? 'CANCEL' : 'REQUEST';
  const organizer = `ORGANIZER;CN=${parameter(from.name)}:mailto:${from.address}`;
  const attendee =
    `ATTENDEE;CN=${parameter(to.name)};CUTYPE=INDIVIDUAL;ROLE=REQ-PARTICIPANT;PARTSTAT=ACCEPTED;RSVP=FALSE` +
    `:mailto:${to.address}`;
  const people = method === 'PUBLISH' ? [organizer] : [organizer, attendee];
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Holdfast//Holdfast//EN',
    'CALSCALE:GREGORIAN',
    `METHOD:${method}`,
    ...event.reservations.flatMap((told) => eventOf(told, at, people)),
    'END:VCALENDAR',
  ];
  return { method, content: printLines(lines) };
}
