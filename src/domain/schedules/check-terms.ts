import { type InvalidInput, invalidInput } from '../failure.js';
import { checkText } from '../text.js';
import type { Rule, Terms } from './rule.js';

const MOST_TEXT = 20_000;
const VERSION = /^[\w.-]{1,50}$/;

/** A text, and a version by which it is accepted. */
export const checkTerms = ({ text, version }: Terms, path: readonly string[]): InvalidInput | null =>
  checkText(text, [...path, 'text'], 1, MOST_TEXT) ??
  (VERSION.test(version)
    ? null
    : invalidInput(
        [...path, 'version'],
        'A version has 1 to 50 letters, digits, dots, hyphens or underscores.',
      ));

/** Nobody has accepted another text under the version that they have read. */
export function checkSameTerms(
  there: Pick<Rule, 'kind' | 'settings'>,
  next: object | null,
): InvalidInput | null {
  if (there.kind !== 'TERMS' || !there.settings || !next) return null;
  const [before, after] = [there.settings as Terms, next as Terms];
  return before.version !== after.version || before.text === after.text
    ? null
    : invalidInput(['input', 'terms', 'version'], 'Another text needs another version.');
}
