import type { Counter, Counters } from '../../../ports/counters.js';

/** Whom passkeys are for (WebAuthn Level 3): they work on pages of its domain and nowhere else. */
export interface RelyingParty {
  /** The domain: rooms.example.com. */
  readonly id: string;
  /** The pages that may ask for them: https://rooms.example.com. */
  readonly origins: readonly string[];
}

/** What follows from the address that people reach this server under, and from the other pages that may call. */
export function relyingPartyOf(
  publicUrl: string | null,
  allowedOrigins: readonly string[],
): RelyingParty | null {
  if (publicUrl === null) return null;
  const { hostname, origin } = new URL(publicUrl);
  return { id: hostname, origins: [origin, ...allowedOrigins] };
}

/** A page may ask whenever it is opened; far fewer people than this sit behind one address and open it at once. */
const ASKS_A_MINUTE = 120;

/** Counts the questions that are put to strangers' passkeys, each of which is kept for a while. */
export const passkeyAsks = (counters: Counters): Counter =>
  counters({ name: 'passkey-asks', limit: ASKS_A_MINUTE, seconds: 60 });

/** Whether that many are too many. */
export const areTooManyAsks = (count: number): boolean => count > ASKS_A_MINUTE;
