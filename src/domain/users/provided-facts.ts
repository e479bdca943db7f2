import type { DirectoryFacts } from './directory-facts.js';

/** What a provider has vouched for, and what follows from it by the configuration. */
export interface ProvidedFacts extends Pick<DirectoryFacts, 'firstRole' | 'role' | 'groups'> {
  readonly issuer: string;
  readonly subject: string;
  /** Lower case, and only where the provider has verified it; null otherwise. */
  readonly email: string | null;
  /** Empty where it says no usable one. */
  readonly name: string;
  /** Whether people who are new here are added. */
  readonly addsPeople: boolean;
}

/**
 * CLOSED: the account may not sign in. ACCOUNT_EXISTS: an account has the address, and nobody has allowed to link it.
 * NO_ADDRESS: the provider has verified none. UNKNOWN: nobody here is meant, and nobody is added.
 */
export type NotAdmitted = 'CLOSED' | 'ACCOUNT_EXISTS' | 'NO_ADDRESS' | 'UNKNOWN';

export type Admitted =
  | { readonly userId: string; readonly endsTokens: boolean }
  | { readonly refused: NotAdmitted };
