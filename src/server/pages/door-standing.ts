import { htmlText } from '../../domain/notifications/html-text.js';
import type { Door } from '../../domain/presence/show-door.js';
import type { DoorEntry } from '../../sql/presence/read-door.js';
import type { Language } from '../../sql/users/user-columns.js';
import { clockAt } from './door-times.js';
import { pageWords } from './words/by-language.js';
import type { PageWords } from './words/words.js';

/** A door as one browser is shown it. */
export interface SeenDoor {
  readonly door: Door;
  readonly language: Language;
  readonly words: PageWords;
  /** In ms since 1970, by our clock. */
  readonly now: number;
}

/** The same with the words of the language. */
export const seenDoor = (door: Door, language: Language, now: number): SeenDoor => ({
  door,
  language,
  words: pageWords[language],
  now,
});

/** Whether it is reserved, and nobody has come yet. */
export const isAwaited = ({ state, checkIn }: DoorEntry): boolean =>
  state === 'CONFIRMED' && checkIn !== null;

export type Mood = Door['state'] | 'AWAITED';

/** AWAITED: taken, but by nobody who has come yet. */
export const moodOf = ({ state, present }: Door): Mood =>
  state === 'TAKEN' && present.length > 0 && present.every(isAwaited) ? 'AWAITED' : state;

/** A sign beside the word, so that the colour is not all that tells. */
const SIGNS: Readonly<Record<Mood, string>> = {
  FREE: '<path d="M5 12.5l4.5 4.5L19 7.5"/>',
  TAKEN: '<path d="M6 12h12"/>',
  CLOSED: '<path d="M7 7l10 10M17 7L7 17"/>',
  AWAITED: '<path d="M12 6.5V12l3.5 2"/>',
};

function sinceOrUntil({ door, words, now }: SeenDoor, mood: Mood): string {
  const { until, present, state, timeZone } = door;
  const releases = present.flatMap(({ checkIn }) => checkIn?.releaseAt ?? []);
  if (mood === 'AWAITED' && releases[0])
    return words.awaitedUntil(clockAt(words, releases[0], timeZone, now));
  if (until === null) return '';
  const time = clockAt(words, until, timeZone, now);
  return state === 'FREE' ? words.until(time) : words.freeFrom(time);
}

/** The big word, with its sign, and until when. */
export function standing(seen: SeenDoor): string {
  const mood = moodOf(seen.door);
  return `<p class="state"><svg viewBox="0 0 24 24" aria-hidden="true"><circle cx="12" cy="12" r="10.5"/>${SIGNS[mood]}</svg>${htmlText(seen.words.states[mood])}</p>
<p class="until">${htmlText(sinceOrUntil(seen, mood))}</p>`;
}
