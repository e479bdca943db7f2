import { type InvalidInput, invalidInput } from './failure.js';

/** Checks a number that people choose. Null says that it is a whole one within the bounds. */
export const checkWhole = (
  value: number,
  path: readonly string[],
  least: number,
  most: number,
): InvalidInput | null =>
  Number.isInteger(value) && value >= least && value <= most
    ? null
    : invalidInput(path, `This is a whole number from ${least} to ${most}.`);
