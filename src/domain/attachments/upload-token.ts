import { createHash, randomBytes } from 'node:crypto';

const SHAPE = /^hfu_[\w-]{43}$/;

/** A new token of one upload: 256 random bits behind a prefix that secret scanners can find. */
export const newUploadToken = (): string => `hfu_${randomBytes(32).toString('base64url')}`;

/** Below which path a server takes and gives files; a token there takes one, the id of an attachment gives one. */
export const FILES = '/files/';

/** What is stored of it. A plain hash will do, since nobody guesses 256 bits; null for what is no such token. */
export const uploadTokenHash = (token: string): Buffer | null =>
  SHAPE.test(token) ? createHash('sha256').update(token).digest() : null;
