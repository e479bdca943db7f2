import type { NotificationRow } from '../../sql/notifications/read-notifications.js';
import {
  type AccountEvent,
  type DigestEvent,
  isAboutAccount,
  isDigest,
  type MailEvent,
  type NotificationKind,
  type ToldEvent,
  type ToldReservation,
} from '../../sql/notifications/told-event.js';
import type { Language } from '../../sql/users/user-columns.js';
import { words } from './words/by-language.js';

type Window = Pick<ToldReservation, 'startsAt' | 'endsAt'>;

const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(locale: string, timeZone: string): Intl.DateTimeFormat {
  const key = `${locale} ${timeZone}`;
  const known = formats.get(key);
  if (known) return known;
  const made = new Intl.DateTimeFormat(locale, {
    timeZone,
    weekday: 'short',
    day: 'numeric',
    month: 'long',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  });
  formats.set(key, made);
  return made;
}

/** A window by the clocks of its zone, which is named beside it. */
export function whenOf(language: Language, { startsAt, endsAt }: Window, timeZone: string): string {
  const format = formatOf(words[language].locale, timeZone);
  return `${format.formatRange(new Date(startsAt), new Date(endsAt))} (${timeZone})`;
}

/** The day of a digest. */
export const dayOf = (language: Language, { day }: Pick<DigestEvent, 'day'>): string =>
  new Intl.DateTimeFormat(words[language].locale, { dateStyle: 'full', timeZone: 'UTC' }).format(
    new Date(day),
  );

/** By when what was offered must be taken; empty where nothing was. */
export const takeByOf = (language: Language, { expiresAt, timeZone }: ToldReservation): string =>
  expiresAt ? `${formatOf(words[language].locale, timeZone).format(new Date(expiresAt))} (${timeZone})` : '';

/** The resources by name, with their places and how many of a pool. */
export const whereOf = ({ resources }: Pick<ToldReservation, 'resources'>): string =>
  resources
    .map(({ name, place, quantity }) => `${quantity > 1 ? `${quantity} × ` : ''}${name} (${place})`)
    .join(', ');

/** Whether nothing is left of it: the same for all reservations of an event. */
export const isGone = ({ reservations: [first] }: ToldEvent): boolean =>
  ['CANCELLED', 'EXPIRED', 'REJECTED', 'NO_SHOW'].includes(first.state);

/** What has happened, in two or three words. */
export function headingOf(language: Language, kind: NotificationKind, event: MailEvent): string {
  const { headings, ownCancelled } = words[language];
  const isOwnEnd = kind === 'OWN_CHANGE' && 'reservations' in event && isGone(event);
  return isOwnEnd ? ownCancelled : headings[kind];
}

/** What has happened to what, in one line: a mail's subject. Holds whatever people have typed. */
export function subjectOf(language: Language, kind: NotificationKind, event: MailEvent): string {
  if (isAboutAccount(event)) return headingOf(language, kind, event);
  const { colon, dates } = words[language];
  if (isDigest(event)) return `${headingOf(language, kind, event)}${colon}${dayOf(language, event)}`;
  const { count, reservations } = event;
  const many = count > 1 ? ` (${dates(count)})` : '';
  return `${headingOf(language, kind, event)}${colon}${reservations[0].title}${many}`;
}

/** The whole notification in one line, for the app. */
export function messageOf({ language, kind, event, message }: NotificationRow): string {
  if (kind === 'DIRECTORY_SYNC_REFUSED') return words[language].headings[kind];
  if (!event) return message ?? '';
  if (isAboutAccount(event)) return accountMessage(language, kind, event);
  const [first] = event.reservations;
  const said = words[language];
  const facts = [
    subjectOf(language, kind, event),
    whereOf(first),
    whenOf(language, first, first.timeZone),
    ...(first.expiresAt ? [`${said.takeBy}${said.colon}${takeByOf(language, first)}`] : []),
    ...(event.words ? [`${said.words}${said.colon}${event.words}`] : []),
    ...(event.closure ? [`${said.closure}${said.colon}${event.closure}`] : []),
  ];
  return facts.filter((fact) => fact !== '').join(' · ');
}

/** What is known of something that has happened to an account, as names and values. */
export function accountFacts(
  language: Language,
  { what, at, timeZone, actor, address }: AccountEvent,
): [string, string][] {
  const said = words[language];
  const when = `${formatOf(said.locale, timeZone).format(new Date(at))} (${timeZone})`;
  const facts: [string, string | null][] = [
    [said.what, what],
    [said.when, when],
    [said.by, actor],
    [said.address, address],
  ];
  return facts.flatMap(([name, value]) => (value ? [[name, value]] : []));
}

function accountMessage(language: Language, kind: NotificationKind, event: AccountEvent): string {
  const { colon } = words[language];
  const facts = accountFacts(language, event).map(([name, value]) => `${name}${colon}${value}`);
  return [headingOf(language, kind, event), ...facts].join(' · ');
}
