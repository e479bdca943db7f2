import { type InvalidInput, invalidInput } from '../failure.js';
import { checkText } from '../text.js';

const EMAIL = /^[^@\s]+@[^@\s]+$/;
/** RFC 5321, 4.5.3.1.3: a path of 256 octets less its brackets. */
const MOST_EMAIL = 254;
const MOST_NAME = 200;

/** What cannot be a person's name; null says that it is fine. */
export const checkUserName = (name: string, path: readonly string[]): InvalidInput | null =>
  checkText(name, path, 1, MOST_NAME);

/** One spelling for each address: how it is kept, and looked for. */
export const normalEmail = (email: string): string => email.trim().toLowerCase();

/** What cannot be an email address; null says that it is fine. Only a mail that arrives proves more. */
export function checkEmail(email: string, path: readonly string[]): InvalidInput | null {
  const refusal = checkText(email, path, 1, MOST_EMAIL);
  if (refusal) return refusal;
  return EMAIL.test(email) ? null : invalidInput(path, 'This is not an email address.');
}

/** What is no IANA zone; null says that it is fine. */
export function checkTimeZone(timeZone: string, path: readonly string[]): InvalidInput | null {
  try {
    if (/^[+-]/.test(timeZone)) throw new RangeError('an offset is not a zone');
    new Intl.DateTimeFormat('en', { timeZone });
    return null;
  } catch {
    return invalidInput(path, 'This is not an IANA time zone, such as Europe/Berlin.');
  }
}
