import { createHash, randomBytes } from 'node:crypto';

const SHAPE = /^hfi_[\w-]{43}$/;

/** A new token by which a guest answers: 256 random bits behind a prefix that secret scanners can find. */
export const newInvitationToken = (): string => `hfi_${randomBytes(32).toString('base64url')}`;

/** Below which path a server has the pages of invitations, and where it has the one with this token. */
export const INVITATIONS = '/invitation/';
export const invitationPath = (token: string): string => `${INVITATIONS}${token}`;

/** What is stored of it. A plain hash will do, since nobody guesses 256 bits; null for what is no such token. */
export const invitationTokenHash = (token: string): Buffer | null =>
  SHAPE.test(token) ? createHash('sha256').update(token).digest() : null;
