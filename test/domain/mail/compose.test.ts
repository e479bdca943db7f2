import ICAL from 'ical.js';
import { calendarUid } from '../../../src/domain/mail/calendar.js';
import { composeMail } from '../../../src/domain/mail/compose.js';
import type { Mail } from '../../../src/ports/mailer.js';
import type { ClaimedMail } from '../../../src/sql/mail/claim-mails.js';
import type {
  NotificationKind,
  ToldEvent,
  ToldReservation,
} from '../../../src/sql/notifications/told-event.js';
import type { Language } from '../../../src/sql/users/user-columns.js';

const ID = '01a20da2-3195-77b5-90c0-e132cd4e88ae';
const FROM = { domain: 'holdfast.example', from: { name: 'Rooms', address: 'rooms@holdfast.example' } };

const told = (facts: Partial<ToldReservation> = {}): ToldReservation => ({
  id: ID,
  title: 'Planning',
  details: '',
  state: 'CONFIRMED',
  startsAt: '2027-07-02T07:00:00+00:00',
  endsAt: '2027-07-02T08:30:00+00:00',
  version: 1,
  createdAt: '2027-03-01T08:00:00+00:00',
  resources: [{ name: 'Elbe', place: 'Berlin', quantity: 1 }],
  timeZone: 'Europe/Berlin',
  ...facts,
});

function mail(
  kind: NotificationKind,
  reservation: Partial<ToldReservation> = {},
  event: Partial<ToldEvent> = {},
  to: { language?: Language; name?: string } = {},
): Mail {
  const language = to.language ?? 'EN';
  const claimed: ClaimedMail = {
    lease: 'lease',
    to: { name: to.name ?? 'Olga', address: 'olga@example.com' },
    language,
    row: {
      node: 'Mail',
      id: '01a20da2-0000-7000-8000-000000000001',
      participantId: null,
      userId: ID,
      language,
      kind,
      createdAt: '2027-03-01T08:00:00.123+00:00',
      attempts: 0,
      nextAt: null,
      sentAt: null,
      collectedAt: null,
      lastAt: null,
      lastError: null,
      event: {
        actor: 'Max',
        closure: null,
        count: 1,
        isOwn: true,
        previous: null,
        words: null,
        reservations: [told(reservation)],
        ...event,
      },
    },
  };
  const mailer = { ...FROM, send: () => Promise.reject(new Error('not here')), close: async () => {} };
  return composeMail(claimed, mailer, null);
}

/** The calendar as another library reads it. */
function calendar({ calendar: part }: Mail) {
  const root = new ICAL.Component(ICAL.parse(part?.content ?? ''));
  expect(root.getFirstPropertyValue('method')).toBe(part?.method);
  return root.getAllSubcomponents('vevent').map((component) => {
    const value = (name: string) => component.getFirstPropertyValue(name)?.toString();
    return { component, value, event: new ICAL.Event(component) };
  });
}

it('is an invite that calendar programs accept, update and cancel by UID and SEQUENCE', () => {
  const invite = mail('RESERVED');
  const [first] = calendar(invite);
  expect(invite.calendar?.method).toBe('REQUEST');
  expect(first?.event).toMatchObject({
    uid: calendarUid(ID),
    sequence: 0,
    summary: 'Planning',
    location: 'Elbe (Berlin)',
  });
  expect(first?.event.startDate.toJSDate()).toEqual(new Date('2027-07-02T07:00:00Z'));
  expect(first?.event.endDate.toJSDate()).toEqual(new Date('2027-07-02T08:30:00Z'));
  expect([first?.value('status'), first?.value('dtstamp')]).toEqual(['CONFIRMED', '2027-03-01T08:00:00Z']);
  expect(first?.value('organizer')).toBe('mailto:rooms@holdfast.example');
  const attendee = first?.component.getFirstProperty('attendee');
  expect(attendee?.getFirstValue()).toBe('mailto:olga@example.com');
  expect(attendee?.getParameter('partstat')).toBe('ACCEPTED');

  const update = mail('MOVED', {
    version: 2,
    startsAt: '2027-07-02T09:00:00Z',
    endsAt: '2027-07-02T10:00:00Z',
  });
  const [second] = calendar(update);
  expect(update.calendar?.method).toBe('REQUEST');
  expect(second?.event).toMatchObject({ uid: first?.event.uid, sequence: 1 });

  const end = mail('CANCELLED', { version: 3, state: 'CANCELLED' });
  const [third] = calendar(end);
  expect(end.calendar?.method).toBe('CANCEL');
  expect(third?.event).toMatchObject({ uid: first?.event.uid, sequence: 2 });
  expect(third?.value('status')).toBe('CANCELLED');

  const back = mail('RESTORED_AFTER_CLOSURE', { version: 4, state: 'HELD' });
  expect(back.calendar?.method).toBe('REQUEST');
  expect(calendar(back)[0]?.value('status')).toBe('TENTATIVE');
  expect(calendar(back)[0]?.event.sequence).toBe(3);
});

it('publishes a series, whose dates have the UIDs that invites of single ones have', () => {
  const other = '01a20da2-3195-77b5-90c0-e132cd4e88af';
  const many = mail(
    'RESERVED_FOR_YOU',
    {},
    {
      count: 130,
      reservations: [
        told(),
        told({ id: other, startsAt: '2027-07-03T07:00:00Z', endsAt: '2027-07-03T08:30:00Z' }),
      ],
    },
  );
  expect(many.calendar?.method).toBe('PUBLISH');
  expect(calendar(many).map(({ event }) => event.uid)).toEqual([calendarUid(ID), calendarUid(other)]);
  expect(calendar(many)[0]?.component.getFirstProperty('attendee')).toBeNull();
  expect(many.subject).toBe('Reserved for you: Planning (130 dates)');
  expect(many.text).toMatch(/When: Fri, 2 July 2027.*\n {2}Sat, 3 July 2027.*\n {2}and 128 more\n/);
});

it('offers what was made for somebody else, and enters it into nobody’s calendar', () => {
  const other = mail('MOVED', { version: 2 }, { isOwn: false });
  expect(other.calendar?.method).toBe('PUBLISH');
  expect(calendar(other)[0]?.component.getFirstProperty('attendee')).toBeNull();
});

it('keeps the calendar in one piece, whatever people have typed', () => {
  const evil = 'a;b,c\\d\r\nEND:VEVENT\u0000\u0007\nx"y: ü'.repeat(20);
  const strange = mail(
    'RESERVED',
    { title: evil, details: evil },
    {},
    { name: 'O"l\r\nATTENDEE:mailto:x@y,;:ga' },
  );
  const [first, ...more] = calendar(strange);
  expect(more).toEqual([]);
  const clean = evil.replaceAll('\r\n', '\n').replaceAll('\u0000', '').replaceAll('\u0007', '');
  expect(first?.event.summary).toBe(clean);
  expect(first?.event.description).toBe(clean);
  expect(first?.component.getAllProperties('attendee')).toHaveLength(1);
  const lines = strange.calendar?.content.split('\r\n');
  expect(lines?.filter((line) => Buffer.byteLength(line) > 75)).toEqual([]);
  expect(lines?.filter((line) => /[\r\n]/.test(line))).toEqual([]);
});

it('escapes everything in HTML, and lets no control character into the text', () => {
  const evil = `<script>alert("1")</script> & 'x'\u0007\nsecond line`;
  const { html, text } = mail(
    'CHANGED',
    { title: evil, details: evil },
    { actor: '<b>Max</b>', closure: '<i>' },
  );
  expect(html).not.toMatch(/<script|<b>|<i>/);
  expect(html).not.toContain('\u0007');
  expect(html).toContain(
    '&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt; &amp; &#39;x&#39;<br>second line',
  );
  expect(html).toContain('&lt;b&gt;Max&lt;/b&gt;');
  expect(text).toContain(`Details: <script>alert("1")</script> & 'x'\n  second line`);
  expect(text).not.toContain('\u0007');
});

it.each([
  [
    'EN',
    'Moved: Planning',
    'When: Fri, 2 July 2027, 09:00–10:30 (Europe/Berlin)',
    'Before: Fri, 2 July 2027, 08:00–09:00',
  ],
  [
    'DE',
    'Verschoben: Planning',
    'Wann: Fr., 2. Juli 2027, 09:00–10:30 Uhr (Europe/Berlin)',
    'Vorher: Fr., 2. Juli 2027, 08:00',
  ],
  ['FR', 'Déplacé\u00a0: Planning', 'Quand: ven. 2 juillet 2027, 09:00', 'Avant: ven. 2 juillet 2027, 08:00'],
  [
    'ES',
    'Cambiado de hora o lugar: Planning',
    'Cuándo: vie, 2 de julio de 2027, 9:00',
    'Antes: vie, 2 de julio de 2027, 8:00',
  ],
] as const)('tells in %s, by the clocks of the resource', (language, subject, when, before) => {
  const previous = { startsAt: '2027-07-02T06:00:00Z', endsAt: '2027-07-02T07:00:00Z', resources: ['Oder'] };
  const sent = mail('MOVED', {}, { previous }, { language });
  const plain = sent.text.replace(/[\u2009\u202f\u00a0]/g, '');
  expect(sent.subject).toBe(subject);
  expect(plain).toContain(when);
  expect(plain).toContain(before);
  expect(sent.text).toMatch(/\n {2}Oder\n/);
  expect(sent.html).toContain(`<html lang="${language.toLowerCase()}">`);
  expect(sent.messageId).toBe('mal_01a20da2000070008000000000000001@holdfast.example');
});
