import { type InvalidInput, invalidInput } from '../failure.js';

const LEAST = 12;
/** Far above any passphrase, and a bound on what a stranger can make us hash. */
export const MOST_PASSWORD = 200;

/** Different keyboards compose the same letters differently (NIST SP 800-63B, 3.1.1.2). */
export const normalPassword = (password: string): string => password.normalize('NFKC');

/** What a new password lacks; null says that it is fine. Length counts characters; no other rule. */
export function checkNewPassword(password: string, path: readonly string[]): InvalidInput | null {
  if (password.includes('\0')) return invalidInput(path, 'A password cannot contain the NUL character.');
  if (password.length > MOST_PASSWORD)
    return invalidInput(path, `This can have at most ${MOST_PASSWORD} characters.`);
  const length = [...normalPassword(password)].length;
  return length < LEAST ? invalidInput(path, `A password has at least ${LEAST} characters.`) : null;
}
