/** `a`, `a and b`, `a, b and c`. */
export const listed = (words: readonly string[], last: string): string =>
  words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} ${last} ${words.at(-1)}`;

/** A date, as far as the parts say, in British order: `24 Dec 2026`. */
export const dateInWords = (date: string, parts: Intl.DateTimeFormatOptions): string =>
  new Intl.DateTimeFormat('en-GB', { ...parts, timeZone: 'UTC' }).format(Date.parse(date));

export const WHOLE_DATE = { day: 'numeric', month: 'short', year: 'numeric' } as const;
