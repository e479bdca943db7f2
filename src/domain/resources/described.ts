import type { InvalidInput } from '../failure.js';
import { checkText } from '../text.js';

const MOST_NAME = 200;
const MOST_DESCRIPTION = 5000;

/** A name of up to 200 characters and a description of up to 5,000. Null says that both are fine. */
export const checkDescribed = (words: {
  readonly name: string;
  readonly description: string;
}): InvalidInput | null =>
  checkText(words.name, ['input', 'name'], 1, MOST_NAME) ??
  checkText(words.description, ['input', 'description'], 0, MOST_DESCRIPTION);
