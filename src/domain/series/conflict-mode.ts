import { type InvalidInput, invalidInput } from '../failure.js';

/**
 * What becomes of occurrences that cannot be had: ALL_OR_NOTHING refuses everything for one of them, SKIP leaves them
 * out, SUBSTITUTE gives them an equivalent resource and leaves out those that find none.
 */
export interface ConflictMode {
  readonly kind: 'ALL_OR_NOTHING' | 'SKIP' | 'SUBSTITUTE';
  /** How many may be left out before everything is refused; null: any number, as long as one remains. */
  readonly maxConflicts: number | null;
  /** SUBSTITUTE: whether the other resource must have all attributes of the wanted one. */
  readonly sameAttributes: boolean;
}

/** Null says that the mode makes sense. */
export function checkMode({ kind, maxConflicts }: ConflictMode): InvalidInput | null {
  const path = ['input', 'maxConflicts'];
  if (maxConflicts === null) return null;
  if (maxConflicts < 0) return invalidInput(path, 'At least 0 conflicts are left out.');
  return kind === 'ALL_OR_NOTHING'
    ? invalidInput(path, 'ALL_OR_NOTHING leaves nothing out; choose SKIP or SUBSTITUTE.')
    : null;
}

/** How many occurrences the mode leaves out at most. */
export const mostLeftOut = ({ kind, maxConflicts }: ConflictMode): number =>
  kind === 'ALL_OR_NOTHING' ? 0 : (maxConflicts ?? Number.POSITIVE_INFINITY);
