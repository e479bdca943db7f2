import { type Challenge, type ChallengePurpose, lockChallenge } from '../../../sql/factors/challenge.js';
import type { Queryable } from '../../../sql/statement.js';
import type { Ctx } from '../../act.js';
import { challengeHash } from './challenge-token.js';

/** A challenge that was put to somebody. */
export type PersonsChallenge = Challenge & { readonly userId: string };

/**
 * Locks the challenge until the transaction ends: answers that come at the same time are judged one after the other.
 * @returns null where it was not put to anybody, is spent, or too old
 */
export async function lockPersonsChallenge(
  tx: Queryable,
  ctx: Ctx,
  challenge: string,
  purpose: ChallengePurpose,
): Promise<PersonsChallenge | null> {
  const hash = challengeHash(challenge);
  const locked = hash && (await lockChallenge(tx, ctx.clock.fixed(), hash, purpose));
  return locked && locked.userId !== null ? { ...locked, userId: locked.userId } : null;
}
