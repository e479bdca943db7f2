import {
  type Challenge,
  type ChallengePurpose,
  findChallenge,
  lockChallenge,
} from '../../../sql/factors/challenge.js';
import type { Queryable } from '../../../sql/statement.js';
import { lockUser } from '../../../sql/users/user-lock.js';
import type { Ctx } from '../../act.js';
import { challengeHash } from './challenge-token.js';

/** A challenge that was put to somebody. */
export type PersonsChallenge = Challenge & { readonly userId: string };

/** The challenge; null where it was not put to anybody, is spent, or too old. */
export async function findPersonsChallenge(
  db: Queryable,
  ctx: Ctx,
  challenge: string,
  purpose: ChallengePurpose,
): Promise<PersonsChallenge | null> {
  const hash = challengeHash(challenge);
  const found = hash && (await findChallenge(db, ctx.clock.fixed(), hash, purpose));
  return found && found.userId !== null ? { ...found, userId: found.userId } : null;
}

/**
 * The same, with the person and the challenge locked until the transaction ends: answers that come at the same time are
 * judged one after the other. The person first, as by whatever changes how somebody signs in.
 */
export async function lockPersonsChallenge(
  tx: Queryable,
  ctx: Ctx,
  challenge: string,
  purpose: ChallengePurpose,
): Promise<PersonsChallenge | null> {
  const found = await findPersonsChallenge(tx, ctx, challenge, purpose);
  if (!found) return null;
  await lockUser(tx, found.userId, false);
  const locked = await lockChallenge(tx, ctx.clock.fixed(), found.hash, purpose);
  return locked && { ...locked, userId: found.userId };
}
