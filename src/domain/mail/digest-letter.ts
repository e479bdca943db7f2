import type { DigestEvent, ToldReservation } from '../../sql/notifications/told-event.js';
import type { Language } from '../../sql/users/user-columns.js';
import { htmlText, plainText } from '../notifications/html-text.js';
import { dayOf, headingOf, whenOf, whereOf } from '../notifications/tell.js';
import { words } from '../notifications/words/by-language.js';
import { circumstances, datesOf, FAINT, factTable, htmlPage, type Letter } from './letter.js';

/** One reservation of a digest, and what there is to say of it. */
interface Item {
  readonly title: string;
  readonly facts: Letter['facts'];
  /** What has happened to it, and how that has come. */
  readonly changes: Letter['facts'];
}

/** What a digest says, before it has a form; a section without items is not there. Texts hold whatever people have typed. */
export interface DigestLetter {
  readonly language: Language;
  readonly heading: string;
  readonly day: string;
  readonly sections: readonly {
    readonly name: string;
    readonly items: readonly Item[];
    readonly more: string;
  }[];
  readonly footer: string;
}

const MOST_ITEMS = 100;

type News = DigestEvent['news'];
const last = (news: News) => (news.at(-1) as News[number]).event;

/** What was collected, by reservation as it last was, in the order of their starts; many dates of a series are one. */
function byReservation(news: News): News[] {
  const found = Map.groupBy(news, ({ event }) => `${event.count > 1} ${event.reservations[0].id}`);
  const startOf = (each: News) => Date.parse(last(each).reservations[0].startsAt);
  return [...found.values()].sort((a, b) => startOf(a) - startOf(b));
}

const factsOf = (language: Language, told: ToldReservation, when: string): Letter['facts'] => [
  [words[language].when, when],
  [words[language].where, whereOf(told)],
];

function itemOf(language: Language, news: News): Item {
  const { colon } = words[language];
  const event = last(news);
  const [told] = event.reservations;
  const changes = news.map(({ kind, event: change }): [string, string] => [
    headingOf(language, kind, change),
    circumstances(language, kind, change)
      .map(([name, value]) => `${name}${colon}${value.replaceAll('\n', ', ')}`)
      .join('\n'),
  ]);
  return { title: told.title, facts: factsOf(language, told, datesOf(language, event)), changes };
}

/** Puts a digest into words for one person: what they have that day, then what has happened. */
export function digestLetter(language: Language, event: DigestEvent): DigestLetter {
  const said = words[language];
  const sectionOf = (name: string, items: readonly Item[]) => {
    const left = items.length - MOST_ITEMS;
    return { name, items: items.slice(0, MOST_ITEMS), more: left > 0 ? said.more(left) : '' };
  };
  const today = event.today.map((told) => ({
    title: told.title,
    facts: factsOf(language, told, whenOf(language, told, told.timeZone)),
    changes: [],
  }));
  const news = byReservation(event.news).map((each) => itemOf(language, each));
  return {
    language,
    heading: said.headings.DIGEST,
    day: dayOf(language, event),
    sections: [sectionOf(said.today, today), sectionOf(said.news, news)].filter(
      ({ items }) => items.length > 0,
    ),
    footer: said.digestFooter,
  };
}

const indented = (value: string): string => plainText(value).replaceAll('\n', '\n    ');

const textOfItem = (colon: string, { title, facts, changes }: Item): string[] => [
  '',
  plainText(title).replaceAll('\n', ' '),
  ...facts.map(([name, value]) => `  ${name}${colon}${indented(value)}`),
  ...changes.map(([name, value]) => `  ${name}${value === '' ? '' : indented(`\n${value}`)}`),
];

/** The digest as plain text. */
export function digestText({ language, heading, day, sections, footer }: DigestLetter): string {
  const { colon } = words[language];
  const lines = sections.flatMap(({ name, items, more }) => [
    '',
    name.toUpperCase(),
    ...items.flatMap((item) => textOfItem(colon, item)),
    ...(more === '' ? [] : ['', more]),
  ]);
  return [heading, day, ...lines, '', '-- ', footer, ''].join('\n');
}

/** The digest as HTML. */
export const digestHtml = ({ language, heading, day, sections, footer }: DigestLetter): string =>
  htmlPage(
    language,
    heading,
    [
      `<p style="margin:0;color:${FAINT}">${htmlText(heading)}</p>`,
      `<h1 style="margin:0 0 16px;font-size:22px">${htmlText(day)}</h1>`,
      ...sections.flatMap(({ name, items, more }) => [
        `<h2 style="margin:24px 0 0;font-size:18px">${htmlText(name)}</h2>`,
        ...items.map(
          ({ title, facts, changes }) =>
            `<h3 style="margin:16px 0 0;font-size:16px">${htmlText(title)}</h3>\n${factTable([...facts, ...changes])}`,
        ),
        ...(more === '' ? [] : [`<p>${htmlText(more)}</p>`]),
      ]),
    ],
    footer,
  );
