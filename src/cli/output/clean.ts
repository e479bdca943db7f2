/** Controls of terminals, C0 and C1 alike, and marks that turn the direction of text around. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not get through
const UNSAFE = /[\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/g;

/** Text of others in one line that moves no cursor, sets no title and hides nothing. */
export const clean = (text: string): string => text.replace(/\s*[\r\n\t]\s*/g, ' ').replace(UNSAFE, '\ufffd');

const escaped = (character: string) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;

/** One JSON document that is safe to show on a terminal; indented unless it is to be one line. */
export const cleanJson = (value: unknown, isLine = false): string =>
  JSON.stringify(value, null, isLine ? 0 : 2)
    .split('\n')
    .map((line) => line.replace(UNSAFE, escaped))
    .join('\n');
