import { globalId } from '../../domain/ids.js';
import { htmlText } from '../../domain/notifications/html-text.js';
import type { DoorEntry } from '../../sql/presence/read-door.js';
import type { Language } from '../../sql/users/user-columns.js';
import { moodOf, type SeenDoor, standing } from './door-standing.js';
import { between } from './door-times.js';
import { pageFrame } from './page-frame.js';
import { pageWords } from './words/by-language.js';
import type { PageWords } from './words/words.js';

/** How one signs in here, beside a password. */
export interface WaysIn {
  readonly passkeys: boolean;
  /** Where a provider signs in and sends back to this page; null where there is none. */
  readonly provider: string | null;
}

interface CheckIn {
  readonly language: Language;
  readonly title: string;
  /** What the script must know of the page, by the names of its attributes. */
  readonly facts: Readonly<Record<string, string>>;
  readonly ways: WaysIn;
  readonly script: string | null;
  /** What there is to see without signing in. */
  readonly top: string;
  readonly told: string | null;
  readonly awaited: string;
}

function frame({ language, title, facts, ways, script, top, told, awaited }: CheckIn): string {
  const words = pageWords[language];
  const all = {
    ...facts,
    ...(ways.passkeys && { passkeys: '' }),
    ...(ways.provider && { provider: ways.provider }),
  };
  const attributes = Object.entries(all).map(([name, value]) => ` data-${name}="${htmlText(value)}"`);
  const needed = `<noscript><p class="quiet">${htmlText(words.needsScript)}</p></noscript>`;
  return pageFrame({
    language,
    title: `${words.checkIn} · ${title}`,
    kind: 'check-in',
    script,
    body: `<main${attributes.join('')}>
${top}
<p id="said" role="status">${told === null ? '' : htmlText(told)}</p>
<section id="yours" hidden></section>
<section id="awaited">${awaited}</section>
<section id="person" hidden></section>
${needed}
</main>`,
  });
}

function awaitedRow(entry: DoorEntry, { door, words, now }: SeenDoor): string {
  const id = globalId('Reservation', entry.id);
  const act = entry.checkIn?.anonymous
    ? `<form method="post"><input type="hidden" name="reservation" value="${id}"><button data-key="in ${id}">${htmlText(words.iAmHere)}</button></form>`
    : `<span class="quiet">${htmlText(words.withAccount)}</span>`;
  const when = between(words, entry, door.timeZone, now);
  return `<li data-reservation="${id}"><span class="when">${htmlText(when)}</span>${act}</li>`;
}

const outcomeOf = (words: PageWords, outcome: unknown): string | null =>
  outcome === 'in' ? words.checkedIn : outcome === 'not' ? words.notCheckedIn : null;

/**
 * For a phone that has read the code at a door: what is on, and a button for what anybody may check in to. The script
 * adds what takes an account: signing in, and what the person has reserved there.
 * @param link the last part of the page's address
 */
export function checkInPage(
  seen: SeenDoor,
  link: string,
  outcome: unknown,
  ways: WaysIn,
  script: string | null,
): string {
  const { door, language, words } = seen;
  const rows = door.awaited.map((entry) => awaitedRow(entry, seen));
  return frame({
    language,
    title: door.name,
    facts: { link, resource: globalId('Resource', door.resourceId) },
    ways,
    script,
    top: `<header id="door" class="${moodOf(door)}">
<h1>${htmlText(door.name)}</h1>
${standing(seen)}
</header>`,
    told: outcomeOf(words, outcome),
    awaited:
      rows.length > 0
        ? `<h2>${htmlText(words.awaited)}</h2>\n<ul>\n${rows.join('\n')}\n</ul>`
        : `<p class="quiet">${htmlText(words.nothingAwaited)}</p>`,
  });
}

/** The same for one reservation, behind a link in a mail: it says nothing of it to anybody who has not signed in. */
export function reservationPage(
  language: Language,
  reservation: string,
  ways: WaysIn,
  script: string | null,
): string {
  const { checkIn } = pageWords[language];
  return frame({
    language,
    title: 'Holdfast',
    facts: { reservation },
    ways,
    script,
    top: `<header id="door" class="CLOSED">\n<h1>${htmlText(checkIn)}</h1>\n</header>`,
    told: null,
    awaited: '',
  });
}
