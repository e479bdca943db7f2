import type { BreachedPasswords } from '../../ports/breached-passwords.js';
import { type InvalidInput, invalidInput } from '../failure.js';

const LEAST = 12;
/** Far above any passphrase, and a bound on what a stranger can make us hash. */
export const MOST_PASSWORD = 200;

/** Different keyboards compose the same letters differently (NIST SP 800-63B, 3.1.1.2). */
export const normalPassword = (password: string): string => password.normalize('NFKC');

/** What its length lacks; null says that it is fine. It counts characters; there is no rule about which. */
export function checkPasswordLength(password: string, path: readonly string[]): InvalidInput | null {
  if (password.includes('\0')) return invalidInput(path, 'A password cannot contain the NUL character.');
  if (password.length > MOST_PASSWORD)
    return invalidInput(path, `This can have at most ${MOST_PASSWORD} characters.`);
  const length = [...normalPassword(password)].length;
  return length < LEAST ? invalidInput(path, `A password has at least ${LEAST} characters.`) : null;
}

/** What the password of a person must not be made of. */
export interface Owner {
  readonly email: string;
  readonly name: string;
}

const SHORTEST_WORD = 4;
/** So many characters must be left without the words that everybody tries of that person. */
const LEAST_OWN = 6;

function wordsOf({ email, name }: Owner): string[] {
  const words = [
    email,
    ...email.split(/[@.]/),
    email.split('@', 1)[0] ?? '',
    name,
    ...name.split(/\s+/),
    'holdfast',
  ];
  return words
    .map((word) => normalPassword(word).toLowerCase())
    .filter((word) => [...word].length >= SHORTEST_WORD)
    .sort((one, other) => other.length - one.length);
}

const isMadeOf = (password: string, owner: Owner): boolean => {
  const own = wordsOf(owner).reduce((rest, word) => rest.replaceAll(word, ''), password.toLowerCase());
  return own.length < password.length && [...own].length < LEAST_OWN;
};

/**
 * What a new password lacks; null says that it is fine: 12 to 200 characters, not little more than the person's own
 * name or address, and not among those that others have lost (NIST SP 800-63B-4, 3.1.1.2).
 * @throws Unavailable when the list of those cannot be read
 */
export async function checkNewPassword(
  breached: BreachedPasswords,
  password: string,
  owner: Owner,
  path: readonly string[],
): Promise<InvalidInput | null> {
  const refusal = checkPasswordLength(password, path);
  if (refusal) return refusal;
  const normal = normalPassword(password);
  if (isMadeOf(normal, owner))
    return invalidInput(path, 'A password is more than a name or an address with little around it.');
  if (await breached.has(normal))
    return invalidInput(
      path,
      'This password is known from other places, and so is tried first. Choose another one.',
    );
  return null;
}
