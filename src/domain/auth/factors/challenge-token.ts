import { createHash, randomBytes } from 'node:crypto';

const SHAPE = /^(hfc_)?[\w-]{43}$/;

/**
 * A new challenge of 256 random bits, with what is stored of it. It is no token of any kind: it lets nobody in by
 * itself, and what it stands for is in the database alone.
 */
export function newChallenge(prefix: 'hfc_' | '' = ''): {
  readonly challenge: string;
  readonly hash: Buffer;
} {
  const challenge = `${prefix}${randomBytes(32).toString('base64url')}`;
  return { challenge, hash: createHash('sha256').update(challenge).digest() };
}

/** What is stored of a challenge; null for what cannot be one. */
export const challengeHash = (challenge: string): Buffer | null =>
  SHAPE.test(challenge) ? createHash('sha256').update(challenge).digest() : null;
