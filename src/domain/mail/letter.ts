import {
  type AccountEvent,
  isAboutAccount,
  type NotificationKind,
  type ToldEvent,
} from '../../sql/notifications/told-event.js';
import type { Language } from '../../sql/users/user-columns.js';
import { htmlText, plainText } from '../notifications/html-text.js';
import { accountFacts, headingOf, takeByOf, whenOf, whereOf } from '../notifications/tell.js';
import { words } from '../notifications/words/by-language.js';

/** What a mail says, before it has a form. Texts hold whatever people have typed. */
export interface Letter {
  readonly language: Language;
  readonly heading: string;
  /** Of the reservation; empty where it is about none. */
  readonly title: string;
  /** Names and values; a value may have several lines. */
  readonly facts: readonly (readonly [string, string])[];
  readonly footer: string;
  /** Where a guest answers, or an owner checks in; null where there is nothing to do. */
  readonly respond: { readonly name: string; readonly url: string } | null;
}

/** Who has no account; `url` is where they answer, null where there is no such place. */
export interface Guest {
  readonly url: string | null;
}

const MOST_DATES = 20;

/** When all of them are, a line each, and how many are left out. */
export function datesOf(language: Language, { count, reservations }: ToldEvent): string {
  const shown = reservations.slice(0, MOST_DATES);
  const lines = shown.map((told) => whenOf(language, told, told.timeZone));
  const left = count - shown.length;
  return [...lines, ...(left > 0 ? [words[language].more(left)] : [])].join('\n');
}

function beforeOf(language: Language, { previous, reservations: [first] }: ToldEvent): string {
  if (!previous) return '';
  const { resources } = previous;
  const isElsewhere = resources.join() !== first.resources.map(({ name }) => name).join();
  const when = whenOf(language, previous, first.timeZone);
  return isElsewhere ? `${when}\n${resources.join(', ')}` : when;
}

/** How it has come to it, as names and values that have a value. */
export function circumstances(
  language: Language,
  kind: NotificationKind,
  event: ToldEvent,
): [string, string][] {
  const said = words[language];
  const facts: [string, string][] = [
    [said.before, beforeOf(language, event)],
    [said.by, event.actor ?? event.company?.name ?? event.company?.organizer?.name ?? ''],
    [
      said.answer,
      kind === 'INVITATION_ANSWERED' && event.company ? said.answers[event.company.response] : '',
    ],
    [said.closure, event.closure ?? ''],
    [said.words, event.words ?? ''],
  ];
  return facts.filter(([, value]) => value !== '');
}

/** Puts an event into words for one person. `url` is where a guest answers, or an owner checks in. */
export function letterOf(
  language: Language,
  kind: NotificationKind,
  event: ToldEvent | AccountEvent,
  guest: Guest | null = null,
  url: string | null = guest?.url ?? null,
): Letter {
  const said = words[language];
  const heading = headingOf(language, kind, event);
  if (isAboutAccount(event))
    return {
      language,
      heading,
      title: '',
      facts: accountFacts(language, event),
      footer: said.accountFooter,
      respond: null,
    };
  const [first] = event.reservations;
  const facts: [string, string][] = [
    [said.when, datesOf(language, event)],
    [said.where, whereOf(first)],
    [said.takeBy, takeByOf(language, first)],
    ...circumstances(language, kind, event),
    [said.details, first.details.trim()],
  ];
  return {
    language,
    heading,
    title: first.title,
    facts: facts.filter(([, value]) => value !== ''),
    footer: guest ? said.guestFooter : said.footer,
    respond: url ? { name: guest ? said.respond : said.checkIn, url } : null,
  };
}

/** The letter as plain text. */
export function textOf({ language, heading, title, facts, footer, respond }: Letter): string {
  const { colon } = words[language];
  const lines = facts.map(([name, value]) => `${name}${colon}${plainText(value).replaceAll('\n', '\n  ')}`);
  const link = respond ? ['', `${respond.name}${colon}${respond.url}`] : [];
  const top = title === '' ? [heading] : [heading, plainText(title).replaceAll('\n', ' ')];
  return [...top, '', ...lines, ...link, '', '-- ', footer, ''].join('\n');
}

const INK = '#1f2933';
export const FAINT = '#52606d';

/** A page of HTML: one column, no image, nothing fetched from anywhere. The parts of `body` are HTML by now. */
export const htmlPage = (
  language: Language,
  title: string,
  body: readonly string[],
  footer: string,
): string =>
  `<!doctype html>
<html lang="${language.toLowerCase()}"><head><meta charset="utf-8"><title>${htmlText(title)}</title></head>
<body style="margin:0;padding:24px;font:16px/1.5 system-ui,sans-serif;color:${INK}">
${body.join('\n')}
<p style="margin:24px 0 0;font-size:13px;color:${FAINT}">${htmlText(footer)}</p>
</body></html>
`;

const row = ([name, value]: readonly [string, string]): string =>
  `<tr><th align="left" valign="top" style="padding:4px 16px 4px 0;color:${FAINT};font-weight:normal">${htmlText(name)}</th>` +
  `<td style="padding:4px 0">${htmlText(value)}</td></tr>`;

/** Names and values as a table of HTML. */
export const factTable = (facts: Letter['facts']): string =>
  `<table role="presentation" cellspacing="0" cellpadding="0">\n${facts.map(row).join('\n')}\n</table>`;

const link = ({ name, url }: NonNullable<Letter['respond']>): string =>
  `<p style="margin:24px 0 0"><a href="${htmlText(url)}" style="color:#1f6f5c;font-weight:bold">${htmlText(name)}</a></p>`;

/** The letter as HTML. */
export const htmlOf = ({ language, heading, title, facts, footer, respond }: Letter): string =>
  htmlPage(
    language,
    heading,
    [
      `<p style="margin:0;color:${FAINT}">${htmlText(title === '' ? 'Holdfast' : heading)}</p>`,
      `<h1 style="margin:0 0 16px;font-size:22px">${htmlText(title === '' ? heading : title)}</h1>`,
      factTable(facts),
      ...(respond ? [link(respond)] : []),
    ],
    footer,
  );
