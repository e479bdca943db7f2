import type { Mail, Mailer } from '../../ports/mailer.js';
import type { NotificationKind, ToldEvent, ToldReservation } from '../../sql/notifications/told-event.js';
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
const eventOf = (told: ToldReservation, at: string, people: readonly string[], status: string): string[] => [
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
  `STATUS:${status}`,
  ...people,
  'END:VEVENT',
];

const organizerOf = ({ company }: ToldEvent, from: Mailer['from']): string =>
  company?.organizer
    ? `ORGANIZER;CN=${parameter(company.organizer.name)};SENT-BY="mailto:${from.address}":mailto:${company.organizer.address}`
    : `ORGANIZER;CN=${parameter(from.name)}:mailto:${from.address}`;

const PARTSTAT = {
  NONE: 'NEEDS-ACTION',
  ACCEPTED: 'ACCEPTED',
  DECLINED: 'DECLINED',
  TENTATIVE: 'TENTATIVE',
} as const;

/** Whoever has the reservation comes; whoever is invited is asked. */
const partOf = ({ company }: ToldEvent): string =>
  company?.organizer ? `PARTSTAT=${PARTSTAT[company.response]};RSVP=TRUE` : 'PARTSTAT=ACCEPTED;RSVP=FALSE';

/**
 * The event as an iCalendar object (RFC 5545) for iTIP (RFC 5546): an invite, or its end. Only one event may be in
 * those, so a series is published for import, under the same UIDs that later invites and ends of single dates have;
 * so is what the person has made for somebody else, whose calendar it belongs in. Who takes part is invited by the
 * owner, in whose name we send (SENT-BY), so that answers of calendar programs go there.
 * @param at when it happened: the same at every attempt
 */
export function calendarOf(
  kind: NotificationKind,
  event: ToldEvent,
  at: string,
  to: Mail['to'],
  from: Mailer['from'],
): Mail['calendar'] {
  const ends = isGone(event) || kind === 'UNINVITED';
  const isTheirs = event.isOwn || event.company?.organizer;
  const method = event.count > 1 || !isTheirs ? 'PUBLISH' : ends ? 'CANCEL' : 'REQUEST';
  const organizer = organizerOf(event, from);
  const attendee =
    `ATTENDEE;CN=${parameter(to.name)};CUTYPE=INDIVIDUAL;ROLE=REQ-PARTICIPANT;${partOf(event)}` +
    `:mailto:${to.address}`;
  const people = method === 'PUBLISH' ? [organizer] : [organizer, attendee];
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Holdfast//Holdfast//EN',
    'CALSCALE:GREGORIAN',
    `METHOD:${method}`,
    ...event.reservations.flatMap((told) =>
      eventOf(told, at, people, kind === 'UNINVITED' ? 'CANCELLED' : STATUS[told.state]),
    ),
    'END:VCALENDAR',
  ];
  return { method, content: printLines(lines) };
}
