import { type InvalidInput, invalidInput } from '../../failure.js';

/** What somebody can prove with besides a password. */
export type FactorMethod = 'TOTP' | 'RECOVERY_CODE' | 'PASSKEY';

/** How somebody can prove anew to sit there. */
export type ProofMethod = FactorMethod | 'PASSWORD' | 'SIGN_IN';

/** The code, or what the passkey has signed, is not right, or is spent. */
export interface FactorRefused {
  readonly kind: 'FactorRefused';
  readonly message: string;
  readonly path: readonly string[];
}

/** The challenge is unknown, was answered before, or is too old. */
export interface ChallengeRefused {
  readonly kind: 'ChallengeRefused';
  readonly message: string;
  readonly path: readonly string[];
}

/** The viewer must first prove again to sit there. */
export interface ProofRequired {
  readonly kind: 'ProofRequired';
  readonly message: string;
  readonly path: readonly string[];
  readonly methods: readonly ProofMethod[];
}

/** The role demands a second factor, and this is the last one. */
export interface FactorNeeded {
  readonly kind: 'FactorNeeded';
  readonly message: string;
  readonly path: readonly string[];
}

export const factorRefused = (path: readonly string[]): FactorRefused => ({
  kind: 'FactorRefused',
  message: 'This is not right, or it was used before.',
  path,
});

export const challengeRefused = (): ChallengeRefused => ({
  kind: 'ChallengeRefused',
  message: 'This has taken too long, or was answered before. Begin again.',
  path: ['challenge'],
});

export const factorNeeded = (): FactorNeeded => ({
  kind: 'FactorNeeded',
  message: 'Your role demands a second factor. Add another one before you remove this one.',
  path: [],
});

/** What is wrong with an answer that must have exactly one of these fields; null says that it is fine. */
export function checkOneGiven(given: Readonly<Record<string, unknown>>): InvalidInput | null {
  const names = Object.keys(given);
  const [, second] = names.filter((name) => given[name] != null);
  if (second !== undefined) return invalidInput([second], 'Give one of them only.');
  return names.some((name) => given[name] != null)
    ? null
    : invalidInput([], `Give one of ${names.join(', ')}.`);
}
