import { createHash, randomBytes } from 'node:crypto';

const SHAPE = /^hfs_[\w-]{43}$/;

/** A new secret of a client: 256 random bits behind a prefix that secret scanners can find. */
export const newClientSecret = (): string => `hfs_${randomBytes(32).toString('base64url')}`;

/** What is stored of it. A plain hash will do, since nobody guesses 256 bits; null for what is no such secret. */
export const clientSecretHash = (secret: string): Buffer | null =>
  SHAPE.test(secret) ? createHash('sha256').update(secret).digest() : null;
