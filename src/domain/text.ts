import { type InvalidInput, invalidInput } from './failure.js';

/** Checks a text that people write: its length, and what PostgreSQL cannot keep (NUL, halves of characters). Null says that it is fine. */
export function checkText(
  text: string,
  path: readonly string[],
  least: number,
  most: number,
): InvalidInput | null {
  if (text.includes('\0')) return invalidInput(path, 'A text cannot contain the NUL character.');
  if (!text.isWellFormed()) return invalidInput(path, 'A text cannot contain half a character.');
  if (text.trim().length < least) return invalidInput(path, 'This cannot be empty.');
  if (text.length > most) return invalidInput(path, `This can have at most ${most} characters.`);
  return null;
}
