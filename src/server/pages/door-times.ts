import type { PageWords } from './words/words.js';

type Locale = Pick<PageWords, 'locale'>;

const DAY: Intl.DateTimeFormatOptions = { year: 'numeric', month: '2-digit', day: '2-digit' };

/** `09:00` by the clock at the door, with the weekday where that is not today: `Mon 09:00`. Instants in ms since 1970 or as JSON. */
export function clockAt({ locale }: Locale, instant: string | number, timeZone: string, now: number): string {
  const at = new Date(instant);
  const day = new Intl.DateTimeFormat('en', { ...DAY, timeZone });
  const isToday = day.format(at) === day.format(now);
  return new Intl.DateTimeFormat(locale, {
    timeZone,
    hour: '2-digit',
    minute: '2-digit',
    ...(isToday ? {} : { weekday: 'short' }),
  }).format(at);
}

/** `09:00 – 10:30` */
export const between = (
  words: Locale,
  { startsAt, endsAt }: { readonly startsAt: string; readonly endsAt: string },
  timeZone: string,
  now: number,
): string => {
  const end = clockAt(words, endsAt, timeZone, Date.parse(startsAt));
  return `${clockAt(words, startsAt, timeZone, now)} – ${end}`;
};
