import { createHash } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import type { Identity } from '../../domain/auth/identity.js';
import { TooManyRequests } from './too-many-requests.js';

/**
 * To be called where a link has led nowhere. Counts it by address and by what was shown, tells the audit, and refuses
 * whoever goes on with growing waits. What is right is never counted and never waits: so nobody shuts a link for others
 * at the same address, and what cannot be guessed is not guessed sooner.
 * @param room the first part of its path: `ical`
 * @throws TooManyRequests
 */
export async function countWrongLink(
  { guesses, security }: Pick<Identity, 'guesses' | 'security'>,
  { id: requestId, ip: address, headers }: FastifyRequest,
  room: string,
  shown: string,
): Promise<void> {
  const userAgent = headers['user-agent'] ?? null;
  const caller = { requestId, address, userAgent, viewer: null };
  security.note(caller, { action: 'security.linkRefused', reason: room });
  const hash = createHash('sha256').update(shown).digest('base64url');
  const wait = await guesses.attempt({ account: `${room} ${hash}`, address });
  if (wait !== null) throw new TooManyRequests(wait);
}
