import { createHash, randomBytes } from 'node:crypto';

const SHAPE = /^hfr_[\w-]{43}$/;

/** A new refresh token: 256 random bits behind a prefix that secret scanners can find. */
export const newRefreshToken = (): string => `hfr_${randomBytes(32).toString('base64url')}`;

/** What is stored of it. A plain hash will do, since nobody guesses 256 bits; null for what is no such token. */
export const refreshTokenHash = (token: string): Buffer | null =>
  SHAPE.test(token) ? createHash('sha256').update(token).digest() : null;
