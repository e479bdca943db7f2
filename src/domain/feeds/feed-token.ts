import { createHash, randomBytes } from 'node:crypto';

const SHAPE = /^hfc_[\w-]{43}$/;

/** A new token of a feed: 256 random bits behind a prefix that secret scanners can find. */
export const newFeedToken = (): string => `hfc_${randomBytes(32).toString('base64url')}`;

/** Below which path a server has its feeds, and where it has the one with this token. */
export const FEEDS = '/ical/';
export const feedPath = (token: string): string => `${FEEDS}${token}.ics`;

/** What is stored of it. A plain hash will do, since nobody guesses 256 bits; null for what is no such token. */
export const feedTokenHash = (token: string): Buffer | null =>
  SHAPE.test(token) ? createHash('sha256').update(token).digest() : null;
