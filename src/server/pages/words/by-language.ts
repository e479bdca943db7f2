import type { Language } from '../../../sql/users/user-columns.js';
import { english } from './english.js';
import { french } from './french.js';
import { german } from './german.js';
import { spanish } from './spanish.js';
import type { PageWords } from './words.js';

export const pageWords: Readonly<Record<Language, PageWords>> = {
  EN: english,
  DE: german,
  FR: french,
  ES: spanish,
};

/** The language of a tag of BCP 47, such as `de-AT`; null for one that nothing is said in. */
export function languageOf(tag: string): Language | null {
  const primary = tag.slice(0, 2).toUpperCase();
  return /^[a-z]{2}(-|$)/i.test(tag) && Object.hasOwn(pageWords, primary) ? (primary as Language) : null;
}

/** What a browser likes best of our languages (RFC 9110, 12.5.4); English where it likes none. */
export function preferredLanguage(acceptLanguage: string | undefined): Language {
  const ranges = (acceptLanguage ?? '').split(',').map((range) => {
    const [tag = '', ...parameters] = range.split(';').map((part) => part.trim());
    const weight = parameters.find((parameter) => /^q=/i.test(parameter))?.slice(2) ?? '1';
    return { language: languageOf(tag), weight: Number(weight) || 0 };
  });
  const liked = ranges.filter(({ language, weight }) => language !== null && weight > 0);
  return liked.toSorted((a, b) => b.weight - a.weight)[0]?.language ?? 'EN';
}
